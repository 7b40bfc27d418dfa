import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type CommitmentMarks,
  commitmentVerdict,
} from "../../../src/relationship/commitment/commitment-marks.js";

const cuts = { satisfied: 60, trust: 60, involvement: 60, purchaseIntention: 60 };
const all = (score: number | null) => ({ brand: score, offer: score, company: score });
const committed: CommitmentMarks = {
  satisfied: 60,
  trust: all(60),
  involvement: all(60),
  purchaseIntention: 60,
};
const score = fc.option(fc.integer({ min: 0, max: 100 }));
const anyMarks = fc.record({
  satisfied: score,
  trust: fc.record({ brand: score, offer: score, company: score }, { requiredKeys: [] }),
  involvement: fc.record({ brand: score, offer: score, company: score }, { requiredKeys: [] }),
  purchaseIntention: score,
}) as fc.Arbitrary<CommitmentMarks>;

describe("commitmentVerdict", () => {
  test("a score on the cut is there", () => {
    expect(commitmentVerdict(committed, { cuts })).toMatchObject({
      isCommitted: true,
      missing: [],
      unknown: [],
    });
  });

  test.each<[Partial<CommitmentMarks>, boolean | null, string[], string[]]>([
    [{ satisfied: 59 }, false, ["satisfied"], []],
    [{ satisfied: null }, null, [], ["satisfied"]],
    [{ satisfied: null, purchaseIntention: 0 }, false, ["purchaseIntention"], ["satisfied"]],
    [{ trust: {} }, null, [], ["trust"]],
    [{ trust: { brand: 100, company: null } }, null, [], ["trust"]],
    [{ trust: { brand: 10, company: null } }, false, ["trust"], []],
    [{ involvement: { offer: 80 } }, true, [], []],
  ])("%j", (changed, isCommitted, missing, unknown) => {
    const found = commitmentVerdict({ ...committed, ...changed }, { cuts });
    expect([found.isCommitted, found.missing, found.unknown]).toEqual([isCommitted, missing, unknown]);
  });

  test("any of the three is enough where that is asked for", () => {
    const marks = { ...committed, trust: { brand: 10, offer: 90, company: null } };
    expect(commitmentVerdict(marks, { cuts, objects: "any" }).isCommitted).toBe(true);
    expect(commitmentVerdict(marks, { cuts, objects: "all" }).isCommitted).toBe(false);
    const low = { ...committed, trust: { brand: 10, company: null } };
    expect(commitmentVerdict(low, { cuts, objects: "any" }).isCommitted).toBeNull();
  });

  test("whatever the unanswered would have said, a verdict stands; an open one can go either way", () => {
    const filled = (marks: CommitmentMarks, value: number): CommitmentMarks =>
      JSON.parse(JSON.stringify(marks), (_, found) => (found === null ? value : found));
    fc.assert(
      fc.property(anyMarks, (marks) => {
        const open = commitmentVerdict(marks, { cuts }).isCommitted;
        const isAsked = [marks.trust, marks.involvement].every((mark) => Object.keys(mark).length > 0);
        const either = [0, 100].map((value) => commitmentVerdict(filled(marks, value), { cuts }).isCommitted);
        if (open !== null) expect(either).toEqual([open, open]);
        else if (isAsked) expect(either).toEqual([false, true]);
      }),
    );
  });

  test("what is lacking to the cut", () => {
    const { marks } = commitmentVerdict({ ...committed, trust: { brand: 45, company: null } }, { cuts });
    expect(marks[1].scores).toEqual([
      { object: "brand", score: 45, lacking: 15 },
      { object: "company", score: null, lacking: null },
    ]);
  });

  test.each<[object, object, string]>([
    [{ satisfied: 101 }, {}, "marks.satisfied is 101: pass a number from 0 to 100"],
    [{ satisfied: undefined }, {}, "marks.satisfied is undefined"],
    [{ trust: { colour: 5 } }, {}, 'marks.trust is "colour"'],
    [{ trust: 80 }, {}, "marks.trust is 80"],
    [{}, { cuts: { ...cuts, trust: undefined } }, "options.cuts.trust is undefined"],
    [{}, { scale: { min: 1, max: 7 } }, "options.cuts.satisfied is 60: pass a number from 1 to 7"],
    [{}, { scale: { min: 7, max: 1 } }, "options.scale"],
    [{}, { objects: "most" }, 'options.objects is "most"'],
  ])("refuses %j with %j", (changed, options, words) => {
    const marks = { ...committed, ...changed } as CommitmentMarks;
    expect(() => commitmentVerdict(marks, { cuts, ...options })).toThrow(words);
  });
});
