import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bondSchema } from "../../../src/model/bond.js";
import { bondKinds } from "../../../src/model/bond-kind.js";
import { bondIndex } from "../../../src/relationship/bonds/bond-index.js";
import { bondKindFacts } from "../../../src/relationship/bonds/bond-kind-facts.js";
import { bondPlan } from "../../../src/relationship/bonds/bond-plan.js";
import { type Bond, currentBonds } from "../../../src/relationship/bonds/current-bonds.js";
import { impliedSwitchingCosts } from "../../../src/relationship/bonds/implied-switching-costs.js";
import { bond, bondsOfBase } from "./some-bonds.js";

const asOf = "2024-01-01";
const base = [...bondsOfBase, bond("new", "equity", 1, { since: "2024-01-01" })];

const anyBonds = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...bondKinds),
      // Eighths add up exactly, so two ways of computing agree to the last bit.
      strength: fc.integer({ min: 0, max: 8 }).map((eighths) => eighths / 8),
      personId: fc.constantFrom(undefined, "p", "q"),
      contractId: fc.constantFrom(undefined, "k", "l"),
    }),
    { maxLength: 10 },
  )
  .map((rows) => rows.map(({ kind, strength, ...more }, i) => bond(`b${i}`, kind, strength, more)));

describe("currentBonds", () => {
  test("half-open: what ends or begins at the instant does not hold", () => {
    const found = currentBonds(base, { asOf });
    expect(found.current.map(({ id }) => id)).toEqual(["frame", "edi", "dewi", "board"]);
    expect(found.expired.map(({ id }) => id)).toEqual(["old"]);
    expect(found.ahead.map(({ id }) => id)).toEqual(["new"]);
    expect(found.expiring).toEqual([{ id: "frame", until: Date.UTC(2025, 0, 1) }]);
  });

  test("the first to end comes first, whatever the order", () => {
    const ends = ["2026-01-01", "2024-02-01", "2025-01-01"].map((until, i) =>
      bond(`${i}`, "legal", 1, { until }),
    );
    expect(currentBonds(ends, { asOf }).expiring.map(({ id }) => id)).toEqual(["1", "2", "0"]);
  });

  test("a parsed record is a bond, with all its fields", () => {
    const record = bondSchema.parse({ ...base[2], since: "2023-01-01T00:00:00Z", attributes: { note: 1 } });
    expect(currentBonds([record], { asOf }).current[0].attributes).toEqual({ note: 1 });
  });

  test("civil days begin in the zone of the call", () => {
    const jakarta = { asOf: "2023-12-31T17:00:00Z", timeZone: "Asia/Jakarta" };
    expect(currentBonds([bond("old", "legal", 1, { until: "2024-01-01" })], jakarta).expired).toHaveLength(1);
    expect(
      currentBonds([bond("old", "legal", 1, { until: "2024-01-01" })], { asOf: jakarta.asOf }).current,
    ).toHaveLength(1);
  });

  test.each<[Partial<Record<keyof Bond, unknown>>, string]>([
    [{ strength: 2 }, "row 1, strength: 2 is not a number from 0 to 1"],
    [{ kind: "glue" }, 'row 1, kind: "glue" is not a kind of bond'],
    [{ class: "social" }, 'row 1, class: "social" is not the class of a legal bond'],
    [{ since: "2023-02-30" }, 'row 1, since: "2023-02-30" is not an instant'],
    [{ until: "2023-01-01" }, "is not after since"],
    [{ level: "multiLevel" }, "is only for social bonds"],
    [{ class: "social", kind: "social", level: "multiLevel", personId: "x" }, "many carry the bond"],
    [{ personId: "" }, "row 1, personId"],
    [{ voluntary: "yes" }, "row 1, voluntary"],
    [{ id: "" }, "row 1, id"],
  ])("refuses %j", (wrong, words) => {
    expect(() => currentBonds([{ ...bond("a", "legal", 1), ...wrong } as Bond], { asOf })).toThrow(words);
  });

  test("null in an optional field says as much as its absence, as a database has it", () => {
    const absent = { customerId: null, until: null, evidence: null, personId: null };
    const row = bond("frame", "legal", 0.5, { ...absent, contractId: null, level: null, voluntary: null });
    const bare = bond("frame", "legal", 0.5);
    const found = currentBonds([row], { asOf });
    expect([found.current, found.expiring]).toEqual([[row], []]);
    // A legal bond is forced by its kind, and the kind says so: false was never stated.
    expect(bondIndex([row], { asOf })).toEqual(bondIndex([bare], { asOf }));
    const wanted = bondIndex([bond("dewi", "social", 1, { voluntary: null })], { asOf });
    expect([wanted.forcedShare.value, wanted.contributions[0].voluntaryFrom]).toEqual([0, "kind"]);
    const mixed = [
      row,
      bond("dewi", "social", 1),
      bond("board", "social", 1, { level: "multiLevel", personId: null }),
    ];
    expect(bondIndex(mixed, { asOf }).bonds).toBe(3);
    const stranger = bond("b", "legal", 1, { customerId: "x" });
    expect(() => bondIndex([row, bond("a", "legal", 1), stranger], { asOf })).toThrow(
      /^1 problem in bonds:\s+row 3, customerId: "x" is another customer/,
    );
  });

  test("refuses an id twice and no instant", () => {
    expect(() => currentBonds([base[0], base[0]], { asOf })).toThrow(
      'row 2, id: "frame" comes a second time',
    );
    expect(() => currentBonds(base, { asOf: "soon" })).toThrow('options.asOf is "soon"');
    // Even where no civil day has to be read.
    expect(() => currentBonds([], { asOf: 0, timeZone: "Mars/Olympus" })).toThrow("Mars/Olympus");
  });
});

