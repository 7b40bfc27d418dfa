import type { ClusterProfiles } from "../segmentation/cluster-profiles.js";
import { type ChartSizes, chartFrame, chartSizes, drawingWidth, INK, widest } from "./chart-frame.js";
import { assertResult } from "./chart-input.js";
import { counted, type NumberText, numberText } from "./number-text.js";
import { type Channels, DARKEST, inkOn, PALEST, shadeBetween } from "./shade.js";
import { inTwoLines, textWidth } from "./text-width.js";
import type { ChartOptions, JsonObject, VegaLiteSpec } from "./vega-lite-spec.js";

/** How cluster profiles are drawn. */
export interface ClusterProfileChartOptions extends ChartOptions {
  /** What columns are called; default their own names. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** As dark as the darkest blue: what is far below all. */
const DARK_GREY: Channels = [58, 62, 66];
/** Standard deviations from which on a cell is darkest. */
const FAR = 2;
const HEADING = 34;
const GAP = 6;

/**
 * What sets each cluster apart from all customers?
 *
 * A grid of clusters by columns. Each cell has the mean and how far it lies above or below that of all; the darker, the
 * more standard deviations it is away, blue above and grey below. Where values may be negative, the difference is in
 * standard deviations (SD). Whichever there are fewer of stands across.
 *
 * @param profiles - The result of {@link clusterProfiles}.
 * @param options - Width, locale of the numbers, title, labels of the columns.
 * @returns A Vega-Lite specification. What does not fit a cell is left to the tooltip.
 * @throws RangeError when `profiles` is no such result, or `locale` is no BCP 47 language tag.
 * @example
 * ```ts
 * import { clusterProfileChart, clusterProfiles, kMeans } from "clientele";
 *
 * const data = { orders: [2, 2, 2, 2, 8, 8], spend: [10, 20, 20, 10, 90, 90] };
 * const clustering = kMeans(data, { clusters: 2, init: [{ orders: 2, spend: 10 }, { orders: 8, spend: 90 }] });
 * clusterProfileChart(clusterProfiles(data, clustering)).title.subtitle[0];
 * // => "A is the largest of 2 clusters with 67% of the customers; B stands out most: its mean orders is 1.4 standard deviations"
 * ```
 */
export function clusterProfileChart(
  profiles: ClusterProfiles,
  options: ClusterProfileChartOptions = {},
): VegaLiteSpec {
  assertResult(profiles, "profiles", "clusterProfiles()", ["base", "clusters"]);
  const sizes = chartSizes(options);
  const text = numberText(options.locale);
  const margin = { left: EDGE, top: 8, right: EDGE, bottom: EDGE };
  const grid = gridOf(profiles, options, text);
  const cellHeight = sizes.isNarrow ? 40 : 44;
  const height = HEADING + grid.down.length * cellHeight;
  const answer = answerOf(profiles, options, text);
  return chartFrame({
    sizes,
    title: options.title ?? "Clusters compared with all customers",
    answer,
    note: `n = ${counted(text, profiles.customers, "customer")}. Each cell: mean, and how far from that of all; darker: more standard deviations (SD) away, blue above, grey below.`,
    description: `Grid of ${profiles.clusters.length} clusters by ${profiles.base.length} columns with the mean of each and its difference from all. ${answer}`,
    above: 0,
    margin,
    height,
    layer: layers(grid, { width: drawingWidth(sizes, margin), height, cellHeight }, sizes),
  });
}

const EDGE = 4;

interface Cell {
  readonly cluster: string;
  readonly column: string;
  readonly mean: string;
  readonly difference: string;
  /** In standard deviations; 0 where there are none. */
  readonly effect: number;
}

interface Grid {
  readonly across: readonly string[];
  readonly down: readonly string[];
  /** By place down, then across. */
  readonly cells: readonly (readonly Cell[])[];
}

function gridOf(
  { base, clusters }: ClusterProfiles,
  options: ClusterProfileChartOptions,
  text: NumberText,
): Grid {
  const amount = amountText(options.locale);
  const signed = new Intl.NumberFormat(options.locale ?? "en-US", {
    style: "percent",
    signDisplay: "exceptZero",
    maximumFractionDigits: 0,
  });
  const deviations = tenths(options, "exceptZero");
  const names = clusters.map((cluster) => `${cluster.name} (${text.percent(cluster.share.value)})`);
  const columns = base.map(({ column }) => labelOf(column, options));
  const cells = clusters.map((cluster, i) =>
    cluster.columns.map((column, j): Cell => {
      const index = column.index.value;
      const effect = column.effect.value;
      return {
        cluster: names[i] ?? "",
        column: columns[j] ?? "",
        mean: column.mean === null ? "n/a" : amount(column.mean),
        difference:
          index !== null && (Math.abs(index - 1) >= 0.005 || effect === null || Math.abs(effect) < 0.05)
            ? signed.format(index - 1)
            : // Where values may be negative there is no percentage, and one of 0 would hide that years differ.
              effect === null
              ? ""
              : `${deviations.format(effect)} SD`,
        effect: effect ?? 0,
      };
    }),
  );
  if (columns.length <= names.length) return { across: columns, down: names, cells };
  return { across: names, down: columns, cells: columns.map((_, j) => cells.flatMap((row) => row[j] ?? [])) };
}

function layers(
  { across, down, cells }: Grid,
  { width, height, cellHeight }: { width: number; height: number; cellHeight: number },
  sizes: ChartSizes,
): JsonObject[] {
  const left = Math.min(Math.round(width * 0.34), widest(down, sizes.label, true) + GAP);
  const cellWidth = (width - left) / across.length;
  const lineHeight = sizes.label + 3;
  // Scales that change nothing: every place is a pixel.
  const scaled = (field: string, domain: readonly number[]): JsonObject => ({
    field,
    type: "quantitative",
    scale: { domain, nice: false, zero: false },
    axis: null,
  });
  const x = scaled("x", [0, width]);
  const y = scaled("y", [height, 0]);
  const own = (field: string): JsonObject => ({ field, type: "nominal", scale: null, legend: null });
  const rectangles = cells.flatMap((row, i) =>
    row.map((cell, j) => {
      const strength = Math.min(1, Math.abs(cell.effect) / FAR);
      const darkest = cell.effect < 0 ? DARK_GREY : DARKEST;
      const lines = cell.difference === "" ? [cell.mean] : [cell.mean, cell.difference];
      const fits = lines.filter((line) => textWidth(line, sizes.label) <= cellWidth - GAP);
      const middle = HEADING + (i + 0.5) * cellHeight;
      return {
        ...cell,
        x: left + j * cellWidth,
        x2: left + (j + 1) * cellWidth,
        y: HEADING + i * cellHeight,
        y2: HEADING + (i + 1) * cellHeight,
        center: left + (j + 0.5) * cellWidth,
        // Of several lines Vega centres the first: the text moves up by half of the others.
        middle: middle - ((fits.length - 1) * lineHeight) / 2,
        fill: shadeBetween(PALEST, darkest, strength),
        ink: inkOn(PALEST, darkest, strength),
        label: fits.join("\n"),
      };
    }),
  );
  const written = (label: string, at: { x: number; y: number }) => {
    const lines = label.split("\n").length;
    return { ...at, y: at.y - ((lines - 1) * lineHeight) / 2, label };
  };
  const headings = across.map((name, j) =>
    written(inTwoLines(name, cellWidth - GAP, sizes.label), {
      x: left + (j + 0.5) * cellWidth,
      y: HEADING / 2,
    }),
  );
  const rows = down.map((name, i) =>
    written(inTwoLines(name, left - GAP, sizes.label, true), { x: 0, y: HEADING + (i + 0.5) * cellHeight }),
  );
  const textMark = { type: "text", baseline: "middle", lineBreak: "\n", fontSize: sizes.label, lineHeight };
  const label = { field: "label", type: "nominal" };
  return [
    {
      data: { values: rectangles },
      mark: { type: "rect", stroke: "#ffffff", strokeWidth: 1 },
      encoding: {
        x,
        x2: { field: "x2" },
        y,
        y2: { field: "y2" },
        color: own("fill"),
        tooltip: ["cluster", "column", "mean", "difference", "effect"].map((field) => ({
          field,
          type: "nominal",
        })),
      },
    },
    {
      data: { values: rectangles },
      mark: { ...textMark, align: "center" },
      encoding: {
        x: { ...x, field: "center" },
        y: { ...y, field: "middle" },
        text: label,
        color: own("ink"),
      },
    },
    {
      data: { values: headings },
      mark: { ...textMark, align: "center", color: INK.muted },
      encoding: { x, y, text: label },
    },
    {
      data: { values: rows },
      mark: { ...textMark, align: "left", fontWeight: 600, color: INK.text },
      encoding: { x, y, text: label },
    },
  ];
}

function labelOf(column: string, { labels = {} }: ClusterProfileChartOptions): string {
  return Object.hasOwn(labels, column) ? (labels[column] ?? column) : column;
}

function tenths({ locale = "en-US" }: ChartOptions, signDisplay: "auto" | "exceptZero" = "auto") {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay });
}

