import { assertArgument, shown } from "../core/assert.js";
import { customerReader } from "./customer-reader.js";

/**
 * To which group each customer belongs: a map from customer id to group, or a function of the customer id.
 *
 * `null` or `undefined`, and an id that a map does not have, put a customer into no group: results show those customers
 * apart, under the group `null`, and never leave them out.
 */
export type CustomerGrouping =
  | ReadonlyMap<string, string | null>
  | ((customerId: string) => string | null | undefined);

/** Customers dealt into groups. @internal */
export interface CustomerGroups {
  /** Place in `names`, by customer. */
  readonly codes: Uint32Array;
  /** Names in ascending order of their UTF-16 units, whatever the order of the customers; `null`, where it occurs, last. */
  readonly names: readonly (string | null)[];
}

/** Asks a grouping about every customer once. @internal */
export function groupCustomers(
  customerIds: readonly string[],
  grouping: CustomerGrouping,
  path = "options.groupBy",
): CustomerGroups {
  const groupOf = groupReader(grouping, path);
  const found = new Map<string | null, number>();
  const codes = new Uint32Array(customerIds.length);
  for (let customer = 0; customer < codes.length; customer++) {
    const group = groupOf(customerIds[customer]);
    let code = found.get(group);
    if (code === undefined) {
      code = found.size;
      found.set(group, code);
    }
    codes[customer] = code;
  }
  const names = [...found.keys()].sort(byName);
  const place = new Uint32Array(names.length);
  names.forEach((name, i) => {
    place[found.get(name) ?? 0] = i;
  });
  return { codes: codes.map((code) => place[code]), names };
}

/**
 * The same where some customers are not known yet: those are not asked about, name no group, and have a code that means
 * nothing.
 *
 * @internal
 */
export function groupKnownCustomers(
  customerIds: readonly string[],
  isKnown: (customer: number) => boolean,
  grouping: CustomerGrouping,
): CustomerGroups {
  const known = Uint32Array.from(customerIds.keys()).filter(isKnown);
  const groups = groupCustomers(
    Array.from(known, (customer) => customerIds[customer]),
    grouping,
  );
  const codes = new Uint32Array(customerIds.length);
  known.forEach((customer, i) => {
    codes[customer] = groups.codes[i];
  });
  return { codes, names: groups.names };
}

function groupReader(grouping: CustomerGrouping, path: string): (customerId: string) => string | null {
  const groupOf = customerReader(grouping, path);
  return (customerId) => {
    const group = groupOf(customerId);
    assertArgument(
      group === null || typeof group === "string",
      path,
      () =>
        `${path} gives ${shown(group)} for customer ${shown(customerId)}: give text, or null for no group`,
    );
    return group;
  };
}

/** Ascending order of UTF-16 units, `null` last. @internal */
export function byName(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}
