import { panelIntegral } from "../../statistics/panel-integral.js";
import type { TransactionModel } from "../models/lifetime-model.js";

/** P(X(horizon) > 0) of a new customer: by sums and integrals of what is above 0, not as 1 less what is next to 1. @internal */
export function chanceToBuyAgain(model: TransactionModel, horizon: number): number {
  switch (model.model) {
    case "paretoNbd": {
      const { r, alpha, s, beta } = model.parameters;
      // When the next purchase comes, if one is there for it; by the logarithm of time, in the shortest unit there is.
      const unit = 1 / ((r + 1) / alpha + s / beta);
      const density = (y: number) => {
        const time = unit * Math.expm1(y);
        const log = y - (r + 1) * Math.log1p(time / alpha) - s * Math.log1p(time / beta);
        return (r / alpha) * unit * Math.exp(log);
      };
      return Math.min(1, panelIntegral(density, 0, Math.log1p(horizon / unit)));
    }
    case "bgBb": {
      const { alpha, beta, gamma, delta } = model.parameters;
      let chance = 0;
      // Is there, and has missed all before.
      let waits = 1;
      for (let j = 0; j < horizon && waits > 0; j++) {
        waits *= (delta + j) / (gamma + delta + j);
        const buys = (waits * alpha) / (alpha + beta + j);
        chance += buys;
        waits *= (beta + j) / (alpha + beta + j);
      }
      return Math.min(1, chance);
    }
    default: {
      const { r, alpha, a, b } = model.parameters;
      const stays = model.model === "mbgNbd" ? b / (a + b) : 1;
      return -stays * Math.expm1(-r * Math.log1p(horizon / alpha)) + 0;
    }
  }
}
