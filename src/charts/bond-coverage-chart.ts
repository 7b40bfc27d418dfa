import type { BondKind } from "../model/bond-kind.js";
import type { BondCell, BondCoverage } from "../relationship/bonds/bond-coverage.js";
import { chartFrame, chartSizes, drawingWidth, INK, widest } from "./chart-frame.js";
import { assertResult } from "./chart-input.js";
import { counted, type NumberText, numberText } from "./number-text.js";
import { boxLayer, type PixelText, textLayer } from "./pixel-layers.js";
import { DARKEST, inkOn, PALEST, shadeBetween } from "./shade.js";
import { shortened } from "./shortened.js";
import { textWidth } from "./text-width.js";
import type { ChartOptions, JsonObject, VegaLiteSpec } from "./vega-lite-spec.js";

const EDGE = 4;
const GAP = 8;
const CELL_HEIGHT = 24;
const LEAST_CELL = 40;
const TOTAL = "Covered";
const NAMES: Readonly<Partial<Record<BondKind, string>>> = {
  values: "values-based",
  multiProduct: "multi-product",
};

/**
 * Which kinds of bonds hold which customers, drawn?
 *
 * A row for each kind, a column for each customer as far as there is room, the strongest bond in each cell: dark is strong,
 * empty is none, an outline says that it is covered. The last column has the part of all customers with whom a kind is covered.
 *
 * @param coverage - The result of {@link bondCoverage}.
 * @param options - Width, locale of the numbers, title.
 * @returns A Vega-Lite specification.
 * @throws RangeError when `coverage` is no such result, or `locale` is no BCP 47 language tag.
 * @example
 * ```ts
 * import { bondCoverage, bondCoverageChart } from "clientele";
 *
 * const coverage = bondCoverage(
 *   [{ id: "frame", customerId: "C-1", class: "structural", kind: "legal", strength: 0.8, since: "2023-01-01" }],
 *   { asOf: "2024-01-01", kinds: ["social", "legal"], customers: ["C-1", "C-2"] },
 * );
 * bondCoverageChart(coverage).title.subtitle[0];
 * // => "1 of 2 customers covered by at least one kind of bond. Most common: legal (50%). With no customer: social."
 * ```
 */
