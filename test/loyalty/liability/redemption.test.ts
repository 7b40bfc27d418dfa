import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { column, rows } from "../../../src/core/table.js";
import { chainLadder } from "../../../src/loyalty/liability/chain-ladder.js";
import { estimateRedemption } from "../../../src/loyalty/liability/estimate-redemption.js";
import type { AccountMovement } from "../../../src/loyalty/liability/point-movement.js";
import { redemptionCurve } from "../../../src/loyalty/liability/redemption-curve.js";
import { kaplanMeier } from "../../../src/statistics/survival/kaplan-meier.js";
import { DAY } from "./movement-setup.js";

const on = (month: number, day = 10) => Date.UTC(2025, month - 1, day);
const move = (
  accountId: string,
  kind: AccountMovement["kind"],
  points: number,
  at: number,
  issuedAt = 0,
): AccountMovement => ({
  accountId,
  kind,
  points,
  at,
  issuedAt,
});

describe("by period of issue", () => {
  const movements = [
    move("a", "issued", 1_000, on(1), on(1)),
    move("a", "redeemed", -300, on(1, 20), on(1)),
    move("a", "redeemed", -250, on(2), on(1)),
    move("a", "reversed", 50, on(2, 11), on(1)),
    move("a", "redeemed", -50, on(3), on(1)),
    move("b", "issued", 1_100, on(2), on(2)),
    move("b", "clawedBack", -100, on(2), on(2)),
    move("b", "redeemed", -350, on(2), on(2)),
    move("b", "redeemed", -210, on(3), on(2)),
    move("c", "issued", 1_000, on(3), on(3)),
    move("c", "redeemed", -310, on(3), on(3)),
    move("c", "redeemed", -600, on(4), on(3)),
  ];
  it("net redemptions to date by complete periods, developed by the chain ladder", () => {
    const found = estimateRedemption(movements, { by: "month", asOf: "2025-04-20" });
    const triangle = [
      [300, 500, 550],
      [350, 560, null],
      [310, null, null],
    ];
    expect(found.upTo).toBe(Date.UTC(2025, 3, 1));
    expect(found.labels).toEqual(["2025-01", "2025-02", "2025-03"]);
    expect(found.triangle).toEqual(triangle);
    expect(found.development).toEqual(chainLadder(triangle));
    // f0 = 1,060 / 650, f1 = 1.1.
    const ultimates = [550, 560 * 1.1, (310 * 1_060 * 1.1) / 650];
    found.cohorts.forEach(({ ultimate, rate, points }, i) => {
      expect(points).toBe(1_000);
      expect(ultimate).toBeCloseTo(ultimates[i], 9);
      expect(rate.value).toBeCloseTo(ultimates[i] / 1_000, 12);
    });
    expect(found.total.rate.value).toBeCloseTo(ultimates.reduce((sum, value) => sum + value) / 3_000, 12);
    expect(found.total.standardError).toBeCloseTo((found.development?.total.standardError ?? 0) / 3_000, 12);
  });
  it("no more is redeemed than there is", () => {
    const lapsed = [...movements, move("c", "expired", -690, on(3, 30), on(3))].filter(
      ({ at }) => at < on(4),
    );
    const { cohorts, total } = estimateRedemption(lapsed, { by: "month", asOf: "2025-04-01" });
    expect(cohorts[2]).toMatchObject({ outstanding: 0, ultimate: 310, isCapped: true });
    expect(cohorts[2].interval).toMatchObject({ lower: 0.31, upper: 0.31 });
    expect(total.isCapped).toBe(true);
    expect(total.ultimate).toBeCloseTo(550 + 616 + 310, 9);
  });
  it("points that were issued before the first movement are as old as they are", () => {
    const came = [move("a", "transferred", 100, on(3), on(1)), move("a", "redeemed", -10, on(3), on(1))];
    expect(estimateRedemption(came, { by: "month", asOf: "2025-04-01" }).triangle).toEqual([[0, 0, 10]]);
  });
  it("without a complete period nothing can be said", () => {
    const found = estimateRedemption(movements, { by: "year", asOf: "2025-04-01" });
    expect([found.development, found.total.ultimate, found.total.rate.value]).toEqual([null, null, null]);
    expect(found.total.rate.reason).toBe("no development to judge by");
  });
});

