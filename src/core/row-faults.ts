import { invalidRows, type RowProblem } from "./row-problems.js";

/** The rules that rows break, gathered by all who read them, so that one error tells all. @internal */
export interface RowFaults {
  readonly kept: RowProblem[];
  /** How many of each kind there are. */
  readonly counts: Map<string, number>;
}

/** More of a kind than an error lists: data with a wrong unit throughout must not fill the memory with problems. */
const KEPT = 100;

/** @internal */
export function noFaults(): RowFaults {
  return { kept: [], counts: new Map() };
}

/** Problems of one kind, by default of one field, are noted in the order of the rows. @internal */
export function noteFault({ kept, counts }: RowFaults, problem: RowProblem, kind = problem.field): void {
  const before = counts.get(kind) ?? 0;
  counts.set(kind, before + 1);
  if (before < KEPT) kept.push(problem);
}

/** Throws one error with all that was noted, by row. @internal */
export function assertNoFaults({ kept, counts }: RowFaults, path: string): void {
  if (kept.length === 0) return;
  let total = 0;
  for (const count of counts.values()) total += count;
  throw invalidRows(
    [...kept].sort((a, b) => a.row - b.row),
    total,
    path,
  );
}
