/**
 * A Cox regression of a base, and the lifetimes of its customers. Promise: the median with limits and the restricted mean
 * of 4,000 customers from a baseline of 4,000 event times within half a second.
 *
 * Run: `tsx cox.ts [rounds]`, in this folder, on the built package.
 */
import { coxBaseline, coxLifetime, coxRegression, drawUniform, seededRandom } from "clientele";
import { machine, median, printTable } from "./report.js";

const ROUNDS = Number(process.argv[2] ?? 5);
const PROMISE_MS = 500;
const NAMES = ["visits", "complaints", "spend", "age", "discount"];

const base = customers(100_000, () => 0.5);
const small = customers(4_000, () => 1);
const fit = fitted(small);
const baseline = coxBaseline(fit, small);
const subjects = Array.from({ length: 4_000 }, (_, row) => ({
  covariates: Object.fromEntries(NAMES.map((name) => [name, small.covariates[name][row]])),
}));

const contenders: Record<string, { readonly run: () => unknown; readonly promise?: number }> = {
  "coxRegression, 100,000 rows, 5 covariates": { run: () => fitted(base) },
  "coxBaseline, 4,000 event times": { run: () => coxBaseline(fit, small) },
  "coxLifetime, 4,000 subjects x 4,000 event times": {
    run: () => coxLifetime(baseline, subjects, { horizon: 0.5 }),
    promise: PROMISE_MS,
  },
};

printTable(
  `${ROUNDS} rounds`,
  Object.entries(contenders).map(([what, { run, promise }]) => {
    run();
    const passes = Array.from({ length: ROUNDS }, () => {
      const began = performance.now();
      run();
      return performance.now() - began;
    });
    const middle = median(passes);
    return {
      what,
      "median ms": middle.toFixed(0),
      "least ms": Math.min(...passes).toFixed(0),
      spread: `${Math.round(((Math.max(...passes) - Math.min(...passes)) / middle) * 100)} %`,
      promise: promise === undefined ? "" : `${promise} ms: ${middle <= promise ? "kept" : "NO"}`,
    };
  }),
);
console.log(machine());

function fitted(data: Customers) {
  const regression = coxRegression(data);
  if (!regression.converged) throw new Error(regression.reason);
  return regression;
}

interface Customers {
  readonly duration: Float64Array;
  readonly event: Uint8Array;
  readonly covariates: Record<string, Float64Array>;
}

/** Random covariates of which the first two matter, and exponential lifetimes, from a seed. */
function customers(count: number, share: () => number): Customers {
  const random = seededRandom(20_240_229);
  const covariates = Object.fromEntries(
    NAMES.map((name) => [name, Float64Array.from({ length: count }, () => drawUniform(random))]),
  );
  const [first, second] = NAMES.map((name) => covariates[name]);
  const duration = Float64Array.from(
    { length: count },
    (_, row) => -Math.log(1 - drawUniform(random)) * Math.exp(first[row] - 0.5 * second[row]),
  );
  const event = Uint8Array.from({ length: count }, () => (drawUniform(random) < share() ? 1 : 0));
  return { duration, event, covariates };
}