export function bondCoverageChart(coverage: BondCoverage, options: ChartOptions = {}): VegaLiteSpec {
  assertResult(coverage, "coverage", "bondCoverage()", ["kinds", "customers"]);
  const sizes = chartSizes(options);
  const text = numberText(options.locale);
  const { kinds, customers } = coverage;
  const names = kinds.map(({ kind }) => NAMES[kind] ?? kind);
  const left = EDGE + widest(names, sizes.label) + GAP;
  const margin = { left, top: sizes.label + 2 * GAP, right: EDGE, bottom: EDGE };
  const width = drawingWidth(sizes, margin);
  const totalWidth = widest([TOTAL, text.percent(0.985)], sizes.label) + GAP;
  const room = width - totalWidth;
  const drawn = customers.slice(0, Math.max(1, Math.floor(room / LEAST_CELL)));
  // One customer needs no column as wide as the picture.
  const cellWidth = Math.min(96, room / Math.max(1, drawn.length));
  const height = Math.max(1, kinds.length) * CELL_HEIGHT;
  const size = { width, height };
  // Strengths from 0 to 1 as they come, so that percentages are shares of customers alone.
  const digits = new Intl.NumberFormat(options.locale ?? "en-US", { maximumFractionDigits: 2 });
  const strengthText = (strength: number): string => digits.format(strength);
  const cells = drawn.flatMap(({ customerId, cells: row }, column) =>
    row.map((cell, line) => drawnCell(cell, customerId ?? "", { column, line, cellWidth }, strengthText)),
  );
  const heading = (label: string, x: number): PixelText => ({
    ...{ x, y: -sizes.label / 2 - 2, ink: INK.muted },
    text: shortened(label, cellWidth - 4, sizes.label),
  });
  const more = customers.length - drawn.length;
  const rest = more === 0 ? "" : ` ${counted(text, more, "customer")} not drawn for want of room.`;
  const rule =
    coverage.minStrength === 0
      ? "any bond"
      : `a bond of strength ${strengthText(coverage.minStrength)} or more`;
  const answer = answerOf(coverage, text);
  return chartFrame({
    sizes,
    title: options.title ?? "Which bonds hold which customers",
    answer,
    note: `n = ${counted(text, customers.length, "customer")}. Strength of the strongest bond of each kind. Outlined: covered, by ${rule}.${rest}`,
    description: `Bonds of ${counted(text, customers.length, "customer")} against ${counted(text, kinds.length, "kind")}. ${answer}`,
    above: sizes.label + GAP,
    margin,
    height,
    layer: [
      boxLayer(
        size,
        cells.map(({ box }) => box),
        { strokeWidth: 1 },
        ["customer", "kind", "strength", "bonds"],
      ),
      textLayer(
        size,
        cells.flatMap(({ label }) => (textWidth(label.text, sizes.label) <= cellWidth - 4 ? [label] : [])),
        { align: "center", fontSize: sizes.label },
      ),
      textLayer(
        size,
        drawn.map(({ customerId }, column) => heading(customerId ?? "", (column + 0.5) * cellWidth)),
        { align: "center", fontSize: sizes.label },
      ),
      textLayer(
        size,
        names.map((name, line) => ({ x: -GAP, y: (line + 0.5) * CELL_HEIGHT, text: name, ink: INK.text })),
        { align: "right", fontSize: sizes.label },
      ),
      textLayer(
        size,
        [
          { x: width, y: -sizes.label / 2 - 2, text: TOTAL, ink: INK.muted },
          ...kinds.map(({ covered }, line) => ({
            ...{ x: width, y: (line + 0.5) * CELL_HEIGHT, ink: INK.text },
            text: text.percent(covered.value),
          })),
        ],
        { align: "right", fontSize: sizes.label },
      ),
    ],
  });
}

function drawnCell(
  { kind, strength, bonds, isCovered }: BondCell,
  customer: string,
  { column, line, cellWidth }: { readonly column: number; readonly line: number; readonly cellWidth: number },
  strengthText: (strength: number) => string,
) {
  const share = strength ?? 0;
  const written = strength === null ? "" : strengthText(strength);
  const inset = 1.5;
  return {
    box: {
      left: column * cellWidth + inset,
      right: (column + 1) * cellWidth - inset,
      top: line * CELL_HEIGHT + inset,
      bottom: (line + 1) * CELL_HEIGHT - inset,
      fill: strength === null ? "#ffffff" : shadeBetween(PALEST, DARKEST, share),
      edge: isCovered ? INK.line : INK.grid,
      ...{ customer, kind, strength: written === "" ? "none" : written, bonds },
    } satisfies JsonObject,
    label: {
      x: (column + 0.5) * cellWidth,
      y: (line + 0.5) * CELL_HEIGHT,
      text: written,
      ink: inkOn(PALEST, DARKEST, share),
    },
  };
}

function answerOf({ kinds, customers }: BondCoverage, text: NumberText): string {
  const held = customers.filter(({ covered }) => covered.numerator > 0).length;
  const holds = `${text.count(held)} of ${counted(text, customers.length, "customer")} covered by at least one kind of bond.`;
  const most = Math.max(0, ...kinds.map(({ covered }) => covered.value ?? 0));
  if (most === 0) return holds;
  const common = kinds.filter(({ covered }) => covered.value === most);
  const never = kinds.filter(({ covered }) => covered.numerator === 0);
  const lacking = never.length === 0 ? "" : ` With no customer: ${listed(never)}.`;
  return `${holds} Most common: ${listed(common)} (${text.percent(most)}).${lacking}`;
}

/** The first three by name. */
function listed(kinds: BondCoverage["kinds"]): string {
  const names = kinds.map(({ kind }) => NAMES[kind] ?? kind);
  const more = names.length - 3;
  return more > 0 ? `${names.slice(0, 3).join(", ")} and ${more} more` : names.join(", ");
}
