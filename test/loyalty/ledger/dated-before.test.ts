import { expect, test } from "vitest";
import { lotOf, openShop, programOf, type Shop, type ShopCommand } from "./shop.js";

// Nothing is undone, captured or taken back before it was done, however late the command arrives.

const day = (n: number) => Date.UTC(2025, 0, n);
const lines = [{ lineId: "1", amount: 40 }];

function prepared(): Shop {
  const shop = openShop(programOf(), "A", "2025-01-01");
  shop.grant(lotOf(100, "2025-01-02"));
  shop.grant({ type: "earn", at: day(10), recordedAt: day(11), orderId: "O", lines });
  shop.grant({ type: "redeem", at: day(10), recordedAt: day(11), redemptionId: "R", points: 10 });
  shop.grant({ type: "authorize", at: day(10), recordedAt: day(11), holdId: "H", points: 10 });
  shop.grant({ type: "authorize", at: day(6), recordedAt: day(11), holdId: "H-2", points: 10 });
  shop.grant({ type: "capture", at: day(10), recordedAt: day(11), holdId: "H-2" });
  return shop;
}

const about: readonly (readonly [string, ShopCommand, string])[] = [
  ["a return", { type: "clawBack", at: 0, orderId: "O" }, "O"],
  ["a reversal", { type: "reverseRedemption", at: 0, redemptionId: "R" }, "R"],
  ["a reversal of a captured hold", { type: "reverseRedemption", at: 0, redemptionId: "H-2" }, "H-2"],
  ["a capture", { type: "capture", at: 0, holdId: "H" }, "H"],
  ["a void", { type: "void", at: 0, holdId: "H" }, "H"],
];

test.each(about)("%s dated before what it refers to is refused, naming both instants", (_, command, id) => {
  const shop = prepared();
  const early = shop.refusal({ ...command, at: day(10) - 1, recordedAt: day(12) });
  expect(early).toMatchObject({ code: "dated_before", id, at: day(10) - 1, since: day(10) });
  expect(early.message).toContain(`"${id}"`);
  expect(early.message).toContain("2025-01-10T00:00:00.000Z");
  expect(early.message).toContain("2025-01-09T23:59:59.999Z");
});

test.each(about)("%s at the same instant, or that arrives late, is granted", (_, command) => {
  prepared().grant({ ...command, at: day(10), recordedAt: day(20) });
  prepared().grant({ ...command, at: day(15), recordedAt: day(20) });
});
