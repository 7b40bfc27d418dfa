import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows } from "../../../src/core/table.js";
import type { RetentionCandidate } from "../../../src/retention/plan/retention-candidates.js";
import { retentionPriority } from "../../../src/retention/plan/retention-priority.js";
import { strategicReasons } from "../../../src/retention/plan/retention-strategy.js";
import { thrown } from "../../core/thrown.js";

describe("retentionPriority", () => {
  // Value at risk: 800 x .1 = 80, 500 x .8 = 400, 200 x .5 = 100, -50 x .2 = -10; from the least: dewi, ani, citra, budi.
  const customers: RetentionCandidate[] = [
    { customerId: "ani", value: 800, volume: 10, churnProbability: 0.1, retentionCost: 100 },
    {
      customerId: "budi",
      value: 500,
      volume: 40,
      churnProbability: 0.8,
      retentionCost: 100,
      portfolioBuyer: true,
    },
    {
      customerId: "citra",
      value: 200,
      volume: 10,
      churnProbability: 0.5,
      strategicReasons: ["doorOpener", "benchmark"],
    },
    { customerId: "dewi", value: -50, volume: 5, churnProbability: 0.2, strategicReasons: ["inspiration"] },
  ];

  it("shows for each customer what each criterion gives, the flags and the score in words", () => {
    const { members, weights, totalValueAtRisk, totalLossAtRisk } = retentionPriority(customers);
    expect(weights).toEqual({
      value: 1,
      valueAtRisk: 1,
      volume: 1,
      benchmark: 1,
      inspiration: 1,
      doorOpener: 1,
    });
    // 80 + 400 + 100, and apart from them the -10 of a customer who costs money.
    expect([totalValueAtRisk, totalLossAtRisk]).toEqual([580, -10]);
    // citra 1/3 + 2/3 + 1.5/3 + 2 = 3.5, budi 2/3 + 1 + 1 = 2.667, ani 1 + 1/3 + 1.5/3 = 1.833, dewi 0 + 0 + 0 + 1 = 1.
    expect(members.columns.customerId).toEqual(["citra", "budi", "ani", "dewi"]);
    const [citra, budi, ani, dewi] = rows(members);
    expect(citra).toEqual({
      customerId: "citra",
      rank: 1,
      score: 3.5 / 6,
      value: 200,
      volume: 10,
      churnProbability: 0.5,
      valueAtRisk: 100,
      retentionCost: null,
      valueLessCost: null,
      costsMoreThanRisk: null,
      unprofitable: false,
      portfolioBuyer: false,
      valueStanding: 1 / 3,
      valueAtRiskStanding: 2 / 3,
      volumeStanding: 0.5,
      benchmark: true,
      inspiration: false,
      doorOpener: true,
      explanation:
        "value 0.3333333333333333 x 1 + valueAtRisk 0.6666666666666666 x 1 + volume 0.5 x 1 + benchmark 1 x 1 + doorOpener 1 x 1 = 3.5 of 6",
    });
    expect(budi).toMatchObject({
      portfolioBuyer: true,
      valueAtRisk: 400,
      valueLessCost: 300,
      costsMoreThanRisk: false,
    });
    expect(ani).toMatchObject({ valueAtRisk: 80, valueLessCost: -20, costsMoreThanRisk: true });
    expect(ani.score).toBeCloseTo((1 + 1 / 3 + 1 / 2) / 6, 14);
    expect(dewi).toMatchObject({ unprofitable: true, valueAtRisk: -10, inspiration: true });
    expect(dewi.explanation).toBe("value 0 x 1 + inspiration 1 x 1 = 1 of 6");
  });

  it("weighs as it is told, and says with what", () => {
    const order = (weights: object) =>
      retentionPriority(customers, { weights }).members.columns.customerId.join(" ");
    const none = { value: 0, valueAtRisk: 0, volume: 0, benchmark: 0, inspiration: 0, doorOpener: 0 };
    expect(order({ ...none, value: 1 })).toBe("ani budi citra dewi");
    expect(order({ ...none, valueAtRisk: 1 })).toBe("budi citra ani dewi");
    // Equal volumes: the greater value first.
    expect(order({ ...none, volume: 1 })).toBe("budi ani citra dewi");
    expect(order({ ...none, inspiration: 1 })).toBe("dewi ani budi citra");
    const { members } = retentionPriority(customers, { weights: { ...none, inspiration: 0.5 } });
    expect(members.columns.explanation.slice(0, 2)).toEqual([
      "inspiration 1 x 0.5 = 0.5 of 0.5",
      "nothing = 0 of 0.5",
    ]);
  });

  it("leaves a criterion out that no row states", () => {
    const bare = customers.map(({ customerId, value }) => ({ customerId, value }));
    const { members, weights, totalValueAtRisk } = retentionPriority(bare);
    expect(weights).toEqual({
      value: 1,
      valueAtRisk: 0,
      volume: 0,
      benchmark: 1,
      inspiration: 1,
      doorOpener: 1,
    });
    expect(totalValueAtRisk).toBeNull();
    expect(members.columns.customerId).toEqual(["ani", "budi", "citra", "dewi"]);
    expect(rows(members)[0]).toMatchObject({
      volume: null,
      churnProbability: null,
      valueAtRisk: null,
      score: 0.25,
    });
    const error = thrown(() => retentionPriority(bare, { weights: { valueAtRisk: 2 } }));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.weights.valueAtRisk" });
    expect(error.message).toContain("no row has a churnProbability");
    expect(retentionPriority(bare, { weights: { volume: 0 } }).weights.volume).toBe(0);
  });

  it("orders equal scores by value, then by id, and counts a cost equal to the risk as worth it", () => {
    const equal = [
      { customerId: "a", value: 10, churnProbability: 0.5, retentionCost: 5 },
      { customerId: "z", value: 20, churnProbability: 0.5, retentionCost: 11 },
      { customerId: "b", value: 10, churnProbability: 0.5 },
    ];
    const { members } = retentionPriority(equal, { weights: { value: 0, valueAtRisk: 0 } });
    expect(members.columns.customerId).toEqual(["z", "a", "b"]);
    expect(members.columns.costsMoreThanRisk).toEqual([true, false, null]);
  });

  const someCustomers = fc
    .uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 20 })
    .chain((ids) =>
      fc.tuple(
        ...ids.map((customerId) =>
          fc.record({
            customerId: fc.constant(customerId),
            value: fc.integer({ min: -3, max: 9 }),
            volume: fc.nat(5),
            churnProbability: fc.constantFrom(0, 0.25, 0.5, 1),
            strategicReasons: fc.subarray([...strategicReasons]),
            portfolioBuyer: fc.boolean(),
          }),
        ),
      ),
    );

  it("ranks equal scores as equal, whichever thirds and tenths they come of", () => {
    // Places of three: value 0 1 2 3, volume 2 3 1 0, risk 1, 3.03, 4.08, 2.06: 0 2 3 1. Of c0 0+2+0, c1 1+3+2, c2 2+1+3.
    const four: RetentionCandidate[] = [
      { customerId: "c0", value: 100, volume: 2, churnProbability: 0.01 },
      { customerId: "c1", value: 101, volume: 3, churnProbability: 0.03 },
      { customerId: "c2", value: 102, volume: 1, churnProbability: 0.04 },
      { customerId: "c3", value: 103, volume: 0, churnProbability: 0.02 },
    ];
    const { members } = retentionPriority(four);
    expect(members.columns.customerId).toEqual(["c2", "c1", "c3", "c0"]);
    expect(members.columns.score.slice(0, 2)).toEqual([1 / 3, 1 / 3]);
    // Decimal weights: .1 x 1 + .2 x 1 and .3 x 1 are the same.
    const tenths = retentionPriority(
      [
        { customerId: "a", value: 1, strategicReasons: ["doorOpener"] },
        { customerId: "b", value: 1, strategicReasons: ["benchmark", "inspiration"] },
      ],
      { weights: { value: 0, benchmark: 0.1, inspiration: 0.2, doorOpener: 0.3 } },
    );
    expect(tenths.members.columns.customerId).toEqual(["a", "b"]);
    expect(tenths.members.columns.score).toEqual([0.5, 0.5]);
    expect(tenths.members.columns.explanation).toEqual([
      "doorOpener 1 x 0.3 = 0.3 of 0.6",
      "benchmark 1 x 0.1 + inspiration 1 x 0.2 = 0.3 of 0.6",
    ]);
  });

  it("three at 0.1 and one at 0.3 are the same value at risk", () => {
    expect(3 * 0.1).not.toBe(0.3);
    const { members } = retentionPriority(
      [
        { customerId: "a", value: 1, churnProbability: 0.3 },
        { customerId: "b", value: 3, churnProbability: 0.1 },
        { customerId: "c", value: 2, churnProbability: 0.1 },
      ],
      { weights: { value: 0 } },
    );
    expect(members.columns.valueAtRiskStanding).toEqual([0.75, 0.75, 0]);
    expect(members.columns.customerId).toEqual(["b", "a", "c"]);
  });

  it("prints weights in full, so that the sum can be checked", () => {
    const { members } = retentionPriority([{ customerId: "a", value: 1, strategicReasons: ["benchmark"] }], {
      weights: { value: 0, benchmark: 1234.5678, inspiration: 0, doorOpener: 0 },
    });
    expect(members.columns.explanation).toEqual(["benchmark 1 x 1234.5678 = 1234.5678 of 1234.5678"]);
  });

  it("equal scores never rise in value, then go by id; the score is the mean of what is printed", () => {
    const tenth = fc.integer({ min: 0, max: 30 }).map((n) => n / 10);
    const weights = fc
      .record({
        value: tenth,
        valueAtRisk: tenth,
        volume: tenth,
        benchmark: tenth,
        inspiration: tenth,
        doorOpener: tenth,
      })
      .filter((given) => Object.values(given).some((weight) => weight > 0));
    fc.assert(
      fc.property(someCustomers, weights, (list, given) => {
        const ranked = rows(retentionPriority(list, { weights: given }).members);
        const tenths = (weight: number) => BigInt(Math.round(weight * 10));
        const top = 2 * Math.max(1, list.length - 1);
        // A second reckoning in whole numbers: tenths of weights times doubled places.
        const exact = ranked.map(
          (one) =>
            tenths(given.value) * BigInt(Math.round(one.valueStanding * top)) +
            tenths(given.valueAtRisk) * BigInt(Math.round(one.valueAtRiskStanding * top)) +
            tenths(given.volume) * BigInt(Math.round(one.volumeStanding * top)) +
            BigInt(top) *
              (tenths(given.benchmark) * BigInt(one.benchmark) +
                tenths(given.inspiration) * BigInt(one.inspiration) +
                tenths(given.doorOpener) * BigInt(one.doorOpener)),
        );
        const sum = Object.values(given).reduce((total, weight) => total + tenths(weight), 0n);
        ranked.forEach((one, i) => {
          // Whole numbers far below 2^53: one division, the last place at most.
          expect(Math.abs(one.score - Number(exact[i]) / Number(sum * BigInt(top)))).toBeLessThan(2 ** -52);
          if (i === 0) return;
          const before = ranked[i - 1];
          expect(exact[i] <= exact[i - 1]).toBe(true);
          if (exact[i] !== exact[i - 1]) return;
          expect(one.score).toBe(before.score);
          expect(one.value <= before.value).toBe(true);
          if (one.value === before.value) expect(before.customerId < one.customerId).toBe(true);
        });
      }),
    );
  });

  it("takes customers named by numbers, and 42 is 42", () => {
    expect(retentionPriority([{ customerId: 42, value: 1 }]).members.columns.customerId).toEqual(["42"]);
    const twice = [
      { customerId: 42, value: 1 },
      { customerId: "42", value: 1 },
    ];
    expect(thrown(() => retentionPriority(twice)).path).toBe("customers[1].customerId");
  });

  it("an empty list states neither volume nor probability, and takes any weights", () => {
    const none = retentionPriority([], { weights: { volume: 2 } });
    expect(none.weights).toMatchObject({ value: 1, volume: 0, valueAtRisk: 0 });
    expect([none.totalValueAtRisk, none.totalLossAtRisk]).toEqual([null, null]);
    for (const options of [null, { weights: 5 }]) {
      expect(thrown(() => retentionPriority([], options as never)).code).toBe("INVALID_ARGUMENT");
    }
  });

  it("takes nobody and a single customer", () => {
    expect(retentionPriority([])).toMatchObject({ members: { length: 0 }, totalValueAtRisk: null });
    const { members } = retentionPriority([{ customerId: "ani", value: 5 }]);
    // Among no others, in the middle.
    expect(rows(members)[0]).toMatchObject({ rank: 1, valueStanding: 0.5, score: 0.125 });
  });

  it("does not depend on the order of the rows, the units, or who is a portfolio buyer", () => {
    fc.assert(
      fc.property(someCustomers, fc.infiniteStream(fc.nat()), (list, numbers) => {
        const result = retentionPriority(list);
        expect(JSON.parse(JSON.stringify(result))).toEqual(result);
        const shuffled = list
          .map((one) => ({ one, place: numbers.next().value }))
          .sort((a, b) => a.place - b.place)
          .map(({ one }) => one);
        expect(retentionPriority(shuffled)).toEqual(result);
        const inCents = list.map((one) => ({ ...one, value: one.value * 100, portfolioBuyer: false }));
        const cents = retentionPriority(inCents).members.columns;
        expect(cents.customerId).toEqual(result.members.columns.customerId);
        expect(cents.score).toEqual(result.members.columns.score);
      }),
    );
  });

  it("ranks by score from 0 to 1, and never lower for one reason more", () => {
    fc.assert(
      fc.property(someCustomers, (list) => {
        fc.pre(list.length > 0);
        const { score, customerId } = retentionPriority(list).members.columns;
        expect([...score].sort((a, b) => b - a)).toEqual(score);
        expect(score.every((one) => one >= 0 && one <= 1)).toBe(true);
        const [first] = list;
        const before = customerId.indexOf(first.customerId);
        const raised = [{ ...first, strategicReasons: [...strategicReasons] }, ...list.slice(1)];
        const after = retentionPriority(raised).members.columns.customerId.indexOf(first.customerId);
        expect(after).toBeLessThanOrEqual(before);
      }),
    );
  });

  it("counts a reason once", () => {
    const once = [{ customerId: "a", value: 1, strategicReasons: ["benchmark"] as const }];
    const twice = [{ customerId: "a", value: 1, strategicReasons: ["benchmark", "benchmark"] as const }];
    expect(retentionPriority(twice)).toEqual(retentionPriority(once));
  });

  it("refuses bad rows, all at once, and bad weights", () => {
    const bad = [
      { customerId: "a", value: 1, volume: 1, churnProbability: 0.5 },
      { customerId: "a", value: Number.NaN, volume: -1, churnProbability: 50, retentionCost: -1 },
      { customerId: "b", value: 1, strategicReasons: ["famous"], portfolioBuyer: "yes" },
      null,
    ] as never;
    const error = thrown(() => retentionPriority(bad));
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "customers[1].customerId" });
    expect(error.message.split("\n").slice(1)).toEqual([
      '  row 2, customerId: "a" comes in row 1 too',
      "  row 2, value: NaN is not a finite number",
      "  row 2, volume: -1 is not a finite number of 0 or more",
      "  row 2, churnProbability: 50 is not a finite number from 0 to 1",
      "  row 2, retentionCost: -1 is not a finite number of 0 or more",
      "  row 3, volume: is not a finite number of 0 or more, as other rows have it",
      "  row 3, churnProbability: is not a finite number from 0 to 1, as other rows have it",
      '  row 3, strategicReasons[0]: "famous" is not one of "benchmark", "inspiration", "doorOpener"',
      '  row 3, portfolioBuyer: "yes" is not true or false',
      "  row 4: null is not { customerId, value }",
    ]);
    expect(thrown(() => retentionPriority("all" as never))).toMatchObject({ path: "customers" });
    const failing = (weights: object) => thrown(() => retentionPriority(customers, { weights }));
    expect(failing({ value: -1 }).message).toContain(
      "options.weights.value is -1: pass a number from 0 to 1000000",
    );
    expect(failing({ value: 1e-7 }).message).toContain(
      "options.weights.value is 1e-7: pass 0, or 0.000001 or more",
    );
    expect(failing({ vlaue: 1 }).message).toContain(
      "options.weights.vlaue is no criterion: pass value, valueAtRisk",
    );
    const zero = { value: 0, valueAtRisk: 0, volume: 0, benchmark: 0, inspiration: 0, doorOpener: 0 };
    expect(failing(zero)).toMatchObject({ path: "options.weights" });
    const huge = ["a", "b"].map((customerId) => ({ customerId, value: 1.7e308, churnProbability: 1 }));
    expect(thrown(() => retentionPriority(huge)).message).toContain("Infinity at risk together");
  });
});
