import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { fitParetoNbd } from "../../src/lifetime/pareto-nbd/fit-pareto-nbd.js";
import { paretoNbdKernel } from "../../src/lifetime/pareto-nbd/pareto-nbd-kernel.js";
import { relativeError } from "../statistics/relative-error.js";

// Pareto/NBD (Schmittlein, Morrison & Colombo 1987) on CDNOW as in Fader & Hardie (2005), "A note on deriving the Pareto/NBD
// model and related expressions": r 0.553, alpha 10.578, s 0.606, beta 11.669, log-likelihood -9595.0. Digits beyond those
// come from an independent program in 40-digit arithmetic.

const PUBLISHED = { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 };
const kernel = paretoNbdKernel(PUBLISHED);
/** Units of the last place of doubles, times a few sums and logarithms. */
const EXACT = 1e-13;

type Customer = readonly [
  id: number,
  x: number,
  tx: number,
  T: number,
  logLikelihood: number,
  alive: number,
  next39: number,
  discounted: number,
];

// Customers of the sample, weeks; purchases expected in 39 weeks, and for ever at a continuous weekly rate of .0027.
// biome-ignore format: a line for each customer
const CUSTOMERS: readonly Customer[] = [
  [1, 2, 30.43, 38.86, -9.5542832451504058, 0.86916755915301119, 1.4551231932576024, 6.4837735677307385],
  [2, 1, 1.71, 38.86, -4.4501943338810115, 0.1680023267243449, 0.17109298055378315, 0.76236029367068345],
  [3, 0, 0, 38.86, -0.52104629408089031, 0.29528660461689415, 0.10708146821530885, 0.47713622903219526],
  [6, 7, 29.43, 38.86, -21.594643218112609, 0.74950140766703427, 3.7122513804705443, 16.541140632623964],
  [7, 1, 5, 38.86, -4.8686730507856806, 0.25530439669044875, 0.26000110254380534, 1.1585192814364942],
  [9, 2, 35.71, 38.86, -9.6520763120569554, 0.95846111392341928, 1.6046146476803335, 7.1498812521377298],
  [10, 0, 0, 38.86, -0.52104629408089031, 0.29528660461689415, 0.10708146821530885, 0.47713622903219526],
  [24, 0, 0, 38.71, -0.52054935019450126, 0.29616938403271045, 0.10768056241733105, 0.47945891819569631],
  [78, 0, 0, 38.29, -0.51914182630758127, 0.29866716347542664, 0.10938441548233161, 0.48605544252567519],
  [92, 6, 37.43, 38.29, -19.768169898367627, 0.98890527369706185, 4.2917824808379934, 19.070762720166481],
  [157, 29, 37.71, 38, -45.056061486855095, 0.99612604497230845, 19.595770174100203, 86.951795233742602],
  [179, 8, 36.14, 37.71, -23.523903079913742, 0.9776490478719817, 5.5945265317669539, 24.789179043704296],
];

test.each(CUSTOMERS)("customer %d of CDNOW at the published parameters", (_, x, tx, T, ...expected) => {
  const [logLikelihood, alive, next39, discounted] = expected;
  expect(relativeError(kernel.logLikelihood(x, tx, T), logLikelihood)).toBeLessThan(EXACT);
  expect(relativeError(kernel.alive(x, tx, T, 0), alive)).toBeLessThan(EXACT);
  expect(relativeError(kernel.conditionalExpected(x, tx, T, 39), next39)).toBeLessThan(EXACT);
  expect(relativeError(kernel.discounted(x, tx, T, 0.0027, null), discounted)).toBeLessThan(EXACT);
});

test.each([
  [0.1429, 0.00744303117137864],
  [1, 0.050979843245991],
  [3, 0.146061185050196],
  [31.8571, 1.05253517810837],
  [32, 1.05589613041126],
  [39, 1.21300284428102],
  [52, 1.47299680337511],
  [78, 1.90939812931369],
  [520, 5.42357448521289],
])("a new customer buys again within %d weeks", (weeks, expected) => {
  // The values have 15 digits.
  expect(relativeError(kernel.expected(weeks), expected)).toBeLessThan(1e-14);
});

