import { describe, expect, test } from "vitest";
import { type BondKind, bondClassOf } from "../../../src/model/bond-kind.js";
import { bondCoverage } from "../../../src/relationship/bonds/bond-coverage.js";
import type { Bond } from "../../../src/relationship/bonds/current-bonds.js";

const asOf = "2024-01-01";
const bond = (id: string, kind: BondKind, strength: number, more: Partial<Bond> = {}): Bond => ({
  ...{ id, kind, strength, class: bondClassOf(kind), since: "2023-01-01" },
  ...more,
});

describe("bondCoverage", () => {
  const rows = [
    bond("a", "legal", 0.5, { customerId: "ani", until: "2026-01-01" }),
    bond("b", "legal", 0.9, { customerId: "ani", until: "2025-01-01" }),
    bond("c", "social", 0.2, { customerId: "ani" }),
    bond("d", "legal", 0.9, { customerId: "budi", until: "2023-06-01" }),
  ];
  const kinds = ["social", "legal"] as const;

  test("the strongest counts, the last to end, and those without any are shown", () => {
    const found = bondCoverage(rows, { asOf, kinds, minStrength: 0.5, customers: ["citra", "ani", "budi"] });
    expect(found.customers.map(({ customerId, missing }) => [customerId, missing])).toEqual([
      ["citra", ["social", "legal"]],
      ["ani", ["social"]],
      ["budi", ["social", "legal"]],
    ]);
    expect(found.customers[1].cells[1]).toEqual({
      kind: "legal",
      bonds: 2,
      strength: 0.9,
      isCovered: true,
      until: Date.UTC(2026, 0, 1),
    });
    expect(found.kinds.map(({ covered }) => [covered.numerator, covered.denominator])).toEqual([
      [0, 3],
      [1, 3],
    ]);
  });

  test("the last to end, whatever the order; none that has no known end; weak bonds do not cover", () => {
    const cellOf = (...bonds: Bond[]) =>
      bondCoverage(bonds, { asOf, kinds: ["legal"], minStrength: 0.5 }).customers[0].cells[0];
    const [early, late] = [
      bond("a", "legal", 0.1, { until: "2024-06-01" }),
      bond("b", "legal", 0.4, { until: "2025-01-01" }),
    ];
    const open = bond("c", "legal", 0.2);
    for (const bonds of [
      [early, late],
      [late, early],
    ])
      expect(cellOf(...bonds)).toEqual({
        ...{ kind: "legal", bonds: 2, strength: 0.4, isCovered: false },
        until: Date.UTC(2025, 0, 1),
      });
    for (const bonds of [
      [early, open, late],
      [open, early, late],
      [late, early, open],
    ])
      expect(cellOf(...bonds)).toMatchObject({ bonds: 3, until: null });
    // With no strength asked for any bond covers that holds at all; one of strength 0 is there, and covers nothing.
    const some = [bond("d", "legal", 0), bond("e", "social", 0.01)];
    const loose = bondCoverage(some, { asOf, kinds: ["legal", "social", "time"] }).customers[0];
    expect(loose.cells.map(({ bonds, isCovered, strength }) => [bonds, isCovered, strength])).toEqual([
      [1, false, 0],
      [1, true, 0.01],
      [0, false, null],
    ]);
    expect(loose.missing).toEqual(["legal", "time"]);
  });

  test("null in an optional field is its absence: the customer at hand, and no known end", () => {
    const found = bondCoverage(
      [bond("a", "legal", 0.5, { customerId: null, until: null }), bond("b", "social", 0.5)],
      { asOf, kinds },
    );
    expect(found.customers.map(({ customerId, missing }) => [customerId, missing])).toEqual([[null, []]]);
    expect(found.customers[0].cells[1].until).toBeNull();
    const unasked = [bond("a", "legal", 0.5, { customerId: null })];
    expect(() => bondCoverage(unasked, { asOf, customers: ["ani"] })).toThrow("is not in options.customers");
  });

  test("bonds of a customer need not follow each other, and kinds are counted over all customers", () => {
    const own = (id: string, kind: BondKind, customerId?: string) => bond(id, kind, 0.5, { customerId });
    const scattered = [
      own("a", "legal", "ani"),
      own("b", "legal"),
      own("c", "social", "ani"),
      own("d", "legal", "budi"),
      own("e", "legal", "ani"),
    ];
    const found = bondCoverage(scattered, { asOf, kinds });
    expect(
      found.customers.map(({ customerId, cells }) => [customerId, ...cells.map((cell) => cell.bonds)]),
    ).toEqual([
      ["ani", 1, 2],
      [null, 0, 1],
      ["budi", 0, 1],
    ]);
    expect(found.customers.map(({ covered, missing }) => [covered.value, missing])).toEqual([
      [1, []],
      [0.5, ["social"]],
      [0.5, ["social"]],
    ]);
    expect(found.kinds.map(({ kind, covered }) => [kind, covered.numerator, covered.denominator])).toEqual([
      ["social", 1, 3],
      ["legal", 3, 3],
    ]);
  });

  test("an id that comes twice is found among few bonds and among many", () => {
    for (const others of [1, 7, 8, 40]) {
      const many = Array.from({ length: others }, (_, i) => bond(`b${i}`, "legal", 0.5));
      expect(() => bondCoverage([...many, bond("b0", "social", 0.5)], { asOf })).toThrow(
        `row ${others + 1}, id: "b0" comes a second time`,
      );
    }
  });

  test("refuses customers who are not named, kinds that are none, and either twice", () => {
    expect(() => bondCoverage(rows, { asOf, customers: ["ani"] })).toThrow(
      'row 4, customerId: "budi" is not in options.customers',
    );
    expect(() => bondCoverage(rows, { asOf, customers: ["ani", "ani"] })).toThrow("options.customers[1]");
    expect(() => bondCoverage(rows, { asOf, kinds: ["legal", "legal"] })).toThrow("options.kinds[1]");
    expect(() => bondCoverage(rows, { asOf, minStrength: 50 })).toThrow("options.minStrength is 50");
  });
});