describe("bondIndex", () => {
  test("by hand: (0.5 + 1 + 0.25 + 0.25) / 4, structural 1.5 of 2, forced 1.5 of 2", () => {
    const found = bondIndex(base, { asOf });
    expect([found.bonds, found.total, found.index.value]).toEqual([4, 2, 0.5]);
    expect([found.structuralShare.value, found.forcedShare.value]).toEqual([0.75, 0.75]);
    // Strongest of social, legal and technology, over all 14 kinds.
    expect(found.breadth).toMatchObject({ numerator: 1.75, denominator: 14 });
  });

  test("weights, and an override of what a kind implies", () => {
    const found = bondIndex([bond("a", "legal", 0.5, { voluntary: true }), bond("b", "social", 1)], {
      asOf,
      weights: { legal: 2, social: 0 },
    });
    expect(found.index.value).toBe(0.5);
    // 2 x 0.5 of legal; the weights are 2, 0, and 1 for each of the twelve others.
    expect(found.breadth).toMatchObject({ numerator: 1, denominator: 14 });
    expect(found.structuralShare.value).toBe(1);
    expect(found.forcedShare.value).toBe(0);
    expect(found.contributions.map(({ voluntaryFrom }) => voluntaryFrom)).toEqual(["stated", "kind"]);
  });

  test("nobody is bound: null with a reason, not 0", () => {
    const { index, structuralShare, breadth } = bondIndex([], { asOf });
    expect([index.value, index.reason]).toEqual([null, "weight of the bonds that hold: 0"]);
    expect(structuralShare.value).toBeNull();
    expect(breadth.value).toBe(0);
  });

  test("the order of bonds does not count, twice the weights change nothing, parts add up", () => {
    fc.assert(
      fc.property(anyBonds, (bonds) => {
        const found = bondIndex(bonds, { asOf });
        const turned = bondIndex([...bonds].reverse(), { asOf });
        expect([turned.index, turned.breadth, turned.forcedShare]).toEqual([
          found.index,
          found.breadth,
          found.forcedShare,
        ]);
        const doubled = Object.fromEntries(bondKinds.map((kind) => [kind, 2]));
        expect(bondIndex(bonds, { asOf, weights: doubled }).index.value).toBe(found.index.value);
        if (found.total > 0)
          // 1e-12: ten shares, each rounded once.
          expect(found.contributions.reduce((sum, { share }) => sum + (share.value ?? 0), 0)).toBeCloseTo(
            1,
            12,
          );
      }),
    );
  });

  test("refuses weights of no kind, below 0, and bonds of two customers", () => {
    const weights = { glue: 1 } as Record<string, number>;
    expect(() => bondIndex(base, { asOf, weights })).toThrow("options.weights.glue");
    expect(() => bondIndex(base, { asOf, weights: { legal: -1 } })).toThrow("options.weights.legal is -1");
    expect(() => bondIndex(base, { asOf, weights: null as never })).toThrow("options.weights is null");
    const two = [bond("a", "legal", 1, { customerId: "x" }), bond("b", "legal", 1, { customerId: "y" })];
    expect(() => bondIndex(two, { asOf })).toThrow('row 2, customerId: "y" is another customer');
  });
});

