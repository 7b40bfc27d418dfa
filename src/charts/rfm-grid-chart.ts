import type { RfmScores } from "../segmentation/rfm.js";
import {
  axisTicks,
  type ChartSizes,
  chartFrame,
  chartSizes,
  drawingWidth,
  EMPTY_HEIGHT,
  emptyNote,
  INK,
  uprightTitle,
  uprightTitleHeight,
} from "./chart-frame.js";
import { assertResult } from "./chart-input.js";
import { counted, dayIn, type NumberText, numberText } from "./number-text.js";
import { DARKEST, inkOn, PALEST, shadeBetween } from "./shade.js";
import { textWidth, wrapped } from "./text-width.js";
import type { ChartOptions, JsonObject, VegaLiteSpec } from "./vega-lite-spec.js";

/**
 * How many customers stand in each cell of recency and frequency, and what are they called?
 *
 * A heat map: recent buyers at the top, frequent ones on the right, the darker the more customers, each cell with its
 * count and the name of its segment. Lines part the segments.
 *
 * @param scores - The result of {@link rfm}.
 * @param options - Width, locale of the numbers, title.
 * @returns A Vega-Lite specification; without customers, a frame that says so. A name that does not fit its cell is left
 * to the tooltip; where the segment of a cell depends on money, the tooltip lists each with its customers.
 * @throws RangeError when `scores` is no such result, or `locale` is no BCP 47 language tag.
 * @example
 * ```ts
 * import { rfm, rfmGridChart } from "clientele";
 *
 * const values = [1, 2, 3, 4, 5].map((i) => ({ customerId: `c${i}`, recency: 60 - 10 * i, frequency: i, monetary: 100 * i }));
 * rfmGridChart(rfm(values)).title.subtitle[0];
 * // => "Champions are 20% of the customers and bring 33% of the money; the largest segment is Hibernating with 40%."
 * ```
 */
export function rfmGridChart(scores: RfmScores, options: ChartOptions = {}): VegaLiteSpec {
  assertResult(scores, "scores", "rfm()", ["bins", "members", "unscored"]);
  const sizes = chartSizes(options);
  const text = numberText(options.locale);
  const margin = { left: 30, top: 30, right: 8, bottom: 40 };
  const { bins, members, unscored } = scores;
  const cellHeight = bins.recency > 6 ? 34 : sizes.isNarrow ? 52 : 58;
  const height = members.length === 0 ? EMPTY_HEIGHT : bins.recency * cellHeight;
  const answer = answerOf(scores, text);
  const without =
    unscored.customers === 0 ? "" : `; ${counted(text, unscored.customers, "customer")} not scored`;
  const asOf =
    scores.asOf === null || scores.timeZone === null ? "" : ` As of ${dayIn(scores.timeZone, scores.asOf)}.`;
  return chartFrame({
    sizes,
    title: options.title ?? "Customers by recency and frequency",
    answer,
    note: `n = ${counted(text, members.length, "customer")}${without}. Darker: more customers.${asOf}`,
    description: `Grid of ${bins.recency} recency by ${bins.frequency} frequency scores with the number of customers in each cell. ${answer}`,
    above: members.length > 0 ? uprightTitleHeight(sizes) : 0,
    margin,
    height,
    layer:
      members.length === 0
        ? [emptyNote("No customer has bought", sizes)]
        : layers(scores, sizes, drawingWidth(sizes, margin), height, margin.left, text),
  });
}

interface Cell {
  readonly recency: number;
  readonly frequency: number;
  readonly customers: number;
  readonly monetary: number;
  /** `null` without a segment table, or where money decides. */
  readonly segment: string | null;
  /** Who is in the cell by segment, the most customers first; empty without a segment table. */
  readonly customersOf: readonly (readonly [segment: string, customers: number])[];
}

function cellsOf({ bins, members, segmentTable }: RfmScores): Cell[] {
  const count = new Float64Array(bins.recency * bins.frequency);
  const sum = new Float64Array(count.length);
  const customersOf = Array.from(count, () => new Map<string, number>());
  const { r, f, monetary, segment } = members.columns;
  for (let row = 0; row < members.length; row++) {
    const place = (r[row] - 1) * bins.frequency + f[row] - 1;
    count[place]++;
    sum[place] += monetary[row];
    const name = segment[row];
    if (name !== null) customersOf[place].set(name, (customersOf[place].get(name) ?? 0) + 1);
  }
  return Array.from(count, (customers, place) => {
    const recency = Math.floor(place / bins.frequency) + 1;
    const frequency = (place % bins.frequency) + 1;
    const names = new Set(
      (segmentTable ?? [])
        .filter((rule) => isWithin(recency, rule.recency) && isWithin(frequency, rule.frequency))
        .map((rule) => rule.name),
    );
    const [name = null] = names;
    return {
      recency,
      frequency,
      customers,
      monetary: sum[place],
      segment: names.size === 1 ? name : null,
      customersOf: [...customersOf[place]].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)),
    };
  });
}

function isWithin(score: number, [from, to]: readonly [number, number]): boolean {
  return from <= score && score <= to;
}

