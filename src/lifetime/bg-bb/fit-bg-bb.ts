import { assertArgument, assertOptions } from "../../core/assert.js";
import { isLog, type TransactionLog } from "../../history/log-columns.js";
import type { DistinctHistories } from "../models/distinct-histories.js";
import { failure, fitParameters } from "../models/fit-parameters.js";
import type { BgBbModel, BgBbParameters, ModelTimeUnit } from "../models/lifetime-model.js";
import type { FitFailure, FitSearchOptions, ModelFit } from "../models/model-fit.js";
import {
  assertUnit,
  type CheckedHistories,
  type PurchaseHistories,
  readHistories,
} from "../models/purchase-histories.js";
import { bgBbObjective } from "./bg-bb-likelihood.js";
import { opportunityCells } from "./opportunity-cells.js";
import { type OpportunitySummaryOptions, opportunitySummary } from "./opportunity-summary.js";

/** How a log is read, how long an opportunity is, and how to search. */
export interface FitBgBbOptions
  extends Partial<Omit<OpportunitySummaryOptions, "by" | "holdoutThrough">>,
    FitSearchOptions<BgBbParameters> {
  /** How long one opportunity is; an `opportunitySummary` knows its own. A log without `campaigns` is read by it. */
  readonly unit?: ModelTimeUnit | undefined;
}

/** A fitted {@link BgBbModel}, and how sure it is. */
export type BgBbFit = BgBbModel & ModelFit<BgBbParameters>;

/**
 * How often do customers buy, and when do they leave, where each opportunity brings one purchase at most?
 *
 * BG/BB (Fader, Hardie & Shang 2010): yearly gifts, issues, seasons, mailings. A customer buys at an opportunity with a
 * chance of his own, and before each he may leave with another; over customers both are beta distributed. Only how many of
 * each history there are counts: millions of customers are some hundred different ones. `probabilityAlive` of the model is at
 * opportunity T; with `after: 1` it is at the next one, as BTYD and lifetimes print it.
 *
 * @param customers - `x`, `tx`, `T` as whole numbers of opportunities after the first purchase: how many were used, which
 * was the last used, how many there were. Rows, columns or table, an `opportunitySummary`; or a log.
 * @param options - `unit`, which an `opportunitySummary` by period has of its own; with a log `through`, and `campaigns` where an opportunity is no unit of the
 * calendar; a prior, starts, when to stop.
 * @returns The model, plain JSON, with standard errors; or a failure that says why there is none, told by `converged`.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`; `INVALID_ROWS` when numbers are not whole, or more than one purchase
 * falls on an opportunity; `ABORTED`.
 * @example
 * ```ts
 * import { fitBgBb } from "clientele";
 *
 * // Of 100 customers, 40 never bought again in three years.
 * const fit = fitBgBb(
 *   {
 *     x: [0, 1, 1, 1, 2, 2, 3],
 *     tx: [0, 1, 2, 3, 2, 3, 3],
 *     T: [3, 3, 3, 3, 3, 3, 3],
 *     weight: [40, 15, 5, 4, 8, 10, 18],
 *   },
 *   { unit: "year" },
 * );
 * fit.converged; // => true
 * fit.customers; // => 100
 * ```
 */
export function fitBgBb(
  customers: PurchaseHistories | TransactionLog,
  options: FitBgBbOptions = {},
): BgBbFit | FitFailure {
  assertOptions(options);
  const histories = historiesOf(customers, options);
  const unit = assertUnit(histories.unit);
  const cells = opportunityCells(histories);
  const failed = options.prior === undefined ? beforeTheSearch(cells) : null;
  if (failed !== null) return failed;
  const start = (alpha: number, beta: number, gamma: number, delta: number) => ({
    alpha,
    beta,
    gamma,
    delta,
  });
  const fit = fitParameters<BgBbParameters>(
    {
      names: ["alpha", "beta", "gamma", "delta"],
      objective: (point) => bgBbObjective(cells, point),
      starts: [
        start(1, 1, 1, 3),
        start(0.5, 2, 0.5, 5),
        start(2, 1, 0.2, 2),
        start(3, 10, 2, 40),
        start(0.1, 0.2, 5, 50),
      ],
      boundary: boundaryOf,
      scale: { alpha: 1, beta: 1, gamma: 1, delta: 1 },
      customers: cells.customers,
      histories: cells.length,
    },
    options,
  );
  if (!fit.converged) return fit;
  const { parameters, coefficients: _, ...sure } = fit;
  return { model: "bgBb", parameters, unit, ...sure };
}

function historiesOf(
  customers: PurchaseHistories | TransactionLog,
  options: FitBgBbOptions,
): CheckedHistories {
  const { through, campaigns, timeZone, qualifies, weekStartsOn, firstMonth, unit } = options;
  const by = isLog(customers) && campaigns === undefined ? unit : undefined;
  const reading = { by, campaigns, timeZone, qualifies, weekStartsOn, firstMonth };
  if (!isLog(customers)) {
    for (const [name, given] of Object.entries({ through, ...reading })) {
      assertArgument(
        given === undefined,
        `options.${name}`,
        () => `options.${name} is for logs, and customers is none: leave it out, or pass a log`,
      );
    }
    return readHistories(customers, unit === undefined ? {} : { unit });
  }
  assertArgument(
    through !== undefined,
    "options.through",
    () => "options.through is missing: pass the last civil day that the model may learn from",
  );
  const set = Object.fromEntries(Object.entries(reading).filter(([, given]) => given !== undefined));
  return readHistories(
    opportunitySummary(customers, { ...set, through }),
    unit === undefined ? {} : { unit },
  );
}

function beforeTheSearch(cells: DistinctHistories): FitFailure | null {
  const { x, tx, T } = cells;
  if (x.every((count) => count === 0)) {
    const reason =
      "nobody bought again: that they did not want to and that they had left look the same; take more opportunities";
    return failure(cells, "NO_REPEAT_PURCHASES", [], reason);
  }
  if (x.every((count, i) => count === T[i])) {
    const reason =
      "everyone bought at every opportunity: nothing tells of leaving or of chances below 1; take more opportunities or a prior";
    return failure(cells, "BOUNDARY", ["beta", "gamma"], reason);
  }
  if (tx.every((last, i) => last === T[i])) {
    const reason =
      "everyone bought at the last opportunity: nobody has left, and chances to leave cannot be told; take a prior";
    return failure(cells, "BOUNDARY", ["gamma"], reason);
  }
  return null;
}

function boundaryOf(name: string, end: "zero" | "infinity"): string {
  if (end === "infinity") {
    return name === "alpha" || name === "beta"
      ? "alpha and beta grow without end: customers do not differ in their chance to buy, one chance for all fits as well"
      : "gamma and delta grow without end: customers do not differ in their chance to leave, one chance for all (or none) fits as well";
  }
  return {
    alpha:
      "alpha falls to 0: most never buy at all, and those who do buy always; take more opportunities or a prior",
    beta: "beta falls to 0: who is still there buys at each opportunity; take a contract model, where leaving shows",
    gamma:
      "gamma falls to 0: nobody leaves, or the few who do leave at once; a model without leaving fits as well",
    delta: "delta falls to 0: customers leave before the first opportunity or never; take a prior",
  }[name] as string;
}
