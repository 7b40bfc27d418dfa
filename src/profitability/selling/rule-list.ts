import { hypergeometricCdf } from "../../statistics/hypergeometric.js";
import { type ItemsetLevel, itemsetPlace } from "./frequent-itemsets.js";

/** Every rule with one product to the right that the frequent itemsets hold, as columns. @internal */
export interface RuleList {
  readonly length: number;
  /** Size of the itemset: 2 for a pair. */
  readonly size: Uint8Array;
  /** The itemset: its place in `levels[size - 1]`. */
  readonly set: Uint32Array;
  /** The product to the right. */
  readonly consequent: Uint32Array;
  /** Baskets with all products of the rule. */
  readonly count: Uint32Array;
  /** Baskets with the products to the left. */
  readonly antecedentCount: Uint32Array;
  /** Baskets with the product to the right. */
  readonly consequentCount: Uint32Array;
  /** The p-value of the rule: its place in `pValues`. Both directions of a pair are one test. */
  readonly test: Uint32Array;
  readonly pValues: Float64Array;
}

/**
 * The rules of all itemsets of two products or more: smaller ones first, then by the products of the itemset, then by those
 * to the left, all in the order of their names.
 *
 * @internal
 */
export function rulesOf(levels: readonly ItemsetLevel[], baskets: number): RuleList {
  const length = levels.reduce(
    (sum, { item }, depth) => sum + (depth === 0 ? 0 : (depth + 1) * item.length),
    0,
  );
  const tests = length - (levels.length > 1 ? levels[1].item.length : 0);
  const rules = {
    length,
    size: new Uint8Array(length),
    set: new Uint32Array(length),
    consequent: new Uint32Array(length),
    count: new Uint32Array(length),
    antecedentCount: new Uint32Array(length),
    consequentCount: new Uint32Array(length),
    test: new Uint32Array(length),
    pValues: new Float64Array(tests),
  };
  const counts = levels[0].count;
  let rule = 0;
  let test = 0;
  for (let depth = 1; depth < levels.length; depth++) {
    const { count } = levels[depth];
    for (let set = 0; set < count.length; set++) {
      const items = itemsOf(levels, depth + 1, set);
      for (let right = depth; right >= 0; right--) {
        const consequent = items[right];
        const antecedentCount =
          depth === 1 ? counts[items[1 - right]] : countWithout(levels, items, consequent);
        rules.size[rule] = depth + 1;
        rules.set[rule] = set;
        rules.consequent[rule] = consequent;
        rules.count[rule] = count[set];
        rules.antecedentCount[rule] = antecedentCount;
        rules.consequentCount[rule] = counts[consequent];
        if (depth > 1 || right === depth) {
          rules.pValues[test] = chanceOf(count[set], antecedentCount, counts[consequent], baskets);
          test++;
        }
        rules.test[rule++] = test - 1;
      }
    }
  }
  return rules;
}

/** The products of an itemset, ascending. @internal */
export function itemsOf(levels: readonly ItemsetLevel[], size: number, set: number): number[] {
  const items: number[] = new Array(size);
  let place = set;
  for (let depth = size - 1; depth >= 0; depth--) {
    items[depth] = levels[depth].item[place];
    place = levels[depth].parent[place];
  }
  return items;
}

/**
 * How many tests a search makes: pairs of frequent products, and each frequent set with each frequent product that is not
 * in it. What stands on both sides is frequent whatever stands together, so a rule is not chosen by what is tested; rules
 * below the minimum count are tests too, with a p-value of 1 (Webb 2007).
 *
 * @internal
 */
export function testsOf(levels: readonly ItemsetLevel[], minimumCount: number, maximumSize: number): number {
  const frequent = frequentProducts(levels, minimumCount);
  let tests = frequent < 2 ? 0 : (frequent * (frequent - 1)) / 2;
  for (let size = 2; size < maximumSize && size <= levels.length; size++) {
    tests += levels[size - 1].item.length * (frequent - size);
  }
  return tests;
}

/** @internal */
export function frequentProducts(levels: readonly ItemsetLevel[], minimumCount: number): number {
  return levels[0].count.reduce((sum, count) => sum + (count >= minimumCount ? 1 : 0), 0);
}

function countWithout(levels: readonly ItemsetLevel[], items: readonly number[], consequent: number): number {
  const antecedent = items.filter((item) => item !== consequent);
  return levels[antecedent.length - 1].count[itemsetPlace(levels, antecedent)];
}

/** Fisher's exact test, one-sided: how likely so many together or more are, if both sides had nothing to do with each other. */
function chanceOf(count: number, antecedent: number, consequent: number, baskets: number): number {
  const draw = { population: baskets, successes: consequent, draws: antecedent };
  return hypergeometricCdf(count - 1, draw, UPPER);
}

const UPPER = { tail: "upper" } as const;
