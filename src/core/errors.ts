/**
 * What went wrong, in a word that a program can switch on.
 *
 * | code | meaning |
 * |---|---|
 * | `INVALID_ARGUMENT` | an argument or option is missing, of the wrong type or out of range |
 * | `INVALID_ROWS` | one or more records of a table break a rule; the message lists the first 20 |
 * | `CURRENCY_MISMATCH` | amounts of two currencies meet where one is needed |
 * | `UNSAFE_INTEGER` | a sum or product leaves the range in which integers are exact (2^53 - 1) |
 * | `UNKNOWN_TIME_ZONE` | the runtime does not know the IANA time zone |
 * | `UNKNOWN_COLUMN` | a table or log has no column of that name |
 * | `NOT_CONVERGED` | an iteration ended before it met its tolerance |
 * | `ABORTED` | the caller's `AbortSignal` fired |
 */
export type ClienteleErrorCode =
  | "INVALID_ARGUMENT"
  | "INVALID_ROWS"
  | "CURRENCY_MISMATCH"
  | "UNSAFE_INTEGER"
  | "UNKNOWN_TIME_ZONE"
  | "UNKNOWN_COLUMN"
  | "NOT_CONVERGED"
  | "ABORTED";

/**
 * One rule that one record breaks.
 *
 * `row` counts from 0, as the array does; messages for people say "row 1" for it.
 */
export interface RowProblem {
  /** 0-based index of the record in the input; messages show `row + 1`. */
  readonly row: number;
  /** The field at fault, with keys and indices below it: `amount`, `consent[0].at`; `""` for the record as a whole. */
  readonly field: string;
  /** The rule that is broken, as a predicate that follows the value: `is not a whole number of minor units`. */
  readonly reason: string;
  /** The value that breaks it, as it came in; `undefined` where it is missing. */
  readonly value: unknown;
}

/**
 * The one error that Clientele throws: a mistake of the caller, never an expected refusal.
 *
 * @example
 * ```ts
 * import { ClienteleError, money } from "clientele";
 *
 * try {
 *   money(10.5, "IDR");
 * } catch (error) {
 *   if (error instanceof ClienteleError) error.code; // => "INVALID_ARGUMENT"
 * }
 * ```
 */
export class ClienteleError extends Error {
  /** Stable across releases: switch on this, never on the message. */
  readonly code: ClienteleErrorCode;
  /** Where the mistake is: the argument's name, then keys and indices, for example `options.tiers[2].share`. */
  readonly path: string;
  /** With `INVALID_ROWS`: the problems that the message lists (the first 20), for programs; otherwise absent. */
  declare readonly problems?: readonly RowProblem[];

  /**
   * @param code - One of the closed set of codes.
   * @param path - The argument at fault, with keys and indices below it; `""` when no single argument is.
   * @param message - Names the argument, the value and the fix.
   * @param problems - The rows at fault, for `INVALID_ROWS`.
   */
  constructor(code: ClienteleErrorCode, path: string, message: string, problems?: readonly RowProblem[]) {
    super(message);
    this.name = "ClienteleError";
    this.code = code;
    this.path = path;
    if (problems !== undefined) this.problems = problems;
  }
}
