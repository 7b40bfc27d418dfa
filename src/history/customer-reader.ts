import { assertArgument, shown } from "../core/assert.js";

/** What is known of each customer: a map from customer id, or a function of it. @internal */
export type ByCustomer<Value> =
  | ReadonlyMap<string, Value>
  | ((customerId: string) => Value | null | undefined);

/** Gives a reader of what is known of a customer, `null` where nothing is; refuses what is neither map nor function. @internal */
export function customerReader<Value>(
  source: ByCustomer<Value>,
  path: string,
): (customerId: string) => Value | null {
  if (typeof source === "function") return (customerId) => source(customerId) ?? null;
  assertArgument(
    typeof (source as ReadonlyMap<string, Value> | null | undefined)?.get === "function",
    path,
    () => `${path} is ${shown(source)}: pass a Map of customer ids, or a function of the customer id`,
  );
  return (customerId) => source.get(customerId) ?? null;
}

/** Where an answer of such an option comes from, as the path of an error: `options.startAt.get("ani")`. @internal */
export function customerPath(source: unknown, path: string, customerId: string): string {
  return `${path}${typeof source === "function" ? "" : ".get"}(${shown(customerId)})`;
}
