import type { CohortAge } from "../retention/cohorts/cohort-cells.js";
import type { CohortTable } from "../retention/cohorts/cohort-table.js";
import { amountText } from "./amount-text.js";
import { chartFrame, chartSizes, EMPTY_HEIGHT, emptyNote, widest } from "./chart-frame.js";
import { assertResult } from "./chart-input.js";
import { cohortAnswer, isWithoutCosts } from "./cohort-answer.js";
import { type CellContext, cellLabels, writtenCell } from "./cohort-cell-text.js";
import { cohortHeadingHeight, cohortHeadings } from "./cohort-headings.js";
import { type CohortMeasure, type HeatTable, heatTable } from "./cohort-heat-table.js";
import { type HeatColor, heatColors } from "./heat-colors.js";
import { heatLegend } from "./heat-legend.js";
import { counted, dayIn, type NumberText, numberText } from "./number-text.js";
import { boxLayer, textLayer } from "./pixel-layers.js";
import type { ChartOptions, VegaLiteSpec } from "./vega-lite-spec.js";

/** How a cohort heat map is drawn. */
export interface CohortHeatmapChartOptions extends ChartOptions {
  /** What the cells show. Default `"rate"`: the share of the cohort that bought. */
  readonly measure?: CohortMeasure;
  /** The cohorts of one group of the table's `groupBy`, `null` for customers of none. Default: all customers together. */
  readonly group?: string | null;
  /**
   * How an amount in minor units is written: for example `(amount) => formatMoney(money(amount, "IDR"))`. Default: the
   * number of minor units.
   */
  readonly formatAmount?: (amount: number) => string;
}

/** More cohorts, or more ages, than these are no picture. */
const MOST = 120;

/**
 * How long do the customers who started together stay, and is that getting better or worse?
 *
 * A row for each cohort, a column for each age, the darker the more, with values where there is room, the sizes of the
 * cohorts on the left and what they do together in the last row. A cell that is not over yet is left white; a cell in
 * which nobody bought is not. A loss is brown with a dark edge.
 *
 * Of shares and of customers the shades end with the highest value after age 0, which would leave all others pale.
 *
 * @param table - The result of {@link cohortTable}. Of more than 120 cohorts the latest 120 are drawn, of more than 120 ages
 * the first 120; the note says so.
 * @param options - `measure`, `group`, how amounts are written, width, locale of the numbers, title.
 * @returns A Vega-Lite specification; without a cell that is over, a frame that says so.
 * @throws RangeError when `table` is no such result, `measure` or `group` is none of the table's, or `locale` is no BCP 47 language
 * tag.
 * @example
 * ```ts
 * import { cohortHeatmapChart, cohortTable, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-01-10", amount: 100 },
 *     { customerId: "budi", at: "2024-01-20", amount: 300 },
 *     { customerId: "ani", at: "2024-02-10", amount: 100 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const chart = cohortHeatmapChart(cohortTable(log, { asOf: "2024-03-01", by: "month" }), { width: 640 });
 * chart.title.subtitle[0]; // => "50% of the customers bought again 1 month after the start (1 cohort)."
 * ```
 */
export function cohortHeatmapChart(
  table: CohortTable,
  options: CohortHeatmapChartOptions = {},
): VegaLiteSpec {
  assertResult(table, "table", "cohortTable()", ["cohorts", "ages", "cells"]);
  const sizes = chartSizes(options);
  const { measure = "rate", group } = options;
  const text = numberText(options.locale);
  const money = amountText(options, table.currency);
  const heat = heatTable(table, measure, group);
  const customers = heat.rows.reduce((sum, row) => sum + row.customers, 0);
  const cohorts = heat.rows.filter((row) => row.customers > 0).length;
  const drawing = drawingOf(heat, { measure, sizes, text, money, table });
  const answer = cohortAnswer(heat, table, measure, text, money);
  const isMoney = measure !== "rate" && measure !== "customers";
  const whose = group === undefined ? "" : ` ${group === null ? "Customers of no group" : `Group ${group}`}.`;
  return chartFrame({
    sizes,
    title: options.title ?? TITLES[measure],
    answer,
    note: `n = ${counted(text, customers, "customer")} in ${counted(text, cohorts, "cohort")}.${whose}${isMoney ? money.note : ""}${cutNote(heat, text)} As of ${dayIn(table.timeZone, table.asOf)}.`,
    description: `Heat map of ${counted(text, cohorts, "cohort")} by ${counted(text, heat.ages.length, "age")}, each cell with ${NAMES[measure]}. ${answer}`,
    ...drawing,
  });
}

const TITLES: Record<CohortMeasure, string> = {
  rate: "Retention by cohort",
  customers: "Customers by cohort",
  revenue: "Revenue by cohort",
  profit: "Profit by cohort",
  cumulativeRevenue: "Cumulative revenue by cohort",
  cumulativeRevenuePerCustomer: "Cumulative revenue per customer by cohort",
};

const NAMES: Record<CohortMeasure, string> = {
  rate: "the share of the cohort that bought",
  customers: "the customers who bought",
  revenue: "the revenue at this age",
  profit: "the profit at this age",
  cumulativeRevenue: "the revenue up to this age",
  cumulativeRevenuePerCustomer: "the revenue per customer up to this age",
};

/** How many cohorts and ages there was no room for. */
function cutNote({ rows, ages }: HeatTable, text: NumberText): string {
  const cuts = [
    ...(rows.length > MOST ? [`the latest ${MOST} of ${counted(text, rows.length, "period")}`] : []),
    ...(ages.length > MOST ? [`the first ${MOST} of ${counted(text, ages.length, "age")}`] : []),
  ];
  return cuts.length === 0 ? "" : ` Drawn: ${cuts.join(" and ")}.`;
}

