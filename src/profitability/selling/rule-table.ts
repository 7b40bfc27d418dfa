import { type Table, table } from "../../core/table.js";
import type { ItemsetLevel } from "./frequent-itemsets.js";
import { placesDescending } from "./places-descending.js";
import { itemsOf, type RuleList } from "./rule-list.js";

/** One row a rule of {@link AssociationRules}: who has `antecedent` also has `consequent`. */
export interface AssociationRuleColumns {
  /** The product to the left; several in order of name, with the separator between them. */
  readonly antecedent: readonly string[];
  /** The product to the right. */
  readonly consequent: readonly string[];
  /** Number of products in the rule, both sides together. */
  readonly size: readonly number[];
  /** Number of baskets with all of them. */
  readonly count: readonly number[];
  /** Number of baskets with all products to the left. */
  readonly antecedentCount: readonly number[];
  /** Number of baskets with the product to the right. */
  readonly consequentCount: readonly number[];
  /** Share of all baskets that have all products of the rule. */
  readonly support: readonly number[];
  /** Share of the baskets with the left side that have the right side too. */
  readonly confidence: readonly number[];
  /** Confidence over the share of all baskets that have the right side: 1 is chance. */
  readonly lift: readonly number[];
  /** Support above what chance would give: share of both less the product of the shares of each. */
  readonly leverage: readonly number[];
  /** How many times more often the rule would fail if it were chance; `null` when it never fails (infinity). */
  readonly conviction: readonly (number | null)[];
  /** Baskets with both sides over baskets with either. */
  readonly jaccard: readonly number[];
  /** Fisher's exact test: chance of so many baskets with both sides, or more, if they had nothing to do with each other. */
  readonly pValue: readonly number[];
  /** The p-value, corrected for the number of tests. */
  readonly correctedPValue: readonly number[];
}

/** By what rules are ordered. */
export type RuleOrder = "lift" | "confidence" | "leverage" | "count";

/** Rules that are not shown, each counted once, by the first bound that it misses. */
export interface RulesLeftOut {
  /** Below `minimumConfidence`. */
  readonly belowConfidence: number;
  /** Below `minimumLift`. */
  readonly belowLift: number;
  /** With a corrected p-value above `maximumPValue`. */
  readonly abovePValue: number;
}

/** The rules found, and what is needed to show them. @internal */
export interface FoundRules {
  readonly rules: RuleList;
  readonly levels: readonly ItemsetLevel[];
  readonly products: readonly string[];
  readonly baskets: number;
  /** Corrected p-values, by test. */
  readonly corrected: Float64Array;
}

/** @internal */
export interface RuleBounds {
  readonly minimumConfidence: number;
  readonly minimumLift: number;
  readonly maximumPValue: number;
  readonly orderBy: RuleOrder;
  readonly separator: string;
}

/** The rules within the bounds, in order, with their measures. @internal */
export function ruleTable(
  found: FoundRules,
  bounds: RuleBounds,
): { readonly rules: Table<AssociationRuleColumns>; readonly leftOut: RulesLeftOut } {
  const { rules, products, baskets: n, corrected } = found;
  const { count, antecedentCount, consequentCount, test } = rules;
  const { kept, leftOut } = withinBounds(found, bounds);
  const values = new Float64Array(kept.length);
  for (let i = 0; i < kept.length; i++) values[i] = measured(bounds.orderBy, rules, kept[i], n);
  const order = placesDescending(values);
  const { length } = order;
  const columns = {
    antecedent: new Array<string>(length),
    consequent: new Array<string>(length),
    size: new Array<number>(length),
    count: new Array<number>(length),
    antecedentCount: new Array<number>(length),
    consequentCount: new Array<number>(length),
    support: new Array<number>(length),
    confidence: new Array<number>(length),
    lift: new Array<number>(length),
    leverage: new Array<number>(length),
    conviction: new Array<number | null>(length),
    jaccard: new Array<number>(length),
    pValue: new Array<number>(length),
    correctedPValue: new Array<number>(length),
  };
  // One loop that writes every cell: a function a column would put each number on the heap on its way.
  for (let i = 0; i < length; i++) {
    const rule = kept[order[i]];
    const both = count[rule];
    const left = antecedentCount[rule];
    const right = consequentCount[rule];
    columns.antecedent[i] = antecedentOf(found, rule, bounds.separator);
    columns.consequent[i] = products[rules.consequent[rule]];
    columns.size[i] = rules.size[rule];
    columns.count[i] = both;
    columns.antecedentCount[i] = left;
    columns.consequentCount[i] = right;
    columns.support[i] = both / n;
    columns.confidence[i] = both / left;
    columns.lift[i] = (both * n) / (left * right);
    columns.leverage[i] = (both * n - left * right) / (n * n);
    columns.conviction[i] = both === left ? null : ((n - right) * left) / (n * (left - both));
    columns.jaccard[i] = both / (left + right - both);
    columns.pValue[i] = rules.pValues[test[rule]];
    columns.correctedPValue[i] = corrected[test[rule]];
  }
  return { rules: table<AssociationRuleColumns>(columns), leftOut };
}

/** Quotients of whole numbers, so that 3/5 comes out as 0.6 and both directions of a pair have one lift. */
function measured(measure: RuleOrder, rules: RuleList, rule: number, n: number): number {
  const both = rules.count[rule];
  const left = rules.antecedentCount[rule];
  const right = rules.consequentCount[rule];
  if (measure === "confidence") return both / left;
  if (measure === "lift") return (both * n) / (left * right);
  return measure === "count" ? both : (both * n - left * right) / (n * n);
}

function withinBounds(
  { rules, baskets, corrected }: FoundRules,
  { minimumConfidence, minimumLift, maximumPValue }: RuleBounds,
): { readonly kept: Uint32Array; readonly leftOut: RulesLeftOut } {
  const leftOut = { belowConfidence: 0, belowLift: 0, abovePValue: 0 };
  const kept = new Uint32Array(rules.length);
  let length = 0;
  for (let rule = 0; rule < rules.length; rule++) {
    if (measured("confidence", rules, rule, baskets) < minimumConfidence) leftOut.belowConfidence++;
    else if (measured("lift", rules, rule, baskets) < minimumLift) leftOut.belowLift++;
    else if (corrected[rules.test[rule]] > maximumPValue) leftOut.abovePValue++;
    else kept[length++] = rule;
  }
  return { kept: kept.subarray(0, length), leftOut };
}

function antecedentOf({ rules, levels, products }: FoundRules, rule: number, separator: string): string {
  const { size, set, consequent } = rules;
  const place = set[rule];
  if (size[rule] === 2) {
    const { item, parent } = levels[1];
    return products[item[place] === consequent[rule] ? parent[place] : item[place]];
  }
  const items = itemsOf(levels, size[rule], place).filter((item) => item !== consequent[rule]);
  return items.map((item) => products[item]).join(separator);
}
