import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ExpectedLifetimeOptions,
  expectedLifetime,
} from "../../../src/retention/lifetimes/expected-lifetime.js";
import { thrown } from "../../core/thrown.js";

describe("one rate for all periods", () => {
  it("is the mean of a geometric distribution", () => {
    expect([0, 0.5, 0.75].map((rate) => expectedLifetime(rate).periods)).toEqual([1, 2, 4]);
    expect(expectedLifetime(0.75)).toEqual({
      periods: 4,
      withinCurve: 1,
      afterCurve: 3,
      survival: [1],
      tailRate: 0.75,
      reason: null,
    });
  });

  it("has no end at rate 1", () => {
    expect(expectedLifetime(1)).toMatchObject({
      periods: null,
      afterCurve: null,
      reason: "customers who stay with rate 1 never leave",
    });
  });

  it("is the sum of its survival", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.95, noNaN: true }), (rate) => {
        let sum = 0;
        // 0.95^1000 is 5e-23: what is left out does not show.
        for (let period = 0; period < 1000; period++) sum += rate ** period;
        expect(Math.abs(sum / (expectedLifetime(rate).periods ?? 0) - 1)).toBeLessThan(1e-12);
      }),
    );
  });
});

describe("a curve", () => {
  const curve = [0.5, 0.8];

  it("counts up to its end, or on at a rate", () => {
    // Left: 1, 0.5, 0.4; and after it 0.4 (r + r^2 + ...).
    expect(expectedLifetime(curve)).toEqual({
      periods: 1.9,
      withinCurve: 1.9,
      afterCurve: 0,
      survival: [1, 0.5, 0.4],
      tailRate: null,
      reason: null,
    });
    expect(expectedLifetime(curve, { tail: "lastRate" }).periods).toBeCloseTo(1.9 + 0.4 * 4, 14);
    expect(expectedLifetime(curve, { tail: 0.5 })).toMatchObject({ periods: 2.3, tailRate: 0.5 });
    expect(expectedLifetime(curve, { tail: 0 }).periods).toBe(1.9);
  });

  it("has no end where those who are left never leave", () => {
    const endless = expectedLifetime([0.5, 1], { tail: "lastRate" });
    expect([endless.periods, endless.afterCurve, endless.withinCurve]).toEqual([null, null, 2]);
    expect(expectedLifetime([0.5, 1]).periods).toBe(2);
  });

  it("ends where nobody is left, whatever the tail", () => {
    expect(expectedLifetime([0.5, 0], { tail: 1 })).toMatchObject({ periods: 1.5, afterCurve: 0 });
  });

  it("of a rate that stays the same is that rate's lifetime", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        fc.integer({ min: 1, max: 30 }),
        (rate, periods) => {
          const flat = expectedLifetime(Array<number>(periods).fill(rate), { tail: "lastRate" });
          // Up to 30 roundings of a running product, over 1 - rate.
          expect(Math.abs((flat.periods ?? 0) / (expectedLifetime(rate).periods ?? 0) - 1)).toBeLessThan(
            1e-12,
          );
        },
      ),
    );
  });

  it("grows with every rate, and stopping is a lower limit", () => {
    const rates = fc.array(fc.double({ min: 0, max: 0.98, noNaN: true }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(rates, fc.nat(7), (drawn, which) => {
        const better = drawn.map((rate, i) => (i === which % drawn.length ? rate + 0.01 : rate));
        const stop = expectedLifetime(drawn).periods ?? 0;
        const on = expectedLifetime(drawn, { tail: "lastRate" }).periods ?? 0;
        expect(on).toBeGreaterThanOrEqual(stop);
        expect(expectedLifetime(better).periods ?? 0).toBeGreaterThanOrEqual(stop);
        expect(stop).toBeLessThanOrEqual(drawn.length + 1);
      }),
    );
  });
});

describe("expectedLifetime refuses", () => {
  const error = (retention: unknown, options?: object) =>
    thrown(() => expectedLifetime(retention as number, options as ExpectedLifetimeOptions));
  it("what is no rate", () => {
    expect(error(80).message).toContain("retention is 80");
    expect(error(null).path).toBe("retention");
    expect(error(Number.NaN).code).toBe("INVALID_ARGUMENT");
    expect(error([0.9, -0.1]).path).toBe("retention[1]");
    expect(error([0.9, null]).path).toBe("retention[1]");
    expect(error([]).message).toContain("retention is empty");
  });
  it("a tail that is none, or of one rate", () => {
    expect(error([0.9], { tail: "forever" }).message).toContain('"forever"');
    expect(error([0.9], { tail: 1.1 }).path).toBe("options.tail");
    expect(error(0.9, { tail: "stop" }).path).toBe("options.tail");
  });
});

describe("survival", () => {
  it("is the curve of its own rates", () => {
    // 0.5 and 0.8 leave 0.5 and 0.4.
    const survival = [1, 0.5, 0.4];
    expect(expectedLifetime({ survival })).toEqual(expectedLifetime([0.5, 0.8]));
    const on = expectedLifetime({ survival }, { tail: "lastRate" });
    expect(on.tailRate).toBe(0.8);
    expect(on.periods).toBeCloseTo(1.9 + 0.4 * 4, 14);
  });

  it("may end at nobody, and may stay flat", () => {
    expect(expectedLifetime({ survival: [1, 0.5, 0, 0] }, { tail: "lastRate" })).toMatchObject({
      periods: 1.5,
      tailRate: 0,
    });
    expect(expectedLifetime({ survival: [1, 1] }, { tail: "lastRate" })).toMatchObject({
      periods: null,
      reason: "customers who stay with rate 1 never leave",
    });
  });

  it("refuses what is none", () => {
    const failing = (survival: unknown) =>
      thrown(() => expectedLifetime({ survival } as { survival: number[] }));
    expect(failing([1])).toMatchObject({ code: "INVALID_ARGUMENT", path: "retention.survival" });
    expect(failing(5).path).toBe("retention.survival");
    expect(failing([0.9, 0.8]).path).toBe("retention.survival[0]");
    expect(failing([1, 0.5, 0.6]).path).toBe("retention.survival[2]");
    expect(failing([1, undefined]).path).toBe("retention.survival[1]");
  });
});

it("a hole in a curve is no rate, and null are no options", () => {
  const curve = [0.5, 0.5, 0.5];
  delete curve[1];
  expect(thrown(() => expectedLifetime(curve))).toMatchObject({
    code: "INVALID_ARGUMENT",
    path: "retention[1]",
  });
  expect(thrown(() => expectedLifetime(0.5, null as never)).path).toBe("options");
});
