import { assertArgument, shown } from "../../core/assert.js";
import { byName, type CustomerGrouping, groupCustomers } from "../../history/customer-groups.js";
import type { KnownFacts } from "../../history/known-facts.js";

/**
 * Where a customer came from: the channel of the first purchase (`"channel"`), or a map or function of the customer id that
 * tells the source, campaign, region or whatever group; `null` where that is not known.
 */
export type AcquisitionSource = "channel" | CustomerGrouping;

/** When and from where each customer of a log was acquired. @internal */
export interface FirstPurchases {
  /** Epoch milliseconds, by customer of the log; Infinity for one without a qualifying purchase. */
  readonly at: Float64Array;
  /** First row at that instant, by customer. */
  readonly row: Uint32Array;
  /** Place in `sources`, by customer. */
  readonly code: Uint32Array;
  /** Names in ascending order, `null` last. */
  readonly sources: readonly (string | null)[];
}

/** @internal */
export function firstPurchases(facts: KnownFacts, source: AcquisitionSource | undefined): FirstPurchases {
  const { log, end, qualifies } = facts;
  const { offsets, at } = log;
  const first = new Float64Array(end.length).fill(Number.POSITIVE_INFINITY);
  const firstRow = new Uint32Array(end.length);
  const qualifying = new Uint32Array(end.length);
  for (let customer = 0; customer < end.length; customer++) {
    let row = offsets[customer];
    if (qualifies) while (row < end[customer] && qualifies[row] === 0) row++;
    if (row >= end[customer]) continue;
    qualifying[customer] = row;
    first[customer] = at[row];
    // Whatever else happened at that instant belongs to it, in whichever order it came in.
    while (row > offsets[customer] && at[row - 1] === at[row]) row--;
    firstRow[customer] = row;
  }
  const isAcquired = (customer: number) => first[customer] !== Number.POSITIVE_INFINITY;
  const named = sourcesOf(facts, source, isAcquired, qualifying);
  assertArgument(
    !named.names.includes(""),
    "options.source",
    () =>
      'options.source gives "" for a customer: give text that is not empty, or null where it is not known',
  );
  return { at: first, row: firstRow, code: named.codes, sources: named.names };
}

function sourcesOf(
  { log, end }: KnownFacts,
  source: AcquisitionSource | undefined,
  isAcquired: (customer: number) => boolean,
  row: Uint32Array,
): { readonly codes: Uint32Array; readonly names: readonly (string | null)[] } {
  if (source === undefined) return { codes: new Uint32Array(end.length), names: [null] };
  if (source !== "channel") {
    assertArgument(
      typeof source !== "string",
      "options.source",
      () => `options.source is ${shown(source)}: pass "channel", a Map of customer ids, or a function`,
    );
    return groupsOf(log.customerIds, isAcquired, source);
  }
  const { channel } = log;
  assertArgument(
    channel !== null,
    "options.source",
    () =>
      'options.source is "channel", and log has no channels: give them to transactionLog(), or pass a Map',
  );
  const occurring = new Uint8Array(channel.values.length);
  for (let customer = 0; customer < end.length; customer++)
    if (isAcquired(customer)) occurring[channel.codes[row[customer]]] = 1;
  const names = channel.values.filter((_, code) => occurring[code] === 1).sort(byName);
  const places = new Map(names.map((name, place) => [name, place]));
  const place = channel.values.map((name) => places.get(name) ?? 0);
  return { codes: row.map((first) => place[channel.codes[first]]), names };
}

/** Those who were not acquired are not asked about, and name no group. */
function groupsOf(
  customerIds: readonly string[],
  isAcquired: (customer: number) => boolean,
  source: CustomerGrouping,
): { readonly codes: Uint32Array; readonly names: readonly (string | null)[] } {
  const acquired = Uint32Array.from(customerIds.keys()).filter(isAcquired);
  const ids = Array.from(acquired, (customer) => customerIds[customer]);
  const groups = groupCustomers(ids, source, "options.source");
  const codes = new Uint32Array(customerIds.length);
  acquired.forEach((customer, i) => {
    codes[customer] = groups.codes[i];
  });
  return { codes, names: groups.names };
}
