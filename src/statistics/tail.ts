import { outsideDomain } from "./outside-domain.js";

/** A side of a distribution: `"lower"` is the probability of values up to x, `"upper"` of values above x. */
export type Tail = "lower" | "upper";

/** Which side of a distribution a probability stands for. */
export interface TailOptions {
  /** `"lower"` (default): P(X <= x). `"upper"`: P(X > x), exact where `1 - P(X <= x)` would round to 0. */
  readonly tail?: Tail;
}

/** @internal */
export function isUpperTail(options: TailOptions | undefined): boolean {
  const tail = options?.tail;
  if (tail === undefined || tail === "lower") return false;
  return tail === "upper" || outsideDomain(tail, "options.tail", '"lower" or "upper"');
}
