import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { table } from "../../../src/core/table.js";
import { compileRule } from "../../../src/segmentation/rules/compile-rule.js";
import { ruleBuilder } from "../../../src/segmentation/rules/rule-builder.js";
import type { RuleColumn, RuleColumns } from "../../../src/segmentation/rules/rule-columns.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { selectRows } from "../../../src/segmentation/rules/select-rows.js";
import { thrown } from "../../core/thrown.js";
import {
  berlinHours,
  type PlainOffset,
  type PlainType,
  type PlainWorld,
  plainHolds,
  plainRead,
  plainValue,
  sydneyHours,
} from "./plain-rule.js";
import { fields, plainFields, records, rules } from "./random-rules.js";

const asOf = Date.parse("2024-07-01T03:30:00Z");
const options = { fields, asOf };
type Form = "plain" | "bytes" | "words" | "longs" | "typed";

const zones: readonly (readonly [string, PlainOffset])[] = [
  ["UTC", 0],
  ["Europe/Berlin", berlinHours],
  ["Australia/Sydney", sydneyHours],
];

/** A column of what the records hold; typed arrays and dictionaries hold the same in another form. */
function columnOf(values: readonly unknown[], type: PlainType, form: Form, offset: PlainOffset): RuleColumn {
  if (form === "typed" && (type === "number" || type === "instant"))
    return Float64Array.from(values, (value) => Number(plainValue(value, type, offset) ?? Number.NaN));
  if (form === "plain" || form === "typed") return values;
  const distinct = [null, ...new Set(values)];
  const places = values.map((value) => distinct.indexOf(value));
  const codes = {
    bytes: Uint8Array.from(places),
    words: Uint16Array.from(places),
    longs: Uint32Array.from(places),
  };
  return { codes: codes[form], values: distinct };
}

function columnsOf(list: readonly object[], forms: readonly Form[], offset: PlainOffset = 0): RuleColumns {
  return Object.fromEntries(
    Object.entries(plainFields).map(([path, type], i) => [
      path,
      columnOf(
        list.map((record) => plainRead(record, path)),
        type,
        forms[i],
        offset,
      ),
    ]),
  );
}

