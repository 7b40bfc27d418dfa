import { assertArgument, assertArray, assertOptions, shown } from "../../core/assert.js";
import { epochMs, type Instant } from "../../core/instant.js";
import { multiplyInteger } from "../../core/multiply-money.js";
import type { Table } from "../../core/table.js";
import { emptyLoyaltyAccount } from "../ledger/loyalty-account.js";
import type { LoyaltyCommand } from "../ledger/loyalty-command.js";
import type { LoyaltyEvent } from "../ledger/loyalty-event.js";
import { settleLoyalty } from "../ledger/settle-loyalty.js";
import { simulateLoyalty } from "../ledger/simulate-loyalty.js";
import type { LoyaltyProgram } from "../program/loyalty-program.js";

/** What was asked of one account, in the order of arrival: its enrolment first. */
export interface MemberCommands {
  /** The account. */
  readonly accountId: string;
  /** Its commands, or those that past orders would have been; each account begins empty. */
  readonly commands: readonly LoyaltyCommand[];
}

/** Up to when, and what points cost. */
export interface CompareEarnRulesOptions {
  /** The instant at which both are compared: what is due by then lapses or counts. A civil day is its start. */
  readonly asOf: Instant;
  /** Type of point; default the first spendable one of the current programme. */
  readonly pointType?: string;
  /** What one redeemed point costs, minor units, from 0; decimals allowed. */
  readonly costPerPoint?: number;
}

/** What the commands come to under one programme. */
export interface ProgramReplay {
  /** Points earned, before returns. */
  readonly issued: number;
  /** Points that were taken back with returned orders. */
  readonly clawedBack: number;
  /** Points spent, less what was given back. */
  readonly redeemed: number;
  /** Points that lapsed. */
  readonly expired: number;
  /** Points pending, available and held, less what is owed, at `asOf`. */
  readonly outstanding: number;
  /** Redeemed points at their cost, minor units; `null` without `costPerPoint`. */
  readonly cost: number | null;
  /** Redeemed and outstanding points at their cost: what it comes to if all that is left is spent. */
  readonly costIfAllSpent: number | null;
  /** Commands that were refused, by code. */
  readonly refused: Readonly<Record<string, number>>;
  /** Points earned by rule. */
  readonly byRule: Readonly<Record<string, number>>;
}

/** Columns of the members. */
export type MemberDifferenceColumns = {
  /** The account. */
  accountId: string[];
  /** Points that it earns more (above 0) or less under the changed programme. */
  issued: number[];
  /** Points that it has more or less at `asOf`. */
  outstanding: number[];
};

/** Two programmes on the same commands. */
export interface EarnRuleComparison {
  /** Type of point. */
  readonly pointType: string;
  /** When both are compared, epoch milliseconds. */
  readonly asOf: number;
  /** Under the programme as it is. */
  readonly current: ProgramReplay;
  /** Under the changed one. */
  readonly changed: ProgramReplay;
  /** Changed less current. */
  readonly difference: Pick<
    ProgramReplay,
    "issued" | "clawedBack" | "redeemed" | "expired" | "outstanding" | "cost" | "costIfAllSpent"
  >;
  /** Members by how the points that they earn change. */
  readonly members: {
    readonly all: number;
    readonly more: number;
    readonly less: number;
    readonly same: number;
  };
  /** Each member whose points earned or outstanding differ, in the order given. */
  readonly affected: Table<MemberDifferenceColumns>;
}

/**
 * What would other rules have given for the same orders, to whom, and at what cost?
 *
 * Every command is decided again under both programmes, from an empty account: no chance, the same answer each time. It says
 * what the rules would have done to what happened. It does not say what people would have done: who gets more points may buy
 * more, redeem more and stay longer, and nothing of that is in the figures. A redemption that the member could not afford
 * under the changed rules is refused there, and one that only the changed rules would have allowed was never asked for:
 * `refused` counts the first kind, `costIfAllSpent` bounds the second.
 *
 * @param program - The programme as it is.
 * @param changed - The programme that is being considered; its id must be the same.
 * @param histories - Commands of each account, in the order of their arrival.
 * @param options - `asOf`, type of point, cost of a point.
 * @returns Both replays, their difference, and the members whose points differ.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the programmes' ids differ, an account stands twice, a command arrived
 * after `asOf` or is malformed.
 * @example
 * ```ts
 * import { compareEarnRules, defineProgram } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 *   earnRules: [{ id: "base", award: { per: "amount", points: 1, amount: 100 } }],
 * });
 * const double = { id: "double", award: { per: "multiplier", factor: 2 }, when: { minimumAmount: 50_00 } } as const;
 * const changed = { ...program, earnRules: [...program.earnRules, double] };
 * const order = (key: string, amount: number) =>
 *   ({ type: "earn", key, at: "2025-01-02", orderId: key, lines: [{ lineId: "1", amount }] }) as const;
 * const enroll = { type: "enroll", key: "k1", at: "2025-01-01", memberId: "M" } as const;
 * const { difference, members } = compareEarnRules(
 *   program,
 *   changed,
 *   [
 *     { accountId: "A", commands: [enroll, order("k2", 60_00)] },
 *     { accountId: "B", commands: [enroll, order("k2", 20_00)] },
 *   ],
 *   { asOf: "2025-02-01", costPerPoint: 0.5 },
 * );
 * [difference.issued, difference.costIfAllSpent]; // => [60, 30]
 * members; // => { all: 2, more: 1, less: 0, same: 1 }
 * ```
 */
