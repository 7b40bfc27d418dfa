import type { Rate } from "../../core/rate.js";
import type { CustomOperators } from "./custom-operator.js";
import type { SegmentRule } from "./rule.js";
import type { RuleClockOptions } from "./rule-clock.js";
import type { RuleFields } from "./rule-fields.js";
import type { RuleLimits } from "./rule-limits.js";

/** What one customer did: events by kind, each a plain record with its instant `at`; in any order. */
export type CustomerEvents = Readonly<Record<string, readonly object[]>>;

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
  /** The rule that was compiled. */
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
}

/** The customers that a rule means. */
export interface SelectedCustomers {
  /** Their places among the records or rows, from 0, ascending. */
  readonly places: readonly number[];
  /** Members among all who were asked about. */
  readonly share: Rate;
}
