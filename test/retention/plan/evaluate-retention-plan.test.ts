import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Kpi } from "../../../src/core/kpi.js";
import {
  evaluateRetentionPlan,
  type PlanActuals,
  type PlanObjective,
} from "../../../src/retention/plan/evaluate-retention-plan.js";
import { thrown } from "../../core/thrown.js";

const objective: PlanObjective = { metric: "churned customers a month", from: 50, to: 40, by: "2025-06-30" };
const kpis: Kpi[] = [{ id: "complaints", target: 20, direction: "decrease" }];
const plan = { objective, kpis };
const after = { asOf: "2025-07-01" };
const during = { asOf: "2025-06-30" };

describe("evaluateRetentionPlan", () => {
  it("measures the way done and the way to go, down as well as up", () => {
    const down = evaluateRetentionPlan(plan, { objective: 44, kpis: { complaints: 20 } }, after);
    expect(down).toMatchObject({
      objective: {
        ...objective,
        tolerance: 0,
        actual: 44,
        attainment: { value: 0.6, numerator: 6, denominator: 10, reason: null },
        remaining: 4,
        status: "missed",
      },
      kpis: { met: 1, missed: 0, open: 0, unknown: 0 },
      status: "missed",
      isOver: true,
      asOf: Date.UTC(2025, 6, 1),
      timeZone: "UTC",
    });
    const up = { ...plan, objective: { ...objective, from: 40, to: 50 } };
    const outcome = (actual: number) =>
      evaluateRetentionPlan(up, { objective: actual, kpis: { complaints: 20 } }, after).objective;
    expect(outcome(44)).toMatchObject({ attainment: { value: 0.4 }, remaining: 6, status: "missed" });
    expect(outcome(50)).toMatchObject({ attainment: { value: 1 }, remaining: 0, status: "met" });
    expect(outcome(55)).toMatchObject({ attainment: { value: 1.5 }, remaining: 0, status: "met" });
    expect(outcome(38)).toMatchObject({ attainment: { value: -0.2 }, remaining: 12, status: "missed" });
  });

  it.each<[number | null, number | null, string, string]>([
    // objective, complaints, status while there is time, status when it is up
    [40, 20, "met", "met"],
    [40, 25, "open", "missed"],
    [40, null, "open", "unknown"],
    [45, 20, "open", "missed"],
    [45, null, "open", "missed"],
    [null, 20, "open", "unknown"],
    [null, 25, "open", "missed"],
    [null, null, "open", "unknown"],
  ])(
    "objective %s and complaints %s: %s before its day is over, then %s",
    (actual, complaints, before, then) => {
      const actuals: PlanActuals = { objective: actual, kpis: { complaints } };
      expect(evaluateRetentionPlan(plan, actuals, during).status).toBe(before);
      expect(evaluateRetentionPlan(plan, actuals, after).status).toBe(then);
    },
  );

  it("tells what is unknown from what is missed", () => {
    const unknown = evaluateRetentionPlan(plan, { objective: null, kpis: {} }, after);
    expect(unknown.objective).toEqual({
      ...objective,
      tolerance: 0,
      actual: null,
      attainment: null,
      remaining: null,
      status: "unknown",
    });
    expect(unknown.kpis).toMatchObject({ unknown: 1, missed: 0 });
    expect(evaluateRetentionPlan(plan, { objective: null, kpis: {} }, during).objective.status).toBe("open");
  });

  it("misses nothing before its day is over, measures included, and tells how they stand", () => {
    const actuals = { objective: 45, kpis: { complaints: 26 } };
    const behind = evaluateRetentionPlan(plan, actuals, during);
    expect(behind.kpis).toMatchObject({
      kpis: [{ status: "open", margin: -6, missedBy: 6 }],
      met: 0,
      missed: 0,
      open: 1,
      unknown: 0,
      shareMet: { value: 0, denominator: 1 },
    });
    expect(evaluateRetentionPlan(plan, actuals, after).kpis).toMatchObject({
      kpis: [{ status: "missed", missedBy: 6 }],
      missed: 1,
      open: 0,
    });
    const unmeasured = evaluateRetentionPlan(plan, { objective: 45, kpis: {} }, during);
    expect(unmeasured.kpis).toMatchObject({
      kpis: [{ status: "open", missedBy: null }],
      open: 1,
      unknown: 0,
    });
  });

  it("a value on the goal is on it though doubles differ in the last digit: hundredths and 1 less hundredths", () => {
    expect(1 - 0.7).toBeGreaterThan(0.3);
    const down = { ...objective, from: 0.4, to: 0.3 };
    const one = evaluateRetentionPlan({ objective: down, kpis: [] }, { objective: 1 - 0.7, kpis: {} }, after);
    expect(one.objective).toMatchObject({ status: "met", remaining: 0 });
    const hundredths = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(hundredths, hundredths, hundredths, fc.nat(20), (from, to, actual, tolerance) => {
        fc.pre(from !== to);
        const goal = { ...objective, from: from / 100, to: to / 100, tolerance: tolerance / 100 };
        // On whole numbers there is no rounding.
        const lacks = to > from ? to - actual : actual - to;
        for (const measured of [actual / 100, 1 - (100 - actual) / 100]) {
          const outcome = evaluateRetentionPlan(
            { objective: goal, kpis: [] },
            { objective: measured, kpis: {} },
            after,
          );
          expect(outcome.objective.status).toBe(lacks <= tolerance ? "met" : "missed");
          expect(outcome.objective.remaining === 0).toBe(lacks <= 0);
        }
      }),
    );
  });

  it("a tolerance forgives what is short, and remaining still tells it", () => {
    const forgiving = { ...plan, objective: { ...objective, tolerance: 2 } };
    const outcome = (actual: number) =>
      evaluateRetentionPlan(forgiving, { objective: actual, kpis: { complaints: 1 } }, after).objective;
    expect(outcome(42)).toMatchObject({ status: "met", remaining: 2, tolerance: 2 });
    expect(outcome(42.1)).toMatchObject({ status: "missed" });
  });

  it("ends with its day in the zone of the call", () => {
    const actuals = { objective: 45, kpis: { complaints: 20 } };
    const isOver = (asOf: string, timeZone?: string) =>
      evaluateRetentionPlan(plan, actuals, { asOf, timeZone }).isOver;
    expect(isOver("2025-06-30T23:59:59.999Z")).toBe(false);
    expect(isOver("2025-07-01T00:00:00Z")).toBe(true);
    // 17:00Z is midnight in Jakarta.
    expect(isOver("2025-06-30T16:59:59Z", "Asia/Jakarta")).toBe(false);
    expect(isOver("2025-06-30T17:00:00Z", "Asia/Jakarta")).toBe(true);
    const last = { ...plan, objective: { ...objective, by: "9999-12-31" } };
    expect(evaluateRetentionPlan(last, actuals, { asOf: "9999-12-31T23:00:00Z" }).isOver).toBe(false);
  });

  it("attainment turns round with the signs, and remaining is what it lacks", () => {
    const number = fc.integer({ min: -100, max: 100 });
    fc.assert(
      fc.property(number, number, number, (from, to, actual) => {
        fc.pre(from !== to);
        const outcome = (sign: 1 | -1) =>
          evaluateRetentionPlan(
            { objective: { ...objective, from: from * sign, to: to * sign }, kpis },
            { objective: actual * sign, kpis: { complaints: 1 } },
            after,
          );
        const { objective: one } = outcome(1);
        const { objective: other, ...rest } = outcome(-1);
        expect([other.attainment, other.remaining, other.status]).toEqual([
          one.attainment,
          one.remaining,
          one.status,
        ]);
        const value = one.attainment?.value ?? Number.NaN;
        expect(one.status).toBe(value >= 1 ? "met" : "missed");
        expect(one.remaining).toBeCloseTo(Math.max(0, 1 - value) * Math.abs(to - from), 9);
        expect(JSON.parse(JSON.stringify({ one, rest }))).toEqual({ one, rest });
      }),
    );
  });

  it("refuses an objective that leads nowhere, and values of no measure", () => {
    const actuals: PlanActuals = { objective: 45, kpis: {} };
    const failing = (more: object) =>
      thrown(() => evaluateRetentionPlan({ objective: { ...objective, ...more }, kpis }, actuals, after));
    expect(failing({ to: 50 })).toMatchObject({ code: "INVALID_ARGUMENT", path: "plan.objective.to" });
    expect(failing({ to: 50 }).message).toContain("is 50, where it stands already");
    expect(failing({ from: Number.NaN })).toMatchObject({ path: "plan.objective.from" });
    expect(failing({ by: "2025-06-31" }).message).toContain('plan.objective.by is "2025-06-31"');
    expect(
      thrown(() => evaluateRetentionPlan({ objective: null as never, kpis }, actuals, after)),
    ).toMatchObject({
      path: "plan.objective",
    });
    const measured = (more: object) =>
      thrown(() => evaluateRetentionPlan(plan, { ...actuals, ...more } as PlanActuals, after));
    expect(measured({ objective: Number.NaN })).toMatchObject({ path: "actuals.objective" });
    expect(measured({ objective: undefined })).toMatchObject({ path: "actuals.objective" });
    expect(thrown(() => evaluateRetentionPlan(plan, null as never, after)).message).toContain(
      "actuals is null",
    );
    expect(measured({ kpis: { churn: 1 } }).message).toContain("is of no measure");
    expect(
      thrown(() => evaluateRetentionPlan({ objective, kpis: [kpis[0], kpis[0]] }, actuals, after)).code,
    ).toBe("INVALID_ROWS");
    expect(thrown(() => evaluateRetentionPlan(plan, actuals, { asOf: "soon" }))).toMatchObject({
      path: "options.asOf",
    });
    expect(thrown(() => evaluateRetentionPlan(plan, actuals, { ...after, timeZone: "Mars" })).code).toBe(
      "UNKNOWN_TIME_ZONE",
    );
  });

  it("names the argument that is wrong as the caller passed it", () => {
    const actuals: PlanActuals = { objective: 45, kpis: { complaints: 1 } };
    const failing = (one: unknown, measured: unknown, options: unknown = after) => {
      const { code, path } = thrown(() =>
        evaluateRetentionPlan(one as typeof plan, measured as PlanActuals, options as typeof after),
      );
      return [code, path];
    };
    expect(failing(null, actuals)).toEqual(["INVALID_ARGUMENT", "plan"]);
    expect(failing(plan, actuals, null)).toEqual(["INVALID_ARGUMENT", "options"]);
    expect(failing({ objective, kpis: [{ ...kpis[0], target: Number.NaN }] }, actuals)).toEqual([
      "INVALID_ROWS",
      "plan.kpis[0].target",
    ]);
    expect(failing({ objective }, actuals)).toEqual(["INVALID_ARGUMENT", "plan.kpis"]);
    expect(failing(plan, { objective: 45 })).toEqual(["INVALID_ARGUMENT", "actuals.kpis"]);
    expect(failing(plan, { objective: 45, kpis: { churn: 1 } })[1]).toBe('actuals.kpis["churn"]');
    const tolerant = { ...plan, objective: { ...objective, tolerance: -1 } };
    expect(failing(tolerant, actuals)[1]).toBe("plan.objective.tolerance");
    const far = { ...plan, objective: { ...objective, from: -1.7e308, to: 1.7e308 } };
    expect(failing(far, actuals)[1]).toBe("plan.objective.to");
    const high = { ...plan, objective: { ...objective, from: 1e308, to: 1.7e308 } };
    expect(failing(high, { ...actuals, objective: -1.7e308 })[1]).toBe("actuals.objective");
  });
});
