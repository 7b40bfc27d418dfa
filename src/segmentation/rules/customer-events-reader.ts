import { assertArgument, assertOneOf, shown } from "../../core/assert.js";
import { epochMs } from "../../core/instant.js";
import { assertTimeZone } from "../../core/time-zone.js";
import { assertLog, type TransactionLog } from "../../history/log-columns.js";
import type { LogMetricOptions } from "../../history/metric-options.js";
import { LOG_EVENTS, logEvent, logEvents } from "./event-columns.js";
import { assertKnownKeys } from "./known-keys.js";

/** As of when a log is read, and how. */
export interface CustomerEventsOptions
  extends Pick<LogMetricOptions, "asOf" | "timeZone" | "refundAttribution"> {}

/** What a customer bought, as rules ask about it. */
export interface TransactionEvents {
  /** Events with the fields of {@link transactionEventFields}, as far as the log has them, in order of time. */
  readonly transactions: readonly object[];
}

/**
 * What did one customer of a log buy, as {@link SegmentSet.evaluate} sees it?
 *
 * With these events `explainRule`, `matches` of a compiled rule and `start` of a set say of a customer what `evaluate` says
 * of the whole log. By `"purchase"` (default) what the refunds known at `asOf` give back is taken off their purchases, and a
 * purchase that is reversed as a whole is no event; read the log anew for another `asOf`. By `"transaction"` refunds are
 * events of their own. Make the reader once for many customers.
 *
 * @param log - A transaction log.
 * @param options - `asOf`, which must be that of the rules: what happened at it or later is left out; `refundAttribution`.
 * @returns A function of the customer's id; for an unknown one there are no events.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when `log` is no transaction log or an option is none.
 * @example
 * ```ts
 * import { customerEventsReader, explainRule, ruleBuilder, ruleFields, transactionEventFields, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { id: "T1", customerId: "ani", at: "2024-06-20", amount: 500 },
 *     { customerId: "ani", at: "2024-06-22", amount: -200, refundOf: "T1" },
 *   ],
 *   { currency: "IDR" },
 * );
 * const asOf = "2024-07-01";
 * const eventsOf = customerEventsReader(log, { asOf });
 * const fields = ruleFields({}, { transactions: transactionEventFields });
 * const rule = ruleBuilder(fields).events("transactions").max("amount").gte(400);
 * explainRule(rule, { record: {}, events: { ...eventsOf("ani") } }, { fields, asOf }).tree.actual; // => 300
 * ```
 */
export function customerEventsReader(
  log: TransactionLog,
  options: CustomerEventsOptions,
): (customerId: string | number) => TransactionEvents {
  assertLog(log);
  assertArgument(
    typeof options === "object" && options !== null,
    "options",
    () => `options is ${shown(options)}: pass { asOf }`,
  );
  assertKnownKeys(options, "options", ["asOf", "timeZone", "refundAttribution"]);
  const { timeZone = log.timeZone, refundAttribution = "purchase" } = options;
  assertTimeZone(timeZone, "options.timeZone");
  assertOneOf(refundAttribution, "options.refundAttribution", ["purchase", "transaction"]);
  const asOf = epochMs(options.asOf, "options.asOf", timeZone);
  const clock = { asOf, timeZone, weekStartsOn: 1, firstMonth: 1 };
  const events = logEvents(log, [], { fields: {}, events: {} }, clock, refundAttribution);
  const { offsets, at, customerIds } = log;
  const places = new Map(customerIds.map((id, place) => [id, place]));
  return (customerId) => {
    const transactions: object[] = [];
    const place = places.get(String(customerId));
    if (place === undefined) return { [LOG_EVENTS]: transactions };
    for (let row = offsets[place]; row < offsets[place + 1] && at[row] < asOf; row++)
      if (events.isEvent === null || events.isEvent[row] === 1) transactions.push(logEvent(events, row));
    return { [LOG_EVENTS]: transactions };
  };
}
