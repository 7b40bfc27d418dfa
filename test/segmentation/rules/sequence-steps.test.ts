import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileRule } from "../../../src/segmentation/rules/compile-rule.js";
import { explainRule } from "../../../src/segmentation/rules/explain-rule.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { asOf, eventRules, events, fields, timeZone } from "./random-events.js";

describe("the steps of an explained sequence", () => {
  it("says how far a sequence came, and which step failed", () => {
    const sequence: SegmentRule = {
      op: "sequence",
      steps: [{ of: "visits" }, { of: "transactions", within: { days: 3 } }, { of: "visits" }],
      notFollowedBy: { of: "transactions" },
    };
    const days = (...list: number[]) => list.map((day) => ({ at: Date.UTC(2024, 0, day) }));
    const steps = (visits: number[], transactions: number[]) => {
      const { tree } = explainRule(
        sequence,
        { record: {}, events: { visits: days(...visits), transactions: days(...transactions) } },
        { fields, asOf },
      );
      return tree.steps?.map(({ found, held }) => [found, held]);
    };
    expect(steps([1, 20], [10])).toEqual([
      [2, true],
      [1, false],
      [2, false],
      [1, false],
    ]);
    expect(steps([1, 20], [2])).toEqual([
      [2, true],
      [1, true],
      [2, true],
      [1, true],
    ]);
    expect(steps([1, 20], [2, 30])?.map(([, held]) => held)).toEqual([true, true, true, false]);
    expect(steps([], [2])?.map(([, held]) => held)).toEqual([false, false, false, false]);
    const { tree } = explainRule(sequence, { record: {}, events: {} }, { fields, asOf });
    expect(tree.steps?.map(({ path, events }) => [path, events])).toEqual([
      ["rule.steps[0]", "visits"],
      ["rule.steps[1]", "transactions"],
      ["rule.steps[2]", "visits"],
      ["rule.notFollowedBy", "transactions"],
    ]);
  });

  it("says of each step what a sequence up to it says", () => {
    fc.assert(
      fc.property(eventRules(), events, (rule, given) => {
        if (rule.op !== "sequence") return;
        const world = { fields, asOf, timeZone };
        const { tree } = explainRule(rule, { record: {}, events: given }, world);
        const upTo = rule.steps.map((_, i): SegmentRule => {
          const { notFollowedBy: __, ...open } = rule;
          return { ...open, steps: rule.steps.slice(0, i + 1) };
        });
        const all = rule.notFollowedBy ? [...upTo, rule] : upTo;
        expect(tree.steps?.map(({ held }) => held)).toEqual(
          all.map((part) => compileRule(part, world).matches({}, given)),
        );
        expect(tree.held).toBe(tree.steps?.at(-1)?.held);
      }),
      { numRuns: 1000 },
    );
  });
});
