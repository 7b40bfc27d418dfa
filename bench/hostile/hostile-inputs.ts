const nested = (levels: number, wrap: (inner: unknown) => unknown, core: unknown): unknown => {
  let node = core;
  for (let i = 0; i < levels; i++) node = wrap(node);
  return node;
};
const leaf = { op: "exists", field: "name" };
const group = (...rules: object[]) => ({ combinator: "and", rules });

const wide: { op: string; of: unknown[] } = { op: "all", of: [] };
wide.of = Array.from({ length: 100 }, () => wide);
const circle: Record<string, unknown> = { op: "not" };
circle.of = circle;
const bomb = () => {
  throw new Error("boom");
};

/** What has broken rule engines, and its like, by what it is; refused or harmless, and never slow. */
export const hostileInputs: Readonly<Record<string, () => unknown>> = {
  "a field that is SQL": () => ({ op: "eq", field: 'a" = 1 OR 1=1 --', value: 1 }),
  "the same in react-querybuilder": () => group({ field: 'a" = 1 OR 1=1 --', operator: "=", value: 1 }),
  "an operator that is SQL": () => group({ field: "age", operator: "= 1 or 1=1 --", value: 1 }),
  "a combinator that is SQL": () => ({ combinator: "or 1=1 or", rules: [] }),
  "a value source that is a field": () =>
    group({ field: "age", operator: "=", value: "name", valueSource: "field" }),
  "a value that leaves its quotes": () => ({ op: "eq", field: "name", value: "x\\' OR 1=1 -- " }),
  "in nothing": () => ({ op: "in", field: "age", values: [] }),
  "wildcards of LIKE": () => ({ op: "startsWith", field: "name", value: "50%_" }),
  $where: () => ({ $where: "globalThis.__pwn = 1" }),
  "(a+)+$": () => ({ op: "regex", field: "name", value: "(a+)+$" }),
  "(a+)+$ as text": () => ({ op: "contains", field: "name", value: "(a+)+$" }),
  "a path to a constructor": () => ({ op: "eq", field: "constructor.constructor", value: "return 1" }),
  "method of JsonLogic": () => ({ method: [{ var: "name" }, "constructor", ["return 1"]] }),
  "five nested maps of JsonLogic": () =>
    nested(5, (inner) => ({ map: [{ var: "tags" }, inner] }), { var: "" }),
  "a key __proto__": () => JSON.parse('{"op":"exists","field":"name","__proto__":{"polluted":true}}'),
  "3,000 rules in each other": () => nested(3_000, (of) => ({ op: "not", of }), leaf),
  "100,000 rules in each other": () => nested(100_000, (of) => ({ op: "all", of: [of] }), leaf),
  "100,000 groups of react-querybuilder": () => nested(100_000, (rule) => group(rule as object), leaf),
  "100,000 negations of JsonLogic": () => nested(100_000, (logic) => ({ "!": [logic] }), true),
  "90,000 lists in each other": () => ({
    op: "custom",
    name: "any",
    value: nested(90_000, (inner) => [inner], 1),
  }),
  "a rule in itself": () => circle,
  "a rule in itself, a hundred times over": () => wide,
  "100,000 rules": () => ({ op: "all", of: new Array(100_000).fill(leaf) }),
  "a list of 2^32 - 1 holes": () => ({ op: "all", of: new Array(2 ** 32 - 1) }),
  "ten million values": () => ({ op: "in", field: "age", values: new Array(10_000_000).fill(1) }),
  "ten million letters": () => ({ op: "eq", field: "name", value: "x".repeat(10_000_000) }),
  "9,000 values of commas": () =>
    group(
      ...Array.from({ length: 9_000 }, () => ({ field: "name", operator: "in", value: ",".repeat(9_999) })),
    ),
  "9,999 rules of which all is wrong": () => ({
    op: "any",
    of: Array.from({ length: 9_999 }, (_, i) => ({ op: "between", field: "age", from: i, than: null })),
  }),
  "9,999 fields that nobody knows": () => ({
    op: "any",
    of: Array.from({ length: 9_999 }, (_, i) => ({ op: "exists", field: `f${i}` })),
  }),
  "an endless duration": () => ({
    op: "within",
    field: "joinedAt",
    window: { last: { days: 2 ** 53 - 1, years: 2 ** 53 - 1 } },
  }),
  "ten thousand years": () => ({ op: "frequency", of: "visits", unit: "year", atLeast: 1, outOf: 10_000 }),
  "a getter that throws": () =>
    Object.defineProperty({ op: "exists" }, "field", { enumerable: true, get: bomb }),
  "a proxy that throws": () => ({
    op: "all",
    of: [new Proxy({}, { get: bomb, ownKeys: bomb, getPrototypeOf: bomb, getOwnPropertyDescriptor: bomb })],
  }),
};
