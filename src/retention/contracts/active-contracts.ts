import { type KnownContracts, readContracts } from "../../history/read-contracts.js";
import { checkAmount, checkProductId } from "../revenue/revenue-subscription.js";
import { type StatusRules, statusRulesOf } from "./active-status-presets.js";
import { activeSpans, type ContractStanding, readStanding } from "./contract-status.js";
import { checkTerms, type RenewableContract } from "./contract-terms.js";

/**
 * When each customer was active, as it was known at an instant: the time under at least one contract that counts.
 *
 * Customer c has the stretches from `offsets[c]` up to, not including, `offsets[c + 1]`: in order of time, none empty,
 * with a gap before each but the first. Only customers with a stretch are listed.
 *
 * @internal
 */
export interface ActiveContracts {
  readonly customerIds: readonly string[];
  readonly offsets: Uint32Array;
  /** First instant of a stretch, epoch milliseconds. */
  readonly start: Float64Array;
  /** First instant after it; `Infinity` while no end is known. */
  readonly end: Float64Array;
  /** The contracts that count, one by one, in order of customer and start. */
  readonly contracts: readonly ActiveContract[];
}

/** A contract that counts. @internal */
export interface ActiveContract {
  readonly customerId: string;
  /** Place among the customers who are active. */
  readonly customer: number;
  /** Row of the input. */
  readonly row: number;
  /** Since and until when it counts, epoch milliseconds; `Infinity` while no end is known. */
  readonly start: number;
  readonly end: number;
}

/** Contracts as they were read. @internal */
export interface ReadContracts {
  readonly active: ActiveContracts;
  readonly known: KnownContracts;
  /** By row of the input. */
  readonly standing: readonly ContractStanding[];
}

/** Reads contracts and finds when their customers were active. @internal */
export function readActiveContracts(
  rows: readonly (RenewableContract & { readonly productId?: unknown })[],
  { asOf, timeZone }: { readonly asOf: number; readonly timeZone: string },
  statuses: StatusRules | undefined,
): ReadContracts {
  const rules = statusRulesOf(statuses);
  const standing: ContractStanding[] = [];
  const standingRules = { rules, timeZone, overTime: true };
  const known = readContracts(rows, { asOf, timeZone }, "contracts", (contract, row, start, must) => {
    standing[row] = readStanding(contract, start, standingRules, must);
    checkTerms(contract, must);
    if (contract.amount !== undefined && contract.amount !== null) checkAmount(contract.amount, must);
    checkProductId(contract.productId, must);
  });
  const spans = activeSpans(known, standing, rules, asOf)
    .map(({ place, from, to }) => ({
      customer: known.customer[place],
      row: known.row[place],
      start: from,
      end: to,
    }))
    .filter(({ row }) => rows[row].amount !== 0)
    // The ends of trials need not come in the order of the starts.
    .sort((a, b) => a.customer - b.customer || a.start - b.start || a.row - b.row)
    .map((span) => ({ ...span, customerId: known.customerIds[span.customer] }));
  return { active: joinedContracts(spans), known, standing };
}

/** Joins those of a customer that overlap or follow each other without a gap; they come in order of customer and start. @internal */
export function joinedContracts(spans: readonly ActiveContract[]): ActiveContracts {
  const customerIds: string[] = [];
  const offsets: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const contracts: ActiveContract[] = [];
  let before = -1;
  for (const span of spans) {
    const { customer, customerId, start, end } = span;
    const last = ends.length - 1;
    if (customer !== before) {
      before = customer;
      customerIds.push(customerId);
      offsets.push(starts.length);
      starts.push(start);
      ends.push(end);
    } else if (start > ends[last]) {
      starts.push(start);
      ends.push(end);
    } else {
      ends[last] = Math.max(ends[last], end);
    }
    contracts.push({ ...span, customer: customerIds.length - 1 });
  }
  offsets.push(starts.length);
  return {
    customerIds,
    offsets: Uint32Array.from(offsets),
    start: Float64Array.from(starts),
    end: Float64Array.from(ends),
    contracts,
  };
}
