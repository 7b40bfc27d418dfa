import type { LifetimeUnit } from "../retention/lifetimes/lifetime-table.js";
import type { SurvivalCurve } from "../statistics/survival/kaplan-meier.js";
import { chartFrame, chartSizes, EMPTY_HEIGHT, emptyNote } from "./chart-frame.js";
import { assertResult, assertResults } from "./chart-input.js";
import { lineLook } from "./line-looks.js";
import { counted, type NumberText, numberText } from "./number-text.js";
import { survivalDrawing } from "./survival-drawing.js";
import type { DrawnSurvival, TimeText } from "./survival-layers.js";
import { halfTime, lastTime, survivalLine } from "./survival-lines.js";
import type { ChartOptions, VegaLiteSpec } from "./vega-lite-spec.js";

/** One of several survival curves. */
export interface NamedSurvivalCurve {
  /** What the customers of the curve have in common. */
  readonly name: string;
  /** The result of `kaplanMeier` for them. */
  readonly curve: SurvivalCurve;
}

/** How survival curves are drawn. */
export interface SurvivalCurveChartOptions extends ChartOptions {
  /** Up to which time to draw, above 0, in the unit of the durations. Default: to the end of the longest curve. */
  readonly horizon?: number;
  /** Unit of the durations, to be named on the axis: that of the table of lifetimes. Default: none is named. */
  readonly unit?: LifetimeUnit;
}

/**
 * What share of customers is still there after each time, and when is half of them gone?
 *
 * Stepped lines, each with its dash and its name, the numbers at risk below, and a dot at each median. Small strokes stand
 * where customers were last seen, thinned out where they are many. Bands of the confidence limits are drawn for up to
 * three curves. A curve ends with the last customer seen; it is not carried on. With late entry, a number at risk takes in
 * those who came under observation up to the next step of the curve.
 *
 * @param curves - A curve of {@link kaplanMeier}, or several with their names. Of many steps 600 are drawn.
 * @param options - `horizon`, `unit`, width, locale of the numbers, title.
 * @returns A Vega-Lite specification; without customers, a frame that says so.
 * @throws RangeError when `curves` is no such result, `horizon` is not above 0, or `locale` is no BCP 47 language tag.
 * @example
 * ```ts
 * import { kaplanMeier, survivalCurveChart } from "clientele";
 *
 * const months = [9, 13, 13, 18, 23, 28];
 * const curve = kaplanMeier({ duration: months, event: [1, 1, 0, 1, 1, 0] });
 * const chart = survivalCurveChart(curve, { unit: "month", width: 900 });
 * chart.title.subtitle[0];
 * // => "Half of them are gone after 18 months (95% interval 9 to more than 28); 22% are still there after 28 months."
 * ```
 */
export function survivalCurveChart(
  curves: SurvivalCurve | readonly NamedSurvivalCurve[],
  options: SurvivalCurveChartOptions = {},
): VegaLiteSpec {
  assertCurves(curves);
  const sizes = chartSizes(options);
  const { unit, horizon } = options;
  if (horizon !== undefined && !(horizon > 0 && horizon < Number.POSITIVE_INFINITY))
    throw new RangeError(`horizon is ${horizon}: pass a time above 0, in the unit of the durations`);
  const text = numberText(options.locale);
  const times = timeText(options.locale, unit);
  const given: readonly NamedSurvivalCurve[] = isSeveral(curves) ? curves : [{ name: "", curve: curves }];
  const filled = given.filter(({ curve }) => curve.points.length > 0);
  const until = horizon ?? (filled.reduce((last, { curve }) => Math.max(last, lastTime(curve)), 0) || 1);
  const drawn = filled.map(
    ({ name, curve }, i): DrawnSurvival => ({
      name,
      curve,
      line: survivalLine(curve, until),
      look: lineLook(i),
      median: halfTime(curve, "survival"),
    }),
  );
  const answer = answerOf(drawn, text, times);
  const sum = (count: (curve: SurvivalCurve) => number): number =>
    given.reduce((total, { curve }) => total + count(curve), 0);
  const customers = sum((curve) => curve.subjects);
  const isLimited = drawn.some(({ curve }) => curve.intervalMethod !== "none");
  const hasBands = isLimited && drawn.length <= MOST_BANDS;
  const level = drawn[0]?.curve.confidenceLevel ?? 0.95;
  const seen =
    customers === 0
      ? ""
      : `, ${text.count(sum((curve) => curve.events))} gone, ${text.count(sum((curve) => curve.censored))} still there when last seen (strokes)`;
  const empty = given.filter(({ curve }) => curve.points.length === 0).map(({ name }) => name);
  const without = empty.length > 0 && drawn.length > 0 ? ` Without customers: ${empty.join(", ")}.` : "";
  return chartFrame({
    sizes,
    title: options.title ?? "How long customers stay",
    answer,
    note: `n = ${counted(text, customers, "customer")}${seen}.${hasBands ? ` Band: ${text.tick(level)} interval.` : ""}${without}`,
    description: `${counted(text, drawn.length, "survival curve")}${drawn.some(({ name }) => name !== "") ? `: ${drawn.map(({ name }) => name).join(", ")}` : ""}. ${answer}`,
    ...(drawn.length === 0
      ? {
          above: 0,
          margin: { left: 8, top: 12, right: 8, bottom: 8 },
          height: EMPTY_HEIGHT,
          layer: [emptyNote("No customers", sizes)],
        }
      : survivalDrawing(drawn, { sizes, text, times, until, unit: unit ?? null, hasBands })),
  });
}

