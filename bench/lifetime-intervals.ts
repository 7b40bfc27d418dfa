/**
 * Are the intervals of predictions as wide as they say? For each model a base of 2,000 customers is drawn and fitted, and the
 * standard errors of predictions by the delta method are held against their standard deviation over 1,000 parametric
 * refits: bases drawn from the fitted model and fitted again. Promise: within 10 % of it, on the scale of the interval. The
 * standard deviation of 1,000 itself is sure to 2.2 %. A refit that ends at a boundary (of Pareto/NBD some do: all leave at one
 * rate) is counted as such and predicts from where it ended: the predictions have a limit there, and to leave it out would
 * make the refits look surer than they are.
 *
 * Run: `tsx lifetime-intervals.ts [refits] [model] [customers]`, in this folder, on the built package; some minutes.
 */
import {
  type CovariateModel,
  conditionalTransactionProbabilities,
  contractLifetimeValue,
  contractRetention,
  contractSurvival,
  discountedTransactions,
  drawBeta,
  drawGamma,
  drawNormal,
  expectedContractLifetime,
  expectedSpend,
  expectedTransactions,
  type FitFailure,
  fitBetaDiscreteWeibull,
  fitBgBb,
  fitBgNbd,
  fitGammaGamma,
  fitMbgNbd,
  fitParetoNbd,
  fitShiftedBetaGeometric,
  type GammaGammaModel,
  newCustomerTransactions,
  type PurchaseHistory,
  predictLifetimeValue,
  probabilityAlive,
  type SimulatedCustomers,
  seededRandom,
  simulateCustomers,
  type TransactionModel,
  transactionProbabilities,
  type UncertainFit,
} from "clientele";
import { type Asked, converged, heldAgainstRefits, log, logit } from "./lifetime-refits.js";
import { machine, printTable } from "./report.js";

const REFITS = Number(process.argv[2] ?? 1000);
const ONLY = process.argv[3];
const CUSTOMERS = Number(process.argv[4] ?? 2000);

const BG_NBD = {
  model: "bgNbd",
  parameters: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 },
  unit: "week",
} as const;
const MBG_NBD = {
  model: "mbgNbd",
  parameters: { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 },
  unit: "week",
} as const;
const PARETO_NBD = {
  model: "paretoNbd",
  parameters: { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 },
  unit: "week",
} as const;
const BG_BB = {
  model: "bgBb",
  parameters: { alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 },
  unit: "year",
} as const;
const SPEND = { model: "gammaGamma", parameters: { p: 6.25, q: 3.74, v: 15.44 } } as const;

const WEEKLY: readonly PurchaseHistory[] = [
  { x: 2, tx: 30.43, T: 38.86 },
  { x: 1, tx: 1.71, T: 38.86 },
  { x: 7, tx: 29.43, T: 38.86 },
];
const YEARLY: readonly PurchaseHistory[] = [
  { x: 4, tx: 5, T: 6 },
  { x: 1, tx: 1, T: 6 },
  { x: 2, tx: 4, T: 6 },
];
const VALUE = { marginShare: 0.3, discountRate: 0.15, horizon: null } as const;

/** Covariates with effects on both, one measured and one of yes and no. */
const EFFECTS = { transaction: { income: 0.5, online: -0.4 }, dropout: { online: 0.6 } };
const ASKED_EFFECTS = { transaction: ["income", "online"], dropout: ["online"] };
const measures = seededRandom(7);
const COVARIATES = {
  income: Float64Array.from({ length: CUSTOMERS }, () => drawNormal(measures)),
  online: Float64Array.from({ length: CUSTOMERS }, (_, i) => (i % 5 < 2 ? 1 : 0)),
};