export function compareEarnRules(
  program: LoyaltyProgram,
  changed: LoyaltyProgram,
  histories: readonly MemberCommands[],
  options: CompareEarnRulesOptions,
): EarnRuleComparison {
  assertOptions(program, "a program, as defineProgram gives it", "program");
  assertOptions(changed, "a program, as defineProgram gives it", "changed");
  assertArray(histories, "histories");
  assertOptions(options, "{ asOf }");
  const asOf = epochMs(options.asOf, "options.asOf", program.timeZone);
  assertArgument(
    program.id === changed.id,
    "changed.id",
    () =>
      `changed.id is ${shown(changed.id)}: give it the id of the programme as it is, ${shown(program.id)}`,
  );
  const { costPerPoint } = options;
  assertArgument(
    costPerPoint === undefined || (Number.isFinite(costPerPoint) && costPerPoint >= 0),
    "options.costPerPoint",
    () => `options.costPerPoint is ${shown(costPerPoint)}: pass minor units for a point, 0 or more`,
  );
  const pointType =
    options.pointType ?? program.pointTypes.find(({ kind }) => kind === "spendable")?.id ?? "";
  for (const [path, { pointTypes }] of [["program", program] as const, ["changed", changed] as const]) {
    assertArgument(
      pointTypes.some(({ id }) => id === pointType),
      "options.pointType",
      () => `options.pointType is ${shown(pointType)}: ${path} has no such points`,
    );
  }
  const seen = new Set<string>();
  const before = emptyTotals();
  const after = emptyTotals();
  const affected: MemberDifferenceColumns = { accountId: [], issued: [], outstanding: [] };
  const members = { all: histories.length, more: 0, less: 0, same: 0 };
  for (const [i, { accountId, commands }] of histories.entries()) {
    assertArgument(
      !seen.has(accountId),
      `histories[${i}].accountId`,
      () => `histories[${i}].accountId is ${shown(accountId)}, a second time: give an account once`,
    );
    seen.add(accountId);
    const path = `histories[${i}].commands`;
    const now = replay(program, accountId, commands, asOf, pointType, path, before);
    const then = replay(changed, accountId, commands, asOf, pointType, path, after);
    const issued = then.issued - now.issued;
    const outstanding = then.outstanding - now.outstanding;
    members[issued > 0 ? "more" : issued < 0 ? "less" : "same"]++;
    if (issued === 0 && outstanding === 0) continue;
    affected.accountId.push(accountId);
    affected.issued.push(issued);
    affected.outstanding.push(outstanding);
  }
  const current = replayOf(before, costPerPoint);
  const other = replayOf(after, costPerPoint);
  const less = (a: number | null, b: number | null) => (a === null || b === null ? null : a - b);
  return {
    pointType,
    asOf,
    current,
    changed: other,
    difference: {
      issued: other.issued - current.issued,
      clawedBack: other.clawedBack - current.clawedBack,
      redeemed: other.redeemed - current.redeemed,
      expired: other.expired - current.expired,
      outstanding: other.outstanding - current.outstanding,
      cost: less(other.cost, current.cost),
      costIfAllSpent: less(other.costIfAllSpent, current.costIfAllSpent),
    },
    members,
    affected: { length: affected.accountId.length, columns: affected },
  };
}

interface Totals {
  issued: number;
  clawedBack: number;
  redeemed: number;
  expired: number;
  outstanding: number;
  readonly refused: Map<string, number>;
  readonly byRule: Map<string, number>;
}

function emptyTotals(): Totals {
  return {
    issued: 0,
    clawedBack: 0,
    redeemed: 0,
    expired: 0,
    outstanding: 0,
    refused: new Map(),
    byRule: new Map(),
  };
}

function replay(
  program: LoyaltyProgram,
  accountId: string,
  commands: readonly LoyaltyCommand[],
  asOf: number,
  pointType: string,
  path: string,
  totals: Totals,
): { readonly issued: number; readonly outstanding: number } {
  assertArray(commands, path);
  const { account, events, outcomes } = simulateLoyalty(program, emptyLoyaltyAccount(accountId), commands);
  assertArgument(
    (account.recordedAt ?? asOf) <= asOf,
    path,
    () => `${path} has a command after asOf: pass those that had arrived by then, or a later asOf`,
  );
  for (const outcome of outcomes) {
    if (!outcome.ok) add(totals.refused, outcome.error.code, 1);
  }
  for (const event of events) addRules(totals.byRule, event, pointType);
  const { points } = settleLoyalty(program, account, asOf).account;
  if (!Object.hasOwn(points, pointType)) return { issued: 0, outstanding: 0 };
  const { issued, clawedBack, redeemed, expired, pending, available, held, arrears } =
    points[pointType].balances;
  const outstanding = pending + available + held + arrears;
  totals.issued -= issued;
  totals.clawedBack += clawedBack;
  totals.redeemed += redeemed;
  totals.expired += expired;
  totals.outstanding += outstanding;
  return { issued: 0 - issued, outstanding };
}

function addRules(byRule: Map<string, number>, event: LoyaltyEvent, pointType: string): void {
  if (event.type !== "earned") return;
  for (const lot of event.lots) {
    if (lot.pointType !== pointType) continue;
    for (const { ruleId, points } of lot.rules ?? []) add(byRule, ruleId, points);
  }
}

function add(sums: Map<string, number>, name: string, value: number): void {
  sums.set(name, (sums.get(name) ?? 0) + value);
}

function replayOf({ refused, byRule, ...sums }: Totals, costPerPoint: number | undefined): ProgramReplay {
  const costOf = (points: number) =>
    costPerPoint === undefined ? null : multiplyInteger(points, costPerPoint);
  return {
    ...sums,
    cost: costOf(sums.redeemed),
    costIfAllSpent: costOf(sums.redeemed + sums.outstanding),
    refused: Object.fromEntries([...refused].sort(([a], [b]) => (a < b ? -1 : 1))),
    byRule: Object.fromEntries(byRule),
  };
}
