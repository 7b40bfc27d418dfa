import { strict as assert } from "node:assert";
import { accountLots } from "../../src/loyalty/ledger/account-lots.js";
import type { LotAllocation } from "../../src/loyalty/ledger/event-parts.js";
import { evolveLoyalty } from "../../src/loyalty/ledger/evolve-loyalty.js";
import { emptyLoyaltyAccount, type LoyaltyAccount } from "../../src/loyalty/ledger/loyalty-account.js";
import type { LoyaltyEvent } from "../../src/loyalty/ledger/loyalty-event.js";
import { countedIn } from "./counted-in.js";

// The invariants of trusted ledgers, each worked out from the events and the lots alone, never from the balances that it is
// held against. Numbers are those of the reference.

type Sums = Record<string, number>;

const sum = (parts: readonly { readonly points: number }[]) =>
  parts.reduce((total, { points }) => total + points, 0);

/** Invariants 1 to 6, 11 and 14 of an account as it is at an instant, everything booked that is due by then. */
export function expectInvariants(events: readonly LoyaltyEvent[], account: LoyaltyAccount, at: number): void {
  for (const pointType of Object.keys(account.points)) {
    expectConserved(events, account, pointType);
    expectAvailable(account, pointType, at);
  }
  expectLots(events, account);
  expectDebits(events);
  expectHoldsResolvedOnce(events);
  expectQualifying(events);
  expectSafe(events);
  expectSafe(account.points);
}

/** 1: what came in is what is there, was spent, lapsed, taken back or sent, less what is owed. */
function expectConserved(events: readonly LoyaltyEvent[], account: LoyaltyAccount, pointType: string): void {
  const flows = { in: 0, redeemed: 0, clawedBack: 0, out: 0 };
  const ofType = (parts: readonly { readonly pointType: string; readonly points: number }[]) =>
    sum(parts.filter((part) => part.pointType === pointType));
  for (const event of events) {
    const isOfType = "pointType" in event && event.pointType === pointType;
    if (event.type === "earned" || event.type === "transferredIn") flows.in += ofType(event.lots);
    if (event.type === "transferredOut") flows.out += ofType(event.lots);
    if (event.type === "clawedBack") {
      flows.clawedBack += (event.due[pointType] ?? 0) - (event.unrecovered[pointType] ?? 0);
    }
    if (!isOfType) continue;
    if (event.type === "adjusted") flows[event.points > 0 ? "in" : "out"] += Math.abs(event.points);
    if (event.type === "redeemed" || event.type === "captured") flows.redeemed += event.points;
    if (event.type === "redemptionReversed") flows.redeemed -= event.points;
  }
  const lots = accountLots(account).filter((lot) => lot.pointType === pointType);
  const there = lots.reduce((total, lot) => total + lot.remaining + lot.held, 0);
  const arrears = -(account.points[pointType]?.balances.arrears ?? 0);
  assert.equal(flows.in, there + flows.redeemed + flows.clawedBack + flows.out - arrears);
}

/** 3: available is what lots have that count by their dates; 4: who owes has none of them. */
function expectAvailable(account: LoyaltyAccount, pointType: string, at: number): void {
  const balances = account.points[pointType]?.balances;
  const isClosed = account.status === "closed";
  const usable = accountLots(account).filter(
    (lot) =>
      lot.pointType === pointType &&
      lot.activeAt <= at &&
      (lot.expiresAt ?? Infinity) > at &&
      lot.remaining > lot.lapsed,
  );
  const total = isClosed ? 0 : usable.reduce((points, lot) => points + lot.remaining, 0);
  assert.equal(balances?.available, total);
  assert.ok(balances?.arrears <= 0);
  if ((balances?.arrears ?? 0) < 0) assert.equal(total, 0);
}

