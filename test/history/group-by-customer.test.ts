import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { groupByCustomer } from "../../src/history/group-by-customer.js";

interface Input {
  readonly codes: readonly number[];
  readonly lowestCode: number;
  readonly codeSpace: number;
  readonly at: readonly number[];
}

/** One stable sort by code and instant, of row numbers. */
function plainGroups({ codes, at }: Input) {
  const source = codes.map((_, row) => row).sort((a, b) => codes[a] - codes[b] || at[a] - at[b] || a - b);
  const present = [...new Set(source.map((row) => codes[row]))];
  return { source, present };
}

function check(input: Input): void {
  const amount = input.codes.map((_, row) => row * 10);
  const { source, present } = plainGroups(input);
  for (const wantSource of [true, false]) {
    const grouped = groupByCustomer({ ...input, amount }, wantSource);
    expect(Array.from(grouped.present, (code) => code + input.lowestCode)).toEqual(present);
    expect([...grouped.at]).toEqual(source.map((row) => input.at[row]));
    expect([...grouped.amount]).toEqual(source.map((row) => amount[row]));
    expect(grouped.source && [...grouped.source]).toEqual(wantSource ? source : null);
    expect(grouped.offsets[0]).toBe(0);
    const sizes = present.map((code) => input.codes.filter((other) => other === code).length);
    expect(Array.from(sizes, (_, k) => grouped.offsets[k + 1] - grouped.offsets[k])).toEqual(sizes);
  }
}

describe("groupByCustomer equals one stable sort", () => {
  test.each([
    [1, 0],
    [5, 100],
    [255, 0],
    [256, -300],
    [257, 0],
    [70_000, -70_000],
    [20_000_000, 0],
  ])("for codes from a range of %i", (codeSpace, lowestCode) => {
    const rows = fc.array(
      fc.tuple(fc.integer({ min: 0, max: codeSpace - 1 }), fc.integer({ min: 0, max: 5 })),
      {
        size: "max",
        maxLength: 400,
      },
    );
    fc.assert(
      fc.property(rows, (pairs) =>
        check({
          codes: pairs.map(([code]) => code + lowestCode),
          lowestCode,
          codeSpace,
          at: pairs.map(([, at]) => at),
        }),
      ),
      { numRuns: codeSpace > 1_000_000 ? 5 : 40 },
    );
  });

  test("for one customer, shuffled, on both sides of the change from insertion to index sort", () => {
    for (const length of [47, 48, 49, 1000]) {
      const at = Array.from({ length }, (_, row) => (row * 389) % 211);
      check({ codes: at.map(() => 3), lowestCode: 0, codeSpace: 9, at });
    }
  });

  test("for one customer with 300,000 shuffled rows", () => {
    const at = Array.from({ length: 300_000 }, (_, row) => (row * 7919) % 300_007);
    const { at: sorted } = groupByCustomer(
      { codes: new Int32Array(at.length), lowestCode: 0, codeSpace: 1, at, amount: at },
      false,
    );
    const expected = Float64Array.from(at).sort();
    expect(sorted.every((instant, row) => instant === expected[row])).toBe(true);
  });

  test("for no rows", () => check({ codes: [], lowestCode: 0, codeSpace: 1, at: [] }));
});
