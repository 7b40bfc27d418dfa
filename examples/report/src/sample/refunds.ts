import { drawGamma, epochMs, type RandomSource, type Refund } from "clientele";
import type { SamplePurchase } from "./purchases.js";
import { shop } from "./shop-calendar.js";

const DAY_MS = 86_400_000;
const PRICE_STEP = 500_00;

/** One purchase in how many comes back, by channel: what is bought unseen comes back more often. */
const refundShare = { store: 0.015, web: 0.06, app: 0.045 } as const;

/**
 * What came back?
 *
 * Seven in ten refunds are of the whole purchase, the others of a part of it; the money goes back after a week or two,
 * often in the next month. What would be refunded after the sample's end does not exist yet.
 */
export function sampleRefunds(random: RandomSource, purchases: readonly SamplePurchase[]): Refund[] {
  const asOf = epochMs(shop.asOf, "asOf", shop.timeZone);
  const refunds: Refund[] = [];
  for (const purchase of purchases) {
    // All draws are made for every purchase, so that one refund more or less leaves the others as they are.
    const comesBack = random() < refundShare[purchase.channel];
    const whole = random() < 0.7;
    const share = 0.2 + 0.6 * random();
    const resold = random() < 0.6;
    const at = purchase.at + Math.ceil(drawGamma(random, 2, 6)) * DAY_MS;
    if (!comesBack || purchase.amount === 0 || at >= asOf) continue;
    const partial = Math.round((purchase.amount * share) / PRICE_STEP) * PRICE_STEP;
    const part = whole ? 1 : partial / purchase.amount;
    refunds.push({
      id: `R-${purchase.id.slice(2)}`,
      type: "refund",
      customerId: purchase.customerId,
      at,
      amount: whole ? -purchase.amount : 0 - partial,
      // Goods that can be sold again give their cost back; a part of a basket is a matter of goodwill.
      cost: whole && resold ? 0 - Math.round(purchase.cost * 0.9) : 0,
      quantity: 0 - Math.floor(purchase.quantity * part),
      productId: purchase.productId,
      channel: purchase.channel,
      refundOf: purchase.id,
    });
  }
  return refunds;
}
