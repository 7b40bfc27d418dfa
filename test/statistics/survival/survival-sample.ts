import fc from "fast-check";
import type { SurvivalRow } from "../../../src/statistics/survival/survival-data.js";

/** Rows with many ties: times are multiples of 1/4 up to 10, entries before them, weights 1 to 3. */
export function survivalRows({
  entry = false,
  weight = false,
  minLength = 1,
}: {
  readonly entry?: boolean;
  readonly weight?: boolean;
  readonly minLength?: number;
} = {}): fc.Arbitrary<SurvivalRow[]> {
  const row = fc
    .record({
      duration: fc.integer({ min: entry ? 1 : 0, max: 40 }),
      event: fc.boolean(),
      share: fc.integer({ min: 0, max: 9 }),
      weight: fc.integer({ min: 1, max: 3 }),
    })
    .map((drawn) => ({
      duration: drawn.duration / 4,
      event: drawn.event,
      ...(entry ? { entry: Math.floor((drawn.duration * Math.max(0, drawn.share - 3)) / 10) / 4 } : {}),
      ...(weight ? { weight: drawn.weight } : {}),
    }));
  return fc.array(row, { minLength, maxLength: 60 });
}

/** The rows, each as often as its weight says. */
export function repeated(rows: readonly SurvivalRow[]): SurvivalRow[] {
  return rows.flatMap(({ weight, ...row }) => new Array<SurvivalRow>(weight ?? 1).fill(row));
}
