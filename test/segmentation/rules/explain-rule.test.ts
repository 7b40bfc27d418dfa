import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileRule } from "../../../src/segmentation/rules/compile-rule.js";
import { explainRule, type RuleExplanation } from "../../../src/segmentation/rules/explain-rule.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { type FlipNode, smallestFlip } from "../../../src/segmentation/rules/smallest-flip.js";
import { thrown } from "../../core/thrown.js";
import { shopFields, someEvents, someRecord, someRule } from "./some-rules.js";

const asOf = Date.UTC(2024, 1, 15, 12);
const segments: Record<string, SegmentRule> = {
  loyal: {
    op: "all",
    of: [
      { op: "gte", field: "age", value: 1 },
      { op: "segment", segment: "new" },
    ],
  },
  new: { op: "did", of: "visits" },
};
const options = { fields: shopFields, segments, asOf, timeZone: "Asia/Jakarta" };
const ms = (text: string) => new Date(text).getTime();

function leavesOf(node: FlipNode): FlipNode[] {
  return node.of === undefined ? [node] : node.of.flatMap(leavesOf);
}

/** What a tree comes to when some leaves are turned around: the meaning of the operators, written down once more. */
function heldWith(node: FlipNode, turned: ReadonlySet<FlipNode>): boolean {
  const parts = (node.of ?? []).map((part) => heldWith(part, turned));
  const holding = parts.filter(Boolean).length;
  if (node.op === "all") return holding === parts.length;
  if (node.op === "any") return holding > 0;
  if (node.op === "not") return holding === 0;
  if (node.op === "atLeast") return holding >= (node.count ?? 0);
  return node.held !== turned.has(node);
}

/** The size of the smallest set of leaves that turns the result around, by trying all sets. */
function smallestByForce(root: FlipNode): number | null {
  const leaves = leavesOf(root);
  let best: number | null = null;
  for (let set = 1; set < 2 ** leaves.length; set++) {
    const turned = new Set(leaves.filter((_, i) => (set >> i) & 1));
    if (best !== null && turned.size >= best) continue;
    if (heldWith(root, turned) !== root.held) best = turned.size;
  }
  return best;
}

const someTree = fc
  .letrec<{ node: FlipNode }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      fc.record({ path: fc.constant(""), op: fc.constant("leaf"), held: fc.boolean() }),
      fc.record({
        path: fc.constant(""),
        op: fc.constantFrom("all", "any", "atLeast"),
        held: fc.constant(false),
        count: fc.nat(4),
        of: fc.array(tie("node"), { maxLength: 4 }),
      }),
      fc.record({
        path: fc.constant(""),
        op: fc.constant("not"),
        held: fc.constant(false),
        of: fc.tuple(tie("node")),
      }),
    ),
  }))
  .node.map((tree) => settled(tree, "rule"));

/** The same tree with its paths, and what its nodes come to. */
function settled(node: FlipNode, path: string): FlipNode {
  const of = node.of?.map((part, i) => settled(part, `${path}.of[${i}]`));
  const whole = { ...node, path, ...(of && { of }) };
  return { ...whole, held: heldWith(whole, new Set()) };
}

