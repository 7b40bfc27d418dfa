import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rows as tableRows } from "../../../src/core/table.js";
import { normalQuantile } from "../../../src/statistics/normal.js";
import { kaplanMeier, type SurvivalCurve } from "../../../src/statistics/survival/kaplan-meier.js";
import { nelsonAalen } from "../../../src/statistics/survival/nelson-aalen.js";
import type { SurvivalRow } from "../../../src/statistics/survival/survival-data.js";
import { survivalSteps } from "../../../src/statistics/survival/survival-steps.js";
import { thrown } from "../../core/thrown.js";
import { repeated, survivalRows } from "./survival-sample.js";

/** The definition, word for word, in quadratic time. */
function oracle(rows: readonly SurvivalRow[]) {
  const times = [...new Set(rows.map(({ duration }) => duration))].sort((a, b) => a - b);
  const sum = (chosen: readonly SurvivalRow[]) =>
    chosen.reduce((total, { weight }) => total + (weight ?? 1), 0);
  let survival = 1;
  let greenwood = 0;
  return times.map((time) => {
    const from = (row: SurvivalRow) => row.entry ?? 0;
    const atRisk = sum(rows.filter((row) => (from(row) === 0 || from(row) < time) && row.duration >= time));
    const events = sum(rows.filter((row) => row.duration === time && row.event));
    const censored = sum(rows.filter((row) => row.duration === time && !row.event));
    survival *= 1 - events / atRisk;
    greenwood += events / (atRisk * (atRisk - events));
    return { time, atRisk, events, censored, survival, standardError: survival * Math.sqrt(greenwood) };
  });
}

function expectAlike(got: SurvivalCurve, want: SurvivalCurve): void {
  const columns = (curve: SurvivalCurve) => Object.entries(curve.points.columns);
  expect({ ...got, points: null }).toEqual({ ...want, points: null });
  for (const [i, [name, values]] of columns(got).entries()) {
    const wanted = columns(want)[i][1];
    expect(
      values.map((value) => value === null),
      name,
    ).toEqual(wanted.map((value) => value === null));
    // 12 digits: sums in another order.
    for (const [step, value] of values.entries())
      expect(Number(value), name).toBeCloseTo(Number(wanted[step]), 12);
  }
}