/** 2: a lot has what was not taken of it, never below 0 and never above what it opened with. */
function expectLots(events: readonly LoyaltyEvent[], account: LoyaltyAccount): void {
  const taken: Sums = {};
  const add = (parts: readonly LotAllocation[], sign = 1) => {
    for (const { lot, points } of parts) taken[lot] = (taken[lot] ?? 0) + sign * points;
  };
  for (const event of events) {
    if ("allocations" in event && event.type !== "captured") add(event.allocations);
    if ("released" in event) add(event.released, -1);
    if ("repaid" in event) add(event.repaid ?? []);
    if (event.type === "redemptionReversed") add([...event.restored, ...event.lapsed], -1);
    if (event.type === "reallocated") add(event.changes);
  }
  for (const lot of accountLots(account)) {
    assert.equal(lot.remaining, lot.original - (taken[lot.lot] ?? 0));
    assert.ok(Math.min(lot.remaining, lot.held, lot.lapsed) >= 0);
    assert.ok(lot.remaining + lot.held <= lot.original);
    assert.ok(lot.lapsed === 0 || lot.lapsed === lot.remaining);
  }
}

/** 5: allocations come to the points of a debit; no more comes back than was spent, in money either, and all with the last. */
function expectDebits(events: readonly LoyaltyEvent[]): void {
  const left: Sums = {};
  const money: Sums = {};
  for (const event of events) {
    if (event.type === "redeemed" || event.type === "captured" || event.type === "authorized") {
      assert.equal(sum(event.allocations), event.points);
    }
    if (event.type === "redeemed" || event.type === "captured") {
      const id = event.type === "redeemed" ? event.redemptionId : event.holdId;
      left[id] = event.points;
      money[id] = event.amount ?? 0;
    }
    if (event.type === "adjusted") assert.equal(sum(event.lots) - sum(event.allocations), event.points);
    if (event.type === "transferredOut") assert.equal(sum(event.lots), sum(event.allocations));
    if (event.type === "clawedBack") {
      const due = Object.values(event.due).reduce((total, points) => total + points, 0);
      const short = [...Object.values(event.arrears), ...Object.values(event.unrecovered)];
      assert.equal(sum(event.allocations) + short.reduce((total, points) => total + points, 0), due);
    }
    if (event.type === "redemptionReversed") {
      assert.equal(sum(event.restored) + sum(event.lapsed) + sum(event.moved), event.points);
      assert.equal(sum(event.lots), sum(event.moved));
      left[event.redemptionId] -= event.points;
      money[event.redemptionId] -= event.amount ?? 0;
      assert.ok(left[event.redemptionId] >= 0 && money[event.redemptionId] >= 0);
      if (left[event.redemptionId] === 0) assert.equal(money[event.redemptionId], 0);
    }
    if (event.type === "reallocated") assert.equal(sum(event.changes), 0);
  }
}

/** 6: open, then captured, voided or over, once; what is not captured goes back. */
function expectHoldsResolvedOnce(events: readonly LoyaltyEvent[]): void {
  const open = new Map<string, number>();
  for (const event of events) {
    if (event.type === "authorized") open.set(event.holdId, event.points);
    if (event.type !== "captured" && event.type !== "voided") continue;
    assert.ok(open.has(event.holdId));
    const spent = event.type === "captured" ? sum(event.allocations) : 0;
    assert.equal(spent + sum(event.released), open.get(event.holdId));
    open.delete(event.holdId);
  }
}

/** 11: what counts towards a level changes by earning and by returns only. */
function expectQualifying(events: readonly LoyaltyEvent[]): void {
  let account = emptyLoyaltyAccount(events[0].accountId);
  let counted = countedIn(account, ["points", "q"]);
  for (const event of events) {
    account = evolveLoyalty(account, event);
    const now = countedIn(account, ["points", "q"]);
    if (event.type !== "earned" && event.type !== "clawedBack") assert.deepEqual(now, counted);
    counted = now;
  }
}

/** 14: every number is a safe integer. */
function expectSafe(value: unknown): void {
  if (typeof value === "number") assert.ok(Number.isSafeInteger(value));
  else if (typeof value === "object" && value !== null)
    for (const part of Object.values(value)) expectSafe(part);
}

/** 10: what one side sent the other one got, lot by lot with its dates. */
export function expectTransfersConserved(a: readonly LoyaltyEvent[], b: readonly LoyaltyEvent[]): void {
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    for (const event of from) {
      if (event.type !== "transferredOut") continue;
      const arrived = to.find(
        (other) => other.type === "transferredIn" && other.transferId === event.transferId,
      );
      const lots =
        arrived?.type === "transferredIn" ? arrived.lots.map(({ lot: _, ...dates }) => dates) : null;
      assert.deepEqual(lots, event.lots);
    }
  }
}
