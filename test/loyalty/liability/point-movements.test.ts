import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows } from "../../../src/core/table.js";
import { foldLoyalty } from "../../../src/loyalty/ledger/evolve-loyalty.js";
import { emptyLoyaltyAccount } from "../../../src/loyalty/ledger/loyalty-account.js";
import { settleLoyalty } from "../../../src/loyalty/ledger/settle-loyalty.js";
import { transferPoints } from "../../../src/loyalty/ledger/transfer-points.js";
import { type PointMovementOptions, pointMovements } from "../../../src/loyalty/liability/point-movements.js";
import { keep, lotOf, openShop, programOf, type Shop } from "../ledger/shop.js";
import { DAY, PROGRAMS, playedShop, type Row, START, steps } from "./movement-setup.js";

const told = ({ events }: Shop, options?: PointMovementOptions) =>
  rows(pointMovements(events, options)).map(({ at, lot, kind, points, issuedAt }) => [
    new Date(at).toISOString().slice(0, 10),
    lot,
    kind,
    points,
    new Date(issuedAt).toISOString().slice(0, 10),
  ]);

describe("event by event", () => {
  it("S1: two lots, a redemption over both, a lapse", () => {
    const shop = openShop(programOf());
    shop.grant(lotOf(100, "2024-01-01", "2025-01-10"));
    shop.grant(lotOf(50, "2024-02-01", "2025-03-01"));
    shop.grant({ type: "redeem", at: "2024-06-01", redemptionId: "r", points: 120 });
    const lots = [
      ["2024-01-01", 0, "adjusted", 100, "2024-01-01"],
      ["2024-02-01", 1, "adjusted", 50, "2024-02-01"],
      ["2024-06-01", 0, "redeemed", -100, "2024-01-01"],
      ["2024-06-01", 1, "redeemed", -20, "2024-02-01"],
    ];
    expect(told(shop)).toEqual(lots);
    const lapsed = [...lots, ["2025-03-01", 1, "expired", -30, "2024-02-01"]];
    // Not booked, and yet due; and the same once it is booked.
    expect(told(shop, { asOf: "2025-03-02", program: shop.program })).toEqual(lapsed);
    expect(told(shop, { asOf: "2025-03-01", program: shop.program })).toEqual(lots);
    shop.grant({ type: "expire", at: "2025-06-01" });
    for (const basis of ["occurred", "recorded"] as const) expect(told(shop, { basis })).toEqual(lapsed);
  });

  it("S3: what is owed is no negative liability, what repays it is clawed back then", () => {
    const shop = openShop(programOf({ returnPolicy: "unlimited" }));
    const earn = (orderId: string, at: string, amount: number) =>
      shop.grant({ type: "earn", at, orderId, lines: [{ lineId: "1", amount }] });
    earn("a", "2025-01-01", 150);
    shop.grant({ type: "redeem", at: "2025-01-02", redemptionId: "r", points: 100 });
    shop.grant({ type: "clawBack", at: "2025-01-03", orderId: "a" });
    earn("b", "2025-01-04", 120);
    expect(told(shop)).toEqual([
      ["2025-01-01", 0, "issued", 150, "2025-01-01"],
      ["2025-01-02", 0, "redeemed", -100, "2025-01-01"],
      ["2025-01-03", 0, "clawedBack", -50, "2025-01-01"],
      ["2025-01-04", 1, "issued", 120, "2025-01-04"],
      ["2025-01-04", 1, "clawedBack", -100, "2025-01-04"],
    ]);
  });

  it("a debit that arrives late takes points out of the lapse", () => {
    const shop = openShop(programOf());
    shop.grant(lotOf(100, "2025-01-01", "2025-02-01"));
    shop.grant({ type: "expire", at: "2025-02-03" });
    shop.grant({
      type: "redeem",
      at: "2025-01-20",
      recordedAt: "2025-02-05",
      redemptionId: "r",
      points: 40,
    });
    expect(told(shop).slice(1)).toEqual([
      ["2025-02-01", 0, "expired", -100, "2025-01-01"],
      ["2025-02-01", 0, "expired", 40, "2025-01-01"],
      ["2025-01-20", 0, "redeemed", -40, "2025-01-01"],
    ]);
    expect(told(shop, { basis: "recorded" }).slice(2)).toEqual([
      ["2025-02-05", 0, "expired", 40, "2025-01-01"],
      ["2025-02-05", 0, "redeemed", -40, "2025-01-01"],
    ]);
  });

  it("S9: debits that are allotted anew move between dates of issue", () => {
    const shop = openShop(
      programOf({
        lateEarns: "rederived",
        pointTypes: [{ id: "points", kind: "spendable", expiry: { kind: "afterEarn", after: { years: 1 } } }],
      }),
    );
    shop.grant({ type: "earn", at: "2025-01-10", orderId: "a", lines: [{ lineId: "1", amount: 100 }] });
    shop.grant({ type: "redeem", at: "2025-06-01", redemptionId: "r", points: 80 });
    shop.grant({
      type: "earn",
      at: "2024-12-20",
      recordedAt: "2025-07-01",
      orderId: "b",
      lines: [{ lineId: "1", amount: 50 }],
    });
    expect(told(shop).slice(2)).toEqual([
      ["2024-12-20", 1, "issued", 50, "2024-12-20"],
      ["2025-06-01", 0, "reversed", 50, "2025-01-10"],
      ["2025-06-01", 1, "redeemed", -50, "2024-12-20"],
    ]);
  });

  it("a reversal into a new lot keeps the dates of issue of what it gives back", () => {
    const shop = openShop(programOf({ reversal: { into: "newLot" } }));
    shop.grant(lotOf(30, "2025-01-01"));
    shop.grant(lotOf(40, "2025-02-01"));
    shop.grant({ type: "redeem", at: "2025-03-01", redemptionId: "r", points: 60 });
    shop.grant({ type: "reverseRedemption", at: "2025-04-01", redemptionId: "r" });
    shop.grant({ type: "redeem", at: "2025-05-01", redemptionId: "s", points: 70 });
    // The last 30 of the second lot come back first; they were taken last.
    expect(told(shop).slice(4)).toEqual([
      ["2025-04-01", 2, "reversed", 30, "2025-01-01"],
      ["2025-04-01", 2, "reversed", 30, "2025-02-01"],
      ["2025-05-01", 1, "redeemed", -10, "2025-02-01"],
      ["2025-05-01", 2, "redeemed", -30, "2025-02-01"],
      ["2025-05-01", 2, "redeemed", -30, "2025-01-01"],
    ]);
  });

  it("points in a hold stay outstanding; a hold whose time is over gives lapsed points up", () => {
    const shop = openShop(programOf());
    shop.grant(lotOf(100, "2025-01-01", "2025-02-01"));
    shop.grant({ type: "authorize", at: "2025-01-20", holdId: "h", points: 60, until: "2025-02-10" });
    expect(told(shop, { asOf: "2025-03-01", program: shop.program }).slice(1)).toEqual([
      ["2025-02-01", 0, "expired", -40, "2025-01-01"],
      ["2025-02-10", 0, "expired", -60, "2025-01-01"],
    ]);
  });

  it("a transfer keeps the date of issue: nothing in sum", () => {
    const [from, to] = [openShop(programOf(), "A"), openShop(programOf(), "B")];
    from.grant(lotOf(100, "2025-01-01", "2026-01-01"));
    const sent = transferPoints(from.program, from.account, to.account, {
      key: "k",
      transferId: "t",
      at: "2025-02-01",
      points: 30,
    });
    if (!sent.ok) throw new Error(sent.error.message);
    keep(from, sent.value.from);
    keep(to, sent.value.to);
    const found = rows(pointMovements([...from.events, ...to.events])).filter(
      ({ kind }) => kind === "transferred",
    );
    expect(
      found.map(({ accountId, points, issuedAt, expiresAt }) => [accountId, points, issuedAt, expiresAt]),
    ).toEqual([
      ["A", -30, Date.UTC(2025, 0, 1), Date.UTC(2026, 0, 1)],
      ["B", 30, Date.UTC(2025, 0, 1), Date.UTC(2026, 0, 1)],
    ]);
  });
});

