import { expect, test } from "vitest";
import { simulateSideBySide } from "./simulation.js";

// `npx tsx .ci/simulate-loyalty.ts --seed 1 --commands 1000000 --accounts 10000` is the long run of the same.

test("20,000 commands on 200 accounts: the ledger and the model do not differ, no invariant breaks", () => {
  const { answers, ...tally } = simulateSideBySide({ seed: 20_250_101, commands: 20_000, accounts: 200 });
  expect(tally).toMatchObject({ commands: 20_000, accounts: 200 });
  expect(answers.reduce((sum, [, count]) => sum + count, 0)).toBe(20_000);
  // Neither all granted nor all refused: both were put to the test.
  for (const name of [
    "granted",
    "repeated",
    "insufficient_points",
    "idempotency_conflict",
    "hold_resolved",
  ]) {
    expect(answers.some(([answer, count]) => answer === name && count > 20)).toBe(true);
  }
});

test("2,400 commands on 8 accounts, so that each comes to many orders, keys and lots", () => {
  const { mostLots } = simulateSideBySide({ seed: 20_250_102, commands: 2400, accounts: 8 });
  // From 33 on they are kept in sorted maps, and lots have indices.
  expect(mostLots).toBeGreaterThan(64);
});
