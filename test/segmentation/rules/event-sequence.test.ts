import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDuration, type Duration } from "../../../src/core/duration.js";
import { stepTime } from "../../../src/segmentation/rules/duration-bounds.js";
import {
  type SequenceStep,
  sequenceEnding,
  sequenceEndingWith,
} from "../../../src/segmentation/rules/event-sequence.js";

const HOUR = 3_600_000;
// Berlin set its clocks on an hour later, and February ends a month before.
const origin = Date.parse("2024-03-31T00:00:00Z");

interface PlainStep {
  readonly at: readonly number[];
  readonly within: Duration | null;
}

const within = fc.oneof(
  fc.constant(null),
  fc.record({ days: fc.integer({ min: 1, max: 3 }) }),
  fc.constantFrom<Duration>({ months: 1 }, { months: 1, days: 1 }),
);
const instants = fc
  .uniqueArray(fc.integer({ min: -62 * 24, max: 40 }), { maxLength: 7 })
  .map((hours) => hours.map((hour) => origin + hour * HOUR).sort((a, b) => a - b));
const plainStep = fc.record({ at: instants, within });

/** Every way in which the steps can follow each other, by trying all. */
function* assignments(steps: readonly PlainStep[], zone: string, chosen: number[] = []): Generator<number[]> {
  const step = steps[chosen.length];
  if (step === undefined) {
    yield chosen;
    return;
  }
  for (const at of step.at)
    if (chosen.length === 0 || follows(chosen[chosen.length - 1], at, step, zone))
      yield* assignments(steps, zone, [...chosen, at]);
}

function follows(before: number, at: number, step: PlainStep, timeZone: string): boolean {
  return at > before && (step.within === null || at < addDuration(before, step.within, { timeZone }));
}

function ready({ at, within: time }: PlainStep, zone: string): SequenceStep {
  return { at, from: 0, to: at.length, time: time && stepTime(time, zone) };
}

describe("sequences", () => {
  const zones = fc.constantFrom("UTC", "Asia/Jakarta", "Europe/Berlin", "Australia/Sydney");
  const some = fc.array(plainStep, { minLength: 1, maxLength: 4 });
  const last = fc.option(plainStep);

  it("end where trying everything out finds the last ending", () => {
    fc.assert(
      fc.property(some, last, zones, (steps, unwanted, zone) => {
        const ends = [...assignments(steps, zone)].map((chosen) => chosen[chosen.length - 1]);
        const alone = ends.filter((end) => !unwanted?.at.some((at) => follows(end, at, unwanted, zone)));
        const given = steps.map((step) => ready(step, zone));
        const ending = sequenceEnding(given, unwanted && ready(unwanted, zone));
        expect(ending).toBe(alone.length === 0 ? Number.NaN : Math.max(...alone));
      }),
      { numRuns: 4000 },
    );
  });

  it("are found by one of their events as among all", () => {
    fc.assert(
      fc.property(some, last, zones, fc.nat(), fc.nat(), (steps, unwanted, zone, step, place) => {
        const given = steps.map((each) => ready(each, zone));
        const which = step % steps.length;
        const { at } = steps[which];
        if (at.length === 0) return;
        const instant = at[place % at.length];
        const ends = [...assignments(steps, zone)].flatMap((chosen) =>
          chosen[which] === instant ? [chosen[chosen.length - 1]] : [],
        );
        const alone = ends.filter((end) => !unwanted?.at.some((time) => follows(end, time, unwanted, zone)));
        const ending = sequenceEndingWith(instant, which, given, unwanted && ready(unwanted, zone));
        expect(ending).toBe(alone.length === 0 ? Number.NaN : Math.max(...alone));
      }),
      { numRuns: 4000 },
    );
  });
});
