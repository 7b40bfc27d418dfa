import { assertArgument } from "../../core/assert.js";
import { divergence, type LifetimeValueOptions, readMarginStream, streamSums } from "./margin-stream.js";

/** What a customer will be worth by formula; in the unit of the margin and not rounded. */
export interface LifetimeValue {
  /** Sum of the discounted margins, without the cost of acquisition; `null` where the sum has no limit. */
  readonly value: number | null;
  /** `value` less the cost of acquisition; `null` with it. */
  readonly net: number | null;
  /** Value for a first margin of 1, the margin multiple; `null` with `value`. */
  readonly multiple: number | null;
  /** How many margins a customer pays on average, undiscounted; `null` where that has no limit. */
  readonly expectedPayments: number | null;
  /** Why `value` is `null`; `null` where it is a number. */
  readonly reason: string | null;
  /** Discount rate of one period, from the rate per year. */
  readonly ratePerPeriod: number;
  /** Periods that count; `null` for no end. */
  readonly horizon: number | null;
}

/**
 * What will a customer be worth who brings a margin each period and stays at these rates?
 *
 * Three textbooks give three answers for a margin m, retention r and discount rate i without end, by when the first margin
 * comes (Fader & Hardie, note 24): `timing: "begin"` gives m(1+i)/(1+i-r), `"end"` with `survivorsAt: "begin"` m/(1+i-r),
 * with `survivorsAt: "end"` m r/(1+i-r), and that with growth g m r/(1+i-r(1+g)) (Gupta & Lehmann 2003). One rate for all
 * periods undervalues a base: those who leave easily leave first, so that retention rises with tenure. Pass rates by period,
 * or survival, where you have them.
 *
 * {@link retentionEconomics} shows the same path year by year with where the profit comes from; {@link retentionUplift} what
 * some points of retention more are worth.
 *
 * @param options - Margin and retention of a period, the discount rate per year, `timing`; `survivorsAt`,
 * `periodsPerYear`, `horizon`, `growth`, `acquisitionCost`.
 * @returns The value with and without the cost of acquisition, and as a multiple of the margin.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when an option is out of range, survival rises or does not start at 1, the
 * horizon is longer than the list of rates, or amounts leave the range of numbers.
 * @example
 * ```ts
 * import { lifetimeValue } from "clientele";
 *
 * const yearly = { margin: 100, retention: 0.8, discountRate: 0.1 };
 * lifetimeValue({ ...yearly, timing: "begin" }).value; // ~> 366.666667
 * lifetimeValue({ ...yearly, timing: "end", survivorsAt: "begin" }).value; // ~> 333.333333
 * const later = lifetimeValue({ ...yearly, timing: "end", survivorsAt: "end", acquisitionCost: 50 });
 * [later.value, later.net, later.multiple]; // ~> [266.666667, 216.666667, 2.66666667]
 * lifetimeValue({ ...yearly, timing: "begin", retention: [0.6, 0.75, 0.85] }).horizon; // => 3
 * lifetimeValue({ ...yearly, timing: "begin", retention: 1, discountRate: 0 }).value; // => null
 * ```
 */
export function lifetimeValue(options: LifetimeValueOptions): LifetimeValue {
  const stream = readMarginStream(options);
  const { margin, acquisitionCost, rate, horizon } = stream;
  const reason = divergence(stream);
  const { multiple, payments } = streamSums(stream);
  const value = margin * multiple + 0;
  assertArgument(
    reason !== null || (Number.isFinite(value) && Number.isFinite(value - acquisitionCost)),
    "options",
    () => "options lead beyond the range of numbers: pass a shorter horizon or smaller amounts",
  );
  return {
    value: reason === null ? value : null,
    net: reason === null ? value - acquisitionCost : null,
    multiple: reason === null ? multiple : null,
    expectedPayments: Number.isFinite(payments) ? payments : null,
    reason,
    ratePerPeriod: rate,
    horizon,
  };
}
