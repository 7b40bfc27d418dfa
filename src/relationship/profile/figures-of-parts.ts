import type { CustomerValue } from "../../value/worth/customer-value.js";
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
    benefit: figure(value?.benefit, unit, "sum of the contributions to benefit", sideOf(value, "benefit")),
    sacrifice: figure(
      value?.sacrifice,
      unit,
      "sum of the contributions to sacrifice",
      sideOf(value, "sacrifice"),
    ),
    net: figure(value?.net, unit, "benefit less sacrifice", both),
    ratio: figure(value?.ratio, "ratio", "benefit / sacrifice", both),
  };
}

const contributionPath = /* @__PURE__ */ pathsIn("value.contributions", "contribution");

function sideOf(value: CustomerValue | undefined, side: "benefit" | "sacrifice"): FigureSource[] {
  const from: FigureSource[] = [];
  value?.contributions.forEach((part, place) => {
    if (part.side === side) from.push({ path: contributionPath(place), value: part.contribution });
  });
  return from;
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
    ),
  };
}

const strengthPath = /* @__PURE__ */ pathsIn("ties", "strength");
const satisfactionPath = /* @__PURE__ */ pathsIn("ties", "satisfaction");

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
