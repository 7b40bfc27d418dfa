import type { AssociationRules } from "./association-rules.js";
import { placesDescending } from "./places-descending.js";

/**
 * Rules by a product to their left, in the terms of somebody's holdings: the rules of product p are `starts[p]` up to, not
 * including, `starts[p + 1]`, the surest first. A rule's place is its rank in that order within its product.
 *
 * @internal
 */
export interface RuleIndex {
  /** The products held, by place, and after them those that only rules name. */
  readonly products: readonly string[];
  readonly starts: Uint32Array;
  /** By place in the index, the rank among all rules: 0 is the surest. */
  readonly rank: Uint32Array;
  /** By place in the index, the product to the right. */
  readonly consequent: Uint32Array;
  /** By place in the index, the other products to the left; `null` where there is one only. */
  readonly others: readonly (readonly number[] | null)[];
  /** By rank, the row in the table of rules. */
  readonly row: Uint32Array;
}

/** The rules with a lift above a bound whose products to the left somebody holds. @internal */
export function ruleIndex(
  { rules, separator }: Pick<AssociationRules, "rules" | "separator">,
  held: readonly string[],
  liftAbove: number,
): RuleIndex {
  const { antecedent, consequent, size, confidence, lift } = rules.columns;
  const products = [...held];
  const placeOf = new Map(held.map((product, place) => [product, place]));
  // Of two rules for one product the one with the greater confidence has the greater lift too.
  const row = placesDescending(Float64Array.from(confidence));
  const entries: {
    readonly first: number;
    readonly others: number[] | null;
    readonly right: number;
    rank: number;
  }[] = [];
  row.forEach((place, rank) => {
    if (!(lift[place] > liftAbove)) return;
    const names = size[place] === 2 ? [antecedent[place]] : antecedent[place].split(separator);
    const items = names.map((name) => placeOf.get(name) ?? held.length);
    if (items.some((item) => item >= held.length)) return;
    let right = placeOf.get(consequent[place]);
    if (right === undefined) {
      right = products.push(consequent[place]) - 1;
      placeOf.set(consequent[place], right);
    }
    entries.push({ first: items[0], others: items.length > 1 ? items.slice(1) : null, right, rank });
  });
  const starts = new Uint32Array(held.length + 1);
  for (const { first } of entries) starts[first + 1]++;
  for (let item = 0; item < held.length; item++) starts[item + 1] += starts[item];
  const next = starts.slice();
  const index = { rank: new Uint32Array(entries.length), consequent: new Uint32Array(entries.length) };
  const others = new Array<readonly number[] | null>(entries.length).fill(null);
  for (const entry of entries) {
    const place = next[entry.first]++;
    index.rank[place] = entry.rank;
    index.consequent[place] = entry.right;
    others[place] = entry.others;
  }
  return { products, starts, ...index, others, row };
}
