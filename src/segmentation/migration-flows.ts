import { type Table, table } from "../core/table.js";

/**
 * What became of a customer between two dates.
 *
 * | change | before | after |
 * |---|---|---|
 * | `stayed` | in a group | in the same group |
 * | `moved` | in a group | in another group |
 * | `entered` | known, in no group | in a group |
 * | `left` | in a group | known, in no group |
 * | `outside` | known, in no group | known, in no group |
 * | `joined` | not known | known, in a group or none |
 * | `gone` | known, in a group or none | not known |
 */
export type MigrationChange = "stayed" | "moved" | "entered" | "left" | "outside" | "joined" | "gone";

/** Every way that somebody went, also the ways that stay: the most customers first, equal ones in order of the groups. */
export interface MigrationFlowColumns {
  /** The group before; `null`: in none, and with `joined` not known then. */
  readonly from: readonly (string | null)[];
  /** The group after; `null`: in none, and with `gone` not known any more. */
  readonly to: readonly (string | null)[];
  /** What it was. */
  readonly change: readonly MigrationChange[];
  /** How many customers, one or more. */
  readonly customers: readonly number[];
  /** Of all who were in `from` before, those who are gone included: above 0 to 1; `null` for those who joined. */
  readonly shareOfFrom: readonly (number | null)[];
}

/** Group by customer; `null`: in none. Who is not in it is not known. @internal */
export type GroupOfCustomer = ReadonlyMap<string, string | null>;

/** Of a group before and after, `undefined` where the customer is not known. @internal */
export function changeOf(from: string | null | undefined, to: string | null | undefined): MigrationChange {
  if (from === undefined) return "joined";
  if (to === undefined) return "gone";
  if (from === null) return to === null ? "outside" : "entered";
  if (to === null) return "left";
  return from === to ? "stayed" : "moved";
}

/**
 * Counts the ways between groups of customers who are each in one group or in none. Every group of the maps must be among
 * the names.
 *
 * @internal
 */
export function migrationFlows(
  groups: readonly string[],
  before: GroupOfCustomer,
  after: GroupOfCustomer,
): Table<MigrationFlowColumns> {
  // Places in a square of the groups, none and not known.
  const ends = [...groups, null, undefined];
  const place = new Map(ends.map((group, i) => [group, i]));
  const counts = new Float64Array(ends.length ** 2);
  const count = (from: string | null | undefined, to: string | null | undefined) => {
    counts[(place.get(from) ?? 0) * ends.length + (place.get(to) ?? 0)]++;
  };
  for (const [id, from] of before) count(from, after.get(id));
  for (const [id, to] of after) if (!before.has(id)) count(undefined, to);
  const flows = Array.from(counts, (customers, i) => {
    const row = Math.floor(i / ends.length);
    const [from, to] = [ends[row], ends[i % ends.length]];
    const all = counts.subarray(row * ends.length, (row + 1) * ends.length).reduce((sum, one) => sum + one);
    const shareOfFrom = from === undefined ? null : customers / all;
    return { from: from ?? null, to: to ?? null, change: changeOf(from, to), customers, shareOfFrom };
  })
    .filter(({ customers }) => customers > 0)
    .sort((a, b) => b.customers - a.customers);
  return table({
    from: flows.map(({ from }) => from),
    to: flows.map(({ to }) => to),
    change: flows.map(({ change }) => change),
    customers: flows.map(({ customers }) => customers),
    shareOfFrom: flows.map(({ shareOfFrom }) => shareOfFrom),
  });
}
