import { assertOneOf, assertOptions } from "../../core/assert.js";
import { epochMs, type Instant } from "../../core/instant.js";
import { type Table, table } from "../../core/table.js";
import { assertTimeZone, begunDayReader } from "../../core/time-zone.js";
import type { KnownContracts } from "../../history/read-contracts.js";
import type { StatusRules } from "../contracts/active-status-presets.js";
import type { RenewableContract } from "../contracts/contract-terms.js";
import { countedContracts } from "../contracts/counted-contracts.js";
import {
  type TenureSummaries,
  type TenureUnitOptions,
  tenureSummaries,
  tenureUnit,
} from "./tenure-summaries.js";

/** What of the time since the first contract is tenure. */
export interface ContractTenureOptions extends TenureUnitOptions {
  /** Contracts that begin at this instant or later do not exist yet, ends at it or later are not known. */
  readonly asOf: Instant;
  /** IANA zone of civil days; default `"UTC"`. */
  readonly timeZone?: string;
  /**
   * Which statuses count, for rows that have one, as for revenue: see `activeStatusPresets`. Trials, and what costs
   * nothing, do not count by default; a paused, unpaid or past due row needs its `statusSince`.
   */
  readonly statuses?: StatusRules;
  /**
   * `"span"` (default): from the first start to the last end, breaks included. `"underContract"`: without the breaks; time
   * under two contracts at once counts once.
   */
  readonly count?: "span" | "underContract";
}

/** One row for each customer with a contract that had begun, in order of first appearance. */
export interface ContractTenureColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Start of the first contract, epoch milliseconds. */
  readonly startAt: readonly number[];
  /** End of the last contract, epoch milliseconds; `null` while one runs. */
  readonly endAt: readonly (number | null)[];
  /** Whether a contract runs at `asOf`. */
  readonly active: readonly boolean[];
  /** Tenure so far, in `unit`. */
  readonly tenure: readonly number[];
}

/** How long customers have been under contract. */
export interface ContractTenure extends TenureSummaries {
  /** The same for each customer. */
  readonly customers: Table<ContractTenureColumns>;
  /** What of the time is tenure. */
  readonly count: "span" | "underContract";
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of civil days. */
  readonly timeZone: string;
}

/**
 * How long have our customers been under contract so far?
 *
 * Tenure per customer, whatever the number of contracts: from the first start to the last end, or to `asOf` while one
 * runs. As {@link observedTenure} says, a mean of it is no answer to "how long do they stay": for that see
 * {@link contractLifetimes}.
 *
 * @param contracts - Contracts or phases of contracts; a `Subscription` fits.
 * @param options - `asOf`, `count` (default `"span"`), `unit` (default `"day"`), `timeZone` (default `"UTC"`), `statuses` that count.
 * @returns Summaries of all, active and lapsed customers and a table of them.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a contract is unusable or its phases overlap; `INVALID_ARGUMENT`;
 * `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { contractTenure } from "clientele";
 *
 * const contracts = [
 *   { customerId: "ani", startAt: "2024-01-01", endAt: "2024-01-31" },
 *   { customerId: "ani", startAt: "2024-03-01" },
 *   { customerId: "budi", startAt: "2024-02-01", endAt: "2024-02-11" },
 * ];
 * const { all, lapsed } = contractTenure(contracts, { asOf: "2024-03-31" });
 * [all.mean, lapsed.mean]; // => [50, 10]
 * contractTenure(contracts, { asOf: "2024-03-31", count: "underContract" }).active.mean; // => 60
 * ```
 */
export function contractTenure(
  contracts: readonly RenewableContract[],
  options: ContractTenureOptions,
): ContractTenure {
  assertOptions(options, "{ asOf }");
  const { timeZone = "UTC", count = "span" } = options;
  assertTimeZone(timeZone, "options.timeZone");
  assertOneOf(count, "options.count", ["span", "underContract"]);
  const unit = tenureUnit(options);
  const asOf = epochMs(options.asOf, "options.asOf", timeZone);
  const known = countedContracts(contracts, { asOf, timeZone }, options.statuses);
  const dayOf = begunDayReader(timeZone);
  const columns = {
    customerId: [] as string[],
    startAt: [] as number[],
    endAt: [] as (number | null)[],
    active: [] as boolean[],
  };
  const days: number[] = [];
  for (const { customerId, phases } of phasesByCustomer(known)) {
    const stretches = count === "span" ? [whole(phases)] : phases;
    const endAt = whole(phases).end;
    columns.customerId.push(customerId);
    columns.startAt.push(phases[0].start);
    columns.endAt.push(endAt === Number.POSITIVE_INFINITY ? null : endAt);
    columns.active.push(endAt === Number.POSITIVE_INFINITY);
    const lengths = stretches.map(({ start, end }) => dayOf(Math.min(end, asOf)) - dayOf(start));
    days.push(lengths.reduce((sum, length) => sum + length, 0));
  }
  return {
    ...tenureSummaries(days, columns.active, unit),
    customers: table({ ...columns, tenure: days.map((length) => length / unit.days) }),
    count,
    asOf,
    timeZone,
  };
}

interface Phase {
  readonly start: number;
  end: number;
}

/** Stretches of time under any contract, joined where they touch or overlap. */
function phasesByCustomer(known: KnownContracts): { customerId: string; phases: Phase[] }[] {
  const found: { customerId: string; phases: Phase[] }[] = [];
  let customer = -1;
  for (let i = 0; i < known.length; i++) {
    const phase = { start: known.start[i], end: known.end[i] };
    if (known.customer[i] !== customer) {
      customer = known.customer[i];
      found.push({ customerId: known.customerIds[customer], phases: [phase] });
      continue;
    }
    const { phases } = found[found.length - 1];
    const last = phases[phases.length - 1];
    if (phase.start <= last.end) last.end = Math.max(last.end, phase.end);
    else phases.push(phase);
  }
  return found;
}

function whole(phases: readonly Phase[]): Phase {
  return { start: phases[0].start, end: phases[phases.length - 1].end };
}
