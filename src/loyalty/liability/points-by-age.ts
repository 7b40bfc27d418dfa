import { assertArgument, assertArray, assertInteger, assertOptions, shown } from "../../core/assert.js";
import { DAY_MS } from "../../core/civil-day.js";
import { addDuration, subtractDuration } from "../../core/duration.js";
import type { RowProblem } from "../../core/errors.js";
import { epochMs, type Instant } from "../../core/instant.js";
import { invalidRows } from "../../core/row-problems.js";
import { safeInteger } from "../../core/safe-integer.js";
import type { Table } from "../../core/table.js";
import { askedReader, type PointMovementColumns } from "./point-movement.js";

/** Points of one date of issue and one lapse: an open lot, or a movement of one. */
export interface AgedPoints {
  /** Points outstanding; of a movement, what members have more or less by it. */
  readonly points: number;
  /** When they were issued, epoch milliseconds. */
  readonly issuedAt: number;
  /** When they lapse, epoch milliseconds; `null` never. */
  readonly expiresAt: number | null;
  /** Of a movement: when it was, epoch milliseconds. */
  readonly at?: number;
  /** Type of point; needed where there are several. */
  readonly pointType?: string;
}

/** How ages and lapses are banded. */
export interface PointsByAgeOptions {
  /** Movements at or after it do not exist yet. */
  readonly asOf: Instant;
  /** Where a band of ages ends and the next begins, months, ascending. Default `[3, 6, 12, 24]`. */
  readonly ageMonths?: readonly number[];
  /** Where a band of times to the lapse ends and the next begins, months, ascending. Default `[3, 12]`. */
  readonly expiryMonths?: readonly number[];
  /** IANA name of the zone whose months count; default `"UTC"`. */
  readonly timeZone?: string;
  /** Type of point; needed where the rows have several. */
  readonly pointType?: string;
}

/** A band of months, from `from` until before `to`. */
export interface MonthBand {
  /** Months at which it begins. */
  readonly from: number;
  /** Months before which it ends; `null` none. */
  readonly to: number | null;
}

/** Points outstanding by age and by time to their lapse. */
export interface PointsByAge {
  /** Type of point; `null` where the rows had one only and none was named. */
  readonly pointType: string | null;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** Zone of the months. */
  readonly timeZone: string;
  /** Points outstanding. */
  readonly total: number;
  /** Bands of ages, youngest first. */
  readonly ages: readonly (MonthBand & {
    /** Points of that age. */
    readonly points: number;
  })[];
  /** Bands of times to the lapse, soonest first; last the points that never lapse, `from` and `to` are `null` there. */
  readonly expiries: readonly {
    /** Months at which it begins; `null` never lapses. */
    readonly from: number | null;
    /** Months before which it ends; `null` none. */
    readonly to: number | null;
    /** Points that lapse then. */
    readonly points: number;
  }[];
  /** Each age by each lapse, those with points only. */
  readonly cells: Table<{
    /** Place in `ages`. */
    age: number[];
    /** Place in `expiries`. */
    expiry: number[];
    /** Points. */
    points: number[];
  }>;
}

/**
 * How old are the points outstanding, and how soon do they lapse?
 *
 * Ages in whole months of the calendar: points issued exactly three months before `asOf` begin the band from 3. What is past
 * its lapse and still outstanding (in a hold) lapses in the first band.
 *
 * @param points - Open lots, or all movements (the table of {@link pointMovements}): their points are added up.
 * @param options - `asOf`, bands, zone, type of point.
 * @returns Bands of ages and of lapses, which each come to the total, and both together.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a row has no whole points or dates; `INVALID_ARGUMENT` for bands that do not
 * ascend, for points of several types, and where more points left a band than came to it.
 * @example
 * ```ts
 * import { pointsByAge } from "clientele";
 *
 * const lots = [
 *   { points: 300, issuedAt: Date.UTC(2025, 4, 1), expiresAt: Date.UTC(2026, 4, 1) },
 *   { points: 200, issuedAt: Date.UTC(2023, 6, 1), expiresAt: null },
 * ];
 * const { ages, expiries } = pointsByAge(lots, { asOf: "2025-07-01", ageMonths: [6], expiryMonths: [12] });
 * ages; // => [{ from: 0, to: 6, points: 300 }, { from: 6, to: null, points: 200 }]
 * expiries[2]; // => { from: null, to: null, points: 200 }
 * ```
 */
