import { assertArgument, assertOneOf, shown } from "../../core/assert.js";
import { begunDayReader } from "../../core/time-zone.js";
import { customerReader } from "../../history/customer-reader.js";
import { type KnownFacts, metricWindow } from "../../history/known-facts.js";
import type { TextColumn } from "../../history/log-columns.js";
import type { WindowedMetricOptions } from "../../history/metric-options.js";
import { picked } from "./growing-numbers.js";
import { type CollectedItems, dealRows, orderedBaskets, type ProductBaskets } from "./product-baskets.js";

/** How the purchases of a log are put into baskets. */
export interface LogBasketOptions extends WindowedMetricOptions {
  /**
   * What a basket is, of the purchases that count. `"customer"`: all that a customer bought in the window, their holdings. `"customerDay"`: what a
   * customer bought on one civil day. `"order"`: what was bought in one order, as `orderOf` says.
   */
  readonly per: "customer" | "customerDay" | "order";
  /**
   * The order of a transaction id, as a map or a function, with `per: "order"`: `(id) => id.split("/")[0]`. A purchase
   * without an id, or of no order (`null`), is an order of its own, and counted in `purchasesWithoutOrder`. Equal orders of two
   * customers are two.
   */
  readonly orderOf?: ReadonlyMap<string, string> | ((transactionId: string) => string | null | undefined);
}

/** The baskets of the qualifying purchases in the window. What was given back in full is in none. @internal */
export function basketsOfLog(facts: KnownFacts, options: LogBasketOptions): ProductBaskets {
  const { per, orderOf } = options;
  assertOneOf(per, "options.per", ["customer", "customerDay", "order"]);
  assertArgument((per === "order") === (orderOf !== undefined), "options.orderOf", () =>
    per === "order"
      ? "options.orderOf is missing: pass the order of each transaction id, as a Map or a function"
      : `options.orderOf is given, and options.per is ${shown(per)}: leave it out, or pass per: "order"`,
  );
  if (orderOf !== undefined) return basketsByOrder(facts, options, orderOf);
  if (per === "customer") return holdingsOfLog(facts, options);
  const dayOf = begunDayReader(facts.timeZone);
  const { at } = facts.log;
  return basketsInOrder(facts, options, (row) => dayOf(at[row])).baskets;
}

/** What each customer bought and kept; `keys` are the customers. @internal */
export function holdingsOfLog(facts: KnownFacts, options: WindowedMetricOptions): ProductBaskets {
  const { baskets, customers } = basketsInOrder(facts, options, () => 0);
  return { ...baskets, keys: picked(facts.log.customerIds, customers) };
}

/** The product column of a log that has one. @internal */
export function productColumn({ log: { product } }: KnownFacts): TextColumn {
  assertArgument(
    product !== null,
    "log",
    () => "log has no products: give `productId` on the purchases to transactionLog()",
  );
  return product;
}

/** Calls back for each row that is a qualifying purchase in the window, customer by customer in order of time. @internal */
export function forEachPurchase(
  facts: KnownFacts,
  options: WindowedMetricOptions,
  purchased: (row: number, customer: number) => void,
): void {
  const { start, end } = metricWindow(facts, options);
  const { log, qualifies } = facts;
  for (let customer = 0; customer < facts.end.length; customer++) {
    for (let row = log.offsets[customer]; row < facts.end[customer]; row++) {
      if (log.at[row] < start || log.at[row] >= end || (qualifies && qualifies[row] === 0)) continue;
      purchased(row, customer);
    }
  }
}

/** Baskets that end where the customer or what `partOf` says of the row changes. */
function basketsInOrder(
  facts: KnownFacts,
  options: WindowedMetricOptions,
  partOf: (row: number) => number,
): { readonly baskets: ProductBaskets; readonly customers: Uint32Array } {
  const { codes: codeOf, values: names } = productColumn(facts);
  const codes = new Uint32Array(facts.log.length);
  const offsets = new Uint32Array(facts.log.length + 1);
  const customers = new Uint32Array(facts.log.length);
  let baskets = 0;
  let length = 0;
  let withoutProduct = 0;
  let latestCustomer = -1;
  let latestPart = 0;
  forEachPurchase(facts, options, (row, customer) => {
    const code = codeOf[row];
    if (names[code] === null) {
      withoutProduct++;
      return;
    }
    const part = partOf(row);
    if (customer !== latestCustomer || part !== latestPart) {
      offsets[baskets] = length;
      customers[baskets++] = customer;
      latestCustomer = customer;
      latestPart = part;
    }
    codes[length++] = code;
  });
  offsets[baskets] = length;
  const collected: CollectedItems = {
    offsets: offsets.subarray(0, baskets + 1),
    codes: codes.subarray(0, length),
    names,
  };
  return {
    baskets: orderedBaskets(collected, null, withoutProduct),
    customers: customers.subarray(0, baskets),
  };
}

function basketsByOrder(
  facts: KnownFacts,
  options: WindowedMetricOptions,
  orderOf: NonNullable<LogBasketOptions["orderOf"]>,
): ProductBaskets {
  const { codes: codeOf, values: names } = productColumn(facts);
  assertArgument(
    typeof orderOf === "function" || typeof orderOf?.get === "function",
    "options.orderOf",
    () => `options.orderOf is ${shown(orderOf)}: pass a Map of transaction ids, or a function of the id`,
  );
  const readOrder = customerReader(orderOf, "options.orderOf");
  const { ids } = facts.log;
  assertArgument(
    ids !== null || facts.log.length === 0,
    "log",
    () =>
      'log has no transaction ids, so no orders: give `id` to transactionLog(), or pass per: "customerDay"',
  );
  // Of the customer at hand.
  const numberOf = new Map<string, number>();
  const basketOfRow: number[] = [];
  const codes: number[] = [];
  let baskets = 0;
  let withoutProduct = 0;
  let withoutOrder = 0;
  let latestCustomer = -1;
  forEachPurchase(facts, options, (row, customer) => {
    if (customer !== latestCustomer) numberOf.clear();
    latestCustomer = customer;
    if (names[codeOf[row]] === null) {
      withoutProduct++;
      return;
    }
    const id = ids ? ids[row] : null;
    const order = id === null ? null : readOrder(id);
    assertArgument(
      order === null || typeof order === "string",
      "options.orderOf",
      () => `options.orderOf gives ${shown(order)} for ${shown(id)}: give text, or null for no order`,
    );
    if (order === null) withoutOrder++;
    let basket = order === null ? undefined : numberOf.get(order);
    if (basket === undefined) {
      basket = baskets++;
      if (order !== null) numberOf.set(order, basket);
    }
    basketOfRow.push(basket);
    codes.push(codeOf[row]);
  });
  const dealt = dealRows(Uint32Array.from(basketOfRow), Uint32Array.from(codes), baskets);
  return orderedBaskets({ ...dealt, names }, null, withoutProduct, withoutOrder);
}
