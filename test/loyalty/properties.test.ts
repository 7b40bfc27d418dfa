import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evolveLoyalty, foldLoyalty } from "../../src/loyalty/ledger/evolve-loyalty.js";
import { emptyLoyaltyAccount, type LoyaltyAccount } from "../../src/loyalty/ledger/loyalty-account.js";
import { settleLoyalty } from "../../src/loyalty/ledger/settle-loyalty.js";
import { parseLoyaltyEvents } from "../../src/loyalty/parse-loyalty.js";
import { anyMoves, anyRules } from "./commands.js";
import { expectInvariants, expectTransfersConserved } from "./invariants.js";
import { bookAt } from "./model.js";
import { compare, newWorld, play, type World } from "./side-by-side.js";

// Laws of the ledger over histories by chance: two accounts, every command, a quarter of them late by up to twenty days,
// duplicates, keys used twice, transfers. Invariants by the numbers of the reference; 7, 9 and 12 stand in
// properties-delivery.test.ts, 13 in test/loyalty/liability.

const played = fc.tuple(anyRules, anyMoves).map(([rules, moves]) => {
  const world = newWorld(rules);
  for (const move of moves) play(world, move);
  return world;
});
const RUNS = { numRuns: 150 };

function settledSides({ program, sides, now }: World) {
  return sides.map(({ account, events }) => {
    const settled = settleLoyalty(program, account, now);
    return { account: settled.account, events: [...events, ...settled.events] };
  });
}

test("a second, naive ledger agrees after each command on the answer, every balance and every lot", () => {
  fc.assert(
    fc.property(anyRules, anyMoves, (rules, moves) => {
      const world = newWorld(rules);
      for (const move of moves) play(world, move);
    }),
    { numRuns: 400 },
  );
});

test("histories by chance are about something: each kind of answer and of command is among them", () => {
  const answers = new Map<string, number>();
  fc.assert(
    fc.property(anyRules, anyMoves, (rules, moves) => {
      const world = newWorld(rules);
      for (const move of moves) {
        const { ledger, command } = play(world, move);
        for (const name of [ledger, command.type]) answers.set(name, (answers.get(name) ?? 0) + 1);
      }
    }),
    // One seed: what a run leaves out by chance says nothing of the ledger.
    { numRuns: 1500, seed: 1 },
  );
  const kinds = [
    "granted",
    "repeated",
    "idempotency_conflict",
    "insufficient_points",
    "unknown_hold",
    "hold_resolved",
    "already_returned",
    "return_mixed",
    "return_exceeds_order",
    "unknown_line",
    "already_reversed",
    "dated_before",
    "above_order_share",
    "booked_before_merge",
    "already_enrolled",
    "account_closed",
    "unknown_reward",
    "reward_not_available",
    "not_a_member",
    "owner_only",
    "household_full",
    "has_open_holds",
    "has_arrears",
    "transferOut",
    "close",
    "addMember",
    "removeMember",
  ];
  expect(kinds.filter((name) => !answers.has(name))).toEqual([]);
});

test("asked about any later instant, it agrees with the model that works out everything anew from all commands", () => {
  fc.assert(
    fc.property(played, fc.nat(40), ({ program, rules, sides: [{ account, sent, book }], now }, days) => {
      // A transfer needs both sides: histories without one.
      fc.pre(book.transfers.size === 0 && !sent.some(({ type }) => type === "transferOut"));
      const later = now + days * 86_400_000;
      compare(program, { account, book: bookAt(rules, sent, later) }, later);
    }),
    RUNS,
  );
});

describe("invariants", () => {
  test("1 conservation, 2 lots, 3 available, 4 arrears, 5 debits, 6 holds, 11 qualifying, 14 safe integers", () => {
    fc.assert(
      fc.property(played, (world) => {
        for (const { account, events } of settledSides(world)) expectInvariants(events, account, world.now);
      }),
      RUNS,
    );
  });

  test("8 fold(prefix) then fold(rest) = fold(all) = evolve one by one; JSON and structuredClone keep the account", () => {
    fc.assert(
      fc.property(played, fc.nat(), ({ sides }, cut) => {
        for (const { events, account } of sides) {
          const all = foldLoyalty(events);
          expect(all).toEqual(account);
          const at = 1 + (cut % events.length);
          const prefix = foldLoyalty(events.slice(0, at));
          const before = JSON.stringify(prefix);
          const copies: LoyaltyAccount[] = [prefix, JSON.parse(before), structuredClone(prefix)];
          for (const copy of copies) expect(foldLoyalty(events.slice(at), copy)).toEqual(all);
          expect(JSON.stringify(prefix)).toBe(before);
          const start = emptyLoyaltyAccount(account.accountId);
          expect(events.reduce(evolveLoyalty, start)).toEqual(all);
          expect(parseLoyaltyEvents(JSON.parse(JSON.stringify(events)))).toEqual(events);
        }
      }),
      RUNS,
    );
  });

  test("10 transfers conserve the total and each lot's dates", () => {
    fc.assert(
      fc.property(played, ({ sides: [a, b] }) => {
        expectTransfersConserved(a.events, b.events);
        const sent = (account: LoyaltyAccount) => account.points.points?.balances.transferred ?? 0;
        expect(sent(a.account) + sent(b.account)).toBe(0);
      }),
      RUNS,
    );
  });

  test("what comes due is booked in the order of its instants, and once", () => {
    fc.assert(
      fc.property(played, fc.nat(60), ({ program, sides: [{ account }], now }, days) => {
        const later = now + days * 86_400_000;
        const { events, account: after } = settleLoyalty(program, account, later);
        const instants = events.map(({ at }) => at);
        expect(instants).toEqual([...instants].sort((a, b) => a - b));
        expect(settleLoyalty(program, after, later).events).toEqual([]);
        const half = settleLoyalty(program, account, now + (days * 86_400_000) / 2).account;
        expect(settleLoyalty(program, half, later).account.points).toEqual(after.points);
      }),
      RUNS,
    );
  });
});
