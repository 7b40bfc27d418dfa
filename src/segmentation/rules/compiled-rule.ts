import type { Rate } from "../../core/rate.js";
import type { CustomOperators } from "./custom-operator.js";
import type { CustomerEvents } from "./customer-events.js";
import type { EvaluateSegmentsOptions } from "./evaluation-progress.js";
import type { SegmentRule } from "./rule.js";
import type { RuleClockOptions } from "./rule-clock.js";
import type { RuleColumnInput } from "./rule-columns.js";
import type { RuleFields } from "./rule-fields.js";
import type { RuleLimits } from "./rule-limits.js";
import type { SegmentSetInput } from "./segment-set-input.js";

export type { CustomerEvents } from "./customer-events.js";

/** With what a rule is compiled. */
export interface CompileRuleOptions extends RuleClockOptions {
  /** Of what the rule speaks. */
  readonly fields: RuleFields;
  /** The segments to which it may refer, by name. */
  readonly segments?: Readonly<Record<string, SegmentRule>>;
  /** Operators of your own, by name. */
  readonly operators?: CustomOperators;
  /** How large the rule may be. */
  readonly limits?: RuleLimits;
}

/** A rule made ready to be asked about many customers. It holds functions: it is no data. */
export interface CompiledRule {
  /** The rule that was compiled: a copy, with which nothing else is done. */
  readonly rule: SegmentRule;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of its days, weeks and months. */
  readonly timeZone: string;
  /**
   * Whether the rule holds for a customer.
   *
   * @param record - The customer's fields.
   * @param events - What the customer did; needed where the rule asks about events, `{}` for who did nothing.
   * @returns Whether the customer is a member.
   * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the rule asks about events and none are given.
   */
  matches(record: object, events?: CustomerEvents): boolean;
  /**
   * Which of many customers the rule means.
   *
   * @param records - The customers' fields; read once, in order.
   * @param eventsOf - Gives what a customer did; needed where the rule asks about events.
   * @returns The members, by their place among the records.
   * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a record is no object, or events are needed and not given.
   */
  select<Customer extends object>(
    records: Iterable<Customer>,
    eventsOf?: (record: Customer, place: number) => CustomerEvents,
  ): SelectedCustomers;
  /**
   * Which rows of a table the rule means: see {@link selectRows}.
   *
   * @param columns - A table, or columns by the path of their field; other ones at each call.
   * @param eventsOf - Gives what the customer of a row did; needed where the rule asks about events.
   * @returns The members, by their rows.
   * @throws {@link ClienteleError} `INVALID_ARGUMENT` for bad columns, or when events are needed and not given;
   * `UNKNOWN_COLUMN` when the rule asks about a field without one.
   */
  selectRows(columns: RuleColumnInput, eventsOf?: (row: number) => CustomerEvents): SelectedCustomers;
  /**
   * Which customers of a log, of records or of both the rule means. The log's events are measured in one pass, as by
   * {@link segmentSet}, whose input this is too.
   *
   * @param input - The customers, what they bought (a log) and what else they did.
   * @param options - How a long run is followed, and stopped.
   * @returns The members, by their id.
   * @throws {@link ClienteleError} `INVALID_ARGUMENT` for bad input; `UNKNOWN_COLUMN` when the rule asks for what the log
   * lacks; `ABORTED` when the signal fires.
   */
  evaluate<Customer extends object>(
    input: SegmentSetInput<Customer>,
    options?: EvaluateSegmentsOptions,
  ): RuleMembership;
}

/** The customers that a rule means. */
export interface SelectedCustomers {
  /** Where they stand in the records or columns that were passed: numbers of rows from 0, ascending. */
  readonly rowIndexes: readonly number[];
  /** Members among all who were asked about. */
  readonly share: Rate;
}

/** The customers that a rule means, by id. */
export interface RuleMembership {
  /** The members, as the customers came. */
  readonly customerIds: readonly string[];
  /** Members among all who were asked about. */
  readonly share: Rate;
  /** Customers of the log who are not among the records, and were left out. */
  readonly withoutRecord: number;
}