describe("selectRows", () => {
  it("finds the rows whose records the rule means, in whatever form the columns are", () => {
    const form = fc.constantFrom<Form>("plain", "bytes", "words", "longs", "typed");
    const forms = fc.array(form, { minLength: 10, maxLength: 10 });
    const segments = fc.record({ a: rules(), b: rules(["a"]) });
    fc.assert(
      fc.property(
        rules(["a", "b"]),
        segments,
        fc.array(records, { maxLength: 12 }),
        forms,
        fc.constantFrom(...zones),
        (rule, named, list, by, [timeZone, offsetHours]) => {
          const world: PlainWorld = { fields: plainFields, asOf, offsetHours, segments: named };
          const expected = list.flatMap((record, row) => (plainHolds(rule, record, world) ? [row] : []));
          const { rowIndexes, share } = selectRows(rule, columnsOf(list, by, offsetHours), {
            ...options,
            timeZone,
            segments: named,
          });
          expect(rowIndexes).toEqual(expected);
          expect(share).toMatchObject({ numerator: expected.length, denominator: list.length });
        },
      ),
      { numRuns: 1500 },
    );
  });

  it("finds the same in many rows, block after block", () => {
    fc.assert(
      fc.property(rules(), fc.array(records, { minLength: 5, maxLength: 9 }), (rule, few) => {
        const list = Array.from({ length: 4999 }, (_, i) => few[(i * i) % few.length]);
        const columns = columnsOf(
          list,
          Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? "bytes" : "typed")),
        );
        expect(selectRows(rule, columns, options).rowIndexes).toEqual(
          compileRule(rule, options).select(list).rowIndexes,
        );
      }),
      { numRuns: 40 },
    );
  });

  it("takes tables, and numbers of every width", () => {
    const { field, all } = ruleBuilder(fields);
    const rule = all(field("plan").eq("pro"), field("score").gte(2));
    expect(
      selectRows(rule, table({ plan: ["pro", "pro", null], score: [1, 2, 3] }), options).rowIndexes,
    ).toEqual([1]);
    for (const type of [
      Float32Array,
      Int32Array,
      Uint32Array,
      Int16Array,
      Uint16Array,
      Int8Array,
      Uint8Array,
    ]) {
      const score = type.of(1, 2, 3);
      expect(selectRows(field("score").gt(1), { score }, options).rowIndexes).toEqual([1, 2]);
      expect(selectRows(field("score").ne(2), { score }, options).rowIndexes).toEqual([0, 2]);
    }
  });

  it("counts a code beyond the values as missing", () => {
    const plan = { codes: Uint8Array.of(0, 1, 2, 255), values: [null, "pro"] };
    const { field, not } = ruleBuilder(fields);
    expect(selectRows(field("plan").exists(), { plan }, options).rowIndexes).toEqual([1]);
    expect(selectRows(field("plan").missing(), { plan }, options).rowIndexes).toEqual([0, 2, 3]);
    expect(selectRows(not(field("plan").eq("pro")), { plan }, options).rowIndexes).toEqual([0, 2, 3]);
    const wide = { codes: Uint32Array.of(0, 1, 2, 4_000_000_000), values: [null, "pro"] };
    expect(selectRows(field("plan").missing(), { plan: wide }, options).rowIndexes).toEqual([0, 2, 3]);
  });

  it("holds numbers apart to the last bit", () => {
    const { field } = ruleBuilder(fields);
    const bounds = [
      0,
      1,
      -1,
      0.1,
      1e-308,
      Number.MIN_VALUE,
      -Number.MIN_VALUE,
      Number.MAX_VALUE,
      -Number.MAX_VALUE,
    ];
    const score = Float64Array.from([...bounds, -0, 1 + Number.EPSILON, 1 - Number.EPSILON / 2, Number.NaN]);
    for (const bound of bounds) {
      const held = (holds: (value: number) => boolean) =>
        [...score.keys()].filter((row) => holds(score[row]));
      expect(selectRows(field("score").lt(bound), { score }, options).rowIndexes).toEqual(
        held((x) => x < bound),
      );
      expect(selectRows(field("score").lte(bound), { score }, options).rowIndexes).toEqual(
        held((x) => x <= bound),
      );
      expect(selectRows(field("score").gt(bound), { score }, options).rowIndexes).toEqual(
        held((x) => x > bound),
      );
      expect(selectRows(field("score").gte(bound), { score }, options).rowIndexes).toEqual(
        held((x) => x >= bound),
      );
      expect(selectRows(field("score").eq(bound), { score }, options).rowIndexes).toEqual(
        held((x) => x === bound),
      );
    }
  });

  it("gives operators of the caller's the record of the row", () => {
    const seen: unknown[] = [];
    const operators = {
      seen: {
        holds: (field: unknown, _: unknown, record: unknown) => {
          seen.push([field, JSON.parse(JSON.stringify(record))]);
          return true;
        },
      },
    };
    const columns = {
      score: Float64Array.of(1, Number.NaN),
      "address.city": { codes: Uint8Array.of(1, 1), values: [null, "Jakarta"] },
      "address.geo.lat": [6, 7],
    };
    const rule = { op: "custom", name: "seen", field: "score" } as const;
    expect(selectRows(rule, columns, { ...options, operators }).rowIndexes).toEqual([0]);
    expect(seen).toEqual([[1, { score: 1, address: { city: "Jakarta", geo: { lat: 6 } } }]]);
  });

  it("asks about events where the rule does", () => {
    const shop = ruleFields({ plan: "text" }, { transactions: { amount: "number" } });
    const { all, field, events } = ruleBuilder(shop);
    const large = events("transactions").where((event) => event.field("amount").gte(10));
    const rule = all(field("plan").eq("pro"), large.count().lt(2));
    const amounts = [[], [10, 20], [10, 9], [30]];
    const eventsOf = (row: number) => ({
      transactions: amounts[row].map((amount) => ({ at: "2024-06-01", amount })),
    });
    const columns = { plan: ["pro", "pro", "pro", "free"] };
    const given = { fields: shop, asOf };
    expect(selectRows(rule, columns, { ...given, eventsOf }).rowIndexes).toEqual([0, 2]);
    expect(thrown(() => selectRows(rule, columns, given)).path).toBe("options.eventsOf");
    const none = thrown(() => selectRows(rule, columns, { ...given, eventsOf: () => null as never }));
    expect(none.message).toContain("row 0 null");
  });

  it("of no rows finds none, and their share is undefined", () => {
    const { rowIndexes, share } = selectRows({ op: "all", of: [] }, {}, options);
    expect(rowIndexes).toEqual([]);
    expect(share).toEqual({ value: null, numerator: 0, denominator: 0, reason: "rows asked about: 0" });
    expect(selectRows({ op: "all", of: [] }, { length: 2, columns: {} }, options).rowIndexes).toEqual([0, 1]);
  });
});

describe("bad columns", () => {
  const { field } = ruleBuilder(fields);
  const rule = field("plan").eq("pro");
  const select = (columns: unknown, given = rule) =>
    thrown(() => selectRows(given, columns as RuleColumns, options));

  it.each([
    ["columns", null, "null"],
    ["columns", [1], "an array of 1"],
    ["columns.plan", { plan: "pro" }, `"pro"`],
    ["columns.plan", { plan: null }, "null"],
    ["columns.plan", { plan: { codes: [0], values: ["pro"] } }, "an object"],
    ["columns.plan", { plan: { codes: Uint8Array.of(0) } }, "an object"],
    ["columns.plan", { plan: BigInt64Array.of(1n) }, "BigInt64Array"],
    ["columns.plan", { plan: Float64Array.of(1) }, "Float64Array"],
    ["columns.score", { plan: ["pro"], score: [1, 2] }, "2 rows"],
    ["columns.score", { length: 1, columns: { plan: ["pro"], score: [1, 2] } }, "the table 1"],
    ["columns.length", { length: 1.5, columns: {} }, "1.5"],
    ["columns.length", { length: -1, columns: {} }, "-1"],
    ["columns.length", { length: Number.NaN, columns: {} }, "NaN"],
    ["columns.columns", { length: 3, columns: null }, "null"],
    ["columns.columns", { length: 1, columns: [1] }, "an array of 1"],
  ])("%s", (path, columns, shown) => {
    const error = select(columns);
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
    expect(error.message).toContain(shown);
  });

  it("a column that the rule asks about must be there", () => {
    const error = select({ score: [1] });
    expect(error).toMatchObject({ code: "UNKNOWN_COLUMN", path: "columns.plan" });
    expect(error.message).toContain(`"score"`);
    expect(select(Object.create({ plan: ["pro"] })).code).toBe("UNKNOWN_COLUMN");
    expect(select({ active: Uint8Array.of(1) }, field("active").eq(true)).path).toBe("columns.active");
  });
});