describe("kaplanMeier", () => {
  test.each([
    ["right-censored", survivalRows()],
    ["late entry", survivalRows({ entry: true })],
    ["weights", survivalRows({ weight: true })],
    ["late entry and weights", survivalRows({ entry: true, weight: true })],
  ])("is its definition: %s", (_, sample) => {
    fc.assert(
      fc.property(sample, (rows) => {
        const points = tableRows(kaplanMeier(rows).points);
        const wanted = oracle(rows);
        expect(points.map(({ time, atRisk, events, censored }) => [time, atRisk, events, censored])).toEqual(
          wanted.map(({ time, atRisk, events, censored }) => [time, atRisk, events, censored]),
        );
        points.forEach(({ survival, standardError }, i) => {
          expect(survival).toBeCloseTo(wanted[i].survival, 13);
          if (survival === 0) expect(standardError).toBeNull();
          else expect(Number(standardError)).toBeCloseTo(wanted[i].standardError, 13);
        });
      }),
    );
  });

  test("the order of the rows says nothing", () => {
    const sample = survivalRows({ entry: true, weight: true }).chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    );
    fc.assert(
      fc.property(sample, ([rows, shuffled]) => {
        expect(kaplanMeier(shuffled)).toEqual(kaplanMeier(rows));
      }),
    );
  });

  test("another unit of time changes the times only", () => {
    fc.assert(
      fc.property(survivalRows({ entry: true }), (rows) => {
        // By a power of 2, which is exact.
        const scaled = rows.map((row) => ({
          ...row,
          duration: 8 * row.duration,
          entry: 8 * (row.entry ?? 0),
        }));
        const { columns } = kaplanMeier(rows).points;
        expect(kaplanMeier(scaled).points.columns).toEqual({
          ...columns,
          time: columns.time.map((time) => 8 * time),
        });
      }),
    );
  });

  test("a weight of 2 is the row twice, in the standard error and the limits as well", () => {
    fc.assert(
      fc.property(survivalRows({ entry: true, weight: true }), (rows) => {
        expectAlike(kaplanMeier(rows), kaplanMeier(repeated(rows)));
      }),
    );
  });

  test("weights throughout twice as large leave the share and divide the variance by two", () => {
    fc.assert(
      fc.property(survivalRows({ entry: true, weight: true }), (rows) => {
        const once = kaplanMeier(rows).points.columns;
        const twice = kaplanMeier(rows.map((row) => ({ ...row, weight: 2 * (row.weight ?? 1) }))).points
          .columns;
        once.survival.forEach((survival, i) => {
          expect(twice.survival[i]).toBeCloseTo(survival, 13);
          expect(Number(twice.standardError[i])).toBeCloseTo(Number(once.standardError[i]) / Math.SQRT2, 13);
        });
      }),
    );
  });

  test("tiny fractional weights neither empty the risk set nor push the share out of 0..1", () => {
    const sample = fc.array(
      fc.record({
        duration: fc.integer({ min: 2, max: 12 }),
        event: fc.boolean(),
        entry: fc.integer({ min: 0, max: 1 }),
        weight: fc.constantFrom(0.1, 0.3, 1e-9, 1e9, 0.7),
      }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(sample, (rows) => {
        const { atRisk, survival } = kaplanMeier(rows).points.columns;
        expect(atRisk.every((count) => count > 0)).toBe(true);
        expect(survival.every((share, i) => share >= 0 && share <= (survival[i - 1] ?? 1))).toBe(true);
        const last = Math.max(...rows.map(({ duration }) => duration));
        const allGone = rows.every(({ duration, event }) => duration < last || event);
        if (allGone) expect(survival.at(-1)).toBe(0);
      }),
    );
  });

  test("entries at 0 change nothing, not even with events at 0", () => {
    fc.assert(
      fc.property(survivalRows(), (rows) => {
        expect(kaplanMeier(rows.map((row) => ({ ...row, entry: 0 })))).toEqual(kaplanMeier(rows));
        // One late entry among them, after all others are gone, leaves the curve of the others as it is.
        const late = { duration: 100, event: false, entry: 99 };
        const { columns } = kaplanMeier([...rows, late]).points;
        const alone = kaplanMeier(rows).points.columns;
        expect(columns.survival.slice(0, -1)).toEqual(alone.survival);
        expect(columns.atRisk.slice(0, -1)).toEqual(alone.atRisk);
      }),
    );
  });

  test("without censoring the share is the share of longer durations, its error that of a share", () => {
    fc.assert(
      fc.property(survivalRows(), (sample) => {
        const rows = sample.map(({ duration }) => ({ duration, event: true }));
        const { time, survival, standardError } = kaplanMeier(rows).points.columns;
        time.forEach((now, i) => {
          const share = rows.filter(({ duration }) => duration > now).length / rows.length;
          expect(survival[i]).toBeCloseTo(share, 13);
          if (share > 0)
            expect(Number(standardError[i])).toBeCloseTo(Math.sqrt((share * (1 - share)) / rows.length), 13);
        });
      }),
    );
  });

  test("is the product of the shares that go on from each time to the next", () => {
    fc.assert(
      fc.property(survivalRows(), fc.integer({ min: 1, max: 40 }), (rows, quarter) => {
        const cut = quarter / 4;
        // Up to the cut, and from the cut on for those who came so far.
        const early = rows.map(({ duration, event }) =>
          duration > cut ? { duration: cut, event: false } : { duration, event },
        );
        const late = rows.filter(({ duration }) => duration > cut);
        const whole = kaplanMeier(rows).points.columns.survival.at(-1) ?? 1;
        const first = kaplanMeier(early).points.columns.survival.at(-1) ?? 1;
        const second = kaplanMeier(late).points.columns.survival.at(-1) ?? 1;
        expect(whole).toBeCloseTo(first * second, 13);
      }),
    );
  });

  test("-log of the share is at least the Nelson-Aalen hazard", () => {
    fc.assert(
      fc.property(survivalRows({ entry: true, weight: true }), (rows) => {
        const { survival } = kaplanMeier(rows).points.columns;
        const { cumulativeHazard } = nelsonAalen(rows).points.columns;
        survival.forEach((share, i) => {
          expect(-Math.log(share)).toBeGreaterThanOrEqual(cumulativeHazard[i] * (1 - 1e-12));
        });
      }),
    );
  });

  test("limits: symmetric on their scale, around the share, wider at a higher level", () => {
    const scales = {
      plain: (share: number) => share,
      log: Math.log,
      logLog: (share: number) => -Math.log(-Math.log(share)),
      logit: (share: number) => Math.log(share / (1 - share)),
      arcsine: (share: number) => Math.asin(Math.sqrt(share)),
    };
    fc.assert(
      fc.property(
        survivalRows({ minLength: 5 }),
        fc.constantFrom(...(Object.keys(scales) as (keyof typeof scales)[])),
        (rows, interval) => {
          const scale = scales[interval];
          const curve = kaplanMeier(rows, { interval, confidenceLevel: 0.8 });
          const wider = kaplanMeier(rows, { interval, confidenceLevel: 0.99 });
          tableRows(curve.points).forEach(({ survival, lower, upper }, i) => {
            if (lower === null || upper === null) return;
            expect(lower).toBeLessThanOrEqual(survival * (1 + 1e-14));
            expect(upper).toBeGreaterThanOrEqual(survival * (1 - 1e-14));
            expect(Number(wider.points.columns.lower[i])).toBeLessThanOrEqual(lower + 1e-14);
            expect(Number(wider.points.columns.upper[i])).toBeGreaterThanOrEqual(upper - 1e-14);
            // Limits cut at 0 or 1, or next to them, have lost their distance.
            if (lower < 1e-3 || upper > 1 - 1e-3) return;
            expect(scale(upper) - scale(survival)).toBeCloseTo(scale(survival) - scale(lower), 9);
          });
        },
      ),
    );
  });

  test("plain limits are z standard errors away", () => {
    const curve = kaplanMeier(
      { duration: [1, 2, 3, 4, 5, 6, 7, 8], event: [1, 0, 1, 0, 1, 0, 0, 0] },
      { interval: "plain" },
    );
    const { survival, standardError, lower } = curve.points.columns;
    expect(lower[4]).toBeCloseTo(survival[4] - normalQuantile(0.975) * Number(standardError[4]), 14);
  });

  test("without limits: the same curve but for lower and upper, which are null throughout", () => {
    fc.assert(
      fc.property(survivalRows({ entry: true, weight: true }), (rows) => {
        const { points, intervalMethod, ...rest } = kaplanMeier(rows, { interval: "none" });
        const { points: limited, intervalMethod: _, ...same } = kaplanMeier(rows);
        expect(intervalMethod).toBe("none");
        expect(rest).toEqual(same);
        const none = points.columns.time.map(() => null);
        expect(points.columns).toEqual({ ...limited.columns, lower: none, upper: none });
      }),
    );
  });

  test("weights of any size leave numbers and nulls, and limits about the share", () => {
    for (const interval of ["plain", "log", "logLog", "logit", "arcsine"] as const) {
      for (const weight of [1e-6, 1e-100, 1e100]) {
        const rows = Array.from({ length: 50 }, (_, i) => ({ duration: i + 1, event: i % 3 > 0, weight }));
        const curve = kaplanMeier(rows, { interval });
        expect(JSON.parse(JSON.stringify(curve))).toEqual(curve);
        const { survival, lower, upper } = curve.points.columns;
        survival.forEach((share, i) => {
          expect(Number.isNaN(lower[i]) || Number.isNaN(upper[i])).toBe(false);
          if (lower[i] === null) return;
          expect(Number(lower[i])).toBeLessThanOrEqual(share * (1 + 1e-14));
          expect(Number(upper[i])).toBeGreaterThanOrEqual(share * (1 - 1e-14));
        });
        // With next to no weight nothing is excluded.
        if (weight === 1e-100) expect([lower[10], upper[10]]).toEqual([0, 1]);
      }
    }
  });

  test("counts subjects, events and censorings", () => {
    const curve = kaplanMeier({ duration: [3, 1, 1], event: [1, 0, 1], weight: [2, 0.5, 1] });
    expect(curve).toMatchObject({ subjects: 3.5, events: 3, censored: 0.5, emptiedAt: null });
    expect(curve).toMatchObject({ confidenceLevel: 0.95, intervalMethod: "logLog" });
  });

  test("late entry: says where the risk set emptied though others came later", () => {
    const rows = [
      { duration: 2, event: true },
      { duration: 6, event: true, entry: 3 },
      { duration: 9, event: false, entry: 3 },
    ];
    const curve = kaplanMeier(rows);
    expect(curve.emptiedAt).toBe(2);
    expect(curve.points.columns).toMatchObject({ atRisk: [1, 2, 1], survival: [0, 0, 0] });
    expect(curve.points.columns.standardError).toEqual([null, null, null]);
    // All gone at the end is no such case.
    expect(kaplanMeier({ duration: [1, 2], event: [1, 1] }).emptiedAt).toBeNull();
  });

  test("a time of -0 is 0, and no rows make an empty curve", () => {
    const { columns } = kaplanMeier({ duration: [-0, 0, 1], event: [1, 1, 0] }).points;
    expect(columns.time).toEqual([0, 1]);
    expect(columns.events).toEqual([2, 0]);
    expect(kaplanMeier([])).toMatchObject({ points: { length: 0 }, subjects: 0, events: 0, emptiedAt: null });
  });

  test("survives JSON, and leaves its input alone", () => {
    const duration = Float64Array.of(5, 3, 9, 3);
    const event = Uint8Array.of(1, 1, 0, 0);
    const curve = kaplanMeier({ duration, event });
    expect(JSON.parse(JSON.stringify(curve))).toEqual(curve);
    expect(duration).toEqual(Float64Array.of(5, 3, 9, 3));
    expect(event).toEqual(Uint8Array.of(1, 1, 0, 0));
  });
});

