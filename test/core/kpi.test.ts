import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateKpis, type Kpi } from "../../src/core/kpi.js";
import { thrown } from "./thrown.js";

const kpi = (id: string, target: number, direction: Kpi["direction"], more: Partial<Kpi> = {}): Kpi => ({
  id,
  target,
  direction,
  ...more,
});
const statusOf = (measure: Kpi, actual: number | null) =>
  evaluateKpis([measure], { [measure.id]: actual }).kpis[0].status;

describe("evaluateKpis", () => {
  it("tells by how much each target was passed or missed, in its own direction", () => {
    const measures = [
      kpi("retention", 85, "increase", { name: "Yearly retention", unit: "percent" }),
      kpi("churn", 5, "decrease", { tolerance: 1 }),
      kpi("cost", 200, "decrease"),
      kpi("referrals", 40, "increase"),
    ];
    expect(evaluateKpis(measures, { retention: 88, churn: 6, cost: 230 })).toEqual({
      kpis: [
        {
          id: "retention",
          name: "Yearly retention",
          unit: "percent",
          direction: "increase",
          target: 85,
          tolerance: 0,
          actual: 88,
          status: "met",
          margin: 3,
          missedBy: 0,
        },
        {
          id: "churn",
          name: null,
          unit: null,
          direction: "decrease",
          target: 5,
          tolerance: 1,
          actual: 6,
          status: "met",
          margin: -1,
          missedBy: 0,
        },
        {
          id: "cost",
          name: null,
          unit: null,
          direction: "decrease",
          target: 200,
          tolerance: 0,
          actual: 230,
          status: "missed",
          margin: -30,
          missedBy: 30,
        },
        {
          id: "referrals",
          name: null,
          unit: null,
          direction: "increase",
          target: 40,
          tolerance: 0,
          actual: null,
          status: "unknown",
          margin: null,
          missedBy: null,
        },
      ],
      met: 2,
      missed: 1,
      unknown: 1,
      shareMet: { value: 2 / 3, numerator: 2, denominator: 3, reason: null },
      overall: "missed",
    });
  });

  it("a value on the target is met, and so is one on the edge of the tolerance", () => {
    expect(statusOf(kpi("a", 10, "increase"), 10)).toBe("met");
    expect(statusOf(kpi("a", 10, "decrease"), 10)).toBe("met");
    expect(statusOf(kpi("a", 10, "increase"), 9.999)).toBe("missed");
    expect(statusOf(kpi("a", 10, "decrease"), 10.001)).toBe("missed");
    const beyond = evaluateKpis([kpi("a", 5, "decrease", { tolerance: 1 })], { a: 7 }).kpis[0];
    expect(beyond).toMatchObject({ status: "missed", margin: -2, missedBy: 2 });
    // In doubles 0.9 - 0.85 is more than 0.05, and 0.1 + 0.2 more than 0.3.
    expect(0.9 - 0.85).toBeGreaterThan(0.05);
    expect(statusOf(kpi("a", 0.9, "increase", { tolerance: 0.05 }), 0.85)).toBe("met");
    expect(statusOf(kpi("a", 0.9, "increase", { tolerance: 0.05 }), 0.8499)).toBe("missed");
    expect(statusOf(kpi("a", 0.1, "decrease", { tolerance: 0.2 }), 0.1 + 0.2)).toBe("met");
  });

  it("takes 1 less a share for the share that is left, down to ten-thousandths", () => {
    expect(1 - 0.9999).not.toBe(0.0001);
    const parts = Array.from({ length: 9_999 }, (_, i) => i + 1);
    const short = parts.filter((part) => {
      const [target, actual] = [part / 10_000, 1 - (10_000 - part) / 10_000];
      return (["increase", "decrease"] as const).some(
        (direction) => statusOf(kpi("a", target, direction), actual) !== "met",
      );
    });
    expect(short).toEqual([]);
    // A rounding is no tolerance: 1e-9 of it is missing.
    expect(statusOf(kpi("a", 0.5, "increase"), 0.5 - 5e-10)).toBe("missed");
  });

  it("refuses a value that is further from its target than numbers reach", () => {
    const error = thrown(() => evaluateKpis([kpi("a", 1.7e308, "increase")], { a: -1.7e308 }));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: 'actuals["a"]' });
    expect(error.message).toContain("further from the target 1.7e+308 than numbers reach");
  });

  it("what was not measured is unknown, never missed", () => {
    const measures = [kpi("a", 1, "increase"), kpi("b", 1, "increase")];
    for (const actuals of [{ a: 1 }, { a: 1, b: null }, { a: 1, b: undefined }]) {
      expect(evaluateKpis(measures, actuals)).toMatchObject({
        met: 1,
        missed: 0,
        unknown: 1,
        overall: "unknown",
      });
    }
    expect(evaluateKpis(measures, { b: 0 }).overall).toBe("missed");
    expect(evaluateKpis(measures, { a: 1, b: 2 }).overall).toBe("met");
    expect(evaluateKpis(measures, {}).shareMet).toMatchObject({
      value: null,
      reason: "measures with an actual value: 0",
    });
    expect(evaluateKpis([], {}).overall).toBe("unknown");
  });

  it("reads no value from the prototype of the actual values", () => {
    expect(statusOf(kpi("constructor", 1, "increase"), null)).toBe("unknown");
    expect(evaluateKpis([kpi("toString", 1, "increase")], {}).unknown).toBe(1);
  });

  it("turns round with the signs: increase to t is decrease to -t", () => {
    const number = fc.integer({ min: -50, max: 50 }).map((n) => n / 10);
    fc.assert(
      fc.property(number, number, fc.nat(20), (target, actual, tenths) => {
        const tolerance = tenths / 10;
        const up = evaluateKpis([kpi("a", target, "increase", { tolerance })], { a: actual }).kpis[0];
        const down = evaluateKpis([kpi("a", -target, "decrease", { tolerance })], { a: -actual }).kpis[0];
        expect([down.status, down.margin, down.missedBy]).toEqual([up.status, up.margin, up.missedBy]);
        // On tenths counted as whole numbers there is no rounding.
        const short = Math.round(target * 10) - Math.round(actual * 10) - tenths;
        expect(up.status).toBe(short <= 0 ? "met" : "missed");
      }),
    );
  });

  it("counts every measure once and keeps the order", () => {
    const some = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 8 });
    fc.assert(
      fc.property(
        some,
        fc.array(fc.option(fc.integer({ min: -3, max: 3 })), { minLength: 8 }),
        (ids, values) => {
          const measures = ids.map((id, i) => kpi(id, 0, i % 2 ? "increase" : "decrease"));
          const result = evaluateKpis(measures, Object.fromEntries(ids.map((id, i) => [id, values[i]])));
          expect(result.kpis.map(({ id }) => id)).toEqual(ids);
          expect(result.met + result.missed + result.unknown).toBe(ids.length);
          expect(result.unknown).toBe(ids.filter((_, i) => values[i] === null).length);
          expect(JSON.parse(JSON.stringify(result))).toEqual(result);
        },
      ),
    );
  });

  it("refuses measures that are none, all at once, and values of no measure", () => {
    const bad = [
      kpi("a", 1, "increase"),
      kpi("a", Number.NaN, "up" as never, { tolerance: -1 }),
      null as never,
    ];
    const error = thrown(() => evaluateKpis(bad, {}));
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "kpis[1].id" });
    expect(error.message).toContain('row 2, id: "a" comes a second time');
    expect(error.message).toContain("row 2, target: NaN is not a finite number");
    expect(error.message).toContain('row 2, direction: "up" is not one of "increase", "decrease"');
    expect(error.message).toContain("row 2, tolerance: -1 is not a finite number of 0 or more");
    expect(error.message).toContain("row 3, id: is not an id");
    expect(thrown(() => evaluateKpis("a" as never, {}))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "kpis",
    });

    const one = [kpi("churn", 1, "decrease")];
    expect(thrown(() => evaluateKpis(one, { chrun: 1 }))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: 'actuals["chrun"]',
      message: 'actuals["chrun"] is of no measure: pass values of "churn"',
    });
    expect(thrown(() => evaluateKpis([], { a: 1 })).message).toContain("there are no measures");
    expect(thrown(() => evaluateKpis(one, { churn: Number.NaN })).message).toContain(
      "is NaN: pass a finite number",
    );
    expect(thrown(() => evaluateKpis(one, { churn: "1" as never })).message).toContain('is "1"');
    expect(thrown(() => evaluateKpis(one, null as never))).toMatchObject({ path: "actuals" });
    expect(thrown(() => evaluateKpis(one, [1] as never))).toMatchObject({ path: "actuals" });
  });
});
