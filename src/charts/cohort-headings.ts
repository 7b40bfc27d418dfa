import type { CohortAge } from "../retention/cohorts/cohort-cells.js";
import type { CohortTable } from "../retention/cohorts/cohort-table.js";
import { type ChartSizes, INK } from "./chart-frame.js";
import { type PixelSize, type PixelText, textLayer } from "./pixel-layers.js";
import { labelStep } from "./thinned-labels.js";
import type { JsonObject } from "./vega-lite-spec.js";

/** What stands beside and above the cells. @internal */
export interface CohortHeadings {
  readonly names: readonly string[];
  readonly counts: readonly string[];
  readonly ages: readonly CohortAge[];
  /** Height of a row and width of a column. */
  readonly row: number;
  readonly column: number;
  readonly left: number;
  readonly size: PixelSize;
  readonly sizes: ChartSizes;
  /** What the cells show, where they do not say it themselves. */
  readonly unit: string;
  readonly meanName: string;
  readonly meanRow: number;
}

const EDGE = 4;

/** How far the headings reach above the cells. @internal */
export function cohortHeadingHeight(sizes: ChartSizes): number {
  return 2 * (sizes.label + 6);
}

/** Names and sizes of the cohorts on the left, ages above, as many of them as can be read. @internal */
export function cohortHeadings(
  { names, counts, ages, row, column, left, size, sizes, unit, meanName, meanRow }: CohortHeadings,
  table: CohortTable,
): JsonObject[] {
  const header = -(sizes.label / 2 + 6);
  const nameAt = EDGE - left;
  const countAt = -8;
  const everyRow = Math.ceil((sizes.label + 1) / row);
  // Counted from the latest cohort, the one that is looked for.
  const shown = names.flatMap((_, i) => ((names.length - 1 - i) % everyRow === 0 ? [i] : []));
  const rowTexts = (texts: readonly string[], x: number): PixelText[] =>
    shown.map((i) => ({ x, y: (i + 0.5) * row, text: texts[i] ?? "", ink: INK.muted }));
  const labels = ages.map((age) => age.label);
  const everyColumn = labelStep(labels, column, sizes.label, 4);
  const titleText: PixelText = {
    x: nameAt,
    y: header - sizes.label - 6,
    text: `${unit}${axisTitle(table)}`,
    ink: INK.muted,
  };
  return [
    textLayer(
      size,
      [{ x: nameAt, y: header, text: "cohort", ink: INK.muted }, ...rowTexts(names, nameAt), titleText],
      { align: "left" },
    ),
    textLayer(size, [{ x: nameAt, y: size.height - meanRow / 2, text: meanName, ink: INK.text }], {
      align: "left",
      fontWeight: 600,
    }),
    textLayer(size, [{ x: countAt, y: header, text: "n", ink: INK.muted }, ...rowTexts(counts, countAt)], {
      align: "right",
    }),
    textLayer(
      size,
      labels.flatMap((label, i) =>
        i % everyColumn === 0 ? [{ x: (i + 0.5) * column, y: header, text: label, ink: INK.muted }] : [],
      ),
      { align: "center" },
    ),
  ];
}

function axisTitle({ by, rollingDays, mode }: CohortTable): string {
  const unit = rollingDays !== null ? `periods of ${rollingDays} days` : ageUnit(by);
  return `${unit} since the start${mode === "onOrAfter" ? ", or later" : ""}`;
}

function ageUnit(by: CohortTable["by"]): string {
  if (typeof by !== "string") return `periods of ${by.days} days`;
  return by === "halfYear" ? "half-years" : `${by}s`;
}
