import type { NumberText } from "./number-text.js";
import {
  type GroupablePeriodRetention,
  lastKnown,
  measureName,
  type RetentionLine,
  type RetentionMeasure,
} from "./retention-lines.js";

/** What became of the customers of the last period that is known. @internal */
export function retentionAnswer(series: readonly GroupablePeriodRetention[], text: NumberText): string {
  const last = [...series].reverse().find((point) => point.raw.value !== null);
  if (last === undefined) return "There are no two complete periods with customers to compare.";
  const { raw, salesAdjusted, profitAdjusted, previous, current } = last;
  const stayed = `${text.percent(raw.value)} of the customers of ${previous.label} bought again in ${current.label}`;
  const weights = [
    salesAdjusted.value === null ? "" : `${text.percent(salesAdjusted.value)} of its sales`,
    profitAdjusted.value === null ? "" : `${text.percent(profitAdjusted.value)} of its profit`,
  ].filter((weight) => weight !== "");
  const brought = weights.length === 0 ? "" : `; they had brought ${weights.join(" and ")}`;
  return `${stayed}${brought}.`;
}

/** From which group to which retention reaches in the last period that is known. @internal */
export function groupRetentionAnswer(
  series: readonly GroupablePeriodRetention[],
  [all, ...groups]: readonly RetentionLine[],
  measure: RetentionMeasure,
  text: NumberText,
): string {
  const last = all === undefined ? -1 : lastKnown(all.rates);
  const total = all?.rates[last]?.value ?? null;
  if (total === null) return "There are no two complete periods with customers to compare.";
  const known = groups.flatMap(({ name, rates }) => {
    const value = rates[last].value;
    return value === null ? [] : [{ name, value }];
  });
  known.sort((a, b) => a.value - b.value);
  const written = [...new Set([known[0], known.at(-1)])].flatMap((end) =>
    end === undefined ? [] : [`${text.percent(end.value)} (${end.name})`],
  );
  const range =
    written.length === 0 ? "" : ` ${written.length === 1 ? "is" : "runs from"} ${written.join(" to ")};`;
  return `In ${series[last].current.label} retention ${measureName(measure)}${range} ${range === "" ? "is " : ""}${text.percent(total)} for all together.`;
}

/** How many customers there are in a period, and what the band is. @internal */
export function retentionNote(
  series: readonly GroupablePeriodRetention[],
  hasBand: boolean,
  text: NumberText,
): string {
  const bases = series.map((point) => point.base);
  if (bases.length === 0) return "n = 0 customers.";
  const fewest = text.count(Math.min(...bases));
  const most = text.count(Math.max(...bases));
  const n = fewest === most ? fewest : `${fewest} to ${most}`;
  const level = series.find((point) => point.rawInterval !== null)?.rawInterval?.confidenceLevel;
  const band =
    level === undefined || !hasBand
      ? ""
      : ` Grey band: ${text.tick(level)} interval of the share of customers.`;
  return `n = ${n} customers in a period.${band}`;
}
