import type { TransactionLog } from "../../history/log-columns.js";
import type { CustomerEvents } from "./customer-events.js";

/** The customers that a set of segments is asked about, and what they did. */
export interface SegmentSetInput<Customer extends object = object> {
  /**
   * The customers: their fields, and a `customerId` (text or a whole number) each once. Left out, they are the customers
   * of the log with a row before `asOf`, of whom nothing is known but their id.
   */
  readonly records?: Iterable<Customer>;
  /** Gives a customer's id where it is not the record's `customerId`. */
  readonly idOf?: (record: Customer, place: number) => string | number;
  /**
   * What they bought: the events of the kind `"transactions"`, with the fields of {@link transactionEventFields}. A
   * customer without rows did nothing; rows of customers who are not among the records are left out, and counted. Where the
   * set was given no `timeZone`, the log must keep its days in UTC as well. {@link customerEventsReader} gives the same of
   * one customer.
   */
  readonly log?: TransactionLog;
  /**
   * What refunds in the log are. `"purchase"` (default): as every metric counts them; a refund of a purchase is no event,
   * its amount, cost and quantity are taken off that purchase, and a purchase that is reversed as a whole is none either.
   * `"transaction"`: events as they are, of type `"refund"`. Rules that ask for refunds need it to be said.
   */
  readonly refundAttribution?: "purchase" | "transaction";
  /**
   * Gives what a customer did, by kind, as it is; needed where rules ask about events that are not in the log. Asked about
   * every customer; refused where the log has all kinds of events that the fields declare.
   */
  readonly eventsOf?: (record: Customer, place: number) => CustomerEvents;
}
