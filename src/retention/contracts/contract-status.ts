import { DAY_MS } from "../../core/civil-day.js";
import type { Instant } from "../../core/instant.js";
import {
  type ContractRow,
  instantIn,
  type KnownContracts,
  type MustOfRow,
} from "../../history/read-contracts.js";
import type { SubscriptionStatus } from "../../model/subscription.js";
import type { StatusRule } from "./active-status-presets.js";

/** A contract that may say how it stands, and since when; a `Subscription` fits as it is. */
export interface ContractWithStatus extends ContractRow {
  /** First instant after the trial: the customer counts from here on. Left out: no trial. */
  readonly trialEndAt?: Instant | null | undefined;
  /** How it stands when the record is written; default `active`. */
  readonly status?: SubscriptionStatus | null | undefined;
  /**
   * Since when it stands so; before it the contract counts as active. It must be there where a status that does not count
   * may have come in the middle: `paused`, `unpaid` and `pastDue`. Left out on them, the record says how it stands at one
   * instant and nothing of the past. `canceled` and `expired` count until `endAt`, or without one until `statusSince`.
   */
  readonly statusSince?: Instant | null | undefined;
}

/** A rule for every status. @internal */
export type EveryStatusRule = Readonly<Record<SubscriptionStatus, StatusRule>>;

/** How a contract stands, read and checked. @internal */
export interface ContractStanding {
  readonly status: SubscriptionStatus;
  /** End of the trial, epoch milliseconds; `null` where the row has none. */
  readonly trialEnd: number | null;
  /** Since when it stands so; `null` where the row does not say. */
  readonly since: number | null;
  /** Whether the row says when the contract ends. */
  readonly hasEnd: boolean;
}

/** What standing is read with: `overTime` where more than one instant is asked about. @internal */
export interface StandingRules {
  readonly rules: EveryStatusRule;
  readonly timeZone: string;
  readonly overTime: boolean;
}

/** Statuses that come over a contract some time after its start. */
const LATER: readonly SubscriptionStatus[] = ["pastDue", "unpaid", "paused"];

/** Checks and reads the standing of a row. @internal */
export function readStanding(
  { trialEndAt, statusSince, status: given, endAt }: ContractWithStatus,
  start: number,
  { rules, timeZone, overTime }: StandingRules,
  must: MustOfRow,
): ContractStanding {
  const after = (value: Instant | null | undefined, field: string): number | null => {
    if (value === undefined || value === null) return null;
    const at = instantIn(value, timeZone);
    must(!Number.isNaN(at), field, "is no instant", value);
    must(!(at < start), field, "is before startAt", value);
    return at;
  };
  const status = given ?? "active";
  const isKnown = Object.hasOwn(rules, status);
  must(isKnown, "status", `is none of ${Object.keys(rules).join(", ")}`, given);
  const trialEnd = after(trialEndAt, "trialEndAt");
  const since = after(statusSince, "statusSince");
  const hasEnd = endAt !== undefined && endAt !== null;
  const standing: ContractStanding = { status, trialEnd, since, hasEnd };
  if (!isKnown || since !== null) return standing;
  const { countsAsActive, graceDays } = rules[status];
  if (hasEnded(status)) {
    if (!countsAsActive)
      must(hasEnd, "endAt", `is missing, and so is statusSince: when was it ${status}?`, undefined);
    else if (graceDays !== undefined) must(hasEnd, "statusSince", graceReason(status, graceDays), undefined);
  } else if (graceDays !== undefined) {
    must(false, "statusSince", graceReason(status, graceDays), undefined);
  } else if (overTime && LATER.includes(status)) {
    must(
      countsAsActive,
      "statusSince",
      `is missing: since when is it ${status}, and active before?`,
      undefined,
    );
  }
  return standing;
}

function graceReason(status: SubscriptionStatus, graceDays: number): string {
  return `is missing: since when do the ${graceDays} days run for which ${status} counts?`;
}

/** When a known contract counts as active. @internal */
export interface ActiveSpan {
  /** Place among the known contracts. */
  readonly place: number;
  /** First active instant, epoch milliseconds. */
  readonly from: number;
  /** First instant after it; `Infinity` while no end is known. */
  readonly to: number;
}

/** When known contracts count as active; those that never do are left out. `standing` is by row of the input. @internal */
export function activeSpans(
  contracts: KnownContracts,
  standing: readonly ContractStanding[],
  rules: EveryStatusRule,
  asOf: number,
): ActiveSpan[] {
  const spans: ActiveSpan[] = [];
  for (let place = 0; place < contracts.length; place++) {
    const row = contracts.row[place];
    const [from, to] = activeSpan(contracts.start[place], contracts.end[place], standing[row], rules);
    // What a status ends at asOf or later is not over yet, and its end not known.
    if (from < to && from < asOf) spans.push({ place, from, to: to < asOf ? to : Number.POSITIVE_INFINITY });
  }
  return spans;
}

/** The status takes hold at an instant; before it, and after the trial, a contract is active. */
function activeSpan(
  start: number,
  end: number,
  { status, trialEnd, since, hasEnd }: ContractStanding,
  rules: EveryStatusRule,
): readonly [from: number, to: number] {
  const isTrial = status === "trialing";
  if (isTrial && trialEnd === null && !rules.trialing.countsAsActive) return [start, start];
  const from = trialEnd === null || rules.trialing.countsAsActive ? start : trialEnd;
  if (isTrial || (hasEnded(status) && hasEnd)) return [from, end];
  const hold = since ?? start;
  const { countsAsActive, graceDays } = rules[status];
  if (!countsAsActive) return [from, Math.min(end, hold)];
  return [from, graceDays === undefined ? end : Math.min(end, hold + graceDays * DAY_MS)];
}

/** Whether the status itself says that there was an end. @internal */
export function hasEnded(status: SubscriptionStatus): boolean {
  return status === "canceled" || status === "expired";
}