test("merging and tallying count the same, on more rows than the small sort takes", () => {
  const length = 12_000;
  const duration = Float64Array.from({ length }, (_, i) => ((i * 7919) % 5003) / 3);
  const event = Uint8Array.from({ length }, (_, i) => ((i * 31) % 7 < 4 ? 1 : 0));
  const data = { length, duration, event, entry: null };
  const weight = new Float64Array(length).fill(1);
  expect(survivalSteps({ ...data, weight })).toEqual(survivalSteps({ ...data, weight: null }));
});

test("bad input", () => {
  const data = { duration: [1], event: [true] };
  const method = thrown(() => kaplanMeier(data, { interval: "log-log" as "logLog" }));
  expect(method).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.interval" });
  expect(method.message).toContain('"log-log"');
  const level = thrown(() => kaplanMeier(data, { confidenceLevel: 95 }));
  expect(level).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.confidenceLevel" });
  const row = thrown(() =>
    kaplanMeier([
      { duration: 2, event: true },
      { duration: -3, event: true },
    ]),
  );
  expect(row).toMatchObject({ code: "INVALID_ROWS", path: "data[1].duration" });
  expect(row.message).toContain("-3");
});

test("options that are none, and values too large to square", () => {
  const rows = [{ duration: 1, event: true }];
  const error = thrown(() => kaplanMeier(rows, null as never));
  expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "options" });
  expect(error.message).toBe("options is null: pass { ... }, or nothing");
  expect(thrown(() => kaplanMeier([{ duration: 1e200, event: true }])).path).toBe("data[0].duration");
  expect(thrown(() => kaplanMeier([{ duration: 1, event: true, weight: 1e308 }])).path).toBe(
    "data[0].weight",
  );
});
