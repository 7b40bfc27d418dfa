import { assertArgument } from "../../core/assert.js";
import type { Duration } from "../../core/duration.js";
import type { FittingWindow } from "./fitting-window.js";
import type { RuleComparison, RuleEvents, RuleWindow, SegmentRule } from "./rule.js";
import type {
  EventConditions,
  EventStep,
  FieldConditions,
  FieldReader,
  InstantComparisons,
  RuleFor,
  TextMatchOptions,
} from "./rule-conditions.js";
import type { RuleFieldMap, RuleFields } from "./rule-fields.js";

/** Makes rules in code: every call returns plain JSON, the same that a form or a database holds. */
export interface RuleBuilder<Fields extends RuleFields>
  extends FieldReader<Fields["fields"], RuleFor<"record">> {
  /** All of them hold; of none, it holds for everybody. */
  all<Place extends string = never>(...rules: readonly RuleFor<Place>[]): RuleFor<Place>;
  /** At least one holds; of none, for nobody. */
  any<Place extends string = never>(...rules: readonly RuleFor<Place>[]): RuleFor<Place>;
  /** It does not hold. */
  not<Place extends string = never>(rule: RuleFor<Place>): RuleFor<Place>;
  /** At least so many of them hold. */
  atLeast<Place extends string = never>(count: number, ...rules: readonly RuleFor<Place>[]): RuleFor<Place>;
  /** The customer is in another segment of the set. */
  segment(name: string): RuleFor<"record">;
  /** The events of one kind. */
  events<Kind extends keyof Fields["events"] & string>(
    kind: Kind,
  ): EventConditions<Fields["events"][Kind], Kind>;
  /**
   * One event after the other, of at least one kind: each step is later than the step before it; at one instant, neither
   * comes after the other.
   */
  sequence<
    const Steps extends readonly EventStep<keyof Fields["events"] & string>[],
    const Window extends RuleWindow,
  >(
    steps: Steps & (Steps extends readonly [] ? never : unknown),
    options?: {
      /** When all steps must happen. */
      readonly window?: Window & FittingWindow<Window>;
      /** What must not come after the last step (within its duration, where it has one). */
      readonly notFollowedBy?: EventStep<keyof Fields["events"] & string>;
    },
  ): RuleFor<"record">;
}

/**
 * How do I write a segment rule in code, with the compiler looking over my shoulder?
 *
 * Paths, operators and values are checked against the fields: a wrong one does not compile. The result is plain JSON.
 *
 * @param _fields - The result of {@link ruleFields}; only its type is used, so that a type argument alone will do, such as
 * `ruleBuilder<RuleFieldsOf<Customer>>()`.
 * @returns Functions that make rules; they may be taken apart.
 * @example
 * ```ts
 * import { ruleBuilder, ruleFields } from "clientele";
 *
 * const shop = ruleFields(
 *   { plan: ["free", "pro"], age: "number", joinedAt: "instant" },
 *   { transactions: { amount: "number" } },
 * );
 * const { all, field, events } = ruleBuilder(shop);
 * const rule = all(
 *   field("plan").eq("pro"),
 *   events("transactions").within({ last: { days: 90 } }).count().gte(3),
 * );
 * rule.op; // => "all"
 * field("age").gte(18); // => { op: "gte", field: "age", value: 18 }
 * ```
 */
export function ruleBuilder<const Fields extends RuleFields>(_fields?: Fields): RuleBuilder<Fields> {
  return {
    ...fieldReader(),
    all: (...of) => ({ op: "all", of }),
    any: (...of) => ({ op: "any", of }),
    not: (of) => ({ op: "not", of }),
    atLeast: (count, ...of) => ({ op: "atLeast", count, of }),
    segment: (segment) => ({ op: "segment", segment }),
    events: (kind) => eventConditions({ of: kind }) as never,
    sequence: (steps, options = {}) => ({ op: "sequence", steps: copyOf(steps), ...options }),
  };
}

/** What names a field, of the record or of an event: the types let through those that there are. */
function fieldReader() {
  return {
    field: (path: string) => fieldConditions(path) as never,
    custom: (name: string, options: { readonly field?: string; readonly value?: unknown } = {}) =>
      ({ op: "custom", name, ...options }) as const,
  };
}

