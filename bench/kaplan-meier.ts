/**
 * Kaplan-Meier on random right-censored durations, against Float64Array.sort on the same durations. Promise: with standard
 * errors alone at most 1.5 times its time.
 *
 * Run: `tsx kaplan-meier.ts [number of durations] [rounds]`, in this folder, on the built package.
 */
import {
  drawUniform,
  kaplanMeier,
  type SurvivalInput,
  type SurvivalIntervalMethod,
  seededRandom,
} from "clientele";
import { machine, median, printTable } from "./report.js";

const COUNT = Number(process.argv[2] ?? 1_000_000);
const ROUNDS = Number(process.argv[3] ?? 15);
const PROMISE = 1.5;

const { duration, event } = censoredDurations(COUNT);
const drawn = { duration, event };
// Whether the curve begins with an event or a censoring, and comes down to 0 or not, makes or spares nulls.
const steered = {
  "null at both ends": { duration, event: withEnds(0, 1) },
  "no null": { duration, event: withEnds(1, 0) },
};
const days = { duration: duration.map((time) => Math.ceil(1000 * time)), event };

const sortTime = "Float64Array.sort, on a copy made before";
type Interval = SurvivalIntervalMethod | "none";
const run = (data: SurvivalInput, interval: Interval) => () =>
  timed(() => kaplanMeier(data, { interval }).points.length);
const methods: readonly Interval[] = ["none", "logLog", "log", "plain", "logit", "arcsine"];
const contenders: Record<string, () => number> = {
  ...Object.fromEntries(methods.map((interval) => [`interval ${interval}`, run(drawn, interval)])),
  ...Object.fromEntries(
    Object.entries(steered).flatMap(([name, data]) =>
      (["none", "logLog"] as const).map((interval) => [`interval ${interval}, ${name}`, run(data, interval)]),
    ),
  ),
  "interval logLog, 1,000 distinct times": run(days, "logLog"),
};

const times = new Map<string, number[]>([sortTime, ...Object.keys(contenders)].map((name) => [name, []]));
// Two rounds for the compiler, whose times do not count.
for (let round = -2; round < ROUNDS; round++) {
  const passes: [string, number][] = [[sortTime, sortPass()]];
  for (const [name, pass] of Object.entries(contenders)) passes.push([name, pass()]);
  passes.push([sortTime, sortPass()]);
  if (round >= 0) for (const [name, ms] of passes) times.get(name)?.push(ms);
}

const base = median(times.get(sortTime) ?? []);
const least = Math.min(...(times.get(sortTime) ?? []));
printTable(
  `${COUNT} durations, ${ROUNDS} rounds; the first is ${endOf((a, b) => a < b)}, the last ${endOf((a, b) => a > b)}`,
  [...times].map(([name, passes]) => {
    const middle = median(passes);
    return {
      what: name,
      "median ms": middle.toFixed(1),
      "least ms": Math.min(...passes).toFixed(1),
      spread: `${Math.round(((Math.max(...passes) - Math.min(...passes)) / middle) * 100)} %`,
      "to sort": (middle / base).toFixed(2),
      "least to least": (Math.min(...passes) / least).toFixed(2),
      [`<= ${PROMISE}`]: name === sortTime ? "" : middle <= PROMISE * base ? "yes" : "NO",
    };
  }),
);
console.log(machine());

function sortPass(): number {
  const copy = duration.slice();
  return timed(() => copy.sort()[0]);
}

function timed(run: () => number): number {
  const began = performance.now();
  const result = run();
  const ms = performance.now() - began;
  // The result is used, so that no engine may drop the work.
  if (!(result > 0)) throw new Error(`the result is ${result}`);
  return ms;
}

/** The first and the last subject with these flags: an event last makes the share 0, a censoring first leaves it 1. */
function withEnds(first: 0 | 1, last: 0 | 1): Uint8Array {
  const flags = event.slice();
  flags[duration.indexOf(duration.reduce((least, time) => Math.min(least, time)))] = first;
  flags[duration.indexOf(duration.reduce((most, time) => Math.max(most, time)))] = last;
  return flags;
}

function endOf(isBefore: (a: number, b: number) => boolean): string {
  let end = 0;
  for (let i = 1; i < duration.length; i++) if (isBefore(duration[i], duration[end])) end = i;
  return event[end] === 1 ? "an event" : "a censoring";
}

/** Random reals from a seed, each of them censored with a chance of one half; no two times equal. */
function censoredDurations(count: number): { duration: Float64Array; event: Uint8Array } {
  const random = seededRandom(20_240_229);
  const duration = new Float64Array(count);
  const event = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    duration[i] = drawUniform(random);
    event[i] = drawUniform(random) < 0.5 ? 1 : 0;
  }
  return { duration, event };
}
