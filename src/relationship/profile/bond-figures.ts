import type { BondKind } from "../../model/bond-kind.js";
import { fragilityOf } from "../bonds/bond-fragility.js";
import { bondRates, bondWeights } from "../bonds/bond-index.js";
import { type Bond, bondsOfOne } from "../bonds/current-bonds.js";
import {
  type FigureBounds,
  type FigureSource,
  figureOf,
  type ProfileFigure,
  pathsIn,
} from "./profile-figure.js";
import type { RelationshipProfileOptions } from "./relationship-input.js";

/** What the bonds of one customer say; the list of sources that figures have in common is made once. @internal */
export function bondFigures(
  bonds: readonly Bond[] | undefined,
  asOf: number,
  { weights, timeZone }: RelationshipProfileOptions,
) {
  // Weights are looked at, whether there are bonds or not.
  const weightOf = bondWeights(weights);
  const current = bonds === undefined ? undefined : bondsOfOne(bonds, { asOf, timeZone }).current;
  const rates = current && bondRates(current, weightOf);
  const most = current && rates && fragilityOf(current, rates.total, weightOf);
  const strengths = bonds && current ? strengthsOf(bonds, current) : [];
  const stated = bonds && weights ? (Object.keys(weights) as BondKind[]) : [];
  const withWeights = (named: readonly BondKind[]): readonly FigureSource[] =>
    named.length === 0
      ? strengths
      : [...strengths, ...named.map((kind) => ({ path: `options.weights.${kind}`, value: weightOf(kind) }))];
  const weighted = withWeights(stated.filter((of) => current?.some(({ kind }) => kind === of)));
  const figure = (
    value: Parameters<typeof figureOf>[0],
    unit: string,
    rule: string,
    from: readonly FigureSource[],
    bounds?: FigureBounds | null,
  ): ProfileFigure => figureOf(value, unit, rule, from, "bonds were not passed", bounds);
  return {
    number: figure(rates?.bonds, "count", "bonds that hold", strengths),
    strongest: figure(
      current && largestOf(strengths),
      "share",
      "largest strength of the bonds that hold, 0 without any",
      strengths,
    ),
    index: figure(rates?.index, "share", "mean strength of the bonds that hold, weighted by kind", weighted),
    breadth: figure(
      rates?.breadth,
      "share",
      "mean over all kinds of the strongest bond of each, 0 without one, weighted by kind",
      withWeights(stated),
    ),
    structuralShare: figure(
      rates?.structuralShare,
      "share",
      "strength x weight of structural bonds / of all",
      weighted,
    ),
    forcedShare: figure(
      rates?.forcedShare,
      "share",
      "strength x weight of bonds against their will / of all",
      weighted,
    ),
    fragility: figure(
      most?.fragility,
      "share",
      "largest strength x weight that goes with one person or contract / of all",
      weighted,
      most?.bounds,
    ),
  };
}

/** The strength of each bond that holds, with its place among all; `current` is in their order. */
function strengthsOf(bonds: readonly Bond[], current: readonly Bond[]): FigureSource[] {
  let place = -1;
  return current.map((bond) => {
    place = bonds.indexOf(bond, place + 1);
    return { path: strengthPath(place), value: bond.strength };
  });
}

const strengthPath = /* @__PURE__ */ pathsIn("bonds", "strength");

function largestOf(sources: readonly FigureSource[]): number {
  let largest = 0;
  for (const { value } of sources) largest = Math.max(largest, value ?? 0);
  return largest;
}
