import { assertArgument, assertOneOf } from "../core/assert.js";

/**
 * Whose margin counts in a period, checked. With `timing: "end"` two textbooks differ by whether the first margin is certain,
 * by a fifth at usual rates: there is no default.
 *
 * @internal
 */
export function checkedSurvivorsAt(timing: string, survivorsAt: unknown): "begin" | "end" {
  assertArgument(
    timing !== "end" || survivorsAt !== undefined,
    "options.survivorsAt",
    () =>
      'options.survivorsAt is missing: with timing "end" say whose margin counts, of all who begin the period ("begin", the first margin is certain) or of those who stay to its end ("end", it comes after one renewal)',
  );
  if (survivorsAt === undefined) return "begin";
  assertOneOf(survivorsAt, "options.survivorsAt", ["begin", "end"]);
  return survivorsAt;
}
