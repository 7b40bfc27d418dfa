import { describe, expect, test } from "vitest";
import { table } from "../../../src/core/table.js";
import {
  readCountedData,
  readSurvivalData,
  type SurvivalInput,
} from "../../../src/statistics/survival/survival-data.js";
import { thrown } from "../../core/thrown.js";

const read = {
  length: 3,
  duration: Float64Array.of(5, 0, 2.5),
  event: Uint8Array.of(1, 0, 1),
  entry: Float64Array.of(0, 0, 1),
  weight: Float64Array.of(1, 2, 1),
};

describe("readSurvivalData", () => {
  test("rows, columns, a table and typed columns are one and the same", () => {
    const rows = [
      { duration: 5, event: true },
      { duration: 0, event: 0 as const, entry: 0, weight: 2 },
      { duration: 2.5, event: 1 as const, entry: 1, weight: null },
    ];
    const columns = {
      duration: [5, 0, 2.5],
      event: [true, false, true],
      entry: [null, null, 1],
      weight: [null, 2, 1],
    };
    expect(readSurvivalData(rows)).toEqual(read);
    expect(readSurvivalData(columns)).toEqual(read);
    expect(readSurvivalData(table({ ...columns, customerId: ["a", "b", "c"] }))).toEqual(read);
    expect(readSurvivalData({ ...read })).toEqual(read);
  });

  test("keeps typed columns and does not change its input", () => {
    const result = readSurvivalData(Object.freeze({ ...read }));
    expect(result.duration).toBe(read.duration);
    expect(result.event).toBe(read.event);
    expect(result.entry).toBe(read.entry);
    expect(result.weight).toBe(read.weight);
  });

  test("entries at 0 and weights of 1 are as none", () => {
    const plain = { duration: [1, 2], event: [1, 0] as (0 | 1)[] };
    const data = readSurvivalData({ ...plain, entry: [0, null], weight: [1, 1] });
    expect(data).toEqual(readSurvivalData(plain));
    expect(data.entry).toBeNull();
    expect(data.weight).toBeNull();
  });

  test("no rows are no mistake", () => {
    expect(readSurvivalData([]).length).toBe(0);
    expect(readSurvivalData({ duration: [], event: [] }).length).toBe(0);
  });
});

describe("bad input", () => {
  test("all problems of all rows, in order of the rows", () => {
    const error = thrown(() =>
      readSurvivalData([
        { duration: 3, event: true },
        { duration: -1, event: "yes" as unknown as boolean },
        { duration: 4, event: true, entry: 4 },
        { duration: 4, event: true, entry: -2, weight: 0 },
        { duration: Number.POSITIVE_INFINITY, event: false, weight: Number.NaN },
        { duration: undefined as unknown as number, event: 2 as 1 },
      ]),
    );
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "data[1].duration" });
    expect(error.message).toBe(
      [
        "9 problems in data:",
        "  row 2, duration: -1 is no finite number of 0 or more",
        '  row 2, event: "yes" is none of true, false, 1, 0',
        "  row 3, entry: 4 is not before the duration, 4",
        "  row 4, entry: -2 is no finite number of 0 or more",
        "  row 4, weight: 0 is no finite number above 0",
        "  row 5, duration: Infinity is no finite number of 0 or more",
        "  row 5, weight: NaN is no finite number above 0",
        "  row 6, duration: is no finite number of 0 or more",
        "  row 6, event: 2 is none of true, false, 1, 0",
      ].join("\n"),
    );
  });

  test("typed columns are checked as well", () => {
    const error = thrown(() =>
      readSurvivalData({ duration: Float64Array.of(1, Number.NaN), event: Uint8Array.of(3, 1) }, "lifetimes"),
    );
    expect(error.path).toBe("lifetimes[0].event");
    expect(error.message).toContain("row 2, duration: NaN");
  });

  test("counts all problems though it lists the first", () => {
    const error = thrown(() => readSurvivalData(new Array(500).fill({ duration: -1, event: true })));
    expect(error.message).toMatch(/^500 problems in data, the first 20:/);
  });

  test.each<[unknown, string, string]>([
    [null, "data", "data is null: pass an array of rows, or columns: { duration, event }"],
    [{ duration: [1] }, "data.event", "data.event is undefined"],
    [{ duration: 5, event: [1] }, "data.duration", "data.duration is 5"],
    [{ duration: [1, 2], event: [1] }, "data.event", "data.event has 1 values, data.duration has 2"],
    [{ duration: [1], event: [1], entry: [] }, "data.entry", "data.entry has 0 values"],
    [{ duration: [1], event: [1], weight: [1, 1] }, "data.weight", "data.weight has 2 values"],
    [{ length: 1, columns: { duration: [1], event: [] } }, "data.columns.event", "data.columns.event has 0"],
  ])("%j", (data, path, message) => {
    const error = thrown(() => readSurvivalData(data as SurvivalInput));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
    expect(error.message).toContain(message);
  });

  test("rows that are no rows, beside others that break rules", () => {
    const rows = [7, { duration: -1, event: true }, null];
    const error = thrown(() => readSurvivalData(rows as unknown as SurvivalInput));
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "data[0]" });
    expect(error.message.split("\n")).toEqual([
      "3 problems in data:",
      "  row 1: 7 is not { duration, event }",
      "  row 2, duration: -1 is no finite number of 0 or more",
      "  row 3: null is not { duration, event }",
    ]);
  });

  test("sizes whose squares would be no numbers", () => {
    const error = thrown(() =>
      readSurvivalData([
        { duration: 1e101, event: true, entry: 1e-101 },
        { duration: 1, event: true, weight: 1e308 },
        { duration: 1, event: true, weight: 1e-101 },
        { duration: 1e100, event: true, entry: 1e-100, weight: 1e100 },
      ]),
    );
    expect(error.message.split("\n")).toEqual([
      "4 problems in data:",
      "  row 1, duration: 1e+101 is neither 0 nor of a size from 1e-100 to 1e100",
      "  row 1, entry: 1e-101 is neither 0 nor of a size from 1e-100 to 1e100",
      "  row 2, weight: 1e+308 is not of a size from 1e-100 to 1e100",
      "  row 3, weight: 1e-101 is not of a size from 1e-100 to 1e100",
    ]);
  });

  test("weights that are no counts, where subjects are counted", () => {
    const error = thrown(() =>
      readCountedData({ duration: [1, -2, 3], event: [1, 1, 1], weight: [1.5, 2, -1] }),
    );
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "data[0].weight" });
    expect(error.message.split("\n")).toEqual([
      "3 problems in data:",
      "  row 1, weight: 1.5 is no whole number of subjects",
      "  row 2, duration: -2 is no finite number of 0 or more",
      "  row 3, weight: -1 is no finite number above 0",
    ]);
  });
});
