import { assertOptions } from "../../core/assert.js";
import { type Table, table } from "../../core/table.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { WindowedMetricOptions } from "../../history/metric-options.js";
import type { HoldingInput } from "./basket-rows.js";
import { customerHoldings, type HoldingsOrigin } from "./customer-holdings.js";
import { growingNumbers, picked, pickedOrNull, repeated } from "./growing-numbers.js";
import { type LadderRow, type ProductLadder, readLadders } from "./product-ladders.js";
import {
  expectedGain,
  marginReader,
  type ProductMargins,
  probabilityReader,
  type ReplacementProbability,
} from "./product-margins.js";
import { sortRange } from "./sort-range.js";

/** What the next rung is worth. */
export interface UpSellOptions {
  /** What a sale of each product earns. With it only rungs that are known to earn more are candidates. */
  readonly margin?: ProductMargins;
  /** How likely a customer moves up from one product to the next. */
  readonly probability?: ReplacementProbability;
}

/** The same for the holdings of a log. */
export interface UpSellLogOptions extends WindowedMetricOptions, UpSellOptions {}

/** One row a candidate of {@link UpSellCandidates}: customers as they come, ladders as given. */
export interface UpSellColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** The family of the ladder. */
  readonly family: readonly string[];
  /** The next rung. */
  readonly productId: readonly string[];
  /** The highest rung that the customer holds, whose place it takes. */
  readonly replaces: readonly string[];
  /** Which rung the next one is, from 1. */
  readonly rung: readonly number[];
  /** Number of rungs of the ladder. */
  readonly rungs: readonly number[];
  /** Margin of the next rung less that of the one it replaces, minor units; `null` without margins. */
  readonly marginGain: readonly (number | null)[];
  /** How likely the customer moves up; `null` where unknown. */
  readonly probability: readonly (number | null)[];
  /** `probability` times `marginGain`, minor units, not rounded; `null` where either is unknown. */
  readonly expectedMargin: readonly (number | null)[];
}

/** Who could move up, and to what. */
export interface UpSellCandidates extends HoldingsOrigin {
  /** Who, from what, to what, and what it is worth. */
  readonly candidates: Table<UpSellColumns>;
  /** Customers and ladders without a candidate though the customer holds a product of the ladder, each counted once. */
  readonly leftOut: {
    /** The customer holds the highest rung. */
    readonly atTop: number;
    /** The margin of either product is unknown. */
    readonly unknownMargin: number;
    /** The next rung earns no more than the one held. */
    readonly noGain: number;
  };
}

/**
 * Who could move up to the next product of the same family, and what would that earn?
 *
 * One candidate for each customer and ladder: the rung after the highest held. It takes the place of the one held, so that
 * its gain is the difference of the margins, never the whole margin.
 *
 * @param log - A transaction log with products.
 * @param ladders - Families and their products from small to large; {@link productLadders} makes them of products and prices.
 * @param options - `asOf`, a `window`, margins and probabilities.
 * @returns A table of candidates, and how many customers have none on a ladder on which they stand.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a product stands on two rungs; `INVALID_ARGUMENT` when the log has no
 * products or an option is unusable; `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { rows, transactionLog, upSellCandidates } from "clientele";
 *
 * const log = transactionLog([{ customerId: "ani", productId: "plan-5", at: "2024-01-31", amount: 60_000 }], {
 *   currency: "IDR",
 * });
 * const { candidates } = upSellCandidates(log, [{ family: "plans", rungs: ["plan-5", "plan-10"] }], {
 *   asOf: "2025-01-01",
 *   margin: new Map([["plan-5", 20_000], ["plan-10", 50_000]]),
 *   probability: 0.1,
 * });
 * rows(candidates).map(({ replaces, productId, marginGain, expectedMargin }) => [replaces, productId, marginGain, expectedMargin]);
 * // => [["plan-5", "plan-10", 30000, 3000]]
 * ```
 */
export function upSellCandidates(
  log: TransactionLog,
  ladders: readonly LadderRow[],
  options: UpSellLogOptions,
): UpSellCandidates;
/**
 * The same from holdings as they are.
 *
 * @param holdings - Rows `{ customerId, productId }`, or a table of these columns.
 * @param ladders - Families and their products from small to large.
 * @param options - Margins and probabilities.
 * @returns A table of candidates, and how many customers have none on a ladder on which they stand.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an id is no text or a product stands on two rungs; `INVALID_ARGUMENT`.
 * @example
 * ```ts
 * import { upSellCandidates } from "clientele";
 *
 * const ladders = [{ family: "plans", rungs: ["small", "medium", "large"] }];
 * const { candidates } = upSellCandidates([{ customerId: "ani", productId: "small" }], ladders);
 * candidates.columns.productId; // => ["medium"]
 * ```
 */