export function pointsByAge(
  points:
    | readonly AgedPoints[]
    | Table<Pick<PointMovementColumns, "at" | "points" | "issuedAt" | "expiresAt">>,
  options: PointsByAgeOptions,
): PointsByAge {
  assertOptions(options, "{ asOf }");
  const { ageMonths = [3, 6, 12, 24], expiryMonths = [3, 12], timeZone = "UTC" } = options;
  const asOf = epochMs(options.asOf, "options.asOf", timeZone);
  assertMonths(ageMonths, "options.ageMonths");
  assertMonths(expiryMonths, "options.expiryMonths");
  const columns = columnsOf(points);
  const isAsked = askedReader(columns.pointTypes, options.pointType);
  const lapses = expiryMonths.map((months) => addDuration(asOf, { months }, { timeZone }));
  const ageBand = ageReader(asOf, ageMonths, timeZone);
  const width = expiryMonths.length + 2;
  const sums = new Array<number>((ageMonths.length + 1) * width).fill(0);
  for (let row = 0; row < columns.points.length; row++) {
    if ((columns.at !== null && columns.at[row] >= asOf) || !isAsked(row)) continue;
    const expiresAt = columns.expiresAt[row];
    let expiry = 0;
    if (expiresAt === null) expiry = width - 1;
    else while (expiry < lapses.length && expiresAt >= lapses[expiry]) expiry++;
    const cell = ageBand(columns.issuedAt[row]) * width + expiry;
    sums[cell] = safeInteger(sums[cell] + columns.points[row], "points", "the sum of points");
  }
  const short = sums.find((sum) => sum < 0);
  assertArgument(
    short === undefined,
    "points",
    () => `points come to ${short} in a band: pass all movements from the first on, or open lots`,
  );
  const sumOver = (isIn: (cell: number) => boolean) =>
    sums.reduce((sum, value, cell) => (isIn(cell) ? sum + value : sum), 0);
  const filled = [...sums.keys()].filter((cell) => sums[cell] > 0);
  return {
    pointType: options.pointType ?? null,
    asOf,
    timeZone,
    total: safeInteger(
      sumOver(() => true),
      "points",
      "the sum of points",
    ),
    ages: bands(ageMonths).map((band, age) => ({
      ...band,
      points: sumOver((cell) => Math.floor(cell / width) === age),
    })),
    expiries: [...bands(expiryMonths), { from: null, to: null }].map((band, expiry) => ({
      ...band,
      points: sumOver((cell) => cell % width === expiry),
    })),
    cells: {
      length: filled.length,
      columns: {
        age: filled.map((cell) => Math.floor(cell / width)),
        expiry: filled.map((cell) => cell % width),
        points: filled.map((cell) => sums[cell]),
      },
    },
  };
}

/** The band of an age: how many of the bounds a date of issue has passed, each added once to the date itself. */
function ageReader(
  asOf: number,
  ageMonths: readonly number[],
  timeZone: string,
): (issuedAt: number) => number {
  const bounds = ageMonths.map((months) => subtractDuration(asOf, { months }, { timeZone }));
  return (issuedAt) => {
    let band = 0;
    while (band < bounds.length) {
      const ahead = bounds[band] - issuedAt;
      // Months of different lengths: near the bound only the date itself tells.
      const isReached =
        Math.abs(ahead) < NEAR
          ? addDuration(issuedAt, { months: ageMonths[band] }, { timeZone }) <= asOf
          : ahead > 0;
      if (!isReached) break;
      band++;
    }
    return band;
  };
}

/** More than months can differ by, four days with the change of clocks in them. */
const NEAR = 5 * DAY_MS;

function bands(months: readonly number[]): MonthBand[] {
  return [0, ...months].map((from, i) => ({ from, to: months[i] ?? null }));
}

function assertMonths(months: readonly number[], path: string): void {
  assertArray(months, path);
  months.forEach((value, i) => {
    assertInteger(value, `${path}[${i}]`, (months[i - 1] ?? 0) + 1, 12_000);
  });
}

function columnsOf(
  points:
    | readonly AgedPoints[]
    | Table<Pick<PointMovementColumns, "at" | "points" | "issuedAt" | "expiresAt">>,
) {
  const isRows = Array.isArray(points);
  const rows: readonly AgedPoints[] = isRows ? points : [];
  const table = isRows ? undefined : (points as Table<PointMovementColumns>)?.columns;
  assertArgument(
    isRows || (typeof table === "object" && table !== null),
    "points",
    () => `points is ${shown(points)}: pass rows, or a table as pointMovements gives it`,
  );
  const columns =
    table === undefined
      ? {
          points: rows.map((row) => row?.points),
          issuedAt: rows.map((row) => row?.issuedAt),
          expiresAt: rows.map((row) => row?.expiresAt),
          at: rows.some((row) => row?.at !== undefined) ? rows.map((row) => row?.at as number) : null,
          pointTypes: rows.some((row) => row?.pointType !== undefined)
            ? rows.map((row) => row?.pointType as string)
            : null,
        }
      : {
          points: table.points,
          issuedAt: table.issuedAt,
          expiresAt: table.expiresAt,
          at: table.at ?? null,
          pointTypes: table.pointType ?? null,
        };
  const problems: RowProblem[] = [];
  columns.points.forEach((value, row) => {
    const check = (field: string, found: unknown, isGood: boolean, reason: string) => {
      if (!isGood) problems.push({ row, field, value: found, reason });
    };
    check("points", value, Number.isSafeInteger(value), "is not a whole number");
    const [issuedAt, expiresAt] = [columns.issuedAt[row], columns.expiresAt[row]];
    check("issuedAt", issuedAt, Number.isSafeInteger(issuedAt), "is not epoch milliseconds");
    check(
      "expiresAt",
      expiresAt,
      expiresAt === null || Number.isSafeInteger(expiresAt),
      "is not epoch milliseconds or null",
    );
    if (columns.at !== null)
      check("at", columns.at[row], Number.isSafeInteger(columns.at[row]), "is not epoch milliseconds");
  });
  if (problems.length > 0) throw invalidRows(problems, problems.length, "points");
  return columns;
}