/** What to run, by the name that the second argument picks it by. */
const RUNS: Readonly<Record<string, () => Record<string, string>[]>> = {
  bgNbd: () => transactions("bgNbd", BG_NBD, 39, (base) => fitBgNbd(base)),
  mbgNbd: () => transactions("mbgNbd", MBG_NBD, 39, (base) => fitMbgNbd(base)),
  paretoNbd: () => transactions("paretoNbd", PARETO_NBD, 39, (base) => fitParetoNbd(base)),
  bgBb: () => transactions("bgBb", BG_BB, 6, (base) => fitBgBb(base, {})),
  bgNbdCovariates: () =>
    transactions("bgNbdCovariates", { ...BG_NBD, covariates: EFFECTS }, 39, (base) =>
      fitBgNbd(base, { covariates: ASKED_EFFECTS }),
    ),
  paretoNbdCovariates: () =>
    transactions("paretoNbdCovariates", { ...PARETO_NBD, covariates: EFFECTS }, 39, (base) =>
      fitParetoNbd(base, { covariates: ASKED_EFFECTS }),
    ),
  gammaGamma: spends,
  bgNbdGammaGamma: () => values("bgNbdGammaGamma", BG_NBD, (base) => fitBgNbd(base)),
  paretoNbdGammaGamma: () => values("paretoNbdGammaGamma", PARETO_NBD, (base) => fitParetoNbd(base)),
  shiftedBetaGeometric: () =>
    contracts("shiftedBetaGeometric", { alpha: 0.668, beta: 3.806, c: 1 }, (left) =>
      fitShiftedBetaGeometric(left, { period: "year" }),
    ),
  betaDiscreteWeibull: () =>
    contracts("betaDiscreteWeibull", { alpha: 0.7, beta: 5, c: 1.4 }, (left) =>
      fitBetaDiscreteWeibull(left, { period: "year" }),
    ),
};

const chosen = Object.entries(RUNS).filter(([name]) => ONLY === undefined || ONLY === name);
printTable(
  `${REFITS} refits of ${CUSTOMERS} customers`,
  chosen.flatMap(([, run]) => run()),
);
console.log(machine());

/** P(alive), expectations, probabilities of counts, DERT and values of a model of purchases. */
function transactions<Fit extends TransactionModel & UncertainFit>(
  name: string,
  truth: TransactionModel,
  T: number,
  fit: (base: SimulatedCustomers) => Fit | FitFailure,
): Record<string, string>[] {
  const has = "covariates" in truth && (truth.covariates as CovariateModel | undefined) !== undefined;
  const covariates = has ? COVARIATES : undefined;
  const own = has ? { income: 1, online: 1 } : undefined;
  const draw = (model: TransactionModel, seed: number) =>
    simulateCustomers(model, { customers: CUSTOMERS, T, seed, covariates });
  const base = draw(truth, 0);
  const first = converged(fit(base));
  const histories = truth.model === "bgBb" ? YEARLY : WEEKLY;
  const asked = [
    ...histories.flatMap((history): Asked<{ fit: Fit }>[] => {
      const customer = own === undefined ? history : { ...history, covariates: own };
      const who = `(${history.x}, ${history.tx}, ${history.T})`;
      const chances = (model: TransactionModel) =>
        conditionalTransactionProbabilities(model, customer, { to: T, upTo: 2 });
      return [
        // At the next opportunity or some time later: at T some are alive for sure.
        logit(`P(alive) ${who}`, ({ fit }) => probabilityAlive(fit, customer, { after: 1 })),
        log(`expected ${who}`, ({ fit }) => expectedTransactions(fit, customer, { horizon: T })),
        logit(`P(0 in the next ${T}) ${who}`, ({ fit }) => chances(fit)[0]),
        logit(`P(2 in the next ${T}) ${who}`, ({ fit }) => chances(fit)[2]),
        log(`DERT at 15 % ${who}`, ({ fit }) =>
          discountedTransactions(fit, customer, { discountRate: 0.15 }),
        ),
      ];
    }),
    log(`E[X(${2 * T})]`, ({ fit }) => newCustomerTransactions(fit, { horizon: 2 * T, covariates: own })),
    ...[0, 1, 4].map((count) =>
      logit<{ fit: Fit }>(
        `P(X(${T}) = ${count})`,
        ({ fit }) => transactionProbabilities(fit, { to: T, upTo: 4, covariates: own })[count],
      ),
    ),
    log("value of the base, for ever", ({ fit }) => predictLifetimeValue(fit, 35, base, VALUE).total),
  ] satisfies Asked<{ fit: Fit }>[];
  return heldAgainstRefits(name, { fit: first }, (seed) => ({ fit: fit(draw(first, seed)) }), asked, REFITS);
}

