import { assertArgument, shown } from "../../core/assert.js";

/** Gives a customer's id where it is not the record's `customerId`. @internal */
export type CustomerId<Customer extends object> = (record: Customer, place: number) => string | number;

/** The records of a set's input as a list, each an object. @internal */
export function recordList(records: unknown): object[] {
  assertArgument(
    typeof (records as Partial<Iterable<unknown>> | null)?.[Symbol.iterator] === "function",
    "input.records",
    () => `input.records is ${shown(records)}: pass an array or another iterable of objects`,
  );
  const list = Array.from(records as Iterable<unknown>);
  list.forEach((record, place) => {
    if (typeof record !== "object" || record === null)
      assertArgument(
        false,
        `input.records[${place}]`,
        () => `input.records[${place}] is ${shown(record)}: pass an object with the customer's fields`,
      );
  });
  return list as object[];
}

/** The ids of records as text, each once. @internal */
export function recordIds<Customer extends object>(
  records: readonly object[],
  idOf: CustomerId<Customer> | undefined,
): string[] {
  assertArgument(
    idOf === undefined || typeof idOf === "function",
    "input.idOf",
    () => `input.idOf is ${shown(idOf)}: pass (record) => the customer's id, or leave it out`,
  );
  const seen = new Set<string>();
  return records.map((record, place) => {
    const given: unknown = idOf
      ? idOf(record as Customer, place)
      : (record as { readonly customerId?: unknown }).customerId;
    const path = `input.records[${place}]`;
    const isId = (typeof given === "string" && given !== "") || Number.isSafeInteger(given);
    if (!isId)
      assertArgument(
        false,
        path,
        () => `${path} has the id ${shown(given)}: pass a customerId, text or a whole number, or idOf`,
      );
    const id = String(given);
    if (seen.has(id))
      assertArgument(
        false,
        path,
        () => `${path} has the id ${shown(id)} of a record before it: pass each customer once`,
      );
    seen.add(id);
    return id;
  });
}
