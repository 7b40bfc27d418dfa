/**
 * The outcome of a request that the business may refuse: a value, or the reason why not.
 *
 * Refusals (not enough points, a rule that cannot be exported) are part of normal life and are returned;
 * mistakes of the programmer are thrown as {@link ClienteleError}.
 *
 * @typeParam T - What a granted request gives.
 * @typeParam E - The refusal: an object with a `code` to switch on.
 */
export type Result<T, E extends Refusal = Refusal> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

/** Why a request was refused: `code` for programs, `message` for people. */
export interface Refusal {
  /** Stable word to switch on. */
  readonly code: string;
  /** One sentence that names the value and the rule. */
  readonly message: string;
}

/**
 * Wraps the value of a granted request.
 *
 * @param value - What was asked for.
 * @returns `{ ok: true, value }`.
 * @example
 * ```ts
 * import { granted } from "clientele";
 *
 * granted(250); // => { ok: true, value: 250 }
 * ```
 */
export function granted<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/**
 * Wraps the reason of a refused request.
 *
 * @param error - The refusal, with a `code` and a `message`, and whatever figures explain it.
 * @returns `{ ok: false, error }`.
 * @example
 * ```ts
 * import { refused } from "clientele";
 *
 * const outcome = refused({ code: "INSUFFICIENT_POINTS", message: "needs 300 points, has 250", missing: 50 });
 * outcome.error.missing; // => 50
 * ```
 */
export function refused<E extends Refusal>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}
