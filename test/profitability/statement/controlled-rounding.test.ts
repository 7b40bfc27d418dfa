import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  controlledRounding,
  type FractionColumn,
} from "../../../src/profitability/statement/controlled-rounding.js";
import { FRACTIONS } from "../../../src/profitability/statement/exact-shares.js";

/** Fractions in halves, thirds and the like; the last of a column makes their sum a whole number. */
function columnOf(rows: readonly number[], weights: readonly number[]): FractionColumn {
  const fraction = weights.slice(0, rows.length).map((weight) => Math.round(weight * FRACTIONS));
  const before = fraction.slice(0, -1).reduce((sum, value) => sum + value, 0);
  fraction[fraction.length - 1] = (FRACTIONS - (before % FRACTIONS)) % FRACTIONS;
  // The others alone may make a whole number.
  const isOpen = (_: number, i: number) => fraction[i] > 0;
  return {
    rows: Uint32Array.from(rows).filter(isOpen),
    fraction: Float64Array.from(fraction).filter(isOpen),
  };
}

function expectControlled(columns: readonly FractionColumn[], rows: number): void {
  const isUp = controlledRounding(columns, rows);
  const owed = new Float64Array(rows);
  columns.forEach(({ rows: places, fraction }, at) => {
    const sum = fraction.reduce((all, value) => all + value, 0);
    expect(isUp[at].reduce((all, value) => all + value, 0)).toBe(sum / FRACTIONS);
    places.forEach((row, i) => {
      owed[row] += fraction[i] - isUp[at][i] * FRACTIONS;
    });
  });
  for (const value of owed) expect(Math.abs(value)).toBeLessThan(FRACTIONS);
}

describe("controlledRounding", () => {
  it("keeps the sum of each column, and rounds the sum of each row up or down", () => {
    const rows = 8;
    const weight = fc.constantFrom(0.5, 0.25, 0.75, 1 / 3, 0.1, 0.9, 0.001);
    const column = fc
      .tuple(
        fc.uniqueArray(fc.nat(rows - 1), { minLength: 1, maxLength: rows }),
        fc.array(weight, { minLength: rows, maxLength: rows }),
      )
      .map(([places, weights]) => columnOf(places, weights));
    fc.assert(
      fc.property(fc.array(column, { maxLength: 40 }), (columns) => expectControlled(columns, rows)),
      { numRuns: 1000 },
    );
  });

  it("mends rows that pairs of equals drive apart", () => {
    // Each column is of two who are owed the same: going by what is owed alone, one of 32 would be owed 2.5 units in the end.
    const steps = [16, 8, 4, 2, 1];
    const columns = steps.flatMap((step) =>
      Array.from({ length: 32 }, (_, row) => row)
        .filter((row) => Math.floor(row / step) % 2 === 0)
        .map((row) => columnOf([row, row + step], [0.5, 0.5])),
    );
    expectControlled(columns, 32);
    // The same where the second of a pair comes first.
    expectControlled(
      columns.map(({ rows, fraction }) => ({ rows: rows.slice().reverse(), fraction })),
      32,
    );
  });

  it("one column goes to the largest fractions, the first of equal ones", () => {
    const fraction = [0.25, 0.5, 0.75, 0.5].map((value) => value * FRACTIONS);
    const column = { rows: Uint32Array.of(0, 1, 2, 3), fraction: Float64Array.from(fraction) };
    expect(controlledRounding([column], 4).map((isUp) => [...isUp])).toEqual([[0, 1, 1, 0]]);
  });

  it("who had no unit of one column has one of the next", () => {
    const half = columnOf([0, 1], [0.5, 0.5]);
    expect(controlledRounding([half, half, half], 2).map((isUp) => [...isUp])).toEqual([
      [1, 0],
      [0, 1],
      [1, 0],
    ]);
  });
});
