import type { CandidateOrder } from "./candidate-order.js";
import type { CustomerHoldings } from "./customer-holdings.js";
import { growingNumbers } from "./growing-numbers.js";
import { NO_GAIN, UNKNOWN_MARGIN } from "./margin-verdict.js";
import type { RuleIndex } from "./rule-index.js";
import { sortRange } from "./sort-range.js";
import type { Substitutes } from "./substitutes.js";

/** What is offered to each customer. @internal */
export interface BestOffers {
  /** By customer, how many offers. */
  readonly counts: Uint32Array;
  /** Customer by customer, the best first: the place in the index of the rule that speaks for each. */
  readonly offers: Uint32Array;
  /** Products left out, each counted once a customer, by reason. */
  readonly leftOut: Record<"substitute" | "unknownMargin" | "noGain" | "alternative" | "beyondLimit", number>;
}

/** What is asked of the offers. @internal */
export interface OfferRules {
  readonly index: RuleIndex;
  readonly order: CandidateOrder;
  /** By product, what speaks against it. */
  readonly verdict: Uint8Array;
  /** `null` where no product takes the place of another. */
  readonly substitutes: Substitutes | null;
  readonly limit: number;
}

/**
 * The best products for each customer, of those not held that a rule speaks for: each with its best rule, which is the one
 * that stands first in the order.
 *
 * @internal
 */
export function bestOffers(
  { customerIds, offsets, items }: Pick<CustomerHoldings, "customerIds" | "offsets" | "items">,
  { index, order, verdict, substitutes, limit }: OfferRules,
): BestOffers {
  const { products, starts, consequent, others } = index;
  const { of: offerOf, place: placeOf } = order;
  const hasOthers = others.some((rest) => rest !== null);
  // By product, the customer at hand (from 1) where they hold it, and the best rule that speaks for it to them.
  const heldBy = new Uint32Array(products.length);
  const bestOf = new Int32Array(products.length).fill(NO_RULE);
  const suggested = new Uint32Array(products.length + 1);
  const worthwhile = new Uint32Array(products.length);
  const counts = new Uint32Array(customerIds.length);
  const found = growingNumbers();
  const leftOut = { substitute: 0, unknownMargin: 0, noGain: 0, alternative: 0, beyondLimit: 0 };
  for (let customer = 0; customer < customerIds.length; customer++) {
    const mark = customer + 1;
    const from = offsets[customer];
    const to = offsets[mark];
    for (let i = from; i < to; i++) {
      // No offer of what is held is better than this.
      bestOf[items[i]] = 0;
      heldBy[items[i]] = mark;
    }
    let suggestions = 0;
    for (let i = from; i < to; i++) {
      const end = starts[items[i] + 1];
      for (let place = starts[items[i]]; place < end; place++) {
        const product = consequent[place];
        if (hasOthers && !holdsAll(others[place], heldBy, mark)) continue;
        // Nobody can guess which rule is better: arithmetic is faster here than branches. The first for a product adds it,
        // and of two the lower stays.
        const best = bestOf[product];
        suggested[suggestions] = product;
        suggestions += isNoRule(best);
        const ahead = offerOf[place] - best;
        bestOf[product] = best + (ahead & (ahead >> 31));
      }
    }
    for (let i = from; i < to; i++) bestOf[items[i]] = NO_RULE;
    if (substitutes) for (let i = from; i < to; i++) substitutes.block(items[i], mark);
    let size = 0;
    for (let i = 0; i < suggestions; i++) {
      const product = suggested[i];
      if (substitutes?.isBlocked(product, mark)) leftOut.substitute++;
      else if (verdict[product] === UNKNOWN_MARGIN) leftOut.unknownMargin++;
      else if (verdict[product] === NO_GAIN) leftOut.noGain++;
      else worthwhile[size++] = bestOf[product];
      bestOf[product] = NO_RULE;
    }
    if (substitutes) {
      sortRange(worthwhile, 0, size);
      const all = size;
      size = 0;
      for (let i = 0; i < all; i++) {
        const product = consequent[placeOf[worthwhile[i]]];
        if (substitutes.isBlocked(product, mark)) {
          leftOut.alternative++;
          continue;
        }
        substitutes.block(product, mark);
        worthwhile[size++] = worthwhile[i];
      }
    } else sortFirst(worthwhile, size, limit);
    const wanted = Math.min(size, limit);
    leftOut.beyondLimit += size - wanted;
    counts[customer] = wanted;
    for (let i = 0; i < wanted; i++) found.add(placeOf[worthwhile[i]]);
  }
  return { counts, offers: found.taken(), leftOut };
}

// Above the place of any rule, and the one number that the next makes negative.
const NO_RULE = 0x7fffffff;

/** 1 or 0. */
function isNoRule(best: number): number {
  return ((best + 1) | 0) >>> 31;
}

/** Whether all of these are marked. A function in the loop would cost every turn of it. */
function holdsAll(items: readonly number[] | null, heldBy: Uint32Array, mark: number): boolean {
  if (items === null) return true;
  for (let i = 0; i < items.length; i++) if (heldBy[items[i]] !== mark) return false;
  return true;
}

// Up to here each finds its place by stepping past those that are worse; above, all are sorted.
const FEW = 24;

/** Puts the first of the numbers, ascending, to the front; what is behind them is in no order. */
function sortFirst(numbers: Uint32Array, size: number, wanted: number): void {
  if (wanted > FEW) {
    sortRange(numbers, 0, size);
    return;
  }
  for (let i = 1; i < size; i++) {
    const value = numbers[i];
    const last = Math.min(i, wanted) - 1;
    if (value >= numbers[last]) continue;
    let place = i;
    if (i >= wanted) {
      // The last of those wanted gives way.
      numbers[i] = numbers[last];
      place = last;
    }
    for (; place > 0 && numbers[place - 1] > value; place--) numbers[place] = numbers[place - 1];
    numbers[place] = value;
  }
}
