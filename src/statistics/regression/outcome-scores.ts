import { assertArgument, assertArray, shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";

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
  const known = new Float64Array(score.length);
  const happened = new Uint8Array(score.length);
  let n = 0;
  for (let row = 0; row < score.length; row++) {
    const value = score[row];
    const hasScore = value !== null && !Number.isNaN(value);
    if (hasScore && !isScore(value, isProbability)) {
      const wanted = isProbability ? "a probability from 0 to 1" : "a finite number";
      refuse(`${path}[${row}]`, value, `${wanted}, or null`);
    }
    const answer = outcome[row];
    const hasOutcome = answer !== null && !Number.isNaN(answer);
    if (hasOutcome && answer !== true && answer !== false && answer !== 0 && answer !== 1)
      refuse(`outcome[${row}]`, answer, "true, false, 1, 0 or null");
    if (!hasScore || !hasOutcome) continue;
    known[n] = value;
    happened[n++] = Number(answer);
  }
  return { score: known.slice(0, n), outcome: happened.slice(0, n), dropped: score.length - n };
}

function isScore(value: unknown, isProbability: boolean): boolean {
  return (
    typeof value === "number" && Number.isFinite(value) && (!isProbability || (value >= 0 && value <= 1))
  );
}

function refuse(path: string, value: unknown, wanted: string): never {
  throw new ClienteleError("INVALID_ARGUMENT", path, `${path} is ${shown(value)}: pass ${wanted}`);
}

function assertColumn(column: unknown, path: string): void {
  if (ArrayBuffer.isView(column) && "length" in column) return;
  assertArray(column, path);
}