describe("what kinds imply", () => {
  test("the five exit barriers of Liljander & Strandvik (1995) are forced, the five others voluntary", () => {
    const named = bondKindFacts.filter(({ basis }) => basis === "named");
    const ofSide = (side: boolean) =>
      named
        .filter(({ voluntary }) => voluntary === side)
        .map(({ as }) => as)
        .sort();
    expect(ofSide(false)).toEqual(["economic", "geographical", "legal", "technological", "time"]);
    expect(ofSide(true)).toEqual(["cultural", "ideological", "knowledge", "psychological", "social"]);
    expect(bondKindFacts.map(({ kind }) => kind)).toEqual([...bondKinds]);
  });

  test("kinds that are none of the ten are taken as the barrier that they come nearest to", () => {
    const taken = bondKindFacts.filter(({ basis }) => basis === "analogy");
    expect(taken.map(({ kind, as, voluntary }) => [kind, as, voluntary])).toEqual([
      ["equity", "economic", false],
      ["process", "technological", false],
      ["project", "economic", false],
      ["multiProduct", "economic", false],
    ]);
  });

  test("what cutting each kind costs: work anew, money, people and meaning, a breach", () => {
    const cutting = (cost: string) =>
      bondKindFacts.flatMap(({ kind, switchingCost }) => (switchingCost === cost ? [kind] : []));
    expect(cutting("procedural").sort()).toEqual([
      ...["geographic", "knowledge", "multiProduct", "process", "technology", "time"],
    ]);
    expect(cutting("financial").sort()).toEqual(["equity", "financial", "project"]);
    expect(cutting("relational").sort()).toEqual(["cultural", "psychological", "social", "values"]);
    expect(cutting("contractual")).toEqual(["legal"]);
  });

  test("each bond that holds brings one kind of switching cost", () => {
    const { kinds } = impliedSwitchingCosts(base, { asOf });
    expect(kinds.map(({ kind, strength, bonds }) => [kind, strength, bonds])).toEqual([
      ["procedural", 1, ["edi"]],
      ["financial", 0, []],
      ["relational", 0.5, ["dewi", "board"]],
      ["contractual", 0.5, ["frame"]],
    ]);
    expect(kinds.map(({ share }) => share.value)).toEqual([0.5, 0, 0.25, 0.25]);
  });
});

test("bondPlan: one of two ways to the same bond, free ones first, useless ones last", () => {
  const plan = bondPlan(
    [
      { id: "useless", kind: "social", cost: 0, effect: 0 },
      { id: "big edi", kind: "technology", cost: 8, effect: 8, insteadOf: "edi" },
      { id: "small edi", kind: "technology", cost: 2, effect: 4, insteadOf: "edi" },
      { id: "greeting", kind: "social", cost: 0, effect: 1 },
    ],
    { budget: 10 },
  );
  expect(plan.projects.map(({ id, isChosen }) => [id, isChosen])).toEqual([
    ["greeting", true],
    ["small edi", false],
    ["big edi", true],
    ["useless", false],
  ]);
  expect([plan.next, plan.cost, plan.left, plan.effect]).toEqual(["greeting", 8, 2, 9]);
  expect(() => bondPlan([{ id: "a", kind: "social", cost: 0.5, effect: 1 }], { budget: 1 })).toThrow(
    "row 1, cost: 0.5",
  );
  expect(() => bondPlan([{ id: "a", kind: "social", cost: 1, effect: -1 }], { budget: 1 })).toThrow(
    "row 1, effect: -1",
  );
});
