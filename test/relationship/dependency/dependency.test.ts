import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dependencyCauses, dependencyScore } from "../../../src/relationship/dependency/dependency-score.js";
import { lockInPlan } from "../../../src/relationship/dependency/lock-in-plan.js";
import { satisfactionBarrierMatrix } from "../../../src/relationship/dependency/satisfaction-barrier-matrix.js";
import { sectorTies } from "../../../src/relationship/dependency/sector-presets.js";
import { lockInRisk, type Tie, tieBalance } from "../../../src/relationship/dependency/tie-balance.js";

const tie = (id: string, strength: number, more: Partial<Tie> = {}): Tie => ({
  ...{ id, strength, cause: "own", voluntary: false },
  ...more,
});
// Eighths multiply and add up exactly.
const eighths = fc.integer({ min: 0, max: 8 }).map((n) => n / 8);
const anyTies = fc
  .array(fc.record({ strength: eighths, satisfaction: fc.option(eighths), voluntary: fc.boolean() }), {
    maxLength: 8,
  })
  .map((rows) => rows.map(({ strength, ...more }, i) => tie(`t${i}`, strength, more)));

describe("tieBalance", () => {
  test("the first rule that knows decides", () => {
    const { ties } = tieBalance(
      [
        tie("stated", 1, { voluntary: true, wouldStay: false, bondKind: "legal" }),
        tie("stays", 1, { voluntary: undefined, wouldStay: true, satisfaction: 0.7, bondKind: "legal" }),
        tie("stays, sour", 1, { voluntary: undefined, wouldStay: true, satisfaction: 0.6 }),
        tie("leaves", 1, { voluntary: undefined, wouldStay: false, bondKind: "social" }),
        tie("kind", 1, {
          voluntary: null,
          wouldStay: null,
          bondKind: "knowledge",
          cause: "locationAccess",
        }),
        tie("place", 1, { voluntary: null, bondKind: null, cause: "locationAccess" }),
        tie("staff", 1, { voluntary: undefined, cause: "staffKnowsCustomer" }),
      ],
      { satisfiedFrom: 0.7 },
    );
    expect(ties.map(({ voluntary, basis }) => [voluntary, basis])).toEqual([
      [true, "stated"],
      [true, "wouldStay"],
      [false, "wouldStay"],
      [false, "wouldStay"],
      [true, "bondKind"],
      [false, "cause"],
      [true, "cause"],
    ]);
  });

  test("by hand: 0.5 of 0.5 forced and 0.25 of 0.25 over 1", () => {
    const found = tieBalance([
      tie("a", 0.5, { satisfaction: 0.5 }),
      tie("b", 0.25, { satisfaction: 0.75 }),
      tie("c", 0.25, { voluntary: true, satisfaction: 0 }),
    ]);
    expect(found.lockInRisk.value).toBe(0.3125);
    expect(found.forcedShare.value).toBe(0.75);
    expect(found.haveTo.satisfaction).toMatchObject({ numerator: 0.4375, denominator: 0.75 });
    expect(found.wantTo).toMatchObject({ ties: 1, strength: 0.25, unknown: 0 });
  });

  test("the risk is the sum over forced ties, and what is not known bounds it", () => {
    fc.assert(
      fc.property(anyTies, (ties) => {
        const { lockInRisk: risk, lockInBounds: bounds } = tieBalance(ties);
        const total = ties.reduce((sum, { strength }) => sum + strength, 0);
        const filled = (value: number) =>
          ties.map((one) => ({ ...one, satisfaction: one.satisfaction ?? value }));
        if (total === 0) {
          expect([risk.value, bounds]).toEqual([null, null]);
          return;
        }
        expect(bounds).toEqual({ lower: lockInRisk(filled(1)).value, upper: lockInRisk(filled(0)).value });
        if (risk.value === null)
          expect(risk.reason).toMatch(/^satisfaction with \d+ forced ties? (is|are) not/);
        else expect([risk.value, risk.value]).toEqual([bounds?.lower, bounds?.upper]);
        const content = ties.map((one) => ({ ...one, satisfaction: 1 }));
        expect(lockInRisk(content).value).toBe(0);
        const forced = ties.map((one) => ({ ...one, satisfaction: 0, voluntary: false }));
        expect(lockInRisk(forced).value).toBe(1);
      }),
    );
  });

  test.each<[Partial<Record<keyof Tie, unknown>>, string]>([
    [{ strength: 80 }, "row 1, strength: 80 is not a number from 0 to 1"],
    [{ satisfaction: 5 }, "row 1, satisfaction: 5 is not a number from 0 to 1"],
    [{ voluntary: undefined, cause: "innovation" }, 'is missing, and no rule knows "innovation"'],
    [{ voluntary: null, bondKind: null, cause: "innovation" }, 'is missing, and no rule knows "innovation"'],
    [{ voluntary: undefined, wouldStay: true }, "is missing although wouldStay is true"],
    [{ voluntary: "no" }, "row 1, voluntary"],
    [{ wouldStay: "no" }, "row 1, wouldStay"],
    [{ bondKind: "glue" }, "row 1, bondKind"],
    [{ cause: "" }, "row 1, cause"],
  ])("refuses %j", (wrong, words) => {
    expect(() => tieBalance([{ ...tie("a", 1), ...wrong } as Tie])).toThrow(words);
  });

  test("a cut is needed where staying is to be judged", () => {
    const asked = [tie("a", 1, { voluntary: undefined, wouldStay: true, satisfaction: 1 })];
    expect(() => tieBalance(asked)).toThrow("options.satisfiedFrom is undefined");
    expect(() => tieBalance([tie("a", 1), tie("a", 1)])).toThrow('row 2, id: "a" comes a second time');
  });
});

