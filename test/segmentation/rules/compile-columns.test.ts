import { describe, expect, it } from "vitest";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { selectRows } from "../../../src/segmentation/rules/select-rows.js";

const fields = ruleFields({ score: "number", "address.city": "text" });
const options = { fields, asOf: "2024-07-01" };
const asked = { op: "custom", name: "asked" } as const;

/** The records that an operator without a field gets. */
function recordsOf(columns: Record<string, readonly unknown[]>): unknown[] {
  const seen: unknown[] = [];
  const holds = (_: unknown, __: unknown, record: unknown) => seen.push(record) > 0;
  selectRows(asked, columns, { ...options, operators: { asked: { field: false, holds } } });
  return JSON.parse(JSON.stringify(seen));
}

function frozen<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

describe("the record of a row", () => {
  it("is made anew: what is the caller's stays as it is", () => {
    const columns = frozen({
      address: [{ city: "A", street: "x", geo: { lat: 1 } }, null, "text"],
      "address.city": ["B", "C", "D"],
      "address.geo.lon": [2, 3, 4],
    });
    const expected = [
      { address: { city: "B", street: "x", geo: { lat: 1, lon: 2 } } },
      { address: { city: "C", geo: { lon: 3 } } },
      { address: { city: "D", geo: { lon: 4 } } },
    ];
    expect(recordsOf(columns)).toEqual(expected);
    const backwards = Object.fromEntries(Object.entries(columns).reverse());
    expect(recordsOf(backwards)).toEqual(expected);
    expect(columns.address[0]).toEqual({ city: "A", street: "x", geo: { lat: 1 } });
  });

  it("inherits nothing, whatever its columns are called", () => {
    const columns: Record<string, readonly unknown[]> = JSON.parse(
      `{"__proto__.polluted": [1], "constructor": [2], "a.__proto__": [3]}`,
    );
    expect(recordsOf(columns)).toEqual([
      JSON.parse(`{"__proto__": {"polluted": 1}, "constructor": 2, "a": {"__proto__": 3}}`),
    ]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe("operators of the caller's over columns", () => {
  const promise = (() => Promise.resolve(true)) as unknown as () => boolean;
  const truthy = (() => 1) as unknown as () => boolean;

  it.each([
    ["a promise", promise],
    ["1", truthy],
  ])("hold only when they say true: %s is no answer", (_, holds) => {
    const operators = { free: { field: false, holds }, ofScore: { holds } };
    const columns = { score: [1, 2] };
    expect(selectRows({ op: "custom", name: "free" }, columns, { ...options, operators }).rowIndexes).toEqual(
      [],
    );
    const rule = { op: "custom", name: "ofScore", field: "score" } as const;
    expect(selectRows(rule, columns, { ...options, operators }).rowIndexes).toEqual([]);
  });
});
