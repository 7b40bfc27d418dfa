import type { RandomSource } from "../../core/random.js";
import { drawBeta, drawExponential, drawGamma } from "../../core/random-draws.js";
import type { TransactionModel } from "../models/lifetime-model.js";

/** A customer of whom all is known, as of none of flesh and blood. @internal */
export interface DrawnCustomer {
  /** Their own purchases per unit of time, or (BG/BB) chance to buy at an opportunity. */
  readonly purchase: number;
  /** Their own chance to leave at a purchase or opportunity, or (Pareto/NBD) rate of leaving. */
  readonly dropout: number;
  /** Times of the repeat purchases in (0, until], ascending. */
  readonly times: readonly number[];
  /** Last time at which they were a customer; Infinity where that is after `until`. */
  readonly end: number;
}

/** Draws one customer as the model says customers are. @internal */
export function drawCustomer(model: TransactionModel, random: RandomSource, until: number): DrawnCustomer {
  switch (model.model) {
    case "paretoNbd": {
      const { r, alpha, s, beta } = model.parameters;
      const purchase = drawGamma(random, r, 1 / alpha);
      const dropout = drawGamma(random, s, 1 / beta);
      const end = dropout > 0 ? drawExponential(random, dropout) : Number.POSITIVE_INFINITY;
      const times = purchasesUntil(purchase, random, Math.min(end, until), () => false);
      return { purchase, dropout, times, end: end > until ? Number.POSITIVE_INFINITY : end };
    }
    case "bgBb":
      return drawnAtOpportunities(model.parameters, random, until);
    default: {
      const { r, alpha, a, b } = model.parameters;
      const purchase = drawGamma(random, r, 1 / alpha);
      const dropout = drawBeta(random, a, b);
      let end = model.model === "mbgNbd" && random() < dropout ? 0 : Number.POSITIVE_INFINITY;
      const times = purchasesUntil(purchase, random, Math.min(end, until), (time) => {
        if (random() < dropout) end = time;
        return end === time;
      });
      return { purchase, dropout, times, end };
    }
  }
}

function purchasesUntil(
  rate: number,
  random: RandomSource,
  until: number,
  isLast: (time: number) => boolean,
): number[] {
  const times: number[] = [];
  // A rate below the smallest number buys nothing.
  if (!(rate > 0)) return times;
  for (let time = drawExponential(random, rate); time <= until; time += drawExponential(random, rate)) {
    times.push(time);
    if (isLast(time)) break;
  }
  return times;
}

function drawnAtOpportunities(
  { alpha, beta, gamma, delta }: Readonly<Record<"alpha" | "beta" | "gamma" | "delta", number>>,
  random: RandomSource,
  until: number,
): DrawnCustomer {
  const purchase = drawBeta(random, alpha, beta);
  const dropout = drawBeta(random, gamma, delta);
  const times: number[] = [];
  for (let opportunity = 1; opportunity <= until; opportunity++) {
    if (random() < dropout) return { purchase, dropout, times, end: opportunity - 1 };
    if (random() < purchase) times.push(opportunity);
  }
  return { purchase, dropout, times, end: Number.POSITIVE_INFINITY };
}
