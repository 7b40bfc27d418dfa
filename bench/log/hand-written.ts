import type { Sale } from "./sales-data.js";
import type { Totals } from "./totals.js";

/** The limit: one pass over ids that are places in arrays, with the first sale, which a log knows as well. */
export function denseLoop(
  customerId: Int32Array,
  at: Float64Array,
  amount: Float64Array,
  customers: number,
): Totals {
  const count = new Uint32Array(customers);
  const first = new Float64Array(customers).fill(Number.POSITIVE_INFINITY);
  const last = new Float64Array(customers).fill(Number.NEGATIVE_INFINITY);
  const net = new Float64Array(customers);
  for (let row = 0; row < customerId.length; row++) {
    const customer = customerId[row];
    const instant = at[row];
    count[customer]++;
    net[customer] += amount[row];
    if (instant > last[customer]) last[customer] = instant;
    if (instant < first[customer]) first[customer] = instant;
  }
  return { count, first, last, net };
}

/** The same for the three numbers of an RFM summary alone. */
export function denseLoopOfThree(
  customerId: Int32Array,
  at: Float64Array,
  amount: Float64Array,
  customers: number,
): Totals {
  const count = new Uint32Array(customers);
  const last = new Float64Array(customers).fill(Number.NEGATIVE_INFINITY);
  const net = new Float64Array(customers);
  for (let row = 0; row < customerId.length; row++) {
    const customer = customerId[row];
    count[customer]++;
    net[customer] += amount[row];
    if (at[row] > last[customer]) last[customer] = at[row];
  }
  return { count, last, net };
}

/** The limit for other ids: number them through a Map, then {@link denseLoop}. */
export function encodeThenLoop(ids: readonly string[], at: Float64Array, amount: Float64Array): Totals {
  const numberOf = new Map<string, number>();
  const numbers = new Int32Array(ids.length);
  for (let row = 0; row < ids.length; row++) {
    let number = numberOf.get(ids[row]);
    if (number === undefined) {
      number = numberOf.size;
      numberOf.set(ids[row], number);
    }
    numbers[row] = number;
  }
  return denseLoop(numbers, at, amount, numberOf.size);
}

/** What users write. */
export function mapOfDates(sales: readonly Sale[]) {
  const customers = new Map<string, { count: number; last: Date; net: number }>();
  for (const sale of sales) {
    const customer = customers.get(sale.customerId);
    if (!customer) {
      customers.set(sale.customerId, { count: 1, last: sale.at, net: sale.amount });
      continue;
    }
    customer.count++;
    customer.net += sale.amount;
    if (sale.at > customer.last) customer.last = sale.at;
  }
  return customers;
}

/** The same by those who know that comparing Dates converts both each time. */
export function mapOfTimes(sales: readonly Sale[]) {
  const customers = new Map<string, { count: number; last: number; net: number }>();
  for (const sale of sales) {
    const at = sale.at.getTime();
    const customer = customers.get(sale.customerId);
    if (!customer) {
      customers.set(sale.customerId, { count: 1, last: at, net: sale.amount });
      continue;
    }
    customer.count++;
    customer.net += sale.amount;
    if (at > customer.last) customer.last = at;
  }
  return customers;
}
