import type { PipelineForecast } from "../profitability/pipeline/pipeline-forecast.js";
import type { PipelineStageAmount } from "../profitability/pipeline/stage-amounts.js";
import { type AmountText, amountText } from "./amount-text.js";
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
import { counted, dayIn, type NumberText, numberText } from "./number-text.js";
import { boxLayer, ruleLayer, textLayer } from "./pixel-layers.js";
import { shortened } from "./shortened.js";
import { textWidth } from "./text-width.js";
import type { ChartOptions, JsonObject, VegaLiteSpec } from "./vega-lite-spec.js";

/** How a pipeline is drawn. */
export interface PipelineChartOptions extends ChartOptions {
  /**
   * How an amount in minor units is written: for example `(amount) => formatMoney(money(amount, "IDR"))`. Default: minor
   * units.
   */
  readonly formatAmount?: (amount: number) => string;
}

const EDGE = 4;
const GAP = 10;

/**
 * What stands in each stage of the pipeline, and how much of it may we count on?
 *
 * A bar for each stage, the earliest on top: the whole bar is the amount of its open opportunities, the dark part what it
 * brings on average by their probabilities.
 *
 * @param forecast - The result of {@link pipelineForecast}.
 * @param options - Width, locale of the numbers, title, and how amounts are written.
 * @returns A Vega-Lite specification; without open opportunities, a frame that says so.
 * @throws RangeError when `forecast` is no such result, or `locale` is no BCP 47 language tag.
 * @example
 * ```ts
 * import { pipelineChart, pipelineForecast } from "clientele";
 *
 * const pipeline = { stages: [{ name: "lead", probability: 0.2 }, { name: "proposal", probability: 0.5 }] };
 * const deals = [
 *   { id: "1", amount: 1000, stage: "lead", openedAt: "2024-01-01" },
 *   { id: "2", amount: 600, stage: "proposal", openedAt: "2024-01-01" },
 * ];
 * pipelineChart(pipelineForecast(deals, { pipeline, asOf: "2024-02-01" })).title.subtitle[0];
 * // => "2 open opportunities are worth 1,600 and bring 500 (31%) on average; proposal brings the most of it."
 * ```
 */
export function pipelineChart(forecast: PipelineForecast, options: PipelineChartOptions = {}): VegaLiteSpec {
  assertResult(forecast, "forecast", "pipelineForecast()", ["open", "overdue", "stages"]);
  const sizes = chartSizes(options);
  const text = numberText(options.locale);
  const money = amountText(options, forecast.currency);
  const margin = { left: EDGE, top: 8, right: EDGE, bottom: EDGE };
  const { open, overdue, stages, asOf, timeZone } = forecast;
  const isEmpty = open.opportunities === 0;
  const row = sizes.label + 8 + (sizes.isNarrow ? 16 : 20) + GAP;
  const height = isEmpty ? EMPTY_HEIGHT : stages.length * row;
  const answer = answerOf(forecast, text, money);
  const late =
    overdue.opportunities === 0
      ? ""
      : ` Of these, ${text.count(overdue.opportunities)} (${money.amount(overdue.amount)}) overdue.`;
  const key = isEmpty ? "" : " Whole bar: amount; dark part: weighted by probability.";
  return chartFrame({
    sizes,
    title: options.title ?? "Sales pipeline by stage",
    answer,
    note: `n = ${counted(text, open.opportunities, "open opportunity", "open opportunities")} on ${dayIn(timeZone, asOf)}.${late}${key}${isEmpty ? "" : money.note}`,
    description: `Bars of the amount and the weighted amount of open opportunities in ${counted(text, stages.length, "stage")} of the pipeline. ${answer}`,
    above: 0,
    margin,
    height,
    layer: isEmpty
      ? [emptyNote("No open opportunities", sizes)]
      : bars(stages, { width: drawingWidth(sizes, margin), height, row }, sizes, text, money),
  });
}

function bars(
  stages: readonly PipelineStageAmount[],
  { width, height, row }: { readonly width: number; readonly height: number; readonly row: number },
  sizes: ChartSizes,
  text: NumberText,
  money: AmountText,
): JsonObject[] {
  const size = { width, height };
  const largest = Math.max(1, ...stages.map(({ amount }) => amount));
  const rows = stages.map((stage, i) => {
    const top = i * row + sizes.label + 8;
    const amounts = `${money.amount(stage.amount)} · ${money.amount(stage.weighted)}`;
    const count = text.count(stage.opportunities);
    const figures = stage.opportunities === 0 ? count : `${count} · ${amounts}`;
    return {
      stage: stage.stage,
      opportunities: count,
      amount: money.amount(stage.amount),
      weighted: money.amount(stage.weighted),
      name: shortened(stage.stage, width - textWidth(figures, sizes.label) - 2 * GAP, sizes.label, true),
      figures,
      middle: i * row + (sizes.label + 8) / 2,
      top,
      bottom: (i + 1) * row - GAP,
      whole: (stage.amount / largest) * width,
      part: (stage.weighted / largest) * width,
    };
  });
  const box = (field: "whole" | "part", fill: string): JsonObject =>
    boxLayer(
      size,
      rows
        .filter((bar) => bar[field] > 0)
        .map((bar) => ({
          left: 0,
          right: bar[field],
          top: bar.top,
          bottom: bar.bottom,
          fill,
          stage: bar.stage,
          opportunities: bar.opportunities,
          amount: bar.amount,
          weighted: bar.weighted,
        })),
      {},
      ["stage", "opportunities", "amount", "weighted"],
    );
  return [
    box("whole", INK.band),
    box("part", INK.strong),
    // Also where a stage is empty, its place shows.
    ruleLayer(
      size,
      rows.map(({ top, bottom }) => ({ x: 0, x2: 0, y: top, y2: bottom })),
      { color: INK.line },
    ),
    textLayer(
      size,
      rows.map(({ name, middle }) => ({ x: 0, y: middle, text: name, ink: INK.text })),
      { align: "left", fontWeight: 600 },
    ),
    textLayer(
      size,
      rows.map(({ figures, middle }) => ({ x: width, y: middle, text: figures, ink: INK.muted })),
      { align: "right" },
    ),
  ];
}

function answerOf({ open, stages }: PipelineForecast, text: NumberText, money: AmountText): string {
  if (open.opportunities === 0) return "There are no open opportunities.";
  const [are, bring] = open.opportunities === 1 ? ["is", "brings"] : ["are", "bring"];
  const share = open.amount === 0 ? "" : ` (${text.percent(open.weighted / open.amount)})`;
  const most = stages.reduce((best, stage) => (stage.weighted > best.weighted ? stage : best));
  const tail = most.weighted > 0 ? `; ${most.stage} brings the most of it` : "";
  return `${counted(text, open.opportunities, "open opportunity", "open opportunities")} ${are} worth ${money.amount(open.amount)} and ${bring} ${money.amount(open.weighted)}${share} on average${tail}.`;
}
