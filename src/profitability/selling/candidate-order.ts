import { placesDescending } from "./places-descending.js";
import type { RuleIndex } from "./rule-index.js";

/** The rules of an index from the best offer to the worst: a whole number a rule in place of what it would be compared by. @internal */
export interface CandidateOrder {
  /** By place in the index, from 0: the best. */
  readonly of: Uint32Array;
  /** By that number, the place in the index. */
  readonly place: Uint32Array;
}

/**
 * Orders rules by the score of the offer they make (by place), ties by the name of the product, and of one product the surest
 * rule first.
 *
 * @internal
 */
export function candidateOrder(index: RuleIndex, scores: Float64Array): CandidateOrder {
  const { products, consequent, rank } = index;
  const byName = Uint32Array.from(products.keys()).sort((a, b) => (products[a] < products[b] ? -1 : 1));
  const nameRank = new Uint32Array(products.length);
  for (let i = 0; i < byName.length; i++) nameRank[byName[i]] = i;
  const keys = new Float64Array(rank.length);
  // Ranks are whole numbers below 2^32, and so are products: the negative of both in one sorts by name, then by rank.
  for (let place = 0; place < keys.length; place++)
    keys[place] = -(nameRank[consequent[place]] * index.row.length + rank[place]);
  const asTheyStand = placesDescending(keys);
  const inTurn = new Float64Array(keys.length);
  for (let i = 0; i < inTurn.length; i++) inTurn[i] = scores[asTheyStand[i]];
  const place = placesDescending(inTurn).map((i) => asTheyStand[i]);
  const of = new Uint32Array(place.length);
  for (let i = 0; i < place.length; i++) of[place[i]] = i;
  return { of, place };
}
