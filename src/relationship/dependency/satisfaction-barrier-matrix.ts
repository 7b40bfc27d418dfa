import { assertFinite, assertOptions } from "../../core/assert.js";
import { type Rate, ratio } from "../../core/rate.js";
import { type Table, table } from "../../core/table.js";
import { checkRows, isFiniteNumber, uniqueId } from "../../value/checked-rows.js";

/** A customer's satisfaction, and what keeps them from leaving. */
export interface SatisfactionAndBarrier {
  /** Who; once. */
  readonly customerId: string;
  /** In any unit that all share; `null`: not known. */
  readonly satisfaction: number | null;
  /** How hard it is to leave, in any unit that all share; `null`: not known. */
  readonly barrier: number | null;
  /** What they are worth, in any unit that all share: profit, lifetime value; absent or `null`: not known. */
  readonly value?: number | null | undefined;
}

/** Where satisfaction and barrier begin to be high. Required: the cuts decide who is what, so they are never assumed. */
export interface SatisfactionBarrierCuts {
  /** Satisfaction from which it is high, in its unit. */
  readonly satisfaction: number;
  /** Barrier from which it is high, in its unit. */
  readonly barrier: number;
}

/** What holds a customer, in one word. */
export type LoyaltyGroup = "loyalist" | "hostage" | "mercenary" | "defector";

/** Columns of the customers with their group. */
export interface LoyaltyGroupColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** As it came. */
  readonly satisfaction: readonly number[];
  /** As it came. */
  readonly barrier: readonly number[];
  /** What they are. */
  readonly group: readonly LoyaltyGroup[];
}

/** Satisfaction against barriers. */
export interface SatisfactionBarrierMatrix {
  /** The cuts, as given. */
  readonly cuts: SatisfactionBarrierCuts;
  /** Loyalists, hostages, mercenaries, defectors. */
  readonly groups: readonly {
    /** Which group. */
    readonly group: LoyaltyGroup;
    /** Number of customers. */
    readonly customers: number;
    /** Part of the customers who are placed. */
    readonly share: Rate;
    /** Sum of their values; `null` when none of them has one. */
    readonly value: number | null;
    /** Number of them without a value. */
    readonly unvalued: number;
  }[];
  /** Those who are placed, in the order of the input. */
  readonly members: Table<LoyaltyGroupColumns>;
  /** Number of customers whose satisfaction or barrier is not known. */
  readonly unplaced: number;
}

const GROUPS: readonly LoyaltyGroup[] = ["loyalist", "hostage", "mercenary", "defector"];

/**
 * Who stays content, who stays for want of a way out, who leaves content, and who just leaves?
 *
 * Loyalists are satisfied and held, hostages held and not satisfied, mercenaries satisfied and free, defectors neither (Jones &
 * Sasser 1995). Their second axis is loyalty itself; here it is the barrier to leaving, which can be known before anybody
 * leaves, so the names say who is likely to behave so, not who has. A value on a cut is high.
 *
 * @param customers - Satisfaction, barrier, and what each is worth.
 * @param cuts - Where both begin to be high.
 * @returns The four groups, and each customer's.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a customer comes twice or a number is none; `INVALID_ARGUMENT` for a missing
 *   cut.
 * @example
 * ```ts
 * import { satisfactionBarrierMatrix } from "clientele";
 *
 * const customers = [
 *   { customerId: "ani", satisfaction: 6, barrier: 0.8 },
 *   { customerId: "budi", satisfaction: 2, barrier: 0.9 },
 *   { customerId: "citra", satisfaction: 6, barrier: 0.1 },
 * ];
 * const { members } = satisfactionBarrierMatrix(customers, { satisfaction: 5, barrier: 0.5 });
 * members.columns.group; // => ["loyalist", "hostage", "mercenary"]
 * ```
 */
export function satisfactionBarrierMatrix(
  customers: readonly SatisfactionAndBarrier[],
  cuts: SatisfactionBarrierCuts,
): SatisfactionBarrierMatrix {
  assertOptions(cuts, "{ satisfaction, barrier }", "cuts");
  assertFinite(cuts.satisfaction, "cuts.satisfaction");
  assertFinite(cuts.barrier, "cuts.barrier");
  assertHeld(customers);
  const placed = customers.flatMap(({ customerId, satisfaction, barrier, value }) => {
    if (satisfaction === null || barrier === null) return [];
    return [{ customerId, satisfaction, barrier, value, group: groupOf(satisfaction, barrier, cuts) }];
  });
  return {
    cuts: { satisfaction: cuts.satisfaction, barrier: cuts.barrier },
    groups: GROUPS.map((group) => {
      const own = placed.filter((customer) => customer.group === group);
      const values = own.flatMap(({ value = null }) => (value === null ? [] : [value]));
      return {
        group,
        customers: own.length,
        share: ratio(own.length, placed.length, "customers who are placed"),
        value: values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0),
        unvalued: own.length - values.length,
      };
    }),
    members: table({
      customerId: placed.map(({ customerId }) => customerId),
      satisfaction: placed.map(({ satisfaction }) => satisfaction),
      barrier: placed.map(({ barrier }) => barrier),
      group: placed.map(({ group }) => group),
    }),
    unplaced: customers.length - placed.length,
  };
}

function groupOf(satisfaction: number, barrier: number, cuts: SatisfactionBarrierCuts): LoyaltyGroup {
  const isHeld = barrier >= cuts.barrier;
  if (satisfaction >= cuts.satisfaction) return isHeld ? "loyalist" : "mercenary";
  return isHeld ? "hostage" : "defector";
}

function assertHeld(customers: unknown): asserts customers is readonly SatisfactionAndBarrier[] {
  const checkId = uniqueId("customerId");
  checkRows(customers, "customers", (row, report) => {
    checkId(row, report);
    for (const field of ["satisfaction", "barrier"])
      if (row[field] !== null && !isFiniteNumber(row[field]))
        report(field, "is not a finite number, or null", row[field]);
    if (row.value !== undefined && row.value !== null && !isFiniteNumber(row.value))
      report("value", "is not a finite number, or null", row.value);
  });
}