/** Three digits; great numbers shortened: `"12.5K"`. */
function amountText(locale = "en-US"): (value: number) => string {
  const plain = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const short = new Intl.NumberFormat(locale, { notation: "compact", maximumSignificantDigits: 3 });
  return (value) => {
    const size = Math.abs(value);
    return (size >= 10_000 ? short : size >= 100 ? whole : plain).format(value + 0);
  };
}

function answerOf(
  { clusters }: ClusterProfiles,
  options: ClusterProfileChartOptions,
  text: NumberText,
): string {
  const largest = clusters.reduce((best, one) => (one.customers > best.customers ? one : best), clusters[0]);
  if (largest === undefined) return "";
  const holds = `${largest.name} is the largest of ${counted(text, clusters.length, "cluster")} with ${text.percent(largest.share.value)} of the customers`;
  const apart = clusters
    .flatMap((cluster) =>
      cluster.columns.map(({ column, effect }) => ({
        name: cluster.name,
        column,
        effect: effect.value ?? 0,
      })),
    )
    .reduce((best, one) => (Math.abs(one.effect) > Math.abs(best.effect) ? one : best), {
      name: "",
      column: "",
      effect: 0,
    });
  if (apart.effect === 0) return `${holds}.`;
  const deviations = tenths(options).format(Math.abs(apart.effect));
  return `${holds}; ${apart.name} stands out most: its mean ${labelOf(apart.column, options)} is ${deviations} standard deviations ${apart.effect > 0 ? "above" : "below"} all.`;
}
