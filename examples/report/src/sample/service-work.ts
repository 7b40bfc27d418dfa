import type { ActivityUsage, CostedActivity, Interaction, Refund } from "clientele";

/** Something that was done for a customer. */
export interface SampleServiceWork extends ActivityUsage {
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Which contact of a customer means which work; thanking by text message costs nobody any time. */
const workOfPurpose: Readonly<Record<string, string>> = {
  deliveryQuestion: "questions on deliveries",
  complaint: "complaints",
  exchange: "exchanges in the store",
  winBack: "calls to silent customers",
};

/** Cost of one unit in sen, were all capacity used, and units a year for a thousand buyers. */
const yearly = [
  { activity: "questions on deliveries", unitCost: 6_500_00, capacity: 105 },
  { activity: "complaints", unitCost: 42_000_00, capacity: 42 },
  { activity: "exchanges in the store", unitCost: 24_000_00, capacity: 36 },
  { activity: "calls to silent customers", unitCost: 16_000_00, capacity: 40 },
  { activity: "goods taken back", unitCost: 31_000_00, capacity: 78 },
];

/** What was done for which customer, beside selling and delivering: from the contacts and the refunds. */
export function sampleServiceWork(
  interactions: readonly Interaction[],
  refunds: readonly Refund[],
): SampleServiceWork[] {
  const contacts = interactions.flatMap(({ customerId, purpose, at }) => {
    const activity = workOfPurpose[purpose ?? ""];
    return activity === undefined ? [] : [{ customerId, activity, quantity: 1, at: Number(at) }];
  });
  const returns = refunds.map(({ customerId, at }) => ({
    ...{ customerId, activity: "goods taken back", quantity: 1 },
    at: Number(at),
  }));
  return [...contacts, ...returns];
}

/** What these activities cost in a year, and how much of them the staff can do. Nothing is drawn here. */
export function sampleActivities(buyers: number): CostedActivity[] {
  return yearly.map(({ activity, unitCost, capacity }) => {
    const units = Math.max(1, Math.round((capacity * buyers) / 1000));
    return { activity, capacity: units, cost: unitCost * units };
  });
}
