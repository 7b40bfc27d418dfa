import type { KnownContracts } from "../../history/read-contracts.js";
import { readActiveContracts } from "./active-contracts.js";
import type { StatusRules } from "./active-status-presets.js";
import type { RenewableContract } from "./contract-terms.js";

/**
 * Known contracts, each for the time for which it counts: without its trial, up to the instant at which its status ends
 * it; those that never count are left out. All customers are listed, also those without a contract that counts.
 *
 * @internal
 */
export function countedContracts(
  rows: readonly RenewableContract[],
  clock: { readonly asOf: number; readonly timeZone: string },
  statuses: StatusRules | undefined,
): KnownContracts {
  const { active, known } = readActiveContracts(rows, clock, statuses);
  const place = new Map(known.customerIds.map((customerId, i) => [customerId, i]));
  const { contracts } = active;
  return {
    length: contracts.length,
    customerIds: known.customerIds,
    customer: Uint32Array.from(contracts, ({ customerId }) => place.get(customerId) ?? 0),
    start: Float64Array.from(contracts, ({ start }) => start),
    end: Float64Array.from(contracts, ({ end }) => end),
    row: Uint32Array.from(contracts, ({ row }) => row),
  };
}