describe("dependencyScore", () => {
  test("a weighted mean of what is known; nothing known is null", () => {
    const found = dependencyScore([
      { cause: "locationAccess", score: 1, weight: 1 },
      { cause: "innovation", score: 0.5, weight: 2 },
      { cause: "staffKnowsCustomer", score: null, weight: 9 },
    ]);
    expect(found.score).toMatchObject({ numerator: 2, denominator: 3 });
    expect(found.contributions.map(({ share }) => share.value)).toEqual([0.5, 0.5]);
    expect([found.n, found.missing]).toEqual([2, ["staffKnowsCustomer"]]);
    expect(dependencyScore([{ cause: "innovation", score: null }]).score.value).toBeNull();
  });

  test("refuses a cause twice, scores off 0 to 1, weights below 0", () => {
    const cause = { cause: "innovation", score: 1 };
    expect(() => dependencyScore([cause, cause])).toThrow("row 2, cause");
    expect(() => dependencyScore([{ ...cause, score: 7 }])).toThrow("row 1, score: 7");
    expect(() => dependencyScore([{ ...cause, weight: -1 }])).toThrow("row 1, weight: -1");
  });
});

describe("satisfactionBarrierMatrix", () => {
  const customers = [
    { customerId: "loyal", satisfaction: 5, barrier: 3, value: 100 },
    { customerId: "stuck", satisfaction: 4.9, barrier: 3, value: 40 },
    { customerId: "free", satisfaction: 5, barrier: 2.9, value: null },
    { customerId: "gone", satisfaction: 4.9, barrier: 2.9, value: -5 },
    { customerId: "who", satisfaction: null, barrier: 3 },
  ];

  test("a value on the cut is high; the unknown are counted, not placed", () => {
    const found = satisfactionBarrierMatrix(customers, { satisfaction: 5, barrier: 3 });
    expect(found.members.columns.customerId).toEqual(["loyal", "stuck", "free", "gone"]);
    expect(found.members.columns.group).toEqual(["loyalist", "hostage", "mercenary", "defector"]);
    expect(
      found.groups.map(({ customers: n, share, value, unvalued }) => [n, share.value, value, unvalued]),
    ).toEqual([
      [1, 0.25, 100, 0],
      [1, 0.25, 40, 0],
      [1, 0.25, null, 1],
      [1, 0.25, -5, 0],
    ]);
    expect(found.unplaced).toBe(1);
  });

  test("refuses cuts that are missing, and numbers that are none", () => {
    const cuts = { satisfaction: 5 } as { satisfaction: number; barrier: number };
    expect(() => satisfactionBarrierMatrix(customers, cuts)).toThrow("cuts.barrier is undefined");
    const wrong = [{ customerId: "a", satisfaction: Number.NaN, barrier: 1, value: Number.NaN }];
    expect(() => satisfactionBarrierMatrix(wrong, { satisfaction: 1, barrier: 1 })).toThrow(
      /satisfaction: NaN.*\n.*value: NaN is not a finite number, or null/,
    );
  });
});