function layers(
  scores: RfmScores,
  sizes: ChartSizes,
  width: number,
  height: number,
  left: number,
  text: NumberText,
): JsonObject[] {
  const { bins } = scores;
  const cells = cellsOf(scores);
  const most = Math.max(...cells.map((cell) => cell.customers));
  const room = { width: width / bins.frequency - 6, height: height / bins.recency - 6 };
  const axis = { domain: false, ticks: false, grid: false, labelPadding: 6 };
  const x: JsonObject = {
    type: "quantitative",
    scale: { domain: [0.5, bins.frequency + 0.5], nice: false, zero: false },
    axis: {
      ...axis,
      ...axisTicks(scoresTo(bins.frequency), text.count),
      title: `frequency score (${bins.frequency} = most purchases)`,
    },
  };
  const y: JsonObject = {
    type: "quantitative",
    scale: { domain: [0.5, bins.recency + 0.5], nice: false, zero: false },
    axis: {
      ...axis,
      ...uprightTitle(`recency score (${bins.recency} = most recent)`, left),
      ...axisTicks(scoresTo(bins.recency), text.count),
    },
  };
  const values = cells.map((cell) => {
    const share = cell.customers / most;
    const label = cellLabel(cell, room, sizes, text);
    return {
      recency: cell.recency,
      frequency: cell.frequency,
      customers: cell.customers,
      monetary: cell.monetary,
      segment:
        cell.segment ?? cell.customersOf.map(([name, own]) => `${name} (${text.count(own)})`).join(", "),
      left: cell.frequency - 0.5,
      right: cell.frequency + 0.5,
      low: cell.recency - 0.5,
      high: cell.recency + 0.5,
      fill: shadeBetween(PALEST, DARKEST, share),
      ink: inkOn(PALEST, DARKEST, share),
      label,
      // Of several lines Vega centres the first: the text moves up by half of the others.
      labelAt:
        cell.recency +
        ((label.split("\n").length - 1) * (labelSize(sizes) + 2) * bins.recency) / (2 * height),
    };
  });
  const tooltip = ["segment", "recency", "frequency", "customers", "monetary"].map((field) => ({
    field,
    type: "nominal",
  }));
  const own = (field: string): JsonObject => ({ field, type: "nominal", scale: null, legend: null });
  return [
    {
      data: { values },
      mark: { type: "rect", stroke: "#ffffff", strokeWidth: 1 },
      encoding: {
        x: { ...x, field: "left" },
        x2: { field: "right" },
        y: { ...y, field: "low" },
        y2: { field: "high" },
        color: own("fill"),
        tooltip,
      },
    },
    {
      data: { values: bordersOf(cells, bins) },
      mark: { type: "rule", color: INK.text, strokeWidth: 1.5 },
      encoding: {
        x: { ...x, field: "x" },
        x2: { field: "x2" },
        y: { ...y, field: "y" },
        y2: { field: "y2" },
      },
    },
    {
      data: { values },
      mark: {
        type: "text",
        baseline: "middle",
        align: "center",
        lineBreak: "\n",
        fontSize: labelSize(sizes),
        lineHeight: labelSize(sizes) + 2,
      },
      encoding: {
        x: { ...x, field: "frequency" },
        y: { ...y, field: "labelAt" },
        text: { field: "label", type: "nominal" },
        color: own("ink"),
      },
    },
  ];
}

function scoresTo(most: number): number[] {
  return Array.from({ length: most }, (_, i) => i + 1);
}

function labelSize(sizes: ChartSizes): number {
  return sizes.isNarrow ? 10 : 12;
}

/** The count, and above it the name in as many lines as fit; what does not fit is left out. */
function cellLabel(
  cell: Cell,
  room: { readonly width: number; readonly height: number },
  sizes: ChartSizes,
  text: NumberText,
): string {
  const size = labelSize(sizes);
  const count = text.count(cell.customers);
  const name = cell.segment === null ? [] : wrapped(cell.segment, room.width, size);
  const fits = (lines: readonly string[]): boolean =>
    lines.length * (size + 2) <= room.height && lines.every((line) => textWidth(line, size) <= room.width);
  if (fits([...name, count])) return [...name, count].join("\n");
  return fits([count]) ? count : "";
}

/** Lines between neighbouring cells of different segments. */
function bordersOf(cells: readonly Cell[], bins: { readonly frequency: number }): JsonObject[] {
  return cells.flatMap((cell, place) => {
    const right = cell.frequency === bins.frequency ? undefined : cells[place + 1];
    const above = cells[place + bins.frequency];
    const borders: JsonObject[] = [];
    const edge = { x: cell.frequency + 0.5, y: cell.recency + 0.5 };
    if (right !== undefined && right.segment !== cell.segment)
      borders.push({ x: edge.x, x2: edge.x, y: edge.y - 1, y2: edge.y });
    if (above !== undefined && above.segment !== cell.segment)
      borders.push({ x: edge.x - 1, x2: edge.x, y: edge.y, y2: edge.y });
    return borders;
  });
}

function answerOf({ members, segments, bins }: RfmScores, text: NumberText): string {
  if (members.length === 0) return "No customer has bought.";
  const present = segments.filter((segment) => segment.customers > 0);
  const largest = present.reduce(
    (best, segment) => (segment.customers > best.customers ? segment : best),
    present[0],
  );
  if (largest === undefined) {
    const { r, f } = members.columns;
    const best = r.filter((score, row) => score === bins.recency && f[row] === bins.frequency).length;
    return `${text.count(best)} of ${counted(text, members.length, "customer")} (${text.percent(best / members.length)}) ${best === 1 ? "has" : "have"} the best scores for both recency and frequency.`;
  }
  const richest = present.reduce(
    (best, segment) => (segment.monetary > best.monetary ? segment : best),
    largest,
  );
  const { name, share, shareOfMonetary } = richest;
  if (shareOfMonetary.value === null)
    return `The largest segment is ${largest.name} with ${text.percent(largest.share.value)} of the customers.`;
  const brings = `are ${text.percent(share.value)} of the customers and bring ${text.percent(shareOfMonetary.value)} of the money`;
  return largest === richest
    ? `${name}, the largest segment, ${brings}.`
    : `${name} ${brings}; the largest segment is ${largest.name} with ${text.percent(largest.share.value)}.`;
}
