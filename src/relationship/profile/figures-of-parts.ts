import type { CustomerValue } from "../../value/worth/customer-value.js";
import type { ValueSide } from "../../value/worth/value-item.js";
import { type CauseScore, dependencyScore } from "../dependency/dependency-score.js";
import { judgedTies, type Tie, type TieOptions, tieRates } from "../dependency/tie-balance.js";
import { AS_PASSED, type FigureSource, figureOf, type ProfileFigure, pathsIn } from "./profile-figure.js";
import type { RelationshipProfit } from "./relationship-input.js";

/** @internal */
export function valueFigures(value: CustomerValue | undefined) {
  const unit = value?.currency ?? value?.unit ?? "points";
  const both: FigureSource[] = [];
  if (value !== undefined)
    both.push(
      { path: "value.benefit", value: value.benefit },
      { path: "value.sacrifice", value: value.sacrifice },
    );
  const figure = (
    of: Parameters<typeof figureOf>[0],
    ownUnit: string,
    rule: string,
    from: readonly FigureSource[],
  ): ProfileFigure => figureOf(of, ownUnit, rule, from, "value was not passed");
  return {
    benefit: figure(value?.benefit, unit, sideRule(value, "benefit"), sideOf(value, "benefit")),
    sacrifice: figure(value?.sacrifice, unit, sideRule(value, "sacrifice"), sideOf(value, "sacrifice")),
    net: figure(value?.net, unit, "benefit less sacrifice", both),
    ratio: figure(value?.ratio, "ratio", "benefit / sacrifice", both),
  };
}

const contributionPath = /* @__PURE__ */ pathsIn("value.contributions", "contribution");
const scorePath = /* @__PURE__ */ pathsIn("value.contributions", "score");
const itemWeightPath = /* @__PURE__ */ pathsIn("value.contributions", "weight");

/** Each contribution, and what it is made of; an amount of money is made of no score. */
function sideOf(value: CustomerValue | undefined, side: ValueSide): FigureSource[] {
  const from: FigureSource[] = [];
  value?.contributions.forEach((part, place) => {
    if (part.side !== side) return;
    from.push({ path: contributionPath(place), value: part.contribution });
    if (part.score === null) return;
    from.push({ path: scorePath(place), value: part.score });
    from.push({ path: itemWeightPath(place), value: part.weight });
  });
  return from;
}

function sideRule(value: CustomerValue | undefined, side: ValueSide): string {
  const sum = `sum of the contributions to ${side}`;
  if (value === undefined || value.unit === "money") return sum;
  const score = value.unit === "pomp" ? "score in POMP" : "score";
  return `${sum}, each ${score} x ${value.combine === "mean" ? "its share of the weights of its side" : "weight"}`;
}

/** @internal */
export function dependencyFigures(ties: readonly Tie[] | undefined, options: TieOptions) {
  const judged = ties === undefined ? undefined : judgedTies(ties, options);
  const rates = judged && tieRates(judged);
  const strengths: FigureSource[] = [];
  const both: FigureSource[] = [];
  judged?.forEach(({ strength }, place) => {
    const source = { path: strengthPath(place), value: strength };
    strengths.push(source);
    both.push(source);
  });
  judged?.forEach(({ voluntary, satisfaction }, place) => {
    if (!voluntary) both.push({ path: satisfactionPath(place), value: satisfaction });
  });
  const absent = "ties were not passed";
  return {
    forcedShare: figureOf(rates?.forcedShare, "share", "strength of forced ties / of all", strengths, absent),
    lockInRisk: figureOf(
      rates?.lockInRisk,
      "share",
      "strength x (1 - satisfaction) of forced ties / strength of all",
      both,
      absent,
      rates?.lockInBounds,
    ),
  };
}

const strengthPath = /* @__PURE__ */ pathsIn("ties", "strength");
const satisfactionPath = /* @__PURE__ */ pathsIn("ties", "satisfaction");

/** How much a customer depends on us by causes that were scored one by one. @internal */
export function dependencyScoreFigure(causes: readonly CauseScore[] | undefined): ProfileFigure {
  if (causes === undefined) return NO_CAUSES;
  const { score } = dependencyScore(causes);
  const from: FigureSource[] = [];
  causes.forEach(({ score: value }, place) => {
    from.push({ path: causeScorePath(place), value });
  });
  causes.forEach(({ weight }, place) => {
    if (weight !== undefined) from.push({ path: causeWeightPath(place), value: weight });
  });
  return figureOf(score, "share", MEAN_SCORE, from, UNASKED);
}

const MEAN_SCORE = "mean score of the causes that are known, weighted by weight, 1 where none is given";
const UNASKED = "causes were not passed";
// One for all who were not asked: most are not.
const NO_CAUSES = /* @__PURE__ */ figureOf(undefined, "share", MEAN_SCORE, [], UNASKED);
const causeScorePath = /* @__PURE__ */ pathsIn("causes", "score");
const causeWeightPath = /* @__PURE__ */ pathsIn("causes", "weight");

/** @internal */
export function profitFigure(profit: RelationshipProfit | undefined): ProfileFigure {
  const from = profit === undefined ? [] : [{ path: "profit.amount", value: profit.amount }];
  return figureOf(
    profit?.amount,
    profit?.currency ?? "minor units",
    AS_PASSED,
    from,
    "profit was not passed",
  );
}
