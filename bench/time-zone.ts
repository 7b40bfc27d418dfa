/**
 * Local day and local month of random instants from 1900 to 2100, against TZDate of @date-fns/tz and
 * Intl.DateTimeFormat. Bounds: 30 ns a conversion, 200 ms to build the table of a zone.
 *
 * Run: `tsx time-zone.ts [number of instants]`, in this folder, on the built package.
 */
import { TZDate } from "@date-fns/tz";
import { civilDay, localDayReader, periodReader, zoneOffsetReader } from "clientele";

const ZONES = ["Asia/Jakarta", "America/New_York", "Australia/Lord_Howe"];
const COUNT = Number(process.argv[2] ?? 10_000_000);
const SAMPLE = Math.min(COUNT, 100_000);
const PASSES = 7;
const START = Date.UTC(1900, 0, 1);
const END = Date.UTC(2101, 0, 1);

const instants = randomInstants(COUNT);
const sample = instants.slice(0, SAMPLE);
const rows: Record<string, string | number>[] = [];

for (const timeZone of ZONES) {
  const began = performance.now();
  const localDay = localDayReader(timeZone);
  console.log(`${timeZone}: table built in ${(performance.now() - began).toFixed(1)} ms`);

  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  const month = periodReader("month", { timeZone });
  checkAgainstIntl(localDay, month, format);

  measure(timeZone, "loop alone", instants, (ms) => ms - START);
  measure(timeZone, "zoneOffsetReader", instants, zoneOffsetReader(timeZone));
  measure(timeZone, "localDayReader", instants, localDay);
  measure(timeZone, 'periodReader("week")', instants, periodReader("week", { timeZone }));
  measure(timeZone, 'periodReader("month")', instants, month);
  measure(timeZone, 'periodReader("quarter")', instants, periodReader("quarter", { timeZone }));
  measure(timeZone, "TZDate.getDate()", sample.slice(0, SAMPLE / 10), (ms) =>
    new TZDate(ms, timeZone).getDate(),
  );
  measure(timeZone, "Intl.DateTimeFormat.format()", sample, (ms) => format.format(ms).length);
}

console.log(`${COUNT} random instants 1900 to 2100, ${PASSES} passes, node ${process.version}`);
console.table(rows);

function measure(timeZone: string, what: string, input: Float64Array, read: (ms: number) => number): void {
  const passes: number[] = [];
  let sum = 0;
  for (let pass = 0; pass < PASSES; pass++) {
    const began = performance.now();
    sum += total(input, read);
    passes.push(((performance.now() - began) * 1e6) / input.length);
  }
  passes.sort((a, b) => a - b);
  const [best = 0, median = 0] = [passes[0], passes[Math.floor(PASSES / 2)]];
  // The sum is used, so that no engine may drop the loop.
  if (Number.isNaN(sum)) throw new Error(`${what} gave NaN`);
  rows.push({
    timeZone,
    what,
    "instants a pass": input.length,
    "best ns": tenth(best),
    "median ns": tenth(median),
  });
}

/** One loop for all readers: the call stays indirect, as it is in a library that takes the reader as an argument. */
function total(input: Float64Array, read: (ms: number) => number): number {
  let sum = 0;
  for (let i = 0; i < input.length; i++) sum += read(input[i] as number);
  return sum;
}

function checkAgainstIntl(
  localDay: (ms: number) => number,
  month: (ms: number) => number,
  format: Intl.DateTimeFormat,
): void {
  for (const ms of sample) {
    const expected = format.format(ms);
    const monthIndex = (Number(expected.slice(0, 4)) - 1970) * 12 + Number(expected.slice(5, 7)) - 1;
    if (civilDay(localDay(ms)) !== expected || month(ms) !== monthIndex) {
      throw new Error(
        `${new Date(ms).toISOString()}: ${civilDay(localDay(ms))}, month ${month(ms)}; Intl: ${expected}`,
      );
    }
  }
}

/** Lehmer's generator modulo 2^31 - 1, two draws for an instant: the same instants in every run. */
function randomInstants(count: number): Float64Array {
  let state = 20_240_229;
  const next = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return Float64Array.from(
    { length: count },
    () => START + Math.floor((next() + next() / 2 ** 31) * (END - START)),
  );
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
