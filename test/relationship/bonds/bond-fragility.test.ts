import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BondKind, bondKinds } from "../../../src/model/bond-kind.js";
import { bondFragility } from "../../../src/relationship/bonds/bond-fragility.js";
import { bondIndex } from "../../../src/relationship/bonds/bond-index.js";
import type { Bond } from "../../../src/relationship/bonds/current-bonds.js";
import { bond, bondsOfBase } from "./some-bonds.js";

const asOf = "2024-01-01";
/** Eighths add up exactly, so two ways of computing agree to the last bit. */
const eighths = fc.integer({ min: 0, max: 8 }).map((count) => count / 8);
/** Between two people of whom none is named. */
const between = (id: string, strength: number) => bond(id, "social", strength, { level: "personToPerson" });

describe("bondFragility", () => {
  test("by hand: contract K-1 takes 1.5 of 2", () => {
    const found = bondFragility(bondsOfBase, { asOf });
    expect(found.fragility.value).toBe(0.75);
    expect(found.worst).toMatchObject({ type: "contract", id: "K-1", bonds: ["frame", "edi"] });
    expect(found.losses.map(({ id, lost }) => [id, lost])).toEqual([
      ["K-1", 1.5],
      ["dewi", 0.25],
    ]);
    expect(found.unattached).toBe(0.25);
  });

  test("weights count in what is lost, in the total and in what hangs on nobody", () => {
    const found = bondFragility(bondsOfBase, { asOf, weights: { social: 10 } });
    // Social bonds of 0.25 count 2.5 each, the contract 1.5.
    expect(found.fragility).toMatchObject({ numerator: 2.5, denominator: 6.5 });
    expect([found.worst?.id, found.worst?.share.numerator, found.unattached]).toEqual(["dewi", 2.5, 2.5]);
    const unnamed = bondFragility([between("a", 0.5), bond("b", "knowledge", 1)], {
      asOf,
      weights: { social: 2, knowledge: 3 },
    });
    expect(unnamed.bounds).toEqual({ lower: 0.25, upper: 0.25 });
  });

  test("is what taking each away in turn leaves", () => {
    const named = fc
      .array(
        fc.record({
          kind: fc.constantFrom(...bondKinds),
          strength: eighths,
          personId: fc.constantFrom(undefined, null, "p", "q"),
          contractId: fc.constantFrom(undefined, null, "k", "l"),
        }),
        { maxLength: 10 },
      )
      .map((rows) =>
        rows.map(({ kind, strength, personId, contractId }, i) =>
          bond(`b${i}`, kind, strength, {
            personId,
            contractId: kind === "legal" ? (contractId ?? "m") : contractId,
          }),
        ),
      );
    fc.assert(
      fc.property(named, (bonds) => {
        const found = bondFragility(bonds, { asOf });
        const totalOf = (rows: readonly Bond[]) => bondIndex(rows, { asOf }).total;
        const total = totalOf(bonds);
        const rests = [
          ...["p", "q"].map((id) => bonds.filter(({ personId }) => personId !== id)),
          ...["k", "l", "m"].map((id) => bonds.filter(({ contractId }) => contractId !== id)),
        ].map(totalOf);
        const worst = total > 0 ? (total - Math.min(total, ...rests)) / total : null;
        expect(found.fragility.value).toBe(worst);
        expect(found.bounds).toEqual(worst === null ? null : { lower: worst, upper: worst });
        expect(found.unnamed).toEqual([]);
      }),
    );
  });

  test("bounds are the least and the most over all that the unnamed could be", () => {
    const rows = fc.array(
      fc.record({
        kind: fc.constantFrom<BondKind>("social", "legal", "knowledge"),
        strength: eighths,
        name: fc.constantFrom(null, "p", "q"),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(rows, (drawn) => {
        const bonds = drawn.map(({ kind, strength, name }, i) => {
          if (kind === "legal") return bond(`b${i}`, kind, strength, { contractId: name });
          if (kind === "social")
            return bond(`b${i}`, kind, strength, { level: "personToPerson", personId: name });
          return bond(`b${i}`, kind, strength, { personId: name });
        });
        const found = bondFragility(bonds, { asOf });
        const open = bonds.filter(({ id }) => found.unnamed.includes(id));
        expect(open.map(({ id }) => id)).toEqual(
          drawn.flatMap(({ kind, name }, i) => (name === null && kind !== "knowledge" ? [`b${i}`] : [])),
        );
        fc.pre(open.length <= 4);
        // Anybody who is named, or one of as many strangers as there are bonds.
        const anybody = ["p", "q", ...open.map((_, i) => `stranger ${i}`)];
        let ways: Bond[][] = [[]];
        for (const one of bonds)
          ways = ways.flatMap((way) =>
            open.includes(one)
              ? anybody.map((name) => [
                  ...way,
                  { ...one, ...(one.kind === "legal" ? { contractId: name } : { personId: name }) },
                ])
              : [[...way, one]],
          );
        const all = ways.map((way) => bondFragility(way, { asOf }).fragility.value);
        const [least, most] = [Math.min(...all.map((v) => v ?? 0)), Math.max(...all.map((v) => v ?? 0))];
        expect(found.bounds).toEqual(found.total > 0 ? { lower: least, upper: most } : null);
        expect(found.fragility.value).toBe(found.total > 0 && least === most ? least : null);
        if (found.worst !== null && found.total > 0) expect(found.worst.share.value).toBe(most);
      }),
      { numRuns: 60 },
    );
  });

  test("a bond that hangs on one person or contract without a name is lost with it", () => {
    for (const alone of [between("a", 0.5), bond("a", "legal", 0.5)])
      expect(bondFragility([alone], { asOf })).toMatchObject({
        fragility: { value: 1, reason: null },
        bounds: { lower: 1, upper: 1 },
        ...{ worst: null, losses: [], unnamed: ["a"], unattached: 0 },
      });
  });

  test("by hand: 0.75 goes at least, and 1 if all three persons are one", () => {
    const bonds = [
      bond("dewi", "social", 0.25, { level: "personToPerson", personId: "dewi" }),
      ...[between("a", 0.5), between("b", 0.25), between("idle", 0)],
      ...[bond("frame", "legal", 0.75), bond("board", "social", 0.25, { level: "multiLevel" })],
    ];
    const found = bondFragility(bonds, { asOf });
    expect(found.bounds).toEqual({ lower: 0.375, upper: 0.5 });
    expect(found.fragility).toEqual({
      ...{ value: null, numerator: 0.75, denominator: 2 },
      reason: "3 bonds hang on a person or contract that is not named",
    });
    expect([found.worst, found.unnamed, found.unattached]).toEqual([null, ["a", "b", "idle", "frame"], 0.25]);
    expect(found.losses.map(({ id, lost }) => [id, lost])).toEqual([["dewi", 0.25]]);
  });

  test("one that is named and takes more than any unnamed can is the worst, and the fragility is known", () => {
    const found = bondFragility([bond("frame", "legal", 1, { contractId: "K-1" }), between("a", 0.25)], {
      asOf,
    });
    expect([found.fragility.value, found.worst?.id, found.unnamed]).toEqual([0.8, "K-1", ["a"]]);
    // Of no strength, it leaves nothing open.
    const slack = bondFragility([bond("frame", "legal", 1, { contractId: "K-1" }), bond("b", "legal", 0)], {
      asOf,
    });
    expect([slack.fragility.value, slack.worst?.id]).toEqual([1, "K-1"]);
  });

  test("of equal losses the order of the input does not decide: persons first, then by id", () => {
    const equal = [
      bond("a", "legal", 0.5, { contractId: "A" }),
      bond("b", "social", 0.5, { personId: "z" }),
      bond("c", "social", 0.5, { personId: "y" }),
      bond("d", "social", 0.25, { personId: "a" }),
      bond("e", "legal", 0.75, { contractId: "Z" }),
    ];
    const ids = (bonds: readonly Bond[]) => bondFragility(bonds, { asOf }).losses.map(({ id }) => id);
    expect(ids(equal)).toEqual(["Z", "y", "z", "A", "a"]);
    expect(ids([...equal].reverse())).toEqual(["Z", "y", "z", "A", "a"]);
  });

  test("no thread to hang on is no fragility; no bonds is not known", () => {
    const many = [
      bond("a", "technology", 1),
      bond("b", "social", 1),
      bond("c", "social", 1, { level: "multiLevel" }),
    ];
    expect(bondFragility(many, { asOf })).toMatchObject({
      ...{ fragility: { value: 0 }, bounds: { lower: 0, upper: 0 } },
      ...{ worst: null, unnamed: [], unattached: 3 },
    });
    expect(bondFragility([], { asOf })).toMatchObject({ fragility: { value: null }, bounds: null });
  });
});
