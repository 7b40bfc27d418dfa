import { assertArgument, assertArray, shown } from "../../core/assert.js";

/** Pairs of score and outcome of which both are known. @internal */
export interface OutcomeScores {
  readonly score: Float64Array;
  readonly outcome: Uint8Array;
  readonly dropped: number;
}

/** @internal */
export function readOutcomeScores(
  score: ArrayLike<number | null>,
  outcome: ArrayLike<boolean | number | null>,
  { path, isProbability }: { readonly path: string; readonly isProbability: boolean },
): OutcomeScores {
  assertColumn(score, path);
  assertColumn(outcome, "outcome");
  assertArgument(
    score.length === outcome.length,
    "outcome",
    () => `outcome holds ${outcome.length} values and ${path} ${score.length}: pass one for each`,
  );
  const kept: number[] = [];
  for (let row = 0; row < score.length; row++) {
    const [value, happened]: unknown[] = [score[row], outcome[row]];
    const isScore =
      typeof value === "number" && Number.isFinite(value) && (!isProbability || (value >= 0 && value <= 1));
    const hasScore = value !== null && !Number.isNaN(value);
    assertArgument(
      !hasScore || isScore,
      `${path}[${row}]`,
      () =>
        `${path}[${row}] is ${shown(value)}: pass ${isProbability ? "a probability from 0 to 1" : "a finite number"}, or null`,
    );
    const hasOutcome = happened !== null && !Number.isNaN(happened);
    assertArgument(
      !hasOutcome || happened === true || happened === false || happened === 1 || happened === 0,
      `outcome[${row}]`,
      () => `outcome[${row}] is ${shown(happened)}: pass true, false, 1, 0 or null`,
    );
    if (hasScore && hasOutcome) kept.push(row);
  }
  return {
    score: Float64Array.from(kept, (row) => Number(score[row])),
    outcome: Uint8Array.from(kept, (row) => Number(outcome[row])),
    dropped: score.length - kept.length,
  };
}

function assertColumn(column: unknown, path: string): void {
  if (ArrayBuffer.isView(column) && "length" in column) return;
  assertArray(column, path);
}
