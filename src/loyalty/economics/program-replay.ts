import { ClienteleError } from "../../core/errors.js";
import { instantOrNaN } from "../../core/instant.js";
import { multiplyInteger } from "../../core/multiply-money.js";
import { decideLoyalty } from "../ledger/decide-loyalty.js";
import { emptyLoyaltyAccount, type LoyaltyAccount } from "../ledger/loyalty-account.js";
import type { LoyaltyCommand } from "../ledger/loyalty-command.js";
import type { LoyaltyEvent } from "../ledger/loyalty-event.js";
import { settleLoyalty } from "../ledger/settle-loyalty.js";
import type { LoyaltyProgram } from "../program/loyalty-program.js";

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

/** Sums over accounts, while they are read. @internal */
export interface ReplayTotals {
  issued: number;
  clawedBack: number;
  redeemed: number;
  expired: number;
  outstanding: number;
  readonly refused: Map<string, number>;
  readonly byRule: Map<string, number>;
}

/** @internal */
export function emptyTotals(): ReplayTotals {
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

/** Whether a command arrives before the instant; one without a date is for the ledger to refuse. @internal */
export function isBefore(command: LoyaltyCommand, asOf: number, timeZone: string): boolean {
  return !(instantOrNaN(command?.recordedAt ?? command?.at, timeZone) >= asOf);
}

/** What was asked of one account, and which of it counts. @internal */
export interface KnownCommands {
  readonly accountId: string;
  readonly commands: readonly LoyaltyCommand[];
  /** Whether each command counts. */
  readonly known: readonly boolean[];
  readonly path: string;
}

/** Decides the commands of one account and adds what came of them. @internal */
export function replay(
  program: LoyaltyProgram,
  { accountId, commands, known, path }: KnownCommands,
  asOf: number,
  pointType: string,
  totals: ReplayTotals,
): { readonly issued: number; readonly outstanding: number } {
  let account = emptyLoyaltyAccount(accountId);
  for (const [i, command] of commands.entries()) {
    if (known[i] !== true) continue;
    const result = decidedAt(program, account, command, `${path}[${i}]`);
    if (!result.ok) {
      add(totals.refused, result.error.code, 1);
      continue;
    }
    account = result.value.account;
    for (const event of result.value.events) addRules(totals.byRule, event, pointType);
  }
  const { points } = settleLoyalty(program, account, asOf - 1).account;
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

/** A decision; what is wrong with a command is said of its place. */
function decidedAt(program: LoyaltyProgram, account: LoyaltyAccount, command: LoyaltyCommand, path: string) {
  try {
    return decideLoyalty(program, account, command);
  } catch (error) {
    if (!(error instanceof ClienteleError) || !error.path.startsWith("command")) throw error;
    const place = (text: string) => text.replace(/^command/, path);
    throw new ClienteleError(error.code, place(error.path), place(error.message));
  }
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

/** @internal */
export function replayOf(
  { refused, byRule, ...sums }: ReplayTotals,
  costPerPoint: number | undefined,
): ProgramReplay {
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