describe("to the day", () => {
  it("by hand: lapses compete, points outstanding are censored", () => {
    const movements = [
      ...["a", "b", "c", "d", "e"].map((id) => move(id, "issued", 10, 0)),
      move("a", "redeemed", -10, 1 * DAY),
      move("b", "expired", -10, 2 * DAY),
      move("c", "redeemed", -10, 3 * DAY),
    ];
    const { curve, estimate } = redemptionCurve(movements, { asOf: 10 * DAY });
    expect(rows(curve).map(({ age, atRisk }) => [age, atRisk])).toEqual([
      [1, 50],
      [2, 40],
      [3, 30],
    ]);
    const [first, second, third] = rows(curve);
    expect(first.cumulativeRedeemed).toBeCloseTo(0.2, 12);
    expect(second.outstanding).toBeCloseTo(0.6, 12);
    // S(2) = 0.6, a third of them: 0.2 + 0.2. 1 - KM: 1 - 0.8 x 2/3 = 0.4667.
    expect(third.cumulativeRedeemed).toBeCloseTo(0.4, 12);
    expect(third.withoutLapses).toBeCloseTo(1 - 0.8 * (2 / 3), 12);
    expect(estimate).toMatchObject({ age: 3 });
    // All five are watched to day 3: a plain share of accounts, whose standard error is sqrt(p (1 - p) / n).
    expect(estimate?.standardError).toBeCloseTo(Math.sqrt((0.4 * 0.6) / 5), 12);
  });

  it("points of one account are one draw: ten points each say no more than one", () => {
    const population = (points: number) =>
      Array.from({ length: 40 }, (_, i) => [
        move(`${i}`, "issued", points, 0),
        move(`${i}`, i % 4 === 0 ? "expired" : "redeemed", -points, (1 + (i % 7)) * DAY),
      ]).flat();
    const one = redemptionCurve(population(1), { asOf: 20 * DAY });
    const ten = redemptionCurve(population(10), { asOf: 20 * DAY });
    expect(one.estimate?.standardError).toBeCloseTo(Math.sqrt((0.75 * 0.25) / 40), 12);
    expect(ten.estimate?.standardError).toBeCloseTo(one.estimate?.standardError ?? 0, 12);
  });

  it("the interval is symmetric as log(-log(1 - share))", () => {
    const movements = Array.from({ length: 50 }, (_, i) => [
      move(`${i}`, "issued", 1, 0),
      ...(i < 20 ? [move(`${i}`, "redeemed", -1, (i + 1) * DAY)] : []),
    ]).flat();
    const { estimate } = redemptionCurve(movements, { asOf: 30 * DAY });
    const scale = (share: number) => Math.log(-Math.log1p(-share));
    const { lower = 0, upper = 0 } = estimate?.interval ?? {};
    expect(scale(0.4) - scale(lower)).toBeCloseTo(scale(upper) - scale(0.4), 9);
    // Delta method: se / ((1 - p) |log(1 - p)|), z = 1.959964.
    const error = Math.sqrt(0.24 / 50) / (0.6 * -Math.log(0.6));
    expect(scale(upper) - scale(0.4)).toBeCloseTo(1.959963984540054 * error, 9);
  });

  const lives = fc.array(
    fc.record({
      end: fc.integer({ min: 0, max: 40 }),
      what: fc.integer({ min: 0, max: 2 }),
      points: fc.integer({ min: 1, max: 9 }),
      start: fc.integer({ min: 0, max: 30 }),
    }),
    { minLength: 3, maxLength: 40 },
  );
  const movementsOf = (
    drawn: readonly { end: number; what: number; points: number; start: number }[],
    unit = 1,
    isLate = false,
  ) =>
    drawn.flatMap(({ end, what, points, start }, i) => {
      const issuedAt = start * DAY;
      const entry = isLate ? Math.min(end, start % 8) : 0;
      const come = move(`${i}`, "issued", points * unit, issuedAt + entry * DAY, issuedAt);
      const gone = move(
        `${i}`,
        what === 1 ? "redeemed" : "expired",
        -points * unit,
        issuedAt + end * DAY,
        issuedAt,
      );
      return what === 0 ? [come] : [come, gone];
    });

  it("shares come to 1; either end as one event is kaplanMeier; 1 - Kaplan-Meier is never less", () => {
    fc.assert(
      fc.property(lives, (drawn) => {
        const asOf = 80 * DAY;
        const { curve } = redemptionCurve(movementsOf(drawn), { asOf });
        // Point by point: those still open are last seen in the day before asOf.
        const data = drawn.map(({ end, what, points, start }) => ({
          duration: what === 0 ? 79 - start : end,
          event: what !== 0,
          weight: points,
        }));
        const all = kaplanMeier(data);
        const only = kaplanMeier(data.map((row, i) => ({ ...row, event: drawn[i].what === 1 })));
        const shareAt = (found: ReturnType<typeof kaplanMeier>, age: number) =>
          rows(found.points)
            .filter(({ time }) => time <= age)
            .at(-1)?.survival ?? 1;
        for (const row of rows(curve)) {
          expect(row.outstanding + row.cumulativeRedeemed + row.cumulativeExpired).toBeCloseTo(1, 9);
          expect(row.outstanding).toBeCloseTo(shareAt(all, row.age), 9);
          expect(row.withoutLapses).toBeCloseTo(1 - shareAt(only, row.age), 9);
          expect(row.withoutLapses).toBeGreaterThanOrEqual(row.cumulativeRedeemed - 1e-9);
        }
      }),
    );
  });

  it("the standard error is what a small change of each account's weight does to the share", () => {
    fc.assert(
      fc.property(lives, (drawn) => {
        // Points in large units, so that one point more is a small change of weight.
        const unit = 100_000;
        const options = { asOf: 80 * DAY, horizon: 40 };
        const found = redemptionCurve(movementsOf(drawn, unit, true), options);
        fc.pre(found.estimate !== null);
        const shareWith = (more: readonly number[]) =>
          redemptionCurve(
            movementsOf(
              drawn.map((life, i) => ({ ...life, points: life.points + (more[i] ?? 0) / unit })),
              unit,
              true,
            ).map((row) => ({
              ...row,
              points: Math.round(row.points),
            })),
            options,
          ).estimate?.redeemed ?? 0;
        const square = drawn.reduce((sum, { points }, i) => {
          const step = drawn.map((_, j) => (i === j ? 1 : 0));
          const back = step.map((value) => -value);
          return sum + (((shareWith(step) - shareWith(back)) / 2) * points * unit) ** 2;
        }, 0);
        // Central differences of 1e-5 of a weight, in doubles: good to about 1e-6.
        expect(found.estimate?.standardError ?? 0).toBeCloseTo(Math.sqrt(square), 5);
      }),
      { numRuns: 30 },
    );
  });

  it("what moves between accounts goes on there, what is taken back never was, what is given back is open", () => {
    const plain = [
      move("a", "issued", 10, 0),
      move("a", "redeemed", -10, 5 * DAY),
      move("b", "issued", 30, 0),
      move("b", "expired", -30, 9 * DAY),
    ];
    const sameLives = [
      move("a", "issued", 25, 0),
      move("a", "clawedBack", -15, 2 * DAY),
      move("a", "redeemed", -10, 1 * DAY),
      move("a", "reversed", 10, 2 * DAY),
      // On the day on which it is redeemed: it must not be there twice.
      move("a", "transferred", -10, 5 * DAY),
      move("c", "transferred", 10, 5 * DAY),
      move("c", "redeemed", -10, 5 * DAY),
      move("b", "issued", 30, 0),
      // Came later and was taken back: what was there before stays.
      move("b", "transferred", 5, 8 * DAY),
      move("b", "adjusted", -5, 8 * DAY),
      move("b", "expired", -40, 9 * DAY),
      move("b", "expired", 10, 9 * DAY),
    ];
    const [expected, found] = [plain, sameLives].map((movements) =>
      redemptionCurve(movements, { asOf: 20 * DAY }),
    );
    expect(found.curve).toEqual(expected.curve);
    expect([found.points, found.accounts]).toEqual([40, 3]);
    expect(column(found.curve, "cumulativeRedeemed")).toEqual([0.25, 0.25]);
  });

  it("finds the share that points were drawn with, 1 - Kaplan-Meier does not", () => {
    // Redeemed at rate 0.02 a day, lapsed at 0.01: two thirds in the end, if one waits long enough.
    const draw = seededRandom(7);
    const movements = Array.from({ length: 4_000 }, (_, i) => {
      const [redeemed, lapsed] = [-Math.log(draw()) / 0.02, -Math.log(draw()) / 0.01];
      const end = Math.min(redeemed, lapsed) * DAY;
      const start = Math.floor(draw() * 300) * DAY;
      const kind = redeemed < lapsed ? ("redeemed" as const) : ("expired" as const);
      return [
        move(`${i}`, "issued", 5, start, start),
        move(`${i}`, kind, -5, start + Math.floor(end), start),
      ];
    }).flat();
    const { estimate } = redemptionCurve(movements, { asOf: 400 * DAY, horizon: 90 });
    const truth = (2 / 3) * (1 - Math.exp(-0.03 * 91));
    expect(estimate?.interval?.lower).toBeLessThan(truth);
    expect(estimate?.interval?.upper).toBeGreaterThan(truth);
    expect(estimate?.withoutLapses).toBeGreaterThan(truth + 0.1);
  });

  it("nothing ended, nothing to say; an account cannot lose what it has not", () => {
    expect(redemptionCurve([move("a", "issued", 1, 0)], { asOf: DAY }).estimate).toBeNull();
    const call = () =>
      redemptionCurve([move("a", "issued", 1, 0), move("a", "redeemed", -3, DAY)], { asOf: 9 * DAY });
    expect(call).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT", path: "movements" }) as Error);
    expect(call).toThrow('account "a" loses 2 points more');
    const nameless = () =>
      redemptionCurve([{ ...move("a", "issued", 1, 0), accountId: 7 as never }], { asOf: DAY });
    expect(nameless).toThrow(
      expect.objectContaining({ code: "INVALID_ROWS", path: "movements[0].accountId" }) as Error,
    );
  });
});
