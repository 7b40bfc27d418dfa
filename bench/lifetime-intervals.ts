/**
 * Are the intervals of predictions as wide as they say? For each model a base of 2,000 customers is drawn and fitted, and the
 * standard errors of some predictions by the delta method are held against their standard deviation over 1,000 parametric
 * refits: bases drawn from the fitted model and fitted again. Promise: within 10 % of it, on the scale of the interval. The
 * standard deviation of 1,000 itself is sure to 2.2 %. A refit that ends at a boundary (of Pareto/NBD some do: all leave at one
 * rate) is counted as such and predicts from where it ended: the predictions have a limit there, and to leave it out would
 * make the refits look surer than they are.
 *
 * Run: `tsx lifetime-intervals.ts [refits] [model]`, in this folder, on the built package; some minutes.
 */
import {
  contractLifetimeValue,
  contractSurvival,
  discountedTransactions,
  drawBeta,
  drawGamma,
  expectedSpend,
  expectedTransactions,
  type FitFailure,
  fitBgBb,
  fitBgNbd,
  fitGammaGamma,
  fitMbgNbd,
  fitParetoNbd,
  fitShiftedBetaGeometric,
  newCustomerTransactions,
  type PurchaseHistory,
  predictionInterval,
  predictLifetimeValue,
  probabilityAlive,
  seededRandom,
  simulateCustomers,
  type TransactionModel,
  type UncertainFit,
} from "clientele";
import { machine, printTable } from "./report.js";

const REFITS = Number(process.argv[2] ?? 1000);
const ONLY = process.argv[3];
const CUSTOMERS = 2000;

type Scale = "log" | "logit";
interface Asked<Fit> {
  readonly what: string;
  readonly scale: Scale;
  readonly predict: (fit: Fit) => number;
}

const lines: Record<string, string>[] = [];

const weekly: readonly PurchaseHistory[] = [
  { x: 2, tx: 30.43, T: 38.86 },
  { x: 1, tx: 1.71, T: 38.86 },
  { x: 7, tx: 29.43, T: 38.86 },
];
const yearly: readonly PurchaseHistory[] = [
  { x: 4, tx: 5, T: 6 },
  { x: 1, tx: 1, T: 6 },
  { x: 2, tx: 4, T: 6 },
];

compareTransactions(
  { model: "bgNbd", parameters: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }, unit: "week" },
  39,
  (base) => fitBgNbd(base),
);
compareTransactions(
  { model: "mbgNbd", parameters: { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 }, unit: "week" },
  39,
  (base) => fitMbgNbd(base),
);
compareTransactions(
  { model: "paretoNbd", parameters: { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 }, unit: "week" },
  39,
  (base) => fitParetoNbd(base),
);
compareTransactions(
  { model: "bgBb", parameters: { alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 }, unit: "year" },
  6,
  (base) => fitBgBb(base, {}),
);
compareSpend();
compareContracts();

printTable(`${REFITS} refits of ${CUSTOMERS} customers`, lines);
console.log(machine());

function compareTransactions<Fit extends TransactionModel & UncertainFit>(
  truth: TransactionModel,
  T: number,
  fit: (base: ReturnType<typeof simulateCustomers>) => Fit | FitFailure,
) {
  const draw = (model: TransactionModel, seed: number) =>
    simulateCustomers(model, { customers: CUSTOMERS, T, seed });
  const first = fit(draw(truth, 0));
  if (!first.converged) throw new Error(first.reason);
  const customers = truth.model === "bgBb" ? yearly : weekly;
  const value = { margin: 0.3, discountRate: 0.15, horizon: null };
  const base = draw(truth, 0).columns;
  compare<Fit>(truth.model, first, (seed) => fit(draw(first, seed)), [
    ...customers.flatMap((customer): Asked<Fit>[] => {
      const who = `(${customer.x}, ${customer.tx}, ${customer.T})`;
      return [
        {
          what: `P(alive) ${who}`,
          scale: "logit",
          // At the next opportunity or some time later: at T some are alive for sure.
          predict: (model) => probabilityAlive(model, customer, { after: 1 }),
        },
        {
          what: `expected ${who}`,
          scale: "log",
          predict: (model) => expectedTransactions(model, customer, { horizon: T }),
        },
        {
          what: `DERT at 15 % ${who}`,
          scale: "log",
          predict: (model) => discountedTransactions(model, customer, { discountRate: 0.15 }),
        },
      ];
    }),
    {
      what: `E[X(${2 * T})]`,
      scale: "log",
      predict: (model) => newCustomerTransactions(model, { horizon: 2 * T }),
    },
    {
      what: "value of the base, for ever",
      scale: "log",
      predict: (model) => predictLifetimeValue(model, 35, base, value).total,
    },
  ]);
}

