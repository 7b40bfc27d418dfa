import { drawExponential, drawGamma, drawNormal, type RandomSource } from "clientele";
import type { SampleCustomer } from "./customers.js";
import type { SalesChannel } from "./shop-calendar.js";
import { drawPlace, runningTotals } from "./weighted-choice.js";

/** What the simulation knows of a buyer and the shop does not. */
export interface Habits {
  /** Purchases a year while the customer is alive to the shop. */
  readonly purchasesPerYear: number;
  /** Days until the customer silently leaves. */
  readonly daysUntilLeaving: number;
  /** Factor on the number of units in a basket. */
  readonly basket: number;
  /** Share of the price that this customer's vouchers and haggling take off. */
  readonly discount: number;
  /** Where the customer mostly buys. */
  readonly channel: SalesChannel;
}

const channels: readonly SalesChannel[] = ["store", "web", "app"];
const channelTotals = runningTotals([52, 20, 28]);

/**
 * How does each buyer behave?
 *
 * Purchase rates and leaving rates are gamma distributed over customers, as in the Pareto/NBD model (Schmittlein,
 * Morrison & Colombo 1987); baskets are log-normal. Together they give the skew of a real shop: many who came
 * once, few who carry it.
 */
export function sampleHabits(random: RandomSource, buyers: readonly SampleCustomer[]): Habits[] {
  return buyers.map(({ record }) => {
    const organization = record.kind === "organization";
    const leavingPerYear = drawGamma(random, 0.8, organization ? 0.35 : 0.9);
    return {
      purchasesPerYear: drawGamma(random, 0.75, organization ? 16 : 6.5),
      daysUntilLeaving: 365 * drawExponential(random, Math.max(leavingPerYear, 1e-6)),
      basket: Math.exp(drawNormal(random, 0, 0.6)) * (organization ? 7 : 1),
      // Most pay nearly the full price; bargain hunters do not.
      discount: random() < 0.14 ? 0.08 + 0.18 * random() : 0.04 * random(),
      channel: channels[drawPlace(random, channelTotals)] ?? "store",
    };
  });
}
