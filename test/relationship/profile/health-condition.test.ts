import { describe, expect, test } from "vitest";
import type { Bond } from "../../../src/relationship/bonds/current-bonds.js";
import type { CommitmentMarks } from "../../../src/relationship/commitment/commitment-marks.js";
import { relationshipHealth } from "../../../src/relationship/profile/relationship-health.js";
import type { RelationshipInput } from "../../../src/relationship/profile/relationship-input.js";
import { relationshipProfile } from "../../../src/relationship/profile/relationship-profile.js";

const since = "2023-01-01";

describe("the four marks", () => {
  const met: CommitmentMarks = {
    satisfied: 90,
    trust: { brand: 80, offer: 30 },
    involvement: { company: 70 },
    purchaseIntention: 60,
  };
  const cut = { satisfied: 60, trust: 60, involvement: 60, purchaseIntention: 60 };
  const healthOf = (marks: CommitmentMarks, change: Partial<RelationshipInput> = {}, given = {}) =>
    relationshipHealth(
      relationshipProfile(
        { customerId: "ani", asOf: 0, marks, profit: { amount: -100, currency: "IDR" }, ...change },
        { marks: { cuts: cut, objects: "any" } },
      ),
      { profit: 0, ...given },
    );

  test("say who is committed, without a cut for the dimensions and whatever these are", () => {
    for (const commitment of [undefined, { relational: 5 }]) {
      const { flags } = healthOf(met, { commitment }, commitment && { commitment: 60 });
      expect(flags.map(({ code }) => code)).toEqual(["committedButUnprofitable"]);
      // The offer is not trusted, and is no evidence of it.
      expect(flags[0]?.because.map(({ figure, value, from }) => [figure, value, from[0]?.path])).toEqual([
        ["marks.satisfied", 90, "marks.satisfied"],
        ["marks.trust", 80, "marks.trust.brand"],
        ["marks.involvement", 70, "marks.involvement.company"],
        ["marks.purchaseIntention", 60, "marks.purchaseIntention"],
        ["profit", -100, "profit.amount"],
      ]);
    }
  });

  test("say who is not, by the marks that are missing", () => {
    const profit = { amount: 100, currency: "IDR" };
    const commitment = { relational: 95, calculative: 5 };
    const { flags, clear } = healthOf(
      { ...met, trust: { brand: 40, company: null, offer: 50 }, purchaseIntention: 20 },
      { profit, commitment },
      { commitment: 60 },
    );
    // The company may be trusted, so that trust is open; the intention decides.
    expect(flags.map(({ code }) => code)).toEqual(["profitableButUncommitted"]);
    expect(flags[0]?.because.slice(1)).toEqual([
      {
        ...{
          figure: "marks.purchaseIntention",
          value: 20,
          bounds: null,
          unit: "points",
          side: "below",
          cut: 60,
        },
        from: [{ path: "marks.purchaseIntention", value: 20 }],
      },
    ]);
    expect(clear).toContain("committedButUnprofitable");
  });

  test("leave it open where the verdict is, and say what was not answered or not asked", () => {
    const { unjudged, flags } = healthOf(
      { ...met, involvement: {}, purchaseIntention: null },
      { commitment: { relational: 95 } },
      { commitment: 60 },
    );
    expect(flags).toEqual([]);
    expect(unjudged.find(({ code }) => code === "committedButUnprofitable")).toEqual({
      ...{ code: "committedButUnprofitable", cuts: [] },
      figures: ["marks.involvement", "marks.purchaseIntention"],
      reasons: ["marks.involvement was not asked", "marks.purchaseIntention was not answered"],
    });
    const rich = healthOf({ ...met, purchaseIntention: null }, { profit: { amount: 1, currency: "IDR" } });
    expect(rich.clear).toContain("committedButUnprofitable");
  });
});

describe("figures that are known within bounds", () => {
  const between = (id: string): Bond => ({
    ...{ id, class: "social", kind: "social", strength: 0.5, since, level: "personToPerson" },
  });
  // One person may carry both bonds, or each another one.
  const open = relationshipProfile({
    customerId: "ani",
    asOf: "2024-01-01",
    bonds: [between("a"), between("b")],
  });

  test("are judged where the bounds decide: half of it hangs on somebody in any case", () => {
    const sure = relationshipHealth(open, { bond: 0.4, fragility: 0.5 });
    expect(sure.flags.map(({ code }) => code)).toEqual(["boundButFragile"]);
    expect(sure.flags[0]?.because[1]).toMatchObject({
      ...{
        figure: "bonds.fragility",
        value: null,
        bounds: { lower: 0.5, upper: 1 },
        side: "atLeast",
        cut: 0.5,
      },
    });
    const unsure = relationshipHealth(open, { bond: 0.4, fragility: 0.6 });
    expect(unsure.unjudged.find(({ code }) => code === "boundButFragile")).toEqual({
      ...{ code: "boundButFragile", cuts: [], figures: ["bonds.fragility"] },
      reasons: ["2 bonds hang on a person or contract that is not named"],
    });
    // Beside a bond of twice their strength that hangs on nobody, the two are half of it at most.
    const third = relationshipProfile({
      ...{ customerId: "ani", asOf: "2024-01-01" },
      bonds: [
        between("a"),
        between("b"),
        { id: "edi", class: "structural", kind: "technology", strength: 1, since },
      ],
    });
    expect(third.figures["bonds.fragility"].bounds).toEqual({ lower: 0.25, upper: 0.5 });
    expect(relationshipHealth(third, { bond: 0.4, fragility: 0.6 }).clear).toContain("boundButFragile");
  });

  test("a lock-in whose size is not known is one where it is too great in any case", () => {
    const half = { id: "contract", cause: "own", voluntary: false, strength: 0.5 };
    const locked = relationshipProfile({
      ...{ customerId: "ani", asOf: 0, retentionProbability: 0.9 },
      ties: [
        { ...half, satisfaction: 0 },
        { ...half, id: "unasked" },
      ],
    });
    const by = (lockInRisk: number) => relationshipHealth(locked, { retentionProbability: 0.5, lockInRisk });
    expect(by(0.5).flags.map(({ code }) => code)).toEqual(["loyalByForce"]);
    expect(by(0.6).unjudged.find(({ code }) => code === "loyalByForce")?.reasons).toEqual([
      "satisfaction with 1 forced tie is not known",
    ]);
  });
});