export function upSellCandidates(
  holdings: HoldingInput,
  ladders: readonly LadderRow[],
  options?: UpSellOptions,
): UpSellCandidates;
export function upSellCandidates(
  input: TransactionLog | HoldingInput,
  given: readonly LadderRow[],
  options: UpSellLogOptions | UpSellOptions = {},
): UpSellCandidates {
  assertOptions(options);
  const ladders = readLadders(given);
  const steps = stepsOf(ladders, options);
  const { customerIds, products, offsets, items, origin } = customerHoldings(input, options);
  const placed = rungsByProduct(products, ladders);

  const found = growingNumbers();
  const counts = new Uint32Array(customerIds.length);
  const noStep = [0, 0, 0, 0];
  const highest = new Int32Array(ladders.length).fill(-1);
  const standsOn = new Uint32Array(ladders.length);
  for (let customer = 0; customer < customerIds.length; customer++) {
    let size = 0;
    for (let i = offsets[customer]; i < offsets[customer + 1]; i++) {
      const ladder = placed.ladder[items[i]];
      if (ladder < 0) continue;
      const rung = placed.rung[items[i]];
      if (highest[ladder] < 0) standsOn[size++] = ladder;
      if (rung > highest[ladder]) highest[ladder] = rung;
    }
    sortRange(standsOn, 0, size);
    for (let i = 0; i < size; i++) {
      const ladder = standsOn[i];
      const step = steps.first[ladder] + highest[ladder];
      highest[ladder] = -1;
      if (steps.verdict[step] > 0) {
        noStep[steps.verdict[step]]++;
        continue;
      }
      counts[customer]++;
      found.add(step);
    }
  }
  const step = found.taken();
  const [, atTop, unknownMargin, noGain] = noStep;
  return {
    candidates: table<UpSellColumns>({
      customerId: repeated(customerIds, counts, step.length),
      family: picked(steps.family, step),
      productId: picked(steps.productId, step),
      replaces: picked(steps.replaces, step),
      rung: picked(steps.rung, step),
      rungs: picked(steps.rungs, step),
      marginGain: pickedOrNull(steps.marginGain, step),
      probability: pickedOrNull(steps.probability, step),
      expectedMargin: pickedOrNull(steps.expectedMargin, step),
    }),
    leftOut: { atTop, unknownMargin, noGain },
    ...origin,
  };
}

/** The steps from each rung of each ladder, one ladder after the other: what is offered, or why nothing is. */
function stepsOf(ladders: readonly ProductLadder[], options: UpSellOptions) {
  const marginOf = options.margin === undefined ? null : marginReader(options.margin);
  const probabilityOf = probabilityReader(options.probability);
  const steps = {
    /** By ladder, the place of the step from its first rung. */
    first: [] as number[],
    family: [] as string[],
    productId: [] as string[],
    replaces: [] as string[],
    rung: [] as number[],
    rungs: [] as number[],
    marginGain: [] as (number | null)[],
    probability: [] as (number | null)[],
    expectedMargin: [] as (number | null)[],
    /** 0 where there is an offer; else 1 at the top, 2 where a margin is unknown, 3 without gain. */
    verdict: [] as number[],
  };
  for (const { family, rungs } of ladders) {
    steps.first.push(steps.family.length);
    rungs.forEach((held, rung) => {
      const isTop = rung + 1 === rungs.length;
      const next = isTop ? held : rungs[rung + 1];
      const [before, after] = marginOf && !isTop ? [marginOf(held), marginOf(next)] : [null, null];
      const gain = before === null || after === null ? null : after - before;
      const probability = isTop ? null : probabilityOf(held, next);
      const isUnknown = marginOf !== null && gain === null;
      const hasNoGain = gain !== null && gain <= 0;
      steps.family.push(family);
      steps.productId.push(next);
      steps.replaces.push(held);
      steps.rung.push(rung + 2);
      steps.rungs.push(rungs.length);
      steps.marginGain.push(gain);
      steps.probability.push(probability);
      steps.expectedMargin.push(expectedGain(probability, gain));
      steps.verdict.push(isTop ? 1 : isUnknown ? 2 : hasNoGain ? 3 : 0);
    });
  }
  return steps;
}

/** On which ladder, and on which of its rungs, each product stands; -1: on none. */
function rungsByProduct(products: readonly string[], ladders: readonly ProductLadder[]) {
  const placeOf = new Map(products.map((product, place) => [product, place]));
  const ladder = new Int32Array(products.length).fill(-1);
  const rung = new Int32Array(products.length);
  ladders.forEach(({ rungs }, number) => {
    rungs.forEach((product, height) => {
      const place = placeOf.get(product);
      if (place === undefined) return;
      ladder[place] = number;
      rung[place] = height;
    });
  });
  return { ladder, rung };
}
