import { randomSource, type SalesData, salesData } from "../log/sales-data.js";

// One rule of four conditions on events, in every form that is compared.

/** Sales with a channel. */
export interface ChannelSales extends SalesData {
  /** By row, the place in {@link CHANNELS}. */
  readonly channel: Uint8Array;
}

export const CHANNELS = ["web", "shop", "phone"] as const;
export const DAY = 86_400_000;

/** At least 3 on the web in 90 days, more than so much in a year, one large one ever, none by phone in 180 days. */
export const WEB_COUNT = 3;
export const YEAR_SUM = 15_000_000;
export const LARGE = 4_000_000;

export function channelSales(rows: number, customers: number): ChannelSales {
  const sales = salesData({ rows, customers, shuffled: false });
  const random = randomSource(7);
  const channel = Uint8Array.from({ length: rows }, () => Math.floor(3 * random() ** 1.5));
  return { ...sales, channel };
}

/** Columns of sales, however their rows are ordered. */
export interface SalesColumns {
  readonly at: Float64Array;
  readonly amount: Float64Array;
  readonly channel: Uint8Array | Uint16Array | Uint32Array;
}

/** Codes of the channels in the columns. */
export interface ChannelCodes {
  readonly web: number;
  readonly phone: number;
}

/** The pass that somebody writes who has typed columns and customers as dense numbers. */
export function fusedByCustomerId(
  customerId: Int32Array,
  customers: number,
  { at, amount, channel }: SalesColumns,
  { web, phone }: ChannelCodes,
  asOf: number,
): number {
  const counts = new Uint32Array(customers);
  const sums = new Float64Array(customers);
  const large = new Float64Array(customers).fill(-1);
  const phones = new Uint32Array(customers);
  const [last90, last180, last365] = [asOf - 90 * DAY, asOf - 180 * DAY, asOf - 365 * DAY];
  for (let row = 0; row < at.length; row++) {
    const instant = at[row];
    if (instant >= asOf) continue;
    const customer = customerId[row];
    const value = amount[row];
    if (value > large[customer]) large[customer] = value;
    if (instant < last365) continue;
    sums[customer] += value;
    if (instant >= last180 && channel[row] === phone) phones[customer]++;
    if (instant >= last90 && channel[row] === web) counts[customer]++;
  }
  let members = 0;
  for (let customer = 0; customer < customers; customer++) {
    if (
      counts[customer] >= WEB_COUNT &&
      sums[customer] > YEAR_SUM &&
      large[customer] >= LARGE &&
      phones[customer] === 0
    )
      members++;
  }
  return members;
}

/** The same where rows stand customer by customer, so that nothing is looked up. */
export function fusedByOffsets(
  offsets: Uint32Array,
  { at, amount, channel }: SalesColumns,
  { web, phone }: ChannelCodes,
  asOf: number,
): number {
  const [last90, last180, last365] = [asOf - 90 * DAY, asOf - 180 * DAY, asOf - 365 * DAY];
  let members = 0;
  for (let customer = 0; customer + 1 < offsets.length; customer++) {
    let [count, sum, large, phones] = [0, 0, -1, 0];
    const end = offsets[customer + 1];
    for (let row = offsets[customer]; row < end; row++) {
      const instant = at[row];
      if (instant >= asOf) break;
      const value = amount[row];
      if (value > large) large = value;
      if (instant < last365) continue;
      sum += value;
      if (instant >= last180 && channel[row] === phone) phones++;
      if (instant >= last90 && channel[row] === web) count++;
    }
    if (count >= WEB_COUNT && sum > YEAR_SUM && large >= LARGE && phones === 0) members++;
  }
  return members;
}