describe("lockInPlan", () => {
  const ties = [
    tie("contract", 0.5, { satisfaction: 0 }),
    tie("branch", 0.25, { satisfaction: 0.5 }),
    tie("teller", 0.25, { voluntary: true }),
  ];
  const actions = [
    { id: "open contract", tieId: "contract", cost: 100, voluntaryAfter: true },
    { id: "kinder contract", tieId: "contract", cost: 40, satisfactionAfter: 0.5 },
    { id: "nicer branch", tieId: "branch", cost: 50, satisfactionAfter: 1 },
    { id: "worse branch", tieId: "branch", cost: 0, satisfactionAfter: 0.25 },
  ];

  test.each([
    [150, ["open contract", "nicer branch"], 0],
    [100, ["open contract"], 0.125],
    [90, ["kinder contract", "nicer branch"], 0.25],
    [0, [], 0.625],
  ])("within %d", (budget, chosen, after) => {
    const plan = lockInPlan(ties, actions, { budget });
    expect(
      plan.actions
        .filter(({ isChosen }) => isChosen)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...chosen].sort());
    const { lockInRisk: risk } = plan;
    expect([risk.before.value, risk.after.value, plan.left]).toEqual([0.625, after, budget - plan.cost]);
    // All strength is 1, so the risk falls by the exposure that is taken away; an exact plan is its own bound.
    expect([plan.effect, plan.upperBound]).toEqual([0.625 - after, 0.625 - after]);
    expect(plan.forcedShare).toMatchObject({
      before: { value: 0.75 },
      after: { value: chosen.includes("open contract") ? 0.25 : 0.75 },
    });
    expect(plan.exposures.map(({ tieId, exposure }) => [tieId, exposure])).toEqual([
      ["contract", 0.5],
      ["branch", 0.125],
    ]);
  });

  test.each<[object, string]>([
    [{ tieId: "teller" }, 'tieId: "teller" is no forced tie'],
    [{ cost: -1 }, "row 1, cost: -1"],
    [{ voluntaryAfter: undefined }, "changes nothing"],
    [{ satisfactionAfter: 2 }, "row 1, satisfactionAfter: 2"],
  ])("refuses %j", (wrong, words) => {
    expect(() => lockInPlan(ties, [{ ...actions[0], ...wrong }], { budget: 1 })).toThrow(words);
  });

  test("the largest exposure comes first, whatever the order, with its part of all", () => {
    const { exposures } = lockInPlan([...ties].reverse(), [], { budget: 0 });
    expect(exposures.map(({ tieId, share, actionId }) => [tieId, share.value, actionId])).toEqual([
      ["contract", 0.8, null],
      ["branch", 0.2, null],
    ]);
  });

  test.each([[["content", "free"]], [["free", "content"]]])(
    "of actions that take as much risk the one that sets free is chosen: %j",
    (order) => {
      const half = [tie("contract", 0.5, { satisfaction: 0.5 })];
      const actionOf: Record<string, { satisfactionAfter?: number; voluntaryAfter?: boolean }> = {
        content: { satisfactionAfter: 1 },
        free: { voluntaryAfter: true },
      };
      const plan = lockInPlan(
        half,
        order.map((id) => ({ id, tieId: "contract", cost: 5, ...actionOf[id] })),
        { budget: 10 },
      );
      expect(plan.exposures).toMatchObject([{ actionId: "free", voluntaryAfter: true }]);
      expect([plan.forcedShare.after.value, plan.cost]).toEqual([0, 5]);
      expect(plan.actions.map(({ id, freed }) => [id, freed])).toEqual([
        ["free", 0.5],
        ["content", 0],
      ]);
    },
  );

  test("a tie that customers are content with is set free with what is left, never before a risk is taken away", () => {
    const two = [tie("liked", 0.75, { satisfaction: 1 }), tie("resented", 0.25, { satisfaction: 0 })];
    const free = (id: string, cost: number) => ({ id, tieId: id, cost, voluntaryAfter: true });
    const plan = (budget: number) =>
      lockInPlan(two, [free("liked", 3), free("resented", 3)], { budget }).actions.flatMap(
        ({ id, isChosen }) => (isChosen ? [id] : []),
      );
    expect([plan(2), plan(3), plan(6)]).toEqual([[], ["resented"], ["resented", "liked"]]);
  });

  test("a greedy plan says what no plan could pass", () => {
    const two = [tie("small", 0.125, { satisfaction: 0 }), tie("large", 0.875, { satisfaction: 0 })];
    const free = (id: string, cost: number) => ({ id, tieId: id, cost, voluntaryAfter: true });
    const plan = lockInPlan(two, [free("small", 1), free("large", 10)], { budget: 10, method: "greedy" });
    expect([plan.effect, plan.method]).toEqual([0.125, "greedy"]);
    expect(plan.upperBound).toBeGreaterThanOrEqual(0.875);
  });

  test("refuses a forced tie whose satisfaction is not known, unless it holds nothing, as lockInRisk does", () => {
    expect(() => lockInPlan([tie("a", 1)], [], { budget: 1 })).toThrow("is not known, and the tie is forced");
    const slack = [tie("a", 1, { satisfaction: 0.5 }), tie("b", 0)];
    expect(lockInPlan(slack, [], { budget: 1 }).lockInRisk.before).toEqual(lockInRisk(slack));
    expect(lockInRisk(slack).value).toBe(0.5);
  });
});

test("sectors: their causes are words of their own or the three general ones", () => {
  expect(sectorTies.map(({ sector }) => sector)).toEqual(["bank", "shoppingCenter"]);
  for (const { dependencyCause } of sectorTies.flatMap(({ drivers }) => drivers))
    if (dependencyCause !== null) expect(dependencyCauses).toContain(dependencyCause);
});

test("a bank ties by closeness of its staff and by its place, as the source says", () => {
  const [bank] = sectorTies;
  expect(bank?.drivers.map(({ cause, dependencyCause }) => [cause, dependencyCause])).toEqual([
    ["staffCloseness", "staffKnowsCustomer"],
    ["access", "locationAccess"],
  ]);
});
