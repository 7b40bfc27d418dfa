import fc from "fast-check";
import { expect, test } from "vitest";
import { normalQuantile } from "../../../src/statistics/normal.js";
import { nelsonAalen } from "../../../src/statistics/survival/nelson-aalen.js";
import { thrown } from "../../core/thrown.js";
import { repeated, survivalRows } from "./survival-sample.js";

test("is its definition", () => {
  fc.assert(
    fc.property(survivalRows({ entry: true, weight: true }), (weighted) => {
      const rows = repeated(weighted);
      const { time, cumulativeHazard, standardError } = nelsonAalen(weighted).points.columns;
      time.forEach((now, i) => {
        let hazard = 0;
        let variance = 0;
        for (const at of time.slice(0, i + 1)) {
          const atRisk = rows.filter(
            ({ entry, duration }) => duration >= at && ((entry ?? 0) === 0 || (entry ?? 0) < at),
          ).length;
          const events = rows.filter(({ duration, event }) => event && duration === at).length;
          hazard += events / atRisk;
          variance += events / atRisk ** 2;
        }
        expect(cumulativeHazard[i], `at ${now}`).toBeCloseTo(hazard, 12);
        expect(standardError[i]).toBeCloseTo(Math.sqrt(variance), 12);
      });
    }),
  );
});

test("limits: on the log scale by default, plain ones cut at 0", () => {
  const data = { duration: [1, 2, 3, 4, 5], event: [false, true, true, false, true] };
  const z = normalQuantile(0.975);
  const log = nelsonAalen(data);
  const { cumulativeHazard, standardError, lower, upper } = log.points.columns;
  expect(log).toMatchObject({ confidenceLevel: 0.95, intervalMethod: "log" });
  expect([lower[0], upper[0]]).toEqual([null, null]);
  const plain = nelsonAalen(data, { interval: "plain" });
  expect(plain.intervalMethod).toBe("plain");
  expect([plain.points.columns.lower[0], plain.points.columns.upper[0]]).toEqual([0, 0]);
  for (const i of [1, 2, 3, 4]) {
    expect(Math.log(Number(upper[i]) / cumulativeHazard[i])).toBeCloseTo(
      (z * standardError[i]) / cumulativeHazard[i],
      12,
    );
    expect(Number(lower[i]) * Number(upper[i])).toBeCloseTo(cumulativeHazard[i] ** 2, 12);
    expect(plain.points.columns.upper[i]).toBeCloseTo(cumulativeHazard[i] + z * standardError[i], 12);
    expect(plain.points.columns.lower[i]).toBe(Math.max(0, cumulativeHazard[i] - z * standardError[i]));
  }
});

test("no rows, and bad input", () => {
  expect(nelsonAalen([]).points.length).toBe(0);
  const error = thrown(() => nelsonAalen([], { interval: "logLog" as "log" }));
  expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.interval" });
  expect(error.message).toContain('"logLog"');
  expect(thrown(() => nelsonAalen([{ duration: -1, event: true }])).path).toBe("data[0].duration");
});

test("weights of any size leave limits that are numbers", () => {
  for (const weight of [1e-6, 1e-100, 1e100]) {
    const rows = Array.from({ length: 50 }, (_, i) => ({ duration: i + 1, event: i % 3 > 0, weight }));
    for (const interval of ["log", "plain"] as const) {
      const hazard = nelsonAalen(rows, { interval });
      expect(JSON.parse(JSON.stringify(hazard))).toEqual(hazard);
    }
  }
  const { upper } = nelsonAalen({ duration: [1, 2], event: [1, 1], weight: [1e-6, 1e-6] }).points.columns;
  expect(upper).toEqual([Number.MAX_VALUE, Number.MAX_VALUE]);
});

test("options that are none", () => {
  expect(thrown(() => nelsonAalen([], null as never)).path).toBe("options");
});
