import type { CustomerInput, Interaction, PyramidCustomer, TransactionLog } from "clientele";

/** A customer as rules see it. */
export type SegmentCustomer = PyramidCustomer & Partial<Pick<CustomerInput, "kind" | "attributes">>;

/** What rules can ask about. Only the log is always there. */
export interface SegmentBase {
  readonly log: TransactionLog;
  readonly customers?: readonly SegmentCustomer[];
  readonly interactions?: readonly Interaction[];
}
