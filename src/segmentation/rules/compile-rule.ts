import { assertArgument, shown } from "../../core/assert.js";
import { ratio } from "../../core/rate.js";
import { checkedRule } from "./checked-rule.js";
import type { CompiledRule, CompileRuleOptions, CustomerEvents, SelectedCustomers } from "./compiled-rule.js";
import type { EventLeaf } from "./event-leaf.js";
import { type FieldRecord, inheritsNone, isPlainRecord } from "./field-reader.js";
import { objectTest } from "./object-test.js";
import { readEvents } from "./read-events.js";
import type { RuleDocument, SegmentRule } from "./rule.js";
import { type RuleClock, ruleClock } from "./rule-clock.js";
import { ruleEvaluator } from "./rule-evaluator.js";
import type { RuleFields } from "./rule-fields.js";
import { plainCopy } from "./rule-limits.js";
import type { RuleTest } from "./rule-test.js";
import { rowSelector } from "./select-rows.js";

/**
 * Which customers does a rule mean? Makes it ready to be asked about many of them.
 *
 * Relative dates become instants here, once, from `asOf`; the rule is checked against the fields and copied; no code is
 * made from text, so that it runs where that is forbidden.
 *
 * Records may hold anything: own properties alone are read, and a value of another type than the field's counts as missing.
 *
 * @param rule - A rule, or a stored {@link RuleDocument}. What comes from elsewhere goes through {@link parseRule} first.
 * @param options - `asOf`, the `fields`, the calendar (`timeZone`, default UTC; `weekStartsOn`; `firstMonth`), the
 * `segments` to which it refers and `operators` of your own.
 * @returns What answers for one customer after the other, or picks the members out of records, rows of a table, or the
 * customers of a log.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the rule does not fit the fields, or segments refer to each other
 * in a circle; `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { compileRule, ruleBuilder, ruleFields } from "clientele";
 *
 * const fields = ruleFields({ plan: ["free", "pro"], joinedAt: "instant" }, { transactions: { amount: "number" } });
 * const { all, field, events } = ruleBuilder(fields);
 * const rule = all(
 *   field("plan").ne("free"),
 *   events("transactions").within({ last: { days: 90 } }).count().lt(3),
 * );
 * const fading = compileRule(rule, { fields, asOf: "2024-07-01", timeZone: "Asia/Jakarta" });
 * fading.matches({ plan: "pro" }, { transactions: [{ at: "2024-06-20", amount: 100 }] }); // => true
 * fading.matches({ plan: "pro" }, {}); // => true
 * fading.matches({ plan: null }, {}); // => false
 * fading.select([{ plan: "free" }, { plan: "pro" }], () => ({})).rowIndexes; // => [1]
 * fading.selectRows({ plan: ["pro", "free", "pro"] }, () => ({})).rowIndexes; // => [0, 2]
 * fading.evaluate({ records: [{ customerId: "ani", plan: "pro" }], eventsOf: () => ({}) }).customerIds; // => ["ani"]
 * ```
 */
export function compileRule(rule: SegmentRule | RuleDocument, options: CompileRuleOptions): CompiledRule {
  const checked = checkedRule(rule, options);
  const known: CompileRuleOptions = { ...options, operators: { ...options.operators } };
  const clock = ruleClock(options);
  const { test, leaves, trustedNames } = objectTest(checked, known, clock, true);
  const reading: Reading = { leaves, fields: known.fields, clock };
  let careful: RuleTest | null = null;
  const testOfOthers = (): RuleTest => {
    careful ??= objectTest(checked, known, clock, false).test;
    return careful;
  };
  const selectRows = rowSelector(checked, known, clock);
  let shownRule: SegmentRule | null = null;
  return {
    get rule() {
      shownRule ??= plainCopy(checked.rule, known.limits).value as SegmentRule;
      return shownRule;
    },
    asOf: clock.asOf,
    timeZone: clock.timeZone,
    matches: (record, events) => {
      const isPlain = isPlainRecord(record);
      if (!isPlain) assertRecord(record, null);
      let measures = NOTHING;
      if (leaves.length > 0) {
        // Not kept from call to call: an operator of the caller's may ask the same rule about another customer.
        measures = new Float64Array(leaves.length);
        measureInto(measures, reading, events, null);
      }
      const holds = isPlain && inheritsNone(trustedNames) ? test : testOfOthers();
      return holds(record as FieldRecord, measures, 0);
    },
    select: (records, eventsOf) => {
      assertArgument(
        typeof (records as Partial<Iterable<object>> | null)?.[Symbol.iterator] === "function",
        "records",
        () => `records is ${shown(records)}: pass an array or another iterable of objects`,
      );
      assertArgument(
        leaves.length === 0 || typeof eventsOf === "function",
        "eventsOf",
        () =>
          `eventsOf is ${shown(eventsOf)}, and the rule asks about events: pass (record) => events by kind`,
      );
      const measures = new Float64Array(leaves.length);
      const given = leaves.length > 0 ? eventsOf : undefined;
      const testOfPlain = inheritsNone(trustedNames) ? test : testOfOthers();
      return selected(records, (record, place) => {
        const isPlain = isPlainRecord(record);
        if (!isPlain) assertRecord(record, place);
        if (given) measureInto(measures, reading, given(record, place), place);
        return (isPlain ? testOfPlain : testOfOthers())(record as FieldRecord, measures, 0);
      });
    },
    selectRows: (columns, eventsOf) => selectRows(columns, eventsOf, "eventsOf"),
    evaluate: ruleEvaluator(checked, known),
  };
}

const NOTHING = new Float64Array(0);

function selected<Customer extends object>(
  records: Iterable<Customer>,
  isMember: (record: Customer, row: number) => boolean,
): SelectedCustomers {
  const rowIndexes: number[] = [];
  let row = 0;
  for (const record of records) {
    if (isMember(record, row)) rowIndexes.push(row);
    row++;
  }
  return { rowIndexes, share: ratio(rowIndexes.length, row, "customers asked about") };
}

/** With what the events of a customer are measured. */
interface Reading {
  readonly leaves: readonly EventLeaf[];
  readonly fields: RuleFields;
  readonly clock: RuleClock;
}

/** `place`: that of the customer among many; `null` where there is one. */
function measureInto(
  measures: Float64Array,
  { leaves, fields, clock }: Reading,
  events: CustomerEvents | undefined,
  place: number | null,
): void {
  if (typeof events !== "object" || events === null) {
    const path = place === null ? "events" : "eventsOf";
    const what = place === null ? "events is" : `eventsOf gives for record ${place}`;
    const message = `${what} ${shown(events)}, and the rule asks about events: pass them by kind, {} for none`;
    assertArgument(false, path, () => message);
  }
  const read = readEvents(events, fields, clock.timeZone, () =>
    place === null ? "events" : `eventsOf(records[${place}])`,
  );
  for (let i = 0; i < leaves.length; i++) measures[i] = leaves[i].measureRead(read);
}

function assertRecord(record: unknown, place: number | null): void {
  if (typeof record === "object" && record !== null) return;
  const path = place === null ? "record" : `records[${place}]`;
  assertArgument(false, path, () => `${path} is ${shown(record)}: pass an object with the customer's fields`);
}