/** Settled as reading would have it: pending, available and held. */
function outstandingAt({ program, events }: Shop, asOf: number): number {
  const known = events.filter(({ recordedAt }) => recordedAt < asOf);
  const { account } = settleLoyalty(program, foldLoyalty(known, emptyLoyaltyAccount("A")), asOf - 1);
  const balances = account.points.points?.balances;
  return balances === undefined ? 0 : balances.pending + balances.available + balances.held;
}

const sum = (found: readonly Row[]) => found.reduce((total, { points }) => total + points, 0);

describe.each(Object.entries(PROGRAMS))("%s", (_, program) => {
  const END = START + 1_000 * DAY;

  it("movements come to what the ledger has outstanding, at any time where nothing arrives late", () => {
    fc.assert(
      fc.property(steps(0), fc.array(fc.integer({ min: 0, max: 800 }), { maxLength: 5 }), (drawn, days) => {
        const shop = playedShop(program, drawn);
        for (const basis of ["occurred", "recorded"] as const) {
          const found = rows(pointMovements(shop.events, { basis, asOf: END, program }));
          for (const asOf of [...days.map((day) => START + day * DAY), END]) {
            expect(sum(found.filter(({ at }) => at < asOf))).toBe(outstandingAt(shop, asOf));
          }
        }
      }),
    );
  });

  it("late arrivals too, in the end; no date of issue ever has less than nothing", () => {
    fc.assert(
      fc.property(steps(40), (drawn) => {
        const shop = playedShop(program, drawn);
        for (const basis of ["occurred", "recorded"] as const) {
          const found = rows(pointMovements(shop.events, { basis, asOf: END, program }));
          expect(sum(found)).toBe(outstandingAt(shop, END));
          const byIssue = new Map<number, number>();
          for (const { issuedAt, points } of found)
            byIssue.set(issuedAt, (byIssue.get(issuedAt) ?? 0) + points);
          for (const points of byIssue.values()) expect(points).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it("as they were recorded, closed books never change, whenever lapses are booked", () => {
    const key = (row: Row) => `${row.at} ${row.lot} ${row.kind} ${row.points} ${row.issuedAt}`;
    fc.assert(
      fc.property(steps(40), fc.integer({ min: 1, max: 700 }), (drawn, day) => {
        const shop = playedShop(program, drawn);
        const asOf = START + day * DAY;
        const then = rows(pointMovements(shop.events, { basis: "recorded", asOf, program }));
        const later = rows(pointMovements(shop.events, { basis: "recorded", asOf: END, program }));
        expect(
          later
            .filter(({ at }) => at < asOf)
            .map(key)
            .sort(),
        ).toEqual(then.map(key).sort());
        expect(sum(then)).toBe(outstandingAt(shop, asOf));
      }),
    );
  });
});

describe("refusals", () => {
  const shop = openShop(programOf());
  shop.grant(lotOf(100, "2025-01-01"));
  shop.grant({ type: "redeem", at: "2025-01-02", redemptionId: "r", points: 60 });
  const failing = (call: () => unknown, path: string, named: string) => {
    expect(call).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT", path }) as Error);
    expect(call).toThrow(named);
  };
  it("a programme without asOf, an unknown basis, no array", () => {
    failing(() => pointMovements(shop.events, { program: shop.program }), "options.asOf", "missing");
    failing(() => pointMovements(shop.events, { basis: "booked" as "recorded" }), "options.basis", "booked");
    failing(() => pointMovements("x" as never), "events", '"x"');
  });
  it("an event that takes what no lot has", () => {
    const forged = (lot: number, points: number) =>
      shop.events.map((event) =>
        event.type === "redeemed" ? { ...event, allocations: [{ lot, points }] } : event,
      );
    failing(() => pointMovements(forged(7, 60)), "events", 'event 3 of account "A" names lot 7');
    failing(() => pointMovements(forged(0, 120)), "events", "20 points more out of lot 0");
  });
});