describe("smallestFlip", () => {
  it("finds a set that turns the result around, and none is smaller", () => {
    fc.assert(
      fc.property(
        someTree.filter((tree) => leavesOf(tree).length <= 10),
        (tree) => {
          const flip = smallestFlip(tree);
          expect(flip?.length ?? null).toBe(smallestByForce(tree));
          if (flip === null) return;
          const turned = new Set(leavesOf(tree).filter(({ path }) => flip.includes(path)));
          expect(turned.size).toBe(flip.length);
          expect(heldWith(tree, turned)).toBe(!tree.held);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("takes the earlier of two equally small sets, in order of the rule", () => {
    const leaf = (path: string, held: boolean): FlipNode => ({ path, op: "eq", held });
    expect(
      smallestFlip({ path: "r", op: "all", held: true, of: [leaf("a", true), leaf("b", true)] }),
    ).toEqual(["a"]);
    const two = {
      path: "r",
      op: "atLeast",
      count: 2,
      held: false,
      of: ["a", "b", "c"].map((path) => leaf(path, false)),
    };
    expect(smallestFlip(two)).toEqual(["a", "b"]);
  });

  it("says that nothing turns all of nothing, nor more than there are", () => {
    expect(smallestFlip({ path: "r", op: "all", held: true, of: [] })).toBeNull();
    expect(smallestFlip({ path: "r", op: "any", held: false, of: [] })).toBeNull();
    expect(smallestFlip({ path: "r", op: "atLeast", count: 1, held: false, of: [] })).toBeNull();
    expect(
      smallestFlip({
        path: "r",
        op: "atLeast",
        count: 0,
        held: true,
        of: [{ path: "a", op: "eq", held: true }],
      }),
    ).toBeNull();
  });
});

describe("explainRule", () => {
  it("comes to what the compiled rule comes to, and its tree adds up", () => {
    fc.assert(
      fc.property(someRule, someRecord, someEvents, (rule, record, events) => {
        const why = explainRule(rule, options, record, events);
        expect(why.held).toBe(compileRule(rule, options).matches(record, events));
        expect(why.held).toBe(why.tree.held);
        expect(heldWith(why.tree, new Set())).toBe(why.held);
        expect(JSON.parse(JSON.stringify(why))).toEqual(why);
        if (why.flip) {
          const turned = new Set(leavesOf(why.tree).filter(({ path }) => why.flip?.includes(path)));
          expect(heldWith(why.tree, turned)).toBe(!why.held);
        }
      }),
    );
  });

  const leaf = (rule: SegmentRule, record: object, events = {}): RuleExplanation =>
    explainRule(rule, options, record, events).tree;

  it("shows the actual and the required value of each kind of leaf", () => {
    expect(leaf({ op: "gte", field: "age", value: 18 }, { age: 17 })).toEqual({
      path: "rule",
      op: "gte",
      held: false,
      field: "age",
      actual: 17,
      required: { op: "gte", value: 18 },
    });
    expect(leaf({ op: "gte", field: "age", value: 18 }, { age: "17" }).actual).toBeNull();
    expect(leaf({ op: "between", field: "age", from: 1, to: 2 }, {}).required).toEqual({
      op: "between",
      from: 1,
      to: 2,
    });
    expect(leaf({ op: "in", field: "plan", values: ["pro"] }, { plan: "free" })).toMatchObject({
      actual: "free",
      required: { op: "in", values: ["pro"] },
    });
    expect(
      leaf({ op: "contains", field: "address.city", value: "kar" }, { address: { city: "Jakarta" } }),
    ).toMatchObject({
      held: true,
      actual: "Jakarta",
      required: { op: "contains", value: "kar", ignoreCase: false },
    });
    expect(leaf({ op: "hasAny", field: "tags", values: ["a"] }, { tags: ["b", {}] })).toMatchObject({
      actual: ["b", null],
    });
    const size = { op: "size", field: "tags", is: { op: "gt", value: 2 } } as const;
    expect(leaf(size, { tags: ["a", "b"] })).toMatchObject({
      held: false,
      actual: 2,
      required: { op: "gt", value: 2 },
    });
    expect(leaf({ op: "missing", field: "tags" }, {})).toMatchObject({
      held: true,
      actual: null,
      required: { op: "missing" },
    });
  });

  it("shows dates as instants of the zone", () => {
    // A day in Jakarta begins at 17:00 UTC of the day before.
    const day = leaf(
      { op: "eq", field: "joinedAt", value: "2024-02-01" },
      { joinedAt: new Date("2024-02-01T03:00:00Z") },
    );
    expect(day).toMatchObject({
      held: true,
      actual: ms("2024-02-01T03:00:00Z"),
      required: { op: "eq", start: ms("2024-01-31T17:00:00Z"), end: ms("2024-02-01T17:00:00Z") },
    });
    expect(leaf({ op: "lt", field: "joinedAt", value: "2024-02-01" }, {}).required).toEqual({
      op: "lt",
      start: null,
      end: ms("2024-01-31T17:00:00Z"),
    });
    expect(leaf({ op: "within", field: "joinedAt", window: { last: { days: 1 } } }, {}).required).toEqual({
      op: "within",
      start: ms("2024-02-14T12:00:00Z"),
      end: asOf,
    });
    // asOf is 19:00 on 15 February in Jakarta: today and the 6 days after.
    const next = leaf(
      { op: "anniversary", field: "joinedAt", within: { days: 7 } },
      { joinedAt: "2020-02-21" },
    );
    expect(next).toMatchObject({
      held: true,
      required: { op: "anniversary", start: ms("2024-02-14T17:00:00Z"), end: ms("2024-02-21T17:00:00Z") },
    });
    const last = { op: "anniversary", field: "joinedAt", within: { days: 7 }, direction: "last" } as const;
    expect(leaf(last, { joinedAt: "2020-02-09" })).toMatchObject({
      held: true,
      required: { op: "anniversary", start: ms("2024-02-08T17:00:00Z"), end: ms("2024-02-15T17:00:00Z") },
    });
    expect(leaf(last, { joinedAt: "2020-02-08" }).held).toBe(false);
  });

  it("shows what was measured of events, and in which window", () => {
    const transactions = [
      { at: "2024-02-01", amount: 5 },
      { at: "2024-02-10", amount: 7 },
      { at: "2024-02-16", amount: 100 },
    ];
    const window = { last: { days: 10 } };
    expect(
      leaf({ op: "count", of: "transactions", window, is: { op: "gte", value: 2 } }, {}, { transactions }),
    ).toEqual({
      path: "rule",
      op: "count",
      held: false,
      events: "transactions",
      actual: 1,
      required: { op: "gte", value: 2 },
      window: { start: ms("2024-02-05T12:00:00Z"), end: asOf },
    });
    const sum = { op: "sum", of: "transactions", field: "amount", is: { op: "gt", value: 11 } } as const;
    expect(leaf(sum, {}, { transactions })).toMatchObject({
      held: true,
      field: "amount",
      actual: 12,
      window: { start: null, end: asOf },
    });
    expect(leaf({ ...sum, op: "average" }, {}, {})).toMatchObject({ held: false, actual: null });
    expect(
      leaf({ op: "last", of: "transactions", is: { op: "lt", value: "2024-02-11" } }, {}, { transactions }),
    ).toMatchObject({
      held: true,
      actual: ms("2024-02-09T17:00:00Z"),
      required: { op: "lt", start: null, end: ms("2024-02-10T17:00:00Z") },
    });
    expect(leaf({ op: "didNot", of: "transactions" }, {}, {})).toMatchObject({
      held: true,
      actual: 0,
      required: { op: "eq", value: 0 },
    });
    const often = { op: "frequency", of: "transactions", unit: "month", atLeast: 1, outOf: 2 } as const;
    expect(leaf(often, {}, { transactions: [{ at: "2024-01-20" }] })).toMatchObject({
      held: true,
      actual: 1,
      required: { op: "gte", value: 1 },
      window: { start: ms("2023-11-30T17:00:00Z"), end: ms("2024-01-31T17:00:00Z") },
    });
    const twice = { op: "sequence", steps: [{ of: "transactions" }, { of: "transactions" }] } as const;
    expect(leaf(twice, {}, { transactions })).toMatchObject({ held: true, actual: true });
  });

  it("explains the segments that it reaches once each, and custom operators", () => {
    const operators = { even: { holds: (value: unknown) => Number(value) % 2 === 0 } };
    const rule: SegmentRule = {
      op: "all",
      of: [
        { op: "segment", segment: "loyal" },
        { op: "custom", name: "even", field: "age", value: 1 },
      ],
    };
    const why = explainRule(rule, { ...options, operators }, { age: 3 }, { visits: [{ at: "2024-02-01" }] });
    expect(why.tree.of?.[0]).toEqual({ path: "rule.of[0]", op: "segment", held: true, segment: "loyal" });
    expect(why.tree.of?.[1]).toEqual({
      path: "rule.of[1]",
      op: "custom",
      held: false,
      name: "even",
      field: "age",
      actual: 3,
      required: { op: "custom", value: 1 },
    });
    expect(why.flip).toEqual(["rule.of[1]"]);
    expect(Object.keys(why.segments)).toEqual(["new", "loyal"]);
    expect(why.segments.loyal).toMatchObject({ held: true, flip: ["segments.loyal.of[0]"] });
  });

  it("refuses what compileRule refuses", () => {
    expect(thrown(() => explainRule({ op: "did", of: "visits" }, options, {})).path).toBe("events");
    expect(thrown(() => explainRule({ op: "exists", field: "age" }, options, null as never)).path).toBe(
      "record",
    );
    expect(thrown(() => explainRule({ op: "exists", field: "x" }, options, {})).path).toBe("rule.field");
    const circle = { a: { op: "segment", segment: "a" } } as const;
    expect(
      thrown(() => explainRule({ op: "segment", segment: "a" }, { ...options, segments: circle }, {}))
        .message,
    ).toContain("a > a");
  });
});
