import { expect, test } from "vitest";
import type { LoyaltyProgram } from "../../../src/loyalty/program/loyalty-program.js";
import { openShop, programOf, type ShopCommand } from "../ledger/shop.js";

// What the tests of refusals share: commands in short, and how a refusal is held against what it should say.

export const by = { reason: "asked for it", actor: "desk" };
export const day = "2025-01-05";

export const earn = (orderId: string, amount: number) =>
  ({
    type: "earn",
    at: "2025-01-01",
    orderId,
    lines: [{ lineId: "L", amount, quantity: 3 }],
  }) as const;
export const redeem = (points: number) => ({ type: "redeem", at: day, redemptionId: "R", points }) as const;
export const hold = (points: number, more: object = {}) =>
  ({ type: "authorize", at: day, holdId: "H", points, ...more }) as const;
export const clawBack = (more: object = {}) =>
  ({ type: "clawBack", at: day, orderId: "O", ...more }) as const;

/** After these commands the last one is refused with these figures and a message with these words. */
type Refused = readonly [
  name: string,
  program: Partial<LoyaltyProgram>,
  before: readonly ShopCommand[],
  command: ShopCommand,
  figures: object,
  words: readonly string[],
];

export function testRefusals(cases: readonly Refused[]): void {
  test.each(cases)("%s is refused", (_, program, before, command, figures, words) => {
    const shop = openShop(programOf(program));
    for (const each of before) shop.grant(each);
    const { message, ...refusal } = shop.refusal(command);
    expect(refusal).toMatchObject(figures);
    for (const word of words) expect(message).toContain(word);
  });
}
