import { fisherExact } from "../../../src/statistics/fisher-exact.js";

// A second opinion: every set of products is held against every basket, and every measure is computed from its definition.

export interface PlainRule {
  readonly antecedent: readonly string[];
  readonly consequent: string;
  readonly count: number;
  readonly support: number;
  readonly confidence: number;
  readonly lift: number;
  readonly leverage: number;
  readonly conviction: number | null;
  readonly jaccard: number;
  readonly pValue: number;
}

export const productsOf = (baskets: readonly (readonly string[])[]) => [...new Set(baskets.flat())].sort();

const subsets = (items: readonly string[]): string[][] =>
  items.reduce<string[][]>((sets, item) => sets.concat(sets.map((set) => set.concat(item))), [[]]);

const countOf = (baskets: readonly (readonly string[])[], set: readonly string[]) =>
  baskets.filter((basket) => set.every((item) => basket.includes(item))).length;

export function plainRules(
  baskets: readonly (readonly string[])[],
  minimumCount: number,
  maximumSize: number,
): PlainRule[] {
  const n = baskets.length;
  return subsets(productsOf(baskets))
    .filter((set) => set.length >= 2 && set.length <= maximumSize && countOf(baskets, set) >= minimumCount)
    .flatMap((set) =>
      set.map((consequent): PlainRule => {
        const antecedent = set.filter((item) => item !== consequent);
        const both = countOf(baskets, set);
        const left = countOf(baskets, antecedent);
        const right = countOf(baskets, [consequent]);
        const fails = 1 - both / left;
        return {
          antecedent,
          consequent,
          count: both,
          support: both / n,
          confidence: both / left,
          lift: both / left / (right / n),
          leverage: both / n - (left / n) * (right / n),
          conviction: both === left ? null : (1 - right / n) / fails,
          jaccard:
            both /
            baskets.filter((b) => antecedent.every((i) => b.includes(i)) || b.includes(consequent)).length,
          pValue: fisherExact(
            { successes: both, trials: left },
            { successes: right - both, trials: n - left },
            { alternative: "greater" },
          ).pValue,
        };
      }),
    );
}

/** Pairs of frequent products, and each frequent set of 2 to maximumSize - 1 with each other frequent product. */
export function plainTests(
  baskets: readonly (readonly string[])[],
  minimumCount: number,
  maximumSize: number,
) {
  const frequent = productsOf(baskets).filter((item) => countOf(baskets, [item]) >= minimumCount);
  const sets = subsets(frequent).filter((set) => countOf(baskets, set) >= minimumCount);
  const larger = sets.filter((set) => set.length >= 2 && set.length < maximumSize);
  return (
    subsets(frequent).filter((set) => set.length === 2).length +
    larger.reduce((sum, set) => sum + frequent.length - set.length, 0)
  );
}
