import { type RandomSource, seededRandom } from "../../../src/core/random.js";
import { drawInteger } from "../../../src/core/random-draws.js";
import type { LoyaltyEvent } from "../../../src/loyalty/ledger/loyalty-event.js";
import type { LoyaltyProgram } from "../../../src/loyalty/program/loyalty-program.js";
import { openShop, programOf, type Shop } from "../ledger/shop.js";

const DAY = 86_400_000;
const FIRST = Date.UTC(2024, 0, 1);

/** Programmes that differ in what the books must follow: expiry, waiting times, returns, reversals, late earns. */
const programs: readonly LoyaltyProgram[] = [
  programOf({
    pointTypes: [
      {
        id: "points",
        kind: "spendable",
        pendingFor: { days: 5 },
        expiry: { kind: "afterEarn", after: { days: 60 } },
      },
    ],
    returnPolicy: "unlimited",
  }),
  programOf({
    pointTypes: [{ id: "points", kind: "spendable", expiry: { kind: "afterActivity", after: { days: 40 } } }],
    returnPolicy: "withinBalance",
    reversal: { into: "newLot" },
    burnOrder: "oldest",
  }),
  programOf({
    pointTypes: [
      { id: "points", kind: "spendable", expiry: { kind: "afterEarn", after: { days: 45 } } },
      { id: "status", kind: "qualifying", expiry: { kind: "periodEnd", period: "quarter" } },
    ],
    earnRules: [
      { id: "base", award: { per: "amount", points: 1, amount: 1 } },
      { id: "status", pointType: "status", award: { per: "amount", points: 1, amount: 2 } },
    ],
    returnPolicy: "unlimited",
    reversal: { into: "originalLots", reinstatementWindow: { days: 20 } },
    lateEarns: "rederived",
    holdTimeout: { days: 10 },
    tiers: {
      levels: [
        { id: "basic", threshold: 0 },
        { id: "gold", threshold: 100 },
      ],
      measure: { kind: "points", pointType: "status" },
      period: { kind: "calendar", unit: "quarter" },
      downgrade: "byBalance",
      levelOfOrder: "start",
    },
  }),
];

/** A member's life by chance: what is refused leaves no trace; some of it arrives days later. */
export function randomHistory(seed: number, commands = 40): { readonly shop: Shop; readonly until: number } {
  const random = seededRandom(seed);
  const program = programs[drawInteger(random, 0, programs.length - 1)] ?? programOf();
  const shop = openShop(program, "A", "2024-01-01");
  let now = FIRST;
  const orders: string[] = [];
  const redemptions: string[] = [];
  const holds: string[] = [];
  for (let i = 0; i < commands; i++) {
    now += drawInteger(random, 0, 8) * DAY + drawInteger(random, 0, 3) * 1_000;
    const at = random() < 0.25 ? Math.max(FIRST, now - drawInteger(random, 0, 50) * DAY) : now;
    const time = { at, recordedAt: Math.max(now, shop.account.recordedAt ?? now) };
    const points = drawInteger(random, 1, 120);
    const lot = random();
    if (lot < 0.3) {
      orders.push(`O-${i}`);
      const lines = [{ lineId: "1", amount: points, quantity: 2 }];
      shop.send({ type: "earn", ...time, orderId: `O-${i}`, lines });
    } else if (lot < 0.5) {
      redemptions.push(`R-${i}`);
      shop.send({ type: "redeem", ...time, redemptionId: `R-${i}`, points });
    } else if (lot < 0.6) {
      holds.push(`H-${i}`);
      shop.send({ type: "authorize", ...time, holdId: `H-${i}`, points });
    } else if (lot < 0.65) {
      const holdId = pick(random, holds);
      redemptions.push(holdId);
      shop.send({ type: "capture", ...time, holdId, points });
    } else if (lot < 0.7) shop.send({ type: "void", ...time, holdId: pick(random, holds) });
    else if (lot < 0.8)
      shop.send({ type: "reverseRedemption", ...time, redemptionId: pick(random, redemptions) });
    else if (lot < 0.9) {
      const lines = random() < 0.5 ? { lines: [{ lineId: "1", quantity: 1 }] } : {};
      shop.send({ type: "clawBack", ...time, orderId: pick(random, orders), ...lines });
    } else if (lot < 0.97) {
      const taken = random() < 0.5 ? -points : points;
      shop.send({ type: "adjust", ...time, points: taken, reason: "test", actor: "desk" });
    } else shop.send({ type: "transferOut", ...time, transferId: `T-${i}`, to: "B", points });
  }
  return { shop, until: now + 200 * DAY };
}

function pick(random: RandomSource, ids: readonly string[]): string {
  return ids[drawInteger(random, 0, Math.max(0, ids.length - 1))] ?? "none";
}

/** The kinds of event that there are. */
export function kinds(events: readonly LoyaltyEvent[]): Set<string> {
  return new Set(events.map(({ type }) => type));
}
