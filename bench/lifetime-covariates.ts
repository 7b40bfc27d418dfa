/**
 * Do fits with covariates find the effects that made the customers? Bases of which all is known, BG/NBD and Pareto/NBD: how far
 * each estimate lies from the truth, in its own standard errors. Promise: within 4 of them, in each of 200 bases.
 *
 * Run: `tsx lifetime-covariates.ts [bases] [customers]`, in this folder, on the built package.
 */
import {
  drawBeta,
  drawExponential,
  drawGamma,
  drawNormal,
  drawUniform,
  fitBgNbd,
  fitParetoNbd,
  type RandomSource,
  seededRandom,
} from "clientele";
import { machine, printTable } from "./report.js";

const BASES = Number(process.argv[2] ?? 200);
const CUSTOMERS = Number(process.argv[3] ?? 1_500);
const EFFECTS = { transaction: { income: 0.5, online: -0.4 }, dropout: { online: 0.6 } };
const COVARIATES = { transaction: ["income", "online"], dropout: ["online"] };

const MODELS = {
  "BG/NBD": { truth: { r: 0.8, alpha: 5, a: 0.8, b: 2.5 }, leaving: leavesAfterPurchase, fit: fitBgNbd },
  "Pareto/NBD": { truth: { r: 1.2, alpha: 8, s: 0.9, beta: 15 }, leaving: leavesAtTime, fit: fitParetoNbd },
};

for (const [name, { truth, leaving, fit: fitModel }] of Object.entries(MODELS)) {
  const distances: Record<string, number[]> = {};
  let failed = 0;
  for (let seed = 1; seed <= BASES; seed++) {
    const fit = fitModel(base(seededRandom(seed, name), truth, leaving), {
      unit: "week",
      covariates: COVARIATES,
    });
    if (!fit.converged) {
      failed++;
      continue;
    }
    const { transaction, dropout } = fit.covariates ?? { transaction: {}, dropout: {} };
    const found: readonly number[] = [
      ...Object.values<number>({ ...fit.parameters }).map(Math.log),
      transaction.income,
      transaction.online,
      dropout.online,
    ];
    const made = [...Object.values<number>(truth).map(Math.log), 0.5, -0.4, 0.6];
    for (const [k, label] of fit.estimated.entries()) {
      distances[label] ??= [];
      distances[label].push((found[k] - made[k]) / Math.sqrt(fit.covariance[k][k]));
    }
  }
  printTable(
    `${name}: ${BASES} bases of ${CUSTOMERS} customers, ${failed} without a fit: (estimate - truth) / standard error`,
    Object.entries(distances).map(([label, all]) => {
      const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
      const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (all.length - 1);
      return {
        estimate: label,
        mean: mean.toFixed(3),
        "standard deviation": Math.sqrt(variance).toFixed(3),
        largest: Math.max(...all.map(Math.abs)).toFixed(2),
        "beyond 4": String(all.filter((distance) => Math.abs(distance) >= 4).length),
      };
    }),
  );
}
console.log(machine());

type Truth = Readonly<Record<string, number>>;

/** Given the truth and the effect on leaving: says after each purchase, or at once, until when one stays. */
type Leaving = (random: RandomSource, truth: Truth, effect: number) => { end: number; after: () => boolean };

function leavesAfterPurchase(random: RandomSource, { a, b }: Truth, effect: number): ReturnType<Leaving> {
  const chance = drawBeta(random, a * Math.exp(effect), b * Math.exp(effect));
  return { end: Number.POSITIVE_INFINITY, after: () => random() < chance };
}

function leavesAtTime(random: RandomSource, { s, beta }: Truth, effect: number): ReturnType<Leaving> {
  const rate = drawGamma(random, s, Math.exp(effect) / beta);
  return { end: rate > 0 ? drawExponential(random, rate) : Number.POSITIVE_INFINITY, after: () => false };
}

function base(random: RandomSource, truth: Truth, leaving: Leaving) {
  const numbers = () => new Float64Array(CUSTOMERS);
  const [x, tx, T, income, online] = [numbers(), numbers(), numbers(), numbers(), numbers()];
  for (let i = 0; i < CUSTOMERS; i++) {
    T[i] = drawUniform(random, 27, 39);
    income[i] = drawNormal(random);
    online[i] = random() < 0.4 ? 1 : 0;
    const buys = EFFECTS.transaction.income * income[i] + EFFECTS.transaction.online * online[i];
    const rate = drawGamma(random, truth.r, Math.exp(buys) / truth.alpha);
    const { end, after } = leaving(random, truth, EFFECTS.dropout.online * online[i]);
    if (!(rate > 0)) continue;
    for (let time = drawExponential(random, rate); time <= Math.min(T[i], end); ) {
      x[i]++;
      tx[i] = time;
      if (after()) break;
      time += drawExponential(random, rate);
    }
  }
  return { x, tx, T, covariates: { income, online } };
}
