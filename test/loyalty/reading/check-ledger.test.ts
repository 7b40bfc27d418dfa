import { describe, expect, test } from "vitest";
import { programEconomics } from "../../../src/loyalty/economics/program-economics.js";
import type { LoyaltyEvent } from "../../../src/loyalty/ledger/loyalty-event.js";
import { mergeAccounts } from "../../../src/loyalty/ledger/transfer-points.js";
import { checkLedger } from "../../../src/loyalty/reading/check-ledger.js";
import type { LedgerInvariant } from "../../../src/loyalty/reading/ledger-invariant.js";
import { openShop, programOf } from "../ledger/shop.js";
import { randomHistory } from "./random-history.js";

const shop = openShop(programOf({ returnPolicy: "unlimited" }), "A", "2025-01-01");
shop.grant({ type: "earn", at: "2025-01-02", orderId: "O-1", lines: [{ lineId: "1", amount: 100 }] }); // 2
shop.grant({ type: "redeem", at: "2025-01-03", redemptionId: "R-1", points: 40 }); // 3
shop.grant({ type: "authorize", at: "2025-01-04", holdId: "H-1", points: 30 }); // 4
shop.grant({ type: "capture", at: "2025-01-05", holdId: "H-1", points: 20 }); // 5
shop.grant({ type: "reverseRedemption", at: "2025-01-06", redemptionId: "R-1", points: 10 }); // 6
shop.grant({ type: "clawBack", at: "2025-01-07", orderId: "O-1" }); // 7
shop.grant({ type: "adjust", at: "2025-01-08", points: 60, reason: "gift", actor: "desk" }); // 8
shop.grant({ type: "close", at: "2025-01-09", reason: "end", actor: "desk" }); // 9
const events = shop.events;

type Change = (event: Record<string, unknown> & { postings: { account: string; points: number }[] }) => void;

/** The events with one of them changed. */
function broken(seq: number, change: Change): LoyaltyEvent[] {
  const copy: LoyaltyEvent[] = structuredClone(events);
  change(copy[seq - 1] as never);
  return copy;
}

test("nine events are sound, and those of two accounts mixed", () => {
  expect(checkLedger(events)).toEqual({ sound: true, accounts: 1, events: 9, fault: null });
  const other = openShop(programOf(), "B", "2025-01-01").events;
  expect(checkLedger([...events.slice(0, 4), ...other, ...events.slice(4)])).toMatchObject({
    sound: true,
    accounts: 2,
    events: 10,
  });
  expect(checkLedger([])).toEqual({ sound: true, accounts: 0, events: 0, fault: null });
});

describe("the first broken invariant, with its event", () => {
  const cases: [string, number, LedgerInvariant, Change][] = [
    ["another version", 3, "version", (event) => Object.assign(event, { version: 2 })],
    ["another type", 4, "version", (event) => Object.assign(event, { type: "frozen", postings: [] })],
    ["a gap", 5, "sequence", (event) => Object.assign(event, { seq: 6 })],
    ["booked before the one before", 6, "time", (event) => Object.assign(event, { at: 0, recordedAt: 1 })],
    ["booked before it happened", 6, "time", (event) => Object.assign(event, { at: Date.UTC(2026, 0, 1) })],
    ["half a millisecond", 6, "time", (event) => Object.assign(event, { at: 0.5 })],
    ["a second enrolment", 3, "status", (event) => Object.assign(event, { type: "enrolled", postings: [] })],
    ["the same order twice", 8, "key", (event) => Object.assign(event, { type: "earned", orderId: "O-1" })],
    ["the same key twice", 4, "key", (event) => Object.assign(event, { key: events[2]?.key })],
    ["an order without an id", 2, "key", (event) => delete event.orderId],
    ["a redemption without an id", 3, "key", (event) => delete event.redemptionId],
    ["a hold whose id is empty", 4, "key", (event) => Object.assign(event, { holdId: "" })],
    ["a capture of no hold", 5, "key", (event) => Object.assign(event, { holdId: null })],
    ["a reversal of no redemption", 6, "key", (event) => delete event.redemptionId],
    ["a return of no order", 7, "key", (event) => delete event.orderId],
    ["a key without a fingerprint", 4, "key", (event) => Object.assign(event, { fingerprint: null })],
    [
      "a point more than came",
      2,
      "zeroSum",
      ({ postings }) => Object.assign(postings[1] ?? {}, { points: 101 }),
    ],
    ["half a point", 3, "zeroSum", ({ postings }) => postings.push({ account: "held", points: 0.5 })],
    [
      "a lot's number",
      2,
      "lot",
      (event) => Object.assign((event.lots as { lot: number }[])[0] ?? {}, { lot: 3 }),
    ],
    [
      "more than the lot has",
      3,
      "lot",
      (event) => Object.assign(event, { points: 140, allocations: [{ lot: 0, points: 140 }] }),
    ],
    [
      "a lot that nobody opened",
      3,
      "lot",
      (event) => Object.assign(event, { allocations: [{ lot: 7, points: 40 }] }),
    ],
    [
      "less than nothing",
      3,
      "allocation",
      (event) => Object.assign(event, { allocations: [{ lot: 0, points: -40 }] }),
    ],
    ["lots that come to other points", 3, "allocation", (event) => Object.assign(event, { points: 41 })],
    [
      "a hold that is resolved to other points",
      5,
      "allocation",
      (event) => Object.assign(event, { released: [{ lot: 0, points: 11 }] }),
    ],
    ["a hold that there is not", 5, "resolution", (event) => Object.assign(event, { holdId: "H-9" })],
    [
      "a redemption that there is not",
      6,
      "resolution",
      (event) => Object.assign(event, { redemptionId: "R-9" }),
    ],
    [
      "more given back than was redeemed",
      6,
      "resolution",
      (event) => Object.assign(event, { points: 41, restored: [{ lot: 0, points: 41 }] }),
    ],
    [
      "postings into another account",
      3,
      "agreement",
      ({ postings }) => Object.assign(postings[1] ?? {}, { account: "expired" }),
    ],
    [
      "postings of another size",
      2,
      "agreement",
      ({ postings }) => {
        for (const posting of postings) posting.points *= 2;
      },
    ],
    [
      "points beside what is owed",
      8,
      "arrears",
      (event) => {
        event.repaid = [];
        event.postings = [
          { account: "adjusted", pointType: "points", points: -60 },
          { account: "available", pointType: "points", points: 60 },
        ] as never;
      },
    ],
  ];
  test.each(cases)("%s (event %i): %s", (_, seq, invariant, change) => {
    const { sound, fault } = checkLedger(broken(seq, change));
    expect(sound).toBe(false);
    expect(fault).toMatchObject({ accountId: "A", index: seq - 1, invariant });
    expect(fault?.message).toMatch(/\d/);
  });
  test("an event after the account was closed", () => {
    const last = events.at(-1);
    const { fault } = checkLedger([
      ...events,
      { ...structuredClone(last), seq: 10, key: "K" } as LoyaltyEvent,
    ]);
    expect(fault).toMatchObject({ seq: 10, invariant: "status" });
  });
});