interface Context extends CellContext {
  readonly table: CohortTable;
}

type Drawing = Pick<Parameters<typeof chartFrame>[0], "above" | "margin" | "height" | "layer">;

const EDGE = 4;
const MEAN_GAP = 8;

function drawingOf(heat: HeatTable, context: Context): Drawing {
  const { measure, sizes, table } = context;
  const rows = heat.rows.slice(-MOST);
  const ages = heat.ages.slice(0, MOST);
  const means = heat.means.slice(0, MOST);
  const known = [...rows.flatMap((row) => row.values.slice(0, MOST)), ...means].some(
    (value) => value !== null,
  );
  if (!known)
    return {
      above: 0,
      margin: { left: 8, top: 12, right: 8, bottom: 8 },
      height: EMPTY_HEIGHT,
      layer: [
        emptyNote(
          isWithoutCosts(heat, measure)
            ? "The log has no costs"
            : "No cohort has been observed for a whole age",
          sizes,
        ),
      ],
    };

  const unit = measure === "rate" ? "% of the cohort, by " : "";
  const meanName = measure === "rate" || measure === "cumulativeRevenuePerCustomer" ? "pooled" : "mean";
  const counts = rows.map((row) => context.text.count(row.customers));
  const names = rows.map((row) => row.label);
  const nameWidth = Math.max(
    widest(["cohort", ...names], sizes.label),
    widest([meanName], sizes.label, true),
  );
  const left = EDGE + nameWidth + 10 + widest(["n", ...counts], sizes.label) + 8;
  const right = 8;
  const width = sizes.total - left - right;
  const column = width / ages.length;
  const most = sizes.isNarrow ? 22 : 26;
  const row = Math.max(3, Math.min(most, Math.floor(800 / rows.length)));
  const meanRow = Math.max(row, sizes.label + 6);
  const height = rows.length * row + MEAN_GAP + meanRow;
  const size = { width, height };
  const bands = [
    ...rows.map((_, i) => ({ top: i * row, bottom: (i + 1) * row })),
    { top: height - meanRow, bottom: height },
  ];

  const top = scaleTop(heat, measure);
  const color = heatColors(top);
  const cells = [...rows.map((found) => found.values), means].flatMap((values, i): Cell[] =>
    ages.flatMap((age, place) => {
      const value = values[place] ?? null;
      if (value === null) return [];
      const isMean = i === rows.length;
      const { label, customers } = rows[i] ?? {
        label: `${meanName} of ${heat.cohorts[place]}`,
        customers: 0,
      };
      return [{ ...bands[i], place, value, isMean, cohort: label, customers, age, ...color(value) }];
    }),
  );
  const labels = cellLabels(
    cells.map((cell) => cell.value),
    top,
    { width: column, height: row },
    context,
  );
  const legend = heatLegend({
    color,
    top,
    low: cells.reduce((low, cell) => Math.min(low, cell.value), 0),
    isCut: cells.some((cell) => cell.value > top),
    write: (value) => writtenCell(value, context),
    hasGaps: rows.some((found) => found.values.slice(0, ages.length).includes(null)),
    sizes,
    size,
    left,
  });
  const hasRoom = column >= 7 && row >= 7;
  const above = cohortHeadingHeight(sizes);
  return {
    above,
    margin: { left, top: above + 10, right, bottom: legend.height + 10 },
    height,
    layer: [
      boxLayer(
        size,
        cells.map((cell) => ({
          left: cell.place * column,
          right: (cell.place + 1) * column,
          top: cell.top,
          bottom: cell.bottom,
          fill: cell.fill,
          edge: cell.edge,
          cohort: cell.cohort,
          n: cell.isMean ? "" : context.text.count(cell.customers),
          age: cell.age.label,
          [measure]: writtenCell(cell.value, context),
        })),
        // Edges between small cells would be more paper than colour.
        { strokeWidth: hasRoom ? 1 : 0 },
        ["cohort", "n", "age", measure],
      ),
      ...(labels === null
        ? []
        : [
            textLayer(
              size,
              cells.map((cell, i) => ({
                x: (cell.place + 0.5) * column,
                y: (cell.top + cell.bottom) / 2,
                text: labels.texts[i],
                ink: cell.ink,
              })),
              { align: "center", fontSize: labels.fontSize },
            ),
          ]),
      ...cohortHeadings(
        { names, counts, ages, row, column, left, size, sizes, unit, meanName, meanRow },
        table,
      ),
      ...legend.layers,
    ],
  };
}

interface Cell extends HeatColor {
  readonly top: number;
  readonly bottom: number;
  readonly place: number;
  readonly value: number;
  readonly isMean: boolean;
  readonly cohort: string;
  readonly customers: number;
  readonly age: CohortAge;
}

/** The value that has the darkest shade. */
function scaleTop({ rows, ages }: HeatTable, measure: CohortMeasure): number {
  const isShare = measure === "rate" || measure === "customers";
  let [top, laterTop] = [0, 0];
  for (const row of rows) {
    row.values.forEach((value, i) => {
      top = Math.max(top, Math.abs(value ?? 0));
      if (ages[i].from > 0) laterTop = Math.max(laterTop, Math.abs(value ?? 0));
    });
  }
  return isShare && laterTop > 0 ? laterTop : top;
}
