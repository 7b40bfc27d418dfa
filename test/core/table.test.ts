import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import { column, row, rows, type Table, type TableRow, table } from "../../src/core/table.js";
import { thrown } from "./thrown.js";

const tiers = table({
  tier: ["gold", "silver", "iron"],
  customers: [10, 40, null],
  open: [true, false, true],
});

describe("table", () => {
  it("keeps the columns and counts the rows", () => {
    expect(tiers.length).toBe(3);
    expect(Object.keys(tiers.columns)).toEqual(["tier", "customers", "open"]);
    expect(table({})).toEqual({ length: 0, columns: {} });
  });

  it("survives JSON and structuredClone", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.option(fc.integer()), fc.boolean())), (records) => {
        const made = table({
          text: records.map(([text]) => text),
          count: records.map(([, count]) => count),
          flag: records.map(([, , flag]) => flag),
        });
        const expected = records.map(([text, count, flag]) => ({ text, count, flag }));
        expect(rows(made)).toEqual(expected);
        expect(rows(structuredClone(made))).toEqual(expected);
        expect(rows(JSON.parse(JSON.stringify(made)) as typeof made)).toEqual(expected);
      }),
    );
  });

  it("refuses columns of different lengths, naming both", () => {
    const error = thrown(() => table({ id: ["a", "b"], amount: [1] }));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "columns.amount"]);
    expect(error.message).toContain("columns.amount has 1 values, columns.id has 2");
    expect(thrown(() => table({ id: ["a"], amount: [1, 2] })).path).toBe("columns.amount");
  });

  it("refuses what is no array of its own, and a name that is no key", () => {
    expect(thrown(() => table({ amount: new Float64Array(2) as unknown as number[] })).path).toBe(
      "columns.amount",
    );
    expect(thrown(() => table(null as unknown as { id: string[] })).path).toBe("columns");
    expect(thrown(() => table(JSON.parse('{"__proto__": [1]}') as { id: number[] })).path).toBe(
      "columns.__proto__",
    );
  });
});

describe("row and rows", () => {
  it("give the same objects", () => {
    expect(rows(tiers)).toEqual([0, 1, 2].map((index) => row(tiers, index)));
    expect(row(tiers, 2)).toEqual({ tier: "iron", customers: null, open: true });
  });

  it("give new objects: changing one leaves the table as it was", () => {
    const first = row(tiers, 0);
    first.tier = "lead";
    expect(row(tiers, 0).tier).toBe("gold");
  });

  it("refuse a row that is not there", () => {
    for (const index of [-1, 3, 0.5, Number.NaN]) {
      const error = thrown(() => row(tiers, index));
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "index"]);
      expect(error.message).toContain(`index is ${index}`);
    }
    expect(thrown(() => row(table({ id: [] as string[] }), 0)).message).toContain("no rows");
  });
});

describe("column", () => {
  it("gives the table's own array", () => {
    expect(column(tiers, "customers")).toBe(tiers.columns.customers);
  });

  it("names the columns that there are", () => {
    const error = thrown(() => column(tiers as Table, "toString"));
    expect([error.code, error.path]).toEqual(["UNKNOWN_COLUMN", "name"]);
    expect(error.message).toBe('name is "toString": pass one of "tier", "customers", "open"');
    expect(thrown(() => column(table({}) as Table, "tier")).message).toContain("no columns");
  });
});

describe("what is no table", () => {
  it("is refused with its value and the shape that is asked for", () => {
    for (const [bad, shown] of [
      [null, "null"],
      [[{ tier: "gold" }], "an array of 1"],
      [{ tier: ["gold"] }, "an object"],
      [{ length: "1", columns: {} }, "an object"],
      [{ length: 1, columns: null }, "an object"],
    ] as const) {
      for (const call of [
        () => rows(bad as never),
        () => row(bad as never, 0),
        () => column(bad as never, "tier" as never),
      ]) {
        const error = thrown(call);
        expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "table"]);
        expect(error.message).toBe(`table is ${shown}: pass { length, columns }, as table(...) makes it`);
      }
    }
  });

  it("has its first 20 columns named, and the others counted", () => {
    const wide = table(Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`c${i}`, [i]])));
    const { message } = thrown(() => column(wide, "x"));
    expect(message).toContain('"c19" and 5 more');
    expect(message).not.toContain("c20");
  });
});

describe("types", () => {
  interface Sales {
    id: string[];
    n: number[];
    tier: readonly ("gold" | "silver")[];
    share: (number | null)[];
  }
  const sales: Table<Sales> = table<Sales>({ id: ["a"], n: [1], tier: ["gold"], share: [null] });

  it("rows have the cells of the columns", () => {
    expectTypeOf(rows(sales)).toEqualTypeOf<
      { id: string; n: number; tier: "gold" | "silver"; share: number | null }[]
    >();
    expectTypeOf(row(sales, 0).n).toEqualTypeOf<number>();
    expectTypeOf<TableRow<{ id: string[]; n: number[] }>>().toEqualTypeOf<{ id: string; n: number }>();
    expectTypeOf(column(sales, "tier")).toEqualTypeOf<readonly ("gold" | "silver")[]>();
  });

  it("a result that is a table and more is read as one", () => {
    interface Scored extends Table<Sales> {
      readonly asOf: number;
    }
    const scored: Scored = { ...sales, asOf: 0 };
    expectTypeOf(rows(scored)[0].share).toEqualTypeOf<number | null>();
    expectTypeOf(column(scored, "n")).toEqualTypeOf<readonly number[]>();
  });

  it("columns are inferred from arrays", () => {
    const ids: string[] = ["a"];
    const inferred = table({ id: ids, n: [1] as number[] });
    expectTypeOf(rows(inferred)).toEqualTypeOf<{ id: string; n: number }[]>();
    expectTypeOf(inferred).toExtend<Table>();
  });

  it("unknown names and cells do not compile", () => {
    // @ts-expect-error there is no such column
    expect(() => column(sales, "amount")).toThrow();
    // @ts-expect-error a cell must survive JSON
    expect(table({ at: [new Date(0)] }).length).toBe(1);
  });
});
