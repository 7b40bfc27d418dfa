/**
 * What one model at given parameters answers about one customer; arguments are checked by the public functions. `from` and
 * `to` are times after the customer's T (for a new customer after the first purchase), `0 <= from <= to`.
 *
 * @internal
 */
export interface TransactionKernel {
  /** Log-likelihood of the history, up to nothing: the full density that the model's paper gives. */
  readonly logLikelihood: (x: number, tx: number, T: number) => number;
  /** Is still a customer at T + after, 0 to 1. */
  readonly alive: (x: number, tx: number, T: number, after: number) => number;
  /** Expected repeat purchases of a new customer from 0 through `time`. */
  readonly expected: (time: number) => number;
  /** Expected purchases in (T, T + horizon]. */
  readonly conditionalExpected: (x: number, tx: number, T: number, horizon: number) => number;
  /** P(X = 0..upTo) of a new customer in (from, to]. */
  readonly probabilities: (from: number, to: number, upTo: number) => Float64Array;
  /** P(X = 0..upTo) in (T + from, T + to]. */
  readonly conditionalProbabilities: (
    x: number,
    tx: number,
    T: number,
    from: number,
    to: number,
    upTo: number,
  ) => Float64Array;
  /**
   * Expected purchases after T, each worth exp(-rate * time since T): through `horizon`, or for ever with `null` (DERT).
   * Infinity where the sum has no limit (rate 0 and a tail that is too heavy).
   */
  readonly discounted: (x: number, tx: number, T: number, rate: number, horizon: number | null) => number;
  /** How long lists are answered fast; `null` where times are whole numbers, of which there are few. */
  readonly longList: LongListKernel | null;
}

/**
 * What can be told once for many customers with equal x.
 *
 * @internal
 */
export interface LongListKernel {
  /** All that hangs on (x, T) alone, while alive, is smooth in ln(scale + T) for each x. */
  readonly scale: number;
  /** P(alive) from two parts, one by (x, tx) and one by (x, T), which are smooth too; `null` where it is fast as it is. */
  readonly aliveParts: {
    readonly left: (x: number, tx: number) => number;
    readonly stays: (x: number, T: number) => number;
    readonly alive: (x: number, tx: number, T: number, left: number, stays: number) => number;
  } | null;
}
