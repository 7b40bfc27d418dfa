import type { CustomerPyramid } from "../pyramid/customer-pyramid.js";
import type { LayerSpend } from "../pyramid/spend-by-layer.js";
import {
  type ChartSizes,
  chartFrame,
  chartSizes,
  drawingWidth,
  EMPTY_HEIGHT,
  emptyNote,
  INK,
} from "./chart-frame.js";
import { assertResult } from "./chart-input.js";
import { counted, type NumberText, numberText, windowIn } from "./number-text.js";
import { type BarColumn, LABEL_GAP, type PyramidLayout, pyramidLayout } from "./pyramid-layout.js";
import { DARKEST, inkOn, LIGHT, shadeBetween } from "./shade.js";
import type { ChartOptions, JsonObject, VegaLiteSpec } from "./vega-lite-spec.js";

/** How a customer pyramid is drawn. */
export interface CustomerPyramidChartOptions extends ChartOptions {
  /** The result of {@link spendByLayer} on this pyramid: adds each layer's share of the marketing money. */
  readonly spend?: LayerSpend;
}

/**
 * How many customers stand in each layer, and what share of the revenue do they bring?
 *
 * The layers from the top tier to the rest of the world as centred bars whose length is the number of customers, and
 * beside them bars for the share of revenue (and of marketing money): the pyramid, and what it stands on. Layers of people
 * who never bought are left out when none of them is known.
 *
 * @param pyramid - The result of {@link customerPyramid}.
 * @param options - Width, locale of the numbers, title, and marketing money by layer.
 * @returns A Vega-Lite specification; without customers, a frame that says so.
 * @throws RangeError when `pyramid` is no such result, or `locale` is no BCP 47 language tag.
 * @example
 * ```ts
 * import { customerPyramid, customerPyramidChart, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-05-20", amount: 700 },
 *     { customerId: "budi", at: "2024-06-02", amount: 300 },
 *     { customerId: "citra", at: "2022-11-03", amount: 400 },
 *   ],
 *   { currency: "IDR" },
 * );
 * customerPyramidChart(customerPyramid(log, { asOf: "2024-07-01" })).title.subtitle[0];
 * // => "The top 50% of active customers (1 of 2) brings 70% of revenue; 33% of all who ever bought are inactive."
 * ```
 */
export function customerPyramidChart(
  pyramid: CustomerPyramid,
  options: CustomerPyramidChartOptions = {},
): VegaLiteSpec {
  assertResult(pyramid, "pyramid", "customerPyramid()", ["layers", "members", "window"]);
  const sizes = chartSizes(options);
  const text = numberText(options.locale);
  const spend = options.spend ?? null;
  const margin = { left: 4, top: 32, right: 8, bottom: 8 };
  const layout = pyramidLayout(pyramid, spend, sizes, drawingWidth(sizes, margin), text);
  const answer = answerOf(pyramid, spend, text);
  const known = pyramid.layers.reduce((sum, { customers }) => sum + customers, 0);
  return chartFrame({
    sizes,
    title: options.title ?? "Customer pyramid",
    answer,
    note: `n = ${counted(text, known, "person or organization", "people and organizations")} known. Active: a purchase ${windowIn(pyramid.timeZone, pyramid.window)}. Ranked by ${MEASURES[pyramid.measure]}.${uncounted(spend, text)}`,
    description: `Customer pyramid of ${layout.layers.length} layers, each with its number of customers and its share of revenue${spend ? " and marketing money" : ""}. ${answer} ${layout.layers.map(({ name, customers, shareOfRevenue }) => `${name.replace("\n", " ")}: ${text.count(customers)}, ${text.percent(shareOfRevenue)} of revenue.`).join(" ")}`,
    above: known === 0 ? 0 : HEADER_GAP + sizes.label,
    margin,
    height: known === 0 ? EMPTY_HEIGHT : layout.layers.length * layout.rowHeight,
    layer: known === 0 ? [emptyNote("Nobody is known yet", sizes)] : layers(layout, sizes, text),
  });
}

const HEADER_GAP = 6;

const MEASURES = { revenue: "revenue", profit: "profit", custom: "a measure of your own" } as const;

/** Efforts that no layer holds, so that the shares of the money do not pass for all of it. */
function uncounted(spend: LayerSpend | null, text: NumberText): string {
  const efforts = spend?.unknown.efforts ?? 0;
  if (efforts === 0) return "";
  return ` ${counted(text, efforts, "effort")} on ids that nobody knows ${efforts === 1 ? "is" : "are"} not counted.`;
}

