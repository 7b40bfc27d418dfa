import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainRule } from "../../../src/segmentation/rules/explain-rule.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { ruleChange } from "../../../src/segmentation/rules/rule-change.js";
import { type FlipNode, flipFinder } from "../../../src/segmentation/rules/smallest-flip.js";
import { expanded, heldWith, leavesOf, smallestByForce } from "./flip-by-force.js";
import { combined, shopFields, someEvents, somePlainLeaf, someRecord, someRule } from "./some-rules.js";

const asOf = Date.UTC(2024, 1, 15, 12);
const options = { fields: shopFields, asOf, timeZone: "Asia/Jakarta" };
const planIs = (value: string): SegmentRule => ({ op: "eq", field: "plan", value });
const smallestFlip = (root: FlipNode) => flipFinder().flipOf(root);

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
          expect(flip?.length).toBe(smallestByForce(tree).at(0)?.length);
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

describe("the flip of an explained rule", () => {
  it("turns the result around by the fewest leaves, those of segments included", () => {
    const someSegments = fc.record({ loyal: someRule, new: combined(somePlainLeaf) });
    fc.assert(
      fc.property(someRule, someSegments, someRecord, someEvents, (rule, given, record, events) => {
        // Only the second may be referred to by the first.
        fc.pre(!JSON.stringify(given.loyal).includes('"loyal"'));
        const why = explainRule(rule, { record, events }, { ...options, segments: given });
        for (const { tree, held, flip } of [why, ...Object.values(why.segments)]) {
          const whole = expanded(tree, (name) => why.segments[name].tree);
          if (leavesOf(whole).length > 10) continue;
          const sets = smallestByForce(whole).map((set) =>
            [...new Set(set.map(({ path }) => path))].sort().join(),
          );
          if (flip === null) expect(sets).toEqual([]);
          else expect(sets).toContain([...flip].sort().join());
          const isOnce = new Set(leavesOf(whole).map(({ path }) => path)).size === leavesOf(whole).length;
          // Where no segment is mentioned twice, the paths say it all.
          if (flip === null || !isOnce) continue;
          const turned = new Set(leavesOf(whole).filter(({ path }) => flip.includes(path)));
          expect(heldWith(whole, turned)).toBe(!held);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("counts a reference as what it takes to turn its segment around", () => {
    const everybody = { everybody: { op: "all", of: [] } } as const;
    const refers = (segment: string): SegmentRule => ({ op: "segment", segment });
    const flip = (rule: SegmentRule, given: Record<string, SegmentRule>, record = {}) =>
      explainRule(rule, { record }, { ...options, segments: given }).flip;
    expect(flip(refers("everybody"), everybody)).toBeNull();
    const older = (...ages: number[]): SegmentRule => ({
      op: "all",
      of: ages.map((value) => ({ op: "gt", field: "age", value })),
    });
    // Three leaves in the segment against two beside it.
    const pro: SegmentRule = { op: "all", of: [...["pro", "free"].map(planIs)] };
    expect(flip({ op: "any", of: [refers("s"), pro] }, { s: older(1, 2, 3) })).toEqual([
      "rule.of[1].of[0]",
      "rule.of[1].of[1]",
    ]);
    expect(flip({ op: "any", of: [refers("s"), pro] }, { s: older(1) })).toEqual(["segments.s.of[0]"]);
    // Each mention for itself: two to turn, both by the same leaf.
    const twice: SegmentRule = { op: "all", of: [refers("s"), refers("s"), planIs("pro"), planIs("free")] };
    expect(
      flip({ op: "not", of: { op: "any", of: [refers("s"), refers("s")] } }, { s: older(1) }, { age: 5 }),
    ).toEqual(["segments.s.of[0]"]);
    expect(flip({ op: "any", of: [twice, older(1, 2, 3, 4)] }, { s: older(1) })?.length).toBe(3);
    expect(flip({ op: "any", of: [twice, older(1, 2, 3)] }, { s: older(1) })).toEqual([
      "rule.of[1].of[0]",
      "rule.of[1].of[1]",
      "rule.of[1].of[2]",
    ]);
  });

  it("goes through chains of segments, whose costs double with each", () => {
    const levels = 3000;
    const chain = Object.fromEntries(
      Array.from({ length: levels }, (_, i): [string, SegmentRule] => {
        // Named so that the order of the names is not that of reference.
        const below: SegmentRule = { op: "segment", segment: String(levels - i + 1) };
        return [String(levels - i), i === 0 ? planIs("pro") : { op: "all", of: [below, below] }];
      }),
    );
    const why = explainRule(
      { op: "segment", segment: "1" },
      { record: { plan: "free" } },
      { ...options, segments: chain },
    );
    expect(why.flip).toEqual([`segments.${levels}`]);
    const [before, after] = ["free", "pro"].map((plan) => ({ asOf, record: { plan } }));
    const change = ruleChange({ op: "segment", segment: "1" }, before, after, {
      ...options,
      segments: chain,
    });
    expect(change.decisive).toEqual([`segments.${levels}`]);
  });
});