function compareSpend() {
  const truth = { p: 6.25, q: 3.74, v: 15.44 };
  const draw = ({ p, q, v }: typeof truth, seed: number) =>
    Array.from({ length: CUSTOMERS }, (_, i) => {
      const random = seededRandom(seed, i);
      const x = 1 + (i % 5);
      return { x, meanSpend: drawGamma(random, p * x, 1 / (x * drawGamma(random, q, 1 / v))) };
    });
  const first = fitGammaGamma(draw(truth, 0));
  if (!first.converged) throw new Error(first.reason);
  compare<UncertainFit & typeof first>(
    "gammaGamma",
    first,
    (seed) => fitGammaGamma(draw(first.parameters, seed)),
    [0, 1, 5].map((x) => ({
      what: `spend of x ${x}, mean 50`,
      scale: "log",
      predict: (model) => expectedSpend(model, { x, meanSpend: 50 }) ?? Number.NaN,
    })),
  );
}

function compareContracts() {
  const draw = ({ alpha, beta }: { readonly alpha: number; readonly beta: number }, seed: number) => {
    const random = seededRandom(seed);
    const left = new Array<number>(8).fill(0);
    for (let i = 0; i < CUSTOMERS; i++) {
      const churn = drawBeta(random, alpha, beta);
      for (let t = 0; t < left.length; t++) {
        left[t]++;
        if (random() < churn) break;
      }
    }
    return left;
  };
  const first = fitShiftedBetaGeometric(draw({ alpha: 0.668, beta: 3.806 }, 0), { period: "year" });
  if (!first.converged) throw new Error(first.reason);
  const terms = { margin: 1, discountRate: 0.1, timing: "begin" } as const;
  compare<typeof first>(
    "shiftedBetaGeometric",
    first,
    (seed) => fitShiftedBetaGeometric(draw(first.parameters, seed), { period: "year" }),
    [
      { what: "S(12)", scale: "logit", predict: (model) => contractSurvival(model, 12) },
      {
        what: "value at 10 %",
        scale: "log",
        predict: (model) => contractLifetimeValue(model, terms).value ?? Number.NaN,
      },
    ],
  );
}

function compare<Fit extends UncertainFit>(
  name: string,
  first: Fit,
  refit: (seed: number) => Fit | FitFailure,
  asked: readonly Asked<Fit>[],
) {
  if (ONLY !== undefined && ONLY !== name) return;
  const found = asked.map(() => [] as number[]);
  let boundary = 0;
  for (let seed = 1; seed <= REFITS; seed++) {
    const again = refit(seed);
    if (!again.converged) {
      boundary++;
      if (again.last === null) continue;
    }
    const model: Fit = again.converged ? again : { ...first, parameters: again.last };
    for (const [i, { predict, scale }] of asked.entries()) found[i].push(on(scale, predict(model)));
  }
  for (const [i, { what, scale, predict }] of asked.entries()) {
    const { estimate, standardError } = predictionInterval(first, predict, { scale });
    const error = standardError / (scale === "log" ? estimate : estimate * (1 - estimate));
    const mean = found[i].reduce((sum, value) => sum + value, 0) / found[i].length;
    const deviation = Math.sqrt(
      found[i].reduce((sum, value) => sum + (value - mean) ** 2, 0) / (found[i].length - 1),
    );
    lines.push({
      model: name,
      what,
      estimate: estimate.toPrecision(4),
      scale,
      "delta SE": error.toPrecision(4),
      "SD of refits": deviation.toPrecision(4),
      ratio: (error / deviation).toFixed(3),
      promise: `10 %: ${Math.abs(error / deviation - 1) <= 0.1 ? "kept" : "NO"}`,
      boundary: String(boundary),
    });
  }
}

function on(scale: Scale, value: number): number {
  return scale === "log" ? Math.log(value) : Math.log(value / (1 - value));
}
