import { allocateInteger } from "../../core/allocate-money.js";
import { assertArgument, assertInteger, shown } from "../../core/assert.js";
import { DAY_MS } from "../../core/civil-day.js";
import { safeInteger } from "../../core/safe-integer.js";
import type { OrderLine } from "../ledger/loyalty-command.js";
import type { EarnContext, EarnOrder } from "./earn-order.js";

/** An order as its rules look at it. @internal */
export interface OrderFacts {
  readonly order: EarnOrder;
  readonly context: EarnContext;
  readonly hasLines: boolean;
  readonly isVisit: boolean;
  /** The money of each line that earns, minor units. */
  readonly amounts: readonly number[];
  /** The units of each line. */
  readonly quantities: readonly number[];
  /** The sum of `amounts`. */
  readonly spend: number;
  /** Local day and milliseconds since its midnight, by the clocks of the programme's zone. */
  readonly day: number;
  readonly localTime: number;
}

/** Reads an order once for all rules. @internal */
export function orderFacts(
  order: EarnOrder,
  context: EarnContext,
  earnOn: "gross" | "netOfRedemption",
  offsetAt: (at: number) => number,
): OrderFacts {
  const { lines, paidWithPoints = 0 } = order;
  assertInteger(order.at, "order.at");
  const gross = new Array<number>(lines.length);
  const quantities = new Array<number>(lines.length);
  let total = 0;
  for (let i = 0; i < lines.length; i++) {
    const { amount, quantity = 1 } = lines[i];
    // The path is put together only where it is needed.
    if (!Number.isSafeInteger(amount) || amount < 0) assertInteger(amount, `order.lines[${i}].amount`, 0);
    if (!Number.isSafeInteger(quantity) || quantity < 1)
      assertInteger(quantity, `order.lines[${i}].quantity`, 1);
    gross[i] = amount;
    quantities[i] = quantity;
    total += amount;
    if (isRepeated(lines, i)) {
      const path = `order.lines[${i}].lineId`;
      assertArgument(false, path, () => `${path} ${shown(lines[i].lineId)} stands twice: number the lines`);
    }
  }
  safeInteger(total, "order.lines", "the sum of the amounts");
  if (paidWithPoints !== 0) assertPaid(paidWithPoints, total);
  const isNet = earnOn === "netOfRedemption" && paidWithPoints > 0;
  const amounts = isNet ? lessPaid(gross, paidWithPoints) : gross;
  const local = order.at + offsetAt(order.at);
  const day = Math.floor(local / DAY_MS);
  return {
    order,
    context,
    hasLines: lines.length > 0,
    isVisit: order.visit ?? lines.length > 0,
    amounts,
    quantities,
    spend: isNet ? total - paidWithPoints : total,
    day,
    localTime: local - day * DAY_MS,
  };
}

/** Orders have few lines: looking back is faster than a set, up to a length. */
function isRepeated(lines: readonly OrderLine[], place: number): boolean {
  const { lineId } = lines[place];
  for (let i = 0; i < place; i++) if (lines[i].lineId === lineId) return true;
  return false;
}

function assertPaid(paid: number, total: number): void {
  assertInteger(paid, "order.paidWithPoints", 0);
  assertArgument(
    paid <= total,
    "order.paidWithPoints",
    () =>
      `order.paidWithPoints is ${paid}, and the lines come to ${total}: pass what was paid of these lines with points`,
  );
}

/** What points paid is spread over the lines in proportion to their money, to the last minor unit. */
function lessPaid(gross: readonly number[], paid: number): number[] {
  const shares = allocateInteger(paid, gross);
  return gross.map((amount, i) => amount - shares[i]);
}
