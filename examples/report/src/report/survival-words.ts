import type { SurvivalEstimate } from "clientele";
import { dataTable } from "./data-table.js";
import { counted, interval, level, oneDigit, percent, twoDigits } from "./formats.js";
import type { Html } from "./html.js";
import type { Lifetimes } from "./lifetimes.js";

/** By when half of them have left. */
export function medianText({ estimate }: Lifetimes, who: string, left: string): string {
  const { value, lower, upper, confidenceLevel } = estimate.median;
  if (value === null)
    return `Fewer than half of the ${who} have been seen to leave, so there is no median yet.`;
  if (value === 0) return `That is half of the ${who} or more: the median is 0.`;
  const from = lower === null ? null : oneDigit(lower);
  const limits =
    from === null
      ? ""
      : upper === null
        ? `; ${level(confidenceLevel)} interval from ${from} on`
        : `; ${level(confidenceLevel)} interval ${from} to ${oneDigit(upper)}`;
  return `Half of the ${who} ${left} within ${oneDigit(value)} months (median${limits}).`;
}

/** How long they stay on average, as far as anybody could be followed. */
export function meanText({ estimate, horizon }: Lifetimes, who: string): string {
  const { value, standardError, interval: limits, extendedFrom } = estimate.restrictedMean;
  if (value === null) return "";
  const isSure = limits === null || standardError === 0;
  // Of many customers the mean is known to less than a tenth of a month.
  const written = isSure || oneDigit(limits.lower) !== oneDigit(limits.upper) ? oneDigit : twoDigits;
  const sure = isSure
    ? ""
    : ` (${level(limits.confidenceLevel)} interval ${written(limits.lower)} to ${written(limits.upper)})`;
  // The horizon itself is rounded to the month.
  const carried =
    extendedFrom === null || horizon - extendedFrom < 0.15
      ? ""
      : ` Nobody was followed beyond ${oneDigit(extendedFrom)} months: the mean takes those who were still there then as staying, and is rather too high.`;
  return `Of the first ${counted(horizon, "month")} the ${who} stay ${written(value)} on average${sure}.${carried}`;
}

/** The curve in numbers. */
export function tenureTable({ estimate }: Lifetimes, caption: string, head: string): Html | null {
  const rows = estimate.survival.filter(({ survival }) => survival !== null);
  if (rows.length === 0) return null;
  return dataTable<SurvivalEstimate>({
    caption,
    rows,
    onPhone: "keep",
    columns: [
      { head: "After", kind: "text", cell: ({ time }) => tenure(time) },
      { head, cell: ({ survival }) => percent(survival) },
      {
        head: "Interval",
        unit: level(estimate.curve.confidenceLevel),
        cell: (each) => interval(each.interval),
      },
    ],
  });
}

function tenure(months: number): string {
  return months % 12 === 0 ? counted(months / 12, "year") : counted(months, "month");
}