const COMPARISONS = ["eq", "ne", "lt", "lte", "gt", "gte"] as const;

/** All conditions; the types let through those of the field's type. */
function fieldConditions(field: string): AllFieldConditions {
  const values =
    (op: "in" | "notIn" | "hasAny" | "hasAll" | "hasNone") => (given: readonly (string | number)[]) =>
      ({ op, field, values: copyOf(given) }) as const;
  const matching =
    (op: "contains" | "startsWith" | "endsWith") =>
    (value: string, options: TextMatchOptions = {}) =>
      ({ op, field, value, ...options }) as const;
  return {
    ...comparisons((is) => {
      if (is.op === "within") return { op: is.op, field, window: is.window };
      if (is.op === "between") return { op: is.op, field, from: is.from, to: is.to };
      return { op: is.op, field, value: is.value };
    }),
    exists: () => ({ op: "exists", field }),
    missing: () => ({ op: "missing", field }),
    in: values("in"),
    notIn: values("notIn"),
    hasAny: values("hasAny"),
    hasAll: values("hasAll"),
    hasNone: values("hasNone"),
    contains: matching("contains"),
    startsWith: matching("startsWith"),
    endsWith: matching("endsWith"),
    size: () => comparisons((is) => ({ op: "size", field, is })),
    anniversary: (within: Duration, direction?: "next" | "last") => ({
      op: "anniversary",
      field,
      within,
      ...(direction && { direction }),
    }),
  };
}

/** The caller's list may change later, and the rule must not. What is no list is left to the check of the rule. */
function copyOf<List extends readonly unknown[]>(list: List): List {
  return Array.isArray(list) ? ([...list] as unknown as List) : list;
}

type AllFieldConditions = Record<
  keyof (FieldConditions<"text"> & FieldConditions<"instant"> & FieldConditions<"text[]">),
  (...args: never[]) => unknown
>;

type Compare = (is: RuleComparison) => SegmentRule;

function comparisons(compare: Compare): InstantComparisons & Record<string, never> {
  const byValue = Object.fromEntries(
    COMPARISONS.map((op) => [op, (value: number | string) => compare({ op, value })]),
  );
  return {
    ...byValue,
    between: (from: number | string, to: number | string) => compare({ op: "between", from, to }),
    within: (window: RuleWindow) => compare({ op: "within", window }),
  } as never;
}

function eventConditions(events: RuleEvents): EventConditions<RuleFieldMap> {
  const measured = (op: "sum" | "average" | "min" | "max" | "distinct") => (field: string) =>
    comparisons((is) => ({ op, ...events, field, is }));
  const timed = (op: "first" | "last") => () => comparisons((is) => ({ op, ...events, is }));
  return {
    where: (condition) => {
      const where = condition(fieldReader());
      return eventConditions({
        ...events,
        where: events.where ? { op: "all", of: [events.where, where] } : where,
      });
    },
    within: (window) => {
      const { window: before } = events;
      assertArgument(
        before === undefined,
        "window",
        () => `within() is called twice, and events lie in one window: ${COMBINE}`,
      );
      return eventConditions({ ...events, window });
    },
    did: () => ({ op: "did", ...events }),
    didNot: () => ({ op: "didNot", ...events }),
    count: () => comparisons((is) => ({ op: "count", ...events, is })) as never,
    sum: measured("sum") as never,
    average: measured("average") as never,
    min: measured("min") as never,
    max: measured("max") as never,
    distinct: measured("distinct") as never,
    first: timed("first"),
    last: timed("last"),
    frequency: (options) => ({
      op: "frequency",
      ...withoutWindow(events, "frequency() looks at the last complete periods"),
      ...options,
    }),
    step: (within) => ({
      ...withoutWindow(events, "a sequence has one window for all of its steps"),
      ...(within && { within }),
    }),
  };
}

const COMBINE = "call it once, or narrow by `at` in where()";

function withoutWindow({ window, ...kind }: RuleEvents, why: string): Omit<RuleEvents, "window"> {
  assertArgument(window === undefined, "window", () => `within() does not apply here: ${why}; leave it out`);
  return kind;
}
