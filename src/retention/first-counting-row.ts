import type { KnownFacts } from "../history/known-facts.js";

/** The first instant of a log at which a row counts; `null` when none does. @internal */
export function firstCountingRow(
  { log: { offsets, at }, end }: KnownFacts,
  counts: (row: number) => boolean,
): number | null {
  let first = Number.POSITIVE_INFINITY;
  for (let customer = 0; customer < end.length; customer++) {
    for (let row = offsets[customer]; row < end[customer] && at[row] < first; row++)
      if (counts(row)) first = at[row];
  }
  return first === Number.POSITIVE_INFINITY ? null : first;
}
