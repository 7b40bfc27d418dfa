import type { Instant } from "../core/instant.js";

/** How a customer is named in the input: text, or a whole number that becomes text ("42") in the log. */
export type CustomerKey = string | number;

/**
 * One purchase or refund as it comes in: the smallest shape that a log is built from.
 *
 * Fields that are not named here are ignored, so a row of your own database fits as it is.
 */
export interface TransactionRow {
  /** Who bought. All rows of a log use text, or all use whole numbers. */
  readonly customerId: CustomerKey;
  /** When. A civil day (`"2024-02-29"`) is the start of that day in the log's time zone. */
  readonly at: Instant;
  /** Integer in minor units: zero or more for a purchase, zero or less for a refund. */
  readonly amount: number;
  /** Default `"refund"` where `refundOf` is given, otherwise `"purchase"`. */
  readonly type?: "purchase" | "refund" | null | undefined;
  /** Unique in the log where given (a repeated one is a bad row); needed for a purchase that a refund points to. */
  readonly id?: string | null | undefined;
  /** For a refund: the `id` of the purchase that it reverses, wholly or in part. */
  readonly refundOf?: string | null | undefined;
  /** Cost of what was sold, integer in minor units: on every purchase of a log or on none. A refund takes cost back with a negative value; left out, it takes back none. */
  readonly cost?: number | null | undefined;
  /** Units sold, in the caller's unit: on every purchase of a log or on none. Negative or zero for a refund, zero where left out. */
  readonly quantity?: number | null | undefined;
  /** Which product. */
  readonly productId?: string | null | undefined;
  /** Through which channel. */
  readonly channel?: string | null | undefined;
  /** ISO 4217 code of `amount` and `cost`; default the log's. */
  readonly currency?: string | null | undefined;
}

/**
 * The same as many {@link TransactionRow}s, column by column: the fastest way in.
 *
 * All columns have the same length; typed arrays are read in place and never changed.
 */
export interface TransactionColumns {
  /** Who bought, by row. */
  readonly customerId: readonly CustomerKey[] | Int32Array | Uint32Array;
  /** When, by row; in a Float64Array, epoch milliseconds. */
  readonly at: readonly Instant[] | Float64Array;
  /** Integer in minor units, by row. */
  readonly amount: readonly number[] | Float64Array | Int32Array;
  /** Cost in minor units, by row. */
  readonly cost?: readonly (number | null | undefined)[] | Float64Array | Int32Array;
  /** Units, by row. */
  readonly quantity?: readonly (number | null | undefined)[] | Float64Array | Int32Array;
  /** `"purchase"` or `"refund"`, by row. */
  readonly type?: readonly ("purchase" | "refund" | null | undefined)[];
  /** Transaction id, by row. */
  readonly id?: readonly (string | null | undefined)[];
  /** Id of the purchase that a refund reverses, by row. */
  readonly refundOf?: readonly (string | null | undefined)[];
  /** Product, by row. */
  readonly productId?: readonly (string | null | undefined)[];
  /** Channel, by row. */
  readonly channel?: readonly (string | null | undefined)[];
  /** ISO 4217 code, by row. */
  readonly currency?: readonly (string | null | undefined)[];
}

/** How a log is built. */
export interface TransactionLogOptions {
  /** ISO 4217 code of all amounts in the log. */
  readonly currency: string;
  /** IANA zone in which civil days are read, and the default `timeZone` of every metric on the log. Default `"UTC"`. */
  readonly timeZone?: string;
  /**
   * What one unit of `currency` is worth in the log's currency at an instant (epoch milliseconds), in major units:
   * 1 USD = 15,600 IDR is `15600`. Without it, a row in another currency is a bad row, and so is one for which it gives
   * no number above 0. Amount and cost are converted exactly and rounded half to even; the original amount and currency
   * stay in the log. Cost is in the currency of its row.
   */
  readonly rate?: (currency: string, at: number) => number;
  /** `"reject"` (default): a refund must name its purchase. `"accept"`: one that does not, or a negative amount without a type, counts at its own instant. */
  readonly unlinkedRefunds?: "reject" | "accept";
  /** Called with the number of rows read so far, every 65,536 rows; for typed columns, which are read in one go, once. */
  readonly onProgress?: (rowsRead: number) => void;
  /** An `AbortSignal`: stops the work with a `ClienteleError` of code `ABORTED`, at the next call of `onProgress` at the latest. */
  readonly signal?: { readonly aborted: boolean };
}