function layers(layout: PyramidLayout, sizes: ChartSizes, text: NumberText): JsonObject[] {
  const { columns, center, width } = layout;
  const rows = layout.layers.length;
  const x = { type: "quantitative", scale: { domain: [0, width], nice: false, zero: false }, axis: null };
  const y = { type: "quantitative", scale: { domain: [rows, 0], nice: false, zero: false }, axis: null };
  // Of several lines Vega centres the first: the text moves up by half of the others.
  const linesAbove = (label: string): number =>
    ((label.split("\n").length - 1) * (sizes.label + 2)) / (2 * layout.rowHeight);
  const tiers = layout.layers.filter(({ status }) => status === "active").length;
  const values = layout.layers.map((layer, i) => {
    const look = lookOf(layer.status, i, tiers);
    return {
      ...layer,
      top: i + 0.12,
      bottom: i + 0.88,
      middle: i + 0.5,
      nameTop: i + 0.5 - linesAbove(layer.name),
      labelTop: i + 0.5 - linesAbove(layer.label),
      ...look,
      ink: layer.isInside ? look.inside : INK.text,
    };
  });
  const tooltip = ["name", "customers", "shareOfCustomers", "revenue", "shareOfRevenue"].map((field) => ({
    field,
    type: "nominal",
  }));
  const own = (field: string): JsonObject => ({ field, type: "nominal", scale: null, legend: null });
  const note = (field: string): JsonObject => ({ field, type: "nominal" });
  const lines = { type: "text", baseline: "middle", lineBreak: "\n", lineHeight: sizes.label + 2 };
  return [
    {
      data: { values: values.filter(({ customers }) => customers > 0) },
      mark: { type: "rect", cornerRadius: 1 },
      encoding: {
        x: { ...x, field: "left" },
        x2: { field: "right" },
        y: { ...y, field: "top" },
        y2: { field: "bottom" },
        color: own("fill"),
        stroke: own("stroke"),
        tooltip,
      },
    },
    {
      data: { values },
      mark: { ...lines, align: "left", fontWeight: 600 },
      encoding: { x: { ...x, datum: 0 }, y: { ...y, field: "nameTop" }, text: note("name") },
    },
    {
      data: { values },
      mark: { ...lines, align: "center" },
      encoding: {
        x: { ...x, field: "labelAt" },
        y: { ...y, field: "labelTop" },
        text: note("label"),
        color: own("ink"),
      },
    },
    ...columns.flatMap((column) => columnLayers(column, values, text, x, y, own)),
    {
      data: { values: [{ at: center, note: "customers" }] },
      mark: { type: "text", align: "center", baseline: "bottom", dy: -HEADER_GAP, color: INK.muted },
      encoding: { x: { ...x, field: "at" }, y: { value: 0 }, text: note("note") },
    },
    {
      data: {
        values: columns.map(({ left, name }) => ({
          at: left,
          note: name,
        })),
      },
      mark: { type: "text", align: "left", baseline: "bottom", dy: -HEADER_GAP, color: INK.muted },
      encoding: { x: { ...x, field: "at" }, y: { value: 0 }, text: note("note") },
    },
  ];
}

function columnLayers(
  { field, left, room, most }: BarColumn,
  rows: readonly {
    readonly top: number;
    readonly bottom: number;
    readonly middle: number;
    readonly fill: string;
    readonly stroke: string;
    readonly name: string;
    readonly shareOfRevenue: number | null;
    readonly shareOfSpend: number | null;
  }[],
  text: NumberText,
  x: JsonObject,
  y: JsonObject,
  own: (field: string) => JsonObject,
): JsonObject[] {
  const values = rows.map((row) => {
    const share = row[field];
    const end = left + (Math.max(0, share ?? 0) / most) * room;
    return {
      name: row.name,
      share,
      top: row.top,
      bottom: row.bottom,
      middle: row.middle,
      fill: row.fill,
      stroke: row.stroke,
      left,
      end,
      label: text.percent(share),
    };
  });
  return [
    {
      data: { values: values.filter(({ end }) => end > left) },
      mark: { type: "rect" },
      encoding: {
        x: { ...x, field: "left" },
        x2: { field: "end" },
        y: { ...y, field: "top" },
        y2: { field: "bottom" },
        color: own("fill"),
        stroke: own("stroke"),
      },
    },
    {
      data: { values },
      mark: { type: "text", align: "left", baseline: "middle", dx: LABEL_GAP },
      encoding: {
        x: { ...x, field: "end" },
        y: { ...y, field: "middle" },
        text: { field: "label", type: "nominal" },
      },
    },
  ];
}

/** Tiers from dark to light; who does not buy is grey, and who never has is an empty outline. */
function lookOf(
  status: string,
  row: number,
  tiers: number,
): { fill: string; stroke: string; inside: string } {
  if (status === "inactive") return { fill: "#cbd2d9", stroke: "#cbd2d9", inside: INK.text };
  if (status !== "active") return { fill: "#ffffff", stroke: "#9aa5b1", inside: INK.text };
  const place = tiers <= 1 ? 0 : row / (tiers - 1);
  const fill = shadeBetween(DARKEST, LIGHT, place);
  return { fill, stroke: fill, inside: inkOn(DARKEST, LIGHT, place) };
}

function answerOf(pyramid: CustomerPyramid, spend: LayerSpend | null, text: NumberText): string {
  const { counts } = pyramid;
  const tiers = pyramid.layers.filter(({ status }) => status === "active");
  const best = tiers.slice(0, -1).filter(({ customers }) => customers > 0);
  const bestCustomers = best.reduce((sum, { customers }) => sum + customers, 0);
  const revenue = best.reduce((sum, layer) => sum + layer.revenue, 0);
  const sentences: string[] = [];
  if (bestCustomers > 0 && pyramid.revenue > 0) {
    sentences.push(
      `the top ${text.percent(bestCustomers / counts.active)} of active customers (${text.count(bestCustomers)} of ${text.count(counts.active)}) ${bestCustomers === 1 ? "brings" : "bring"} ${text.percent(revenue / pyramid.revenue)} of revenue`,
    );
  }
  const bought = counts.active + counts.inactive;
  if (bought > 0)
    sentences.push(`${text.percent(counts.inactive / bought)} of all who ever bought are inactive`);
  const wasted = spend?.nonCustomers.shareOfMoney.value ?? null;
  if (wasted !== null)
    sentences.push(`${text.percent(wasted)} of marketing money goes to people who have not bought`);
  if (sentences.length === 0) return "Nobody has bought yet.";
  const joined = sentences.join("; ");
  return `${joined.charAt(0).toUpperCase()}${joined.slice(1)}.`;
}
