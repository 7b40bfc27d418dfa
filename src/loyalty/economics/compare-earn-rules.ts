import { assertArgument, assertArray, assertOptions, shown } from "../../core/assert.js";
import { epochMs, type Instant } from "../../core/instant.js";
import type { Table } from "../../core/table.js";
import type { LoyaltyCommand } from "../ledger/loyalty-command.js";
import { assertProgram } from "../program/assert-program.js";
import type { LoyaltyProgram } from "../program/loyalty-program.js";
import { emptyTotals, isBefore, type ProgramReplay, replay, replayOf } from "./program-replay.js";

/** What was asked of one account, in the order of arrival: its enrolment first. */
export interface MemberCommands {
  /** The account. */
  readonly accountId: string;
  /** Its commands, or those that past orders would have been; each account begins empty. */
  readonly commands: readonly LoyaltyCommand[];
}

/** Up to when, and what points cost. */
export interface CompareEarnRulesOptions {
  /**
   * The instant at which both are compared: commands that arrive and points that come due at it or later do not exist yet. A
   * civil day is its start in the zone of the programme as it is.
   */
  readonly asOf: Instant;
  /** Type of point; default the first spendable one of the current programme. */
  readonly pointType?: string;
  /** What one redeemed point costs, minor units, from 0; decimals allowed. */
  readonly costPerPoint?: number;
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
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the programmes' ids differ, an account stands twice, or a command is
 * malformed, with its place.
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
  assertProgram(program);
  assertProgram(changed, "changed");
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
    assertArray(commands, path);
    const known = commands.map((command) => isBefore(command, asOf, program.timeZone));
    const history = { accountId, commands, known, path };
    const now = replay(program, history, asOf, pointType, before);
    const then = replay(changed, history, asOf, pointType, after);
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
