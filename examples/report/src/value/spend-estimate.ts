import {
  expectedSpend,
  fitGammaGamma,
  type GammaGammaFit,
  type LifetimeSummary,
  rows,
  type SpendPerPurchase,
} from "clientele";

/** What a purchase brings, in minor units. */
export interface SpendEstimate {
  /** `null` where spends have no such model: then every purchase is taken to bring `mean`. */
  readonly fit: GammaGammaFit | null;
  /** Why there is none; `null` where there is one. */
  readonly reason: string | null;
  /** Of all repeat purchases. */
  readonly mean: number;
}

/** With q nearer to 1 than this the mean over customers is no number to plan with. */
const LEAST_Q = 1.05;

/** How much do these customers spend on a purchase? */
export function estimateSpend(summary: LifetimeSummary): SpendEstimate {
  const mean = meanOf(summary);
  // Free goods and full refunds tell nothing of what a customer pays.
  const fit = fitGammaGamma(summary, { zeroSpend: "leaveOut" });
  if (!fit.converged) return { fit: null, reason: fit.reason, mean };
  return fit.parameters.q > LEAST_Q
    ? { fit, reason: null, mean }
    : { fit: null, reason: "so few customers spend so much of the money that there is no mean", mean };
}

/** What a purchase of each customer is expected to bring. */
export function spendPerPurchase({ fit, mean }: SpendEstimate, summary: LifetimeSummary): SpendPerPurchase {
  return fit === null ? mean : expectedSpend(fit, summary, { zeroSpend: "leaveOut" });
}

function meanOf(summary: LifetimeSummary): number {
  let total = 0;
  let purchases = 0;
  for (const { x, meanRepeatSpend } of rows(summary)) {
    total += x * (meanRepeatSpend ?? 0);
    purchases += x;
  }
  return purchases === 0 ? 0 : total / purchases;
}