/** Spend alone. */
function spends(): Record<string, string>[] {
  const draw = ({ p, q, v }: { readonly p: number; readonly q: number; readonly v: number }, seed: number) =>
    Array.from({ length: CUSTOMERS }, (_, i) => {
      const random = seededRandom(seed, i);
      const x = 1 + (i % 5);
      return { x, meanSpend: drawGamma(random, p * x, 1 / (x * drawGamma(random, q, 1 / v))) };
    });
  const first = converged(fitGammaGamma(draw(SPEND.parameters, 0)));
  return heldAgainstRefits(
    "gammaGamma",
    { fit: first },
    (seed) => ({ fit: fitGammaGamma(draw(first.parameters, seed)) }),
    [0, 1, 5].map((x) =>
      log(`spend of x ${x}, mean 50`, ({ fit }) => expectedSpend(fit, { x, meanSpend: 50 }) ?? Number.NaN),
    ),
    REFITS,
  );
}

/** Purchases times spend, two fits: each refit draws both and fits both. */
function values<Fit extends TransactionModel & UncertainFit>(
  name: string,
  truth: TransactionModel,
  fit: (base: SimulatedCustomers) => Fit | FitFailure,
): Record<string, string>[] {
  const draw = (model: TransactionModel, spend: GammaGammaModel, seed: number) =>
    simulateCustomers(model, { customers: CUSTOMERS, T: 39, spend, seed });
  const fitted = (base: SimulatedCustomers) => ({
    purchases: fit(base),
    spend: fitGammaGamma({
      x: base.columns.x,
      meanSpend: base.columns.meanSpend ?? new Float64Array(CUSTOMERS),
    }),
  });
  const base = draw(truth, SPEND, 0);
  const drawn = fitted(base);
  const first = { purchases: converged(drawn.purchases), spend: converged(drawn.spend) };
  const asked = [
    ...WEEKLY.map((history) =>
      log<typeof first>(
        `value of (${history.x}, ${history.tx}, ${history.T}), mean 50`,
        (models) =>
          predictLifetimeValue(models.purchases, models.spend, { ...history, meanSpend: 50 }, VALUE).value,
      ),
    ),
    log<typeof first>(
      "value of a new customer",
      (models) => predictLifetimeValue(models.purchases, models.spend, { x: 0, tx: 0, T: 0 }, VALUE).value,
    ),
    log<typeof first>(
      "value of the base, for ever",
      (models) => predictLifetimeValue(models.purchases, models.spend, base.columns, VALUE).total,
    ),
    log<typeof first>(
      "value of the base, 156 weeks",
      (models) =>
        predictLifetimeValue(models.purchases, models.spend, base.columns, { ...VALUE, horizon: 156 }).total,
    ),
  ];
  return heldAgainstRefits(
    name,
    first,
    (seed) => fitted(draw(first.purchases, first.spend, seed)),
    asked,
    REFITS,
  );
}

/** Contracts, seven renewals of one cohort. */
function contracts<Fit extends Parameters<typeof contractSurvival>[0] & UncertainFit>(
  name: string,
  truth: { readonly alpha: number; readonly beta: number; readonly c: number },
  fit: (left: readonly number[]) => Fit | FitFailure,
): Record<string, string>[] {
  const draw = (
    { alpha, beta, c = 1 }: { readonly alpha: number; readonly beta: number; readonly c?: number },
    seed: number,
  ) => {
    const random = seededRandom(seed);
    const left = new Array<number>(8).fill(0);
    for (let i = 0; i < CUSTOMERS; i++) {
      const churn = drawBeta(random, alpha, beta);
      // Stays beyond t with (1 - churn)^(t^c).
      const end = -Math.log(1 - random()) / -Math.log1p(-churn);
      for (let t = 0; t < left.length && t ** c <= end; t++) left[t]++;
    }
    return left;
  };
  const first = converged(fit(draw(truth, 0)));
  const terms = { margin: 1, discountRate: 0.1, timing: "begin" } as const;
  return heldAgainstRefits(
    name,
    { fit: first },
    (seed) => ({ fit: fit(draw(first.parameters, seed)) }),
    [
      logit("S(12)", ({ fit }) => contractSurvival(fit, 12)),
      logit("retention at the 8th renewal", ({ fit }) => contractRetention(fit, 8)),
      log("value at 10 %", ({ fit }) => contractLifetimeValue(fit, terms).value ?? Number.NaN),
      log(
        "value at 10 %, 7 renewals on",
        ({ fit }) => contractLifetimeValue(fit, { ...terms, tenure: 7 }).value ?? Number.NaN,
      ),
      log(
        "expected lifetime, 20 periods",
        ({ fit }) => expectedContractLifetime(fit, { horizon: 20 }).periods ?? Number.NaN,
      ),
    ],
    REFITS,
  );
}
