import { isDeepStrictEqual } from "node:util";
import {
  decideLoyalty,
  emptyLoyaltyAccount,
  foldLoyalty,
  type LoyaltyAccount,
  type LoyaltyCommand,
  type LoyaltyEvent,
} from "clientele";
import { program } from "./program.js";
import { enrollment, type Operation } from "./random-commands.js";

/** An operation that a worker has said to be done. */
export interface Acknowledged {
  readonly operation: Operation;
  readonly granted: boolean;
}

/**
 * What stands in the database without reason, or not although it should: each granted operation is stored once, nothing
 * else is, the points that left an account came to another, and one thread that is given the same commands in the same
 * order comes to the same events and the same account.
 */
export function unexplained(
  histories: ReadonlyMap<string, readonly LoyaltyEvent[]>,
  stored: ReadonlyMap<string, LoyaltyAccount>,
  acknowledged: readonly Acknowledged[],
): string[] {
  const problems: string[] = [];
  const expected = new Map<
    string,
    LoyaltyCommand | { readonly transfer: Operation & { kind: "transfer" } }
  >();
  for (const { operation, granted } of acknowledged) {
    if (!granted) continue;
    if (operation.kind === "command") {
      expected.set(`${operation.accountId} ${operation.command.key}`, operation.command);
    } else {
      expected.set(`${operation.from} ${operation.request.key}`, { transfer: operation });
      expected.set(`${operation.to} ${operation.request.key}`, { transfer: operation });
    }
  }
  for (const accountId of histories.keys()) {
    const enroll = enrollment(accountId);
    expected.set(`${accountId} ${enroll.key}`, enroll);
  }

  let transferred = 0;
  for (const [accountId, events] of histories) {
    const folded = foldLoyalty(events);
    if (!isDeepStrictEqual(foldLoyalty([], stored.get(accountId)), folded))
      problems.push(`${accountId}: the snapshot and the events after it are not what all events make`);
    transferred += folded.points.points?.balances.transferred ?? 0;

    let account = emptyLoyaltyAccount(accountId);
    const replayed: LoyaltyEvent[] = [];
    for (const event of events) {
      if (event.key === null) continue;
      const id = `${accountId} ${event.key}`;
      const command = expected.get(id);
      if (command === undefined) {
        problems.push(`${accountId}: event ${event.seq} answers ${event.key}, which nobody was granted`);
        continue;
      }
      expected.delete(id);
      const decision = decideLoyalty(program, account, "transfer" in command ? sideOf(event) : command);
      if (!decision.ok) {
        problems.push(`${accountId}: one thread refuses ${event.key}: ${decision.error.code}`);
        continue;
      }
      account = decision.value.account;
      replayed.push(...decision.value.events);
    }
    if (!isDeepStrictEqual(plain(replayed), plain(events)))
      problems.push(`${accountId}: one thread comes to other events`);
    if (!isDeepStrictEqual(plain(account), plain(folded)))
      problems.push(`${accountId}: one thread comes to another account`);
  }
  for (const id of expected.keys()) problems.push(`${id} was granted and is not stored`);
  if (transferred !== 0) problems.push(`${transferred} points left accounts and came to none`);
  return problems;
}

/** One side of a transfer as a command of its own: what was sent is what was stored on the way. */
function sideOf(event: LoyaltyEvent): LoyaltyCommand {
  const key = event.key ?? "";
  if (event.type === "transferredOut") {
    const points = event.lots.reduce((sum, lot) => sum + lot.points, 0);
    return {
      type: "transferOut",
      key,
      at: event.at,
      recordedAt: event.recordedAt,
      transferId: event.transferId,
      to: event.to,
      points,
    };
  }
  if (event.type !== "transferredIn") throw new Error(`${event.type} is no side of a transfer`);
  const lots = event.lots.map(({ pointType, points, earnedAt, activeAt, expiresAt }) => ({
    pointType,
    points,
    earnedAt,
    activeAt,
    expiresAt,
  }));
  return {
    type: "transferIn",
    key,
    at: event.at,
    recordedAt: event.recordedAt,
    transferId: event.transferId,
    from: event.from,
    lots,
  };
}

/** As it is after a way through JSON; fingerprints of the sides of a transfer are those of other commands. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner) => (key === "fingerprint" ? undefined : inner)));
}