const MOST_BANDS = 3;

function assertCurves(curves: SurvivalCurve | readonly NamedSurvivalCurve[]): void {
  if (isSeveral(curves)) {
    assertResults(curves, "curves", "{ name, curve }", ["curve"]);
    for (const [i, { curve }] of curves.entries())
      assertResult(curve, `curves[${i}].curve`, "kaplanMeier()", ["points"]);
  } else assertResult(curves, "curves", "kaplanMeier(), or an array of { name, curve }", ["points"]);
}

function isSeveral(
  curves: SurvivalCurve | readonly NamedSurvivalCurve[],
): curves is readonly NamedSurvivalCurve[] {
  return Array.isArray(curves);
}

function timeText(locale: string | undefined, unit: LifetimeUnit | undefined): TimeText {
  const number = new Intl.NumberFormat(locale ?? "en-US", { maximumSignificantDigits: 3 });
  const bare = (time: number): string =>
    // From a thousand on, three digits would cut whole units off.
    number.format(Math.abs(time) >= 1000 ? Math.round(time) : time);
  return {
    bare,
    full: (time) => (unit === undefined ? bare(time) : `${bare(time)} ${unit}${time === 1 ? "" : "s"}`),
  };
}

function answerOf(drawn: readonly DrawnSurvival[], text: NumberText, times: TimeText): string {
  const [first, ...others] = drawn;
  if (first === undefined) return "There are no customers.";
  if (others.length > 0) {
    const medians = (drawn.length <= 3 ? drawn : extremes(drawn)).map(
      ({ name, median }) =>
        `${median === null ? "not in the time seen" : `after ${times.full(median)}`} (${name})`,
    );
    return `Half of them are gone ${medians.join(", ")}${drawn.length <= 3 ? "" : `; the other ${text.count(drawn.length - 2)} lie between`}.`;
  }
  const { curve, median, line } = first;
  const rest = `${text.percent(line.end.share)} are still there after ${times.full(line.end.time)}`;
  if (median === null) return `More than half are there to the end of what was seen: ${rest}.`;
  const [from, to] = [halfTime(curve, "lower"), halfTime(curve, "upper")];
  const open = `more than ${times.bare(lastTime(curve))}`;
  const interval =
    from === null
      ? ""
      : ` (${text.tick(curve.confidenceLevel)} interval ${times.bare(from)} to ${to === null ? open : times.bare(to)})`;
  return `Half of them are gone after ${times.full(median)}${interval}; ${rest}.`;
}

/** The curves of the shortest and of the longest median; one that does not come down to a half is longer than all. */
function extremes(drawn: readonly DrawnSurvival[]): DrawnSurvival[] {
  const order = [...drawn].sort((a, b) => (a.median ?? Number.MAX_VALUE) - (b.median ?? Number.MAX_VALUE));
  return [...order.slice(0, 1), ...order.slice(-1)];
}