test("counts of a new customer in 39 weeks", () => {
  const expected = [
    0.59362503160238387, 0.16556294727717548, 0.082487184116316581, 0.049039953642814261,
    0.031695706744288569,
  ];
  const got = kernel.probabilities(0, 39, 4);
  for (const [n, value] of expected.entries()) expect(relativeError(got[n], value)).toBeLessThan(EXACT);
});

test("counts in an interval that does not start at 0, where BTYD's pnbd.pmf.General takes its end for its length", () => {
  // Six and three digits are known: BTYD gives .811004 and 7.63e-4.
  expect(kernel.probabilities(39, 78, 0)[0].toFixed(6)).toBe("0.790210");
  expect(kernel.probabilities(1, 2, 10)[10].toPrecision(3)).toBe("4.40e-12");
});

test("expectation at s = 1, where lifetimes, CLVTools and BTYD give NaN", () => {
  const one = paretoNbdKernel({ ...PUBLISHED, s: 1 });
  expect(relativeError(one.expected(39), 0.89576323688643249)).toBeLessThan(EXACT);
});

test.each([
  [221, 103.42857, 103.57143, 0.99959605231793814],
  [254, 97.14286, 97.28571, 0.99955822612301074],
  [161, 94.71429, 98, 0.74948775225810545],
  [204, 98.57143, 99.42857, 0.99425507963789591],
])("alive with %d purchases, where BTYD gives NaN", (x, tx, T, expected) => {
  const some = paretoNbdKernel({ r: 0.5143, alpha: 2.8845, s: 0.2856, beta: 14.1087 });
  expect(relativeError(some.alive(x, tx, T, 0), expected)).toBeLessThan(EXACT);
});

test.each([
  [400, 5, 6, 1323.1889309678178],
  [500, 1, 37, 2594.4044546227567],
  [500, 4, 37, 1888.8212497389407],
])("log-likelihood of %d purchases, where BTYD gives NaN", (x, tx, T, expected) => {
  const some = paretoNbdKernel({ r: 10.465, alpha: 0.00798565181, s: 3.0516, beta: 2.82 });
  expect(relativeError(some.logLikelihood(x, tx, T), expected)).toBeLessThan(EXACT);
});

const shared = fileURLToPath(new URL("../../../shared/", import.meta.url));
const files = [
  {
    name: "rounded to 2 decimals (lifetimes)",
    file: `${shared}data/cdnow_customers_summary.csv`,
    unit: 1,
    parameters: [0.5532755086895193, 10.57761223868171, 0.6062135686740845, 11.66791123792023],
    logLikelihood: -9594.97392982686,
    standardErrors: [0.04762875, 0.84272392, 0.18727957, 6.2110293],
  },
  {
    name: "exact days (BTYD, CLVTools)",
    file: `${shared}reference/cdnow_sample_summary_exact_days.csv`,
    unit: 7,
    parameters: [0.5532770468531796, 10.57768346330231, 0.6062399891278263, 11.66873528885501],
    logLikelihood: -9594.97617893954,
    standardErrors: [0.04762793, 0.84272253, 0.18728134, 6.2111136],
  },
];

// The data are not part of the project: these run where they lie beside it, and show as skipped elsewhere.
for (const { name, file, unit, ...expected } of files) {
  test.skipIf(!existsSync(file))(`CDNOW, 2,357 customers, ${name} (../shared)`, () => {
    const cells = readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(",").map(Number));
    const column = (at: number, scale: number) => cells.map((row) => row[at] / scale);
    const fit = fitParetoNbd({ x: column(1, 1), tx: column(2, unit), T: column(3, unit) }, { unit: "week" });
    if (!fit.converged) expect.fail(fit.reason);
    const { r, alpha, s, beta } = fit.parameters;
    const errors = fit.standardErrors;
    for (const [at, value] of [r, alpha, s, beta].entries()) {
      // Where the gradient is lost in the rounding of a sum over 1,016 histories.
      expect(relativeError(value, expected.parameters[at])).toBeLessThan(1e-10);
    }
    for (const [at, value] of [errors.r, errors.alpha, errors.s, errors.beta].entries()) {
      // The values have 7 digits.
      expect(relativeError(value, expected.standardErrors[at])).toBeLessThan(2e-7);
    }
    expect(Math.abs(fit.logLikelihood - expected.logLikelihood)).toBeLessThan(1e-8);
    expect([fit.customers, fit.histories]).toEqual([2357, 1016]);
    expect(fit.gradientNorm).toBeLessThan(1e-8);
  });
}
