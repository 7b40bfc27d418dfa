import type { CustomerGrouping } from "../history/customer-groups.js";
import type { KnownFacts } from "../history/known-facts.js";
import { groupsOf } from "./rates/retention-by-group.js";

/** Measures for groups of customers too. */
export interface GroupedOptions {
  /** The group of each customer: a Map from customer id, or a function of it. Gives the measure for each of them too. */
  readonly groupBy?: CustomerGrouping | undefined;
}

/** The group of every customer; all are in one, without a name, where no groups are asked for. @internal */
export interface GroupsIfAsked {
  /** Place in `names`, by customer. */
  readonly codes: Uint32Array;
  readonly names: readonly (string | null)[];
  readonly areAsked: boolean;
}

/** @internal */
export function groupsIfAsked(facts: KnownFacts, { groupBy }: GroupedOptions): GroupsIfAsked {
  if (groupBy === undefined)
    return { codes: new Uint32Array(facts.end.length), names: [null], areAsked: false };
  return { ...groupsOf(facts, groupBy), areAsked: true };
}
