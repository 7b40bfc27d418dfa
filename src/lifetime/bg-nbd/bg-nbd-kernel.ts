import { logBeta } from "../../statistics/log-beta.js";
import { logGamma } from "../../statistics/log-gamma.js";
import type { BgNbdParameters } from "../models/lifetime-model.js";
import type { TransactionKernel } from "../models/transaction-kernel.js";
import {
  discountedWhileLiving,
  expectedWhileLiving,
  type LivingCustomer,
  staysWhile,
} from "./bg-nbd-expectation.js";
import type { ExtraChances } from "./bg-nbd-likelihood.js";
import { purchaseProbabilities } from "./bg-nbd-probabilities.js";

/** What BG/NBD answers about one customer. @internal */
export function bgNbdKernel(parameters: BgNbdParameters): TransactionKernel {
  return kernel(parameters, 0);
}

/** What MBG/NBD answers about one customer. @internal */
export function mbgNbdKernel(parameters: BgNbdParameters): TransactionKernel {
  return kernel(parameters, 1);
}

/** With `extra` = 1 there is a chance to leave after the first purchase too, as if there were one repeat purchase more. */
function kernel({ r, alpha, a, b }: BgNbdParameters, extra: ExtraChances): TransactionKernel {
  /** ln of the odds of having left right after the last purchase to being there still. */
  const logOddsLeft = (x: number, tx: number, T: number) =>
    Math.log(a / (b + x + extra - 1)) + (r + x) * Math.log1p((T - tx) / (alpha + tx));
  const aliveAt = (x: number, tx: number, T: number) =>
    x + extra === 0 ? 1 : 1 / (1 + Math.exp(logOddsLeft(x, tx, T)));
  const living = (x: number, T: number): LivingCustomer => ({
    shape: r + x,
    rate: alpha + T,
    a,
    b: b + x + extra,
  });
  const discounted = byCount((x, rate, horizon) =>
    discountedWhileLiving({ shape: r + x, a, b: b + x + extra }, rate, horizon),
  );
  return {
    logLikelihood: (x, tx, T) => {
      const m = x + extra;
      const stays = m === 0 ? 0 : logBeta(a, b + m) - logBeta(a, b);
      const counts = x === 0 ? 0 : logGamma(r + x) - logGamma(r) - x * Math.log(alpha);
      const time = -(r + x) * Math.log1p(T / alpha);
      return counts + stays + time + (m === 0 ? 0 : logOnePlusExp(logOddsLeft(x, tx, T)));
    },
    alive: (x, tx, T, after) => aliveAt(x, tx, T) * staysWhile(living(x, T), after),
    expected: (time) => aliveAt(0, 0, 0) * expectedWhileLiving(living(0, 0), time),
    conditionalExpected: (x, tx, T, horizon) =>
      aliveAt(x, tx, T) * expectedWhileLiving(living(x, T), horizon),
    probabilities: (from, to, upTo) => purchaseProbabilities(living(0, 0), aliveAt(0, 0, 0), from, to, upTo),
    conditionalProbabilities: (x, tx, T, from, to, upTo) =>
      purchaseProbabilities(living(x, T), aliveAt(x, tx, T), from, to, upTo),
    discounted: (x, tx, T, rate, horizon) => {
      const alive = aliveAt(x, tx, T);
      return alive === 0 ? 0 : alive * discounted(x, rate, horizon)(alpha + T);
    },
    longList: { scale: alpha, aliveParts: null },
  };
}

function logOnePlusExp(value: number): number {
  return value > 0 ? value + Math.log1p(Math.exp(-value)) : Math.log1p(Math.exp(value));
}

/** Functions that stand ready, at most: a base has some hundred different counts of purchases. */
const READY = 512;

/** What was prepared for an x, kept as long as rate and horizon stay the same. */
function byCount<Ready>(
  prepare: (x: number, rate: number, horizon: number | null) => Ready,
): (x: number, rate: number, horizon: number | null) => Ready {
  const ready = new Map<number, Ready>();
  let of: { rate: number; horizon: number | null } | null = null;
  return (x, rate, horizon) => {
    if (of?.rate !== rate || of.horizon !== horizon || ready.size > READY) ready.clear();
    of = { rate, horizon };
    let known = ready.get(x);
    if (known === undefined) {
      known = prepare(x, rate, horizon);
      ready.set(x, known);
    }
    return known;
  };
}
