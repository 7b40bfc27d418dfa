import { instantOfLocal } from "clientele";

/** Dates as files write them. Two-digit years are not read: they do not say the century. */
export const datePatterns = [
  "YYYY-MM-DD",
  "YYYYMMDD",
  "YYYY/MM/DD",
  "DD/MM/YYYY",
  "MM/DD/YYYY",
  "DD-MM-YYYY",
  "MM-DD-YYYY",
  "DD.MM.YYYY",
  "DD MMM YYYY",
] as const;

/** Seconds or milliseconds since 1970: only where asked for or where the column's name says that it is a date. */
export const epochPatterns = ["epochSeconds", "epochMilliseconds"] as const;

/** A way to write dates, each with an optional time of day behind it. */
export type DatePattern = (typeof datePatterns)[number] | (typeof epochPatterns)[number];

/** Makes a reader of dates: epoch milliseconds, or `null` for text of another form and days that do not exist. */
export function dateReader(pattern: DatePattern, timeZone: string): (cell: string) => number | null {
  if (pattern === "epochSeconds") return (cell) => (/^\d{9,10}$/.test(cell) ? Number(cell) * 1000 : null);
  if (pattern === "epochMilliseconds") return (cell) => (/^\d{12,13}$/.test(cell) ? Number(cell) : null);
  const shape = new RegExp(`^${datePart(pattern)}${TIME_PART}$`, "i");
  return (cell) => {
    const groups = shape.exec(cell)?.groups;
    return groups ? instantOf(groups, timeZone) : null;
  };
}

/** Reads the option `--date-format`. */
export function readDatePattern(given: string): DatePattern | null {
  return (
    [...datePatterns, ...epochPatterns].find((each) => each.toLowerCase() === given.toLowerCase()) ?? null
  );
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const TIME_PART =
  "(?:[T ,]+(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:\\.(?<fraction>\\d+))?)?" +
  "(?:\\s*(?<half>[AP])M)?(?<offset>Z|\\s?[+-]\\d{2}(?::?\\d{2})?)?)?";

function datePart(pattern: string): string {
  const digits = pattern === "YYYYMMDD" ? "{2}" : "{1,2}";
  return pattern
    .replace(/[.]/g, "\\$&")
    .replace("YYYY", "(?<year>\\d{4})")
    .replace("MMM", `(?<name>${months.join("|")})[a-z]*`)
    .replace("MM", `(?<month>\\d${digits})`)
    .replace("DD", `(?<day>\\d${digits})`)
    .replaceAll(" ", "[ -]");
}

function instantOf(groups: Readonly<Record<string, string | undefined>>, timeZone: string): number | null {
  const year = Number(groups.year);
  const month = groups.name ? months.indexOf(groups.name.toLowerCase()) : Number(groups.month) - 1;
  const day = Number(groups.day);
  const hour = hourOf(Number(groups.hour ?? 0), groups.half);
  const minute = Number(groups.minute ?? 0);
  const second = Number(groups.second ?? 0);
  if (hour > 23 || minute > 59 || second > 59) return null;
  const milliseconds = Number((groups.fraction ?? "").slice(0, 3).padEnd(3, "0"));
  const reading = Date.UTC(year, month, day, hour, minute, second, milliseconds);
  // Date.UTC turns 31 February into 3 March.
  const date = new Date(reading);
  if (date.getUTCMonth() !== month || date.getUTCDate() !== day || year < 1000) return null;
  if (groups.offset === undefined) return instantOfLocal(reading, timeZone);
  const offset = offsetMs(groups.offset.trim());
  return Number.isNaN(offset) ? null : reading - offset;
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (half.toUpperCase() === "P" ? 12 : 0);
}

/** Milliseconds east of UTC of `Z`, `+07:00`, `+0700` or `+07`; NaN for an offset that no clock shows. */
function offsetMs(offset: string): number {
  if (/^z$/i.test(offset)) return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.length > 3 ? offset.slice(-2) : 0);
  if (hours > 23 || minutes > 59) return Number.NaN;
  return (offset.startsWith("-") ? -60_000 : 60_000) * (60 * hours + minutes);
}
