import type { CustomOperators } from "clientele";
import { ruleFields } from "clientele";

/** What the rules speak of. */
export const fields = ruleFields(
  { plan: ["free", "pro"], name: "text", age: "number", joinedAt: "instant", tags: "text[]" },
  { visits: { amount: "number", page: "text" } },
);
export const operators: CustomOperators = { any: { field: false, holds: () => true } };
export const asOf = "2024-01-01";

const DAY = 86_400_000;

/** Somebody about whom the rules are asked. */
export const customer = {
  record: { plan: "pro", name: "ani", age: 33, joinedAt: "2020-05-05", tags: ["v1", "v2"] },
  events: {
    visits: Array.from({ length: 100 }, (_, i) => ({
      at: Date.parse(asOf) - (3 * i + 1) * DAY,
      amount: i,
      page: `p${i % 7}`,
    })),
  },
};

const times = <Made>(length: number, make: (i: number) => Made): Made[] =>
  Array.from({ length }, (_, i) => make(i));
const any = (length: number, make: (i: number) => object) => ({ op: "any", of: times(length, make) });
const texts = times(10_000, (i) => `v${i}`);
const nested = (levels: number, wrap: (inner: object) => object, core: object): object => {
  let node = core;
  for (let i = 0; i < levels; i++) node = wrap(node);
  return node;
};
const leaf = { op: "eq", field: "name", value: "ani" };

/** Rules as large as the limits that hold by default let in, one for each shape: by what is in them. */
export const largestRules: Readonly<Record<string, () => object>> = {
  "9,999 texts in all": () => ({
    op: "all",
    of: times(9_999, (i) => ({ op: "ne", field: "name", value: `n${i}` })),
  }),
  "9,999 numbers": () => any(9_999, (i) => ({ op: "gt", field: "age", value: 100 + i })),
  "9,999 ranges": () => any(9_999, (i) => ({ op: "between", field: "age", from: 100 + i, to: 101 + i })),
  "9,999 instants": () =>
    any(9_999, (i) => ({ op: "gt", field: "joinedAt", value: new Date(2e12 + i * DAY).toISOString() })),
  "5,000 of 9,999": () => ({
    op: "atLeast",
    count: 5_000,
    of: times(9_999, (i) => ({ op: "gte", field: "age", value: i })),
  }),
  "4,999 negations": () =>
    any(4_999, (i) => ({ op: "not", of: { op: "ne", field: "name", value: `n${i}` } })),
  "62 levels of 159 each": () =>
    nested(
      62,
      (inner) => ({ op: "any", of: [...times(159, (i) => ({ op: "lt", field: "age", value: -i })), inner] }),
      leaf,
    ),
  "64 levels": () => nested(63, (of) => ({ op: "not", of }), leaf),
  "3,333 windows": () =>
    any(3_333, (i) => ({ op: "within", field: "joinedAt", window: { last: { days: i + 1 } } })),
  "4,999 anniversaries": () =>
    any(4_999, (i) => ({ op: "anniversary", field: "joinedAt", within: { days: (i % 100) + 1 } })),
  "4,999 sizes": () => any(4_999, (i) => ({ op: "size", field: "tags", is: { op: "gt", value: i + 2 } })),
  "9 lists of 10,000 texts": () => any(9, () => ({ op: "in", field: "name", values: texts })),
  "9 lists of 10,000 to have all": () => any(9, () => ({ op: "hasAll", field: "tags", values: texts })),
  "95 texts of 9,990": () =>
    any(95, () => ({ op: "contains", field: "name", value: "x".repeat(9_990), ignoreCase: true })),
  "4,999 counts": () => any(4_999, (i) => ({ op: "count", of: "visits", is: { op: "gt", value: 100 + i } })),
  "3,333 sums, each of other events": () =>
    any(3_333, (i) => ({
      op: "sum",
      of: "visits",
      field: "amount",
      where: { op: "eq", field: "page", value: `p${i}` },
      is: { op: "gt", value: 1e9 },
    })),
  "1,999 counts of other events in other windows": () =>
    any(1_999, (i) => ({
      op: "count",
      of: "visits",
      where: { op: "eq", field: "page", value: `p${i}` },
      window: { last: { days: i + 1 } },
      is: { op: "gt", value: 1_000 },
    })),
  "1,999 times in windows": () =>
    any(1_999, (i) => ({
      op: "first",
      of: "visits",
      is: { op: "within", window: { ago: [{ days: i + 401 }, { days: i + 400 }] } },
    })),
  "9,999 frequencies": () =>
    any(9_999, () => ({ op: "frequency", of: "visits", unit: "day", atLeast: 1, outOf: 1, minimum: 2 })),
  "a frequency of 10,000 days": () => ({
    op: "frequency",
    of: "visits",
    unit: "day",
    atLeast: 9_999,
    outOf: 10_000,
  }),
  "1,999 sequences of two": () =>
    any(1_999, (i) => ({
      op: "sequence",
      steps: [{ of: "visits" }, { of: "visits", within: { days: (i % 365) + 1 } }],
      notFollowedBy: { of: "visits" },
    })),
  "66 sequences of 50": () =>
    any(66, (k) => ({
      op: "sequence",
      steps: times(50, (i) => ({
        of: "visits",
        where: { op: "ne", field: "page", value: `${k}.${i}` },
        ...(i > 0 && { within: { days: 3 + (i % 2) } }),
      })),
      notFollowedBy: { of: "visits" },
    })),
  "9,999 operators of one's own": () => any(9_999, (value) => ({ op: "custom", name: "any", value })),
  "a value of 99,000 keys": () => ({
    op: "custom",
    name: "any",
    value: times(10, (k) => Object.fromEntries(times(9_900, (i) => [`k${k}.${i}`, i]))),
  }),
  "a value of 89,000 lists": () => ({
    op: "custom",
    name: "any",
    value: times(9_900, () => times(8, () => [])),
  }),
  "a value of 9,900 objects": () => ({
    op: "custom",
    name: "any",
    value: times(9_900, (i) => ({ a: i, b: "x", c: null, d: true, e: [1] })),
  }),
};