test("points that arrive late, after their time, lapse beside what is owed: that is sound", () => {
  const pointTypes = [
    { id: "points", kind: "spendable", expiry: { kind: "afterEarn", after: { days: 30 } } },
  ] as const;
  const late = openShop(programOf({ returnPolicy: "unlimited", pointTypes }), "A", "2025-01-01");
  const order = (at: string, orderId: string) =>
    ({ type: "earn", at, orderId, lines: [{ lineId: "1", amount: 100 }] }) as const;
  late.grant(order("2025-03-01", "O-1"));
  late.grant({ type: "redeem", at: "2025-03-02", redemptionId: "R-1", points: 100 });
  late.grant({ type: "clawBack", at: "2025-03-03", orderId: "O-1" });
  late.grant({ ...order("2025-01-02", "O-2"), recordedAt: "2025-03-04" });
  expect(checkLedger(late.events)).toMatchObject({ sound: true, fault: null });
  // Without the lapse they stand beside the arrears, and the earn is to blame.
  expect(late.events.at(-1)?.type).toBe("expired");
  expect(checkLedger(late.events.slice(0, -1)).fault).toMatchObject({
    invariant: "arrears",
    seq: 5,
    index: 4,
  });
});

test("events whose account is no text", () => {
  const { fault } = checkLedger(broken(1, (event) => Object.assign(event, { accountId: 5 })));
  expect(fault).toMatchObject({
    index: 0,
    invariant: "key",
    message: "event 1 has the accountId 5: no text",
  });
});

test("both sides of a merge are sound, and the points that moved net to nothing over the two", () => {
  const program = programOf();
  const [a, b] = [openShop(program, "A", "2025-01-01"), openShop(program, "B", "2025-01-01")];
  a.grant({ type: "earn", at: "2025-01-02", orderId: "O-1", lines: [{ lineId: "1", amount: 100 }] });
  b.grant({ type: "earn", at: "2025-01-02", orderId: "O-2", lines: [{ lineId: "1", amount: 200 }] });
  const merge = { key: "M", transferId: "T", at: "2025-02-01", reason: "two cards", actor: "desk" };
  const merged = mergeAccounts(program, b.account, a.account, merge);
  if (!merged.ok) throw new Error(merged.error.message);
  const all = [...a.events, ...b.events, ...merged.value.from.events, ...merged.value.to.events];
  expect(checkLedger(all)).toMatchObject({ sound: true, accounts: 2 });
  const { total, cohorts } = programEconomics(program, all, { asOf: "2025-03-01" });
  expect(total).toMatchObject({ issued: 300, transferred: 0, redeemed: 0, closing: 300 });
  expect(cohorts.map(({ group, kept, outstanding }) => [group, kept, outstanding])).toEqual([
    ["2025-01", 300, 300],
  ]);
});

test("no event of a random life can be dropped, doubled or exchanged with the next unnoticed", () => {
  for (let seed = 0; seed < 12; seed++) {
    const life = randomHistory(seed).shop.events;
    for (let i = 0; i < life.length - 1; i += 3) {
      const [one, next] = [life[i], life[i + 1]] as [LoyaltyEvent, LoyaltyEvent];
      const dropped = life.filter((event) => event !== one);
      const doubled = [...life.slice(0, i + 1), one, ...life.slice(i + 1)];
      const exchanged = [...life.slice(0, i), next, one, ...life.slice(i + 2)];
      for (const changed of [dropped, doubled, exchanged]) expect(checkLedger(changed).sound).toBe(false);
    }
  }
});
