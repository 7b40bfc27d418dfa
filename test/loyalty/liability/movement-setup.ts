import fc from "fast-check";
import type { TableRow } from "../../../src/core/table.js";
import type { PointMovementColumns } from "../../../src/loyalty/liability/point-movement.js";
import type { LoyaltyProgram } from "../../../src/loyalty/program/loyalty-program.js";
import { openShop, programOf, type Shop, type ShopCommand } from "../ledger/shop.js";

export const DAY = 86_400_000;
export const START = Date.UTC(2025, 0, 1);

export type Row = TableRow<PointMovementColumns>;

/** Programmes that differ in all that moves points: lapses, returns, reversals, late arrivals. */
export const PROGRAMS: Record<string, LoyaltyProgram> = {
  "pending, lapse after 60 days, arrears": programOf({
    returnPolicy: "unlimited",
    pointTypes: [
      {
        id: "points",
        kind: "spendable",
        pendingFor: { days: 5 },
        expiry: { kind: "afterEarn", after: { days: 60 } },
      },
    ],
  }),
  "reversals into a new lot": programOf({
    reversal: { into: "newLot" },
    pointTypes: [{ id: "points", kind: "spendable", expiry: { kind: "afterEarn", after: { days: 40 } } }],
  }),
  "reversals reinstate, late earns re-derived": programOf({
    reversal: { into: "originalLots", reinstatementWindow: { days: 20 } },
    lateEarns: "rederived",
    pointTypes: [{ id: "points", kind: "spendable", expiry: { kind: "afterEarn", after: { days: 40 } } }],
  }),
  "sliding, oldest first": programOf({
    burnOrder: "oldest",
    returnPolicy: "unlimited",
    pointTypes: [{ id: "points", kind: "spendable", expiry: { kind: "afterActivity", after: { days: 30 } } }],
  }),
};

interface Step {
  readonly what:
    | "earn"
    | "redeem"
    | "authorize"
    | "capture"
    | "void"
    | "reverse"
    | "return"
    | "take"
    | "expire";
  readonly wait: number;
  readonly late: number;
  readonly points: number;
}

export function steps(late: number): fc.Arbitrary<Step[]> {
  return fc.array(
    fc.record({
      what: fc.constantFrom(
        "earn" as const,
        "earn" as const,
        "redeem" as const,
        "redeem" as const,
        "authorize" as const,
        "capture" as const,
        "void" as const,
        "reverse" as const,
        "return" as const,
        "take" as const,
        "expire" as const,
      ),
      wait: fc.integer({ min: 0, max: 25 }),
      late: fc.integer({ min: 0, max: late }),
      points: fc.integer({ min: 1, max: 120 }),
    }),
    { minLength: 1, maxLength: 30 },
  );
}

/** An account that was sent these; what is refused leaves no trace. Each decision is checked by the shop itself. */
export function playedShop(program: LoyaltyProgram, drawn: readonly Step[]): Shop {
  const shop = openShop(program, "A", new Date(START).toISOString());
  let now = START;
  let orders = 0;
  let debits = 0;
  for (const { what, wait, late, points } of drawn) {
    now += wait * DAY;
    const time = { at: Math.max(START, now - late * DAY), recordedAt: now };
    const commands: Record<Step["what"], () => ShopCommand> = {
      earn: () => ({
        type: "earn",
        ...time,
        orderId: `o${orders++}`,
        lines: [{ lineId: "1", amount: points }],
      }),
      redeem: () => ({ type: "redeem", ...time, redemptionId: `d${debits++}`, points }),
      authorize: () => ({
        type: "authorize",
        ...time,
        holdId: `d${debits++}`,
        points,
        until: now + (1 + (points % 20)) * DAY,
      }),
      capture: () => ({
        type: "capture",
        ...time,
        holdId: `d${debits - 1}`,
        points: Math.max(1, points >> 1),
      }),
      void: () => ({ type: "void", ...time, holdId: `d${debits - 1}` }),
      reverse: () => ({
        type: "reverseRedemption",
        ...time,
        redemptionId: `d${Math.max(0, debits - 1 - (points % 3))}`,
        ...(points % 2 === 0 ? { points: 1 + (points >> 2) } : {}),
      }),
      return: () => ({
        type: "clawBack",
        ...time,
        orderId: `o${Math.max(0, orders - 1 - (points % 3))}`,
        ...(points % 2 === 0 ? { amount: 1 + (points >> 1) } : {}),
      }),
      take: () => ({ type: "adjust", ...time, points: -points, reason: "test", actor: "test" }),
      expire: () => ({ type: "expire", ...time }),
    };
    shop.send(commands[what]());
  }
  return shop;
}
