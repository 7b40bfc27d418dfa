import type { LoyaltyCommand } from "clientele";
import { openPGlite, openServer } from "./database.js";
import { ledgerStore } from "./ledger-store.js";
import { program } from "./program.js";

// A day at the shop: `npm run demo`, with PostgreSQL in this process, or with DATABASE_URL on a server.

const database = process.env.DATABASE_URL === undefined ? await openPGlite() : openServer();
const store = ledgerStore(database, program);
await store.prepare();

const run = `demo-${process.hrtime.bigint()}`;
const [ani, budi] = [`${run}-ani`, `${run}-budi`];

async function show(accountId: string, command: LoyaltyCommand): Promise<void> {
  const decision = await store.send(accountId, command);
  const said = decision.ok
    ? `${decision.value.repeated ? "answered before" : "granted"}, ${decision.value.events.length} events`
    : `refused: ${decision.error.message}`;
  console.log(`${accountId.slice(run.length + 1).padEnd(5)} ${command.type.padEnd(10)} ${said}`);
}

await show(ani, { type: "enroll", key: "e1", at: "2026-01-05T09:00:00+01:00", memberId: "Ani" });
await show(budi, { type: "enroll", key: "e1", at: "2026-01-05T09:10:00+01:00", memberId: "Budi" });
const order: LoyaltyCommand = {
  type: "earn",
  key: "o1",
  at: "2026-01-06T17:30:00+01:00",
  orderId: "O-1",
  lines: [
    { lineId: "1", category: "wine", amount: 60_00 },
    { lineId: "2", category: "bread", amount: 12_50 },
  ],
};
await show(ani, order);
await show(ani, order);
await show(ani, {
  type: "redeem",
  key: "r1",
  at: "2026-01-07T10:00:00+01:00",
  redemptionId: "R-1",
  points: 500,
});
await show(ani, {
  type: "redeem",
  key: "r2",
  at: "2026-01-07T10:05:00+01:00",
  redemptionId: "R-2",
  points: 50,
});
await show(ani, {
  type: "clawBack",
  key: "b1",
  at: "2026-01-08T12:00:00+01:00",
  orderId: "O-1",
  lines: [{ lineId: "2", quantity: 1 }],
});
const gift = { key: "t1", transferId: "T-1", at: "2026-01-09T12:00:00+01:00", points: 20 };
console.log(`transfer   ${(await store.transfer(ani, budi, gift)).ok ? "granted" : "refused"}`);

for (const id of [ani, budi]) {
  const { points, memberId } = await store.account(id);
  const { available, redeemed, clawedBack, transferred } = points.points.balances;
  console.log(
    `${memberId}: ${available} points at hand, ${redeemed} spent, ${clawedBack} taken back, ${transferred} sent`,
  );
}
await database.close();
