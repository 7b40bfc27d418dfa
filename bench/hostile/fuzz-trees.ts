import { randomSource } from "../log/sales-data.js";

/** Trees of the language's own operators and keys, put together at random, and half of them broken somewhere. */
export function fuzzTrees(count: number): unknown[] {
  const random = randomSource(5);
  const one = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)];
  const field = () => one(["plan", "name", "age", "joinedAt", "tags", "page", "amount", "nobody"]);
  const value = (): unknown =>
    one<unknown>([
      "pro",
      "ani",
      "",
      0,
      33,
      -1e308,
      true,
      "2024-01-01",
      "2024-01-01T10:00:00Z",
      "x".repeat(5_000),
    ]);
  const duration = () => ({ [one(["days", "weeks", "months", "years"])]: Math.floor(random() * 100) });
  const window = (): object =>
    one<() => object>([
      () => ({ last: duration() }),
      () => ({ ago: [duration(), duration()] }),
      () => ({ calendar: "month" }),
      () => ({}),
    ])();
  const is = () => (random() < 0.5 ? { op: "gte", value: value() } : { op: "within", window: window() });
  const many = (most: number, make: () => unknown) =>
    Array.from({ length: Math.floor(random() * most) }, make);
  const events = () => ({
    of: "visits",
    ...(random() < 0.3 && { where: node(0) }),
    ...(random() < 0.5 && { window: window() }),
  });
  const leaves: readonly (() => object)[] = [
    () => ({ op: one(["eq", "ne", "lt", "gte"]), field: field(), value: value() }),
    () => ({ op: one(["in", "notIn", "hasAny", "hasAll"]), field: field(), values: many(300, value) }),
    () => ({ op: "between", field: field(), from: value(), to: value() }),
    () => ({ op: one(["exists", "missing"]), field: field() }),
    () => ({ op: "within", field: field(), window: window() }),
    () => ({ op: "anniversary", field: field(), within: duration() }),
    () => ({ op: one(["did", "didNot"]), ...events() }),
    () => ({ op: one(["count", "first", "last"]), ...events(), is: is() }),
    () => ({ op: one(["sum", "distinct", "max"]), ...events(), field: field(), is: is() }),
    () => ({ op: "sequence", steps: many(50, () => ({ of: "visits", within: duration() })) }),
    () => ({ op: "frequency", of: "visits", unit: one(["day", "month", "year"]), atLeast: 1, outOf: 500 }),
    () => ({ op: "custom", name: one(["any", "none"]), value: many(100, value) }),
  ];
  const node = (depth: number): object => {
    if (depth === 0 || random() < 0.2) return one(leaves)();
    const op = one(["all", "any", "not", "atLeast"]);
    if (op === "not") return { op, of: node(depth - 1) };
    const of = many(depth > 3 ? 5 : 20, () => node(depth - 1));
    return op === "atLeast" ? { op, count: Math.min(of.length, 2), of } : { op, of };
  };
  const odd = () =>
    one<unknown>([
      null,
      undefined,
      [],
      {},
      Number.NaN,
      "\ud800",
      2 ** 53,
      Symbol("s"),
      { op: "all" },
      () => 1,
    ]);
  return Array.from({ length: count }, (_, i) => {
    const tree = node(1 + Math.floor(random() * 6));
    if (i % 2 === 1) breakSomewhere(tree as Record<string, unknown>);
    return tree;
  });

  function breakSomewhere(tree: Record<string, unknown>): void {
    let at = tree;
    for (;;) {
      const keys = Object.keys(at);
      const key = one(keys);
      const inner = at[key];
      if (keys.length === 0 || typeof inner !== "object" || inner === null || random() < 0.3) {
        at[key ?? "op"] = odd();
        return;
      }
      at = inner as Record<string, unknown>;
    }
  }
}
