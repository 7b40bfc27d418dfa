import { expect, test } from "vitest";
import type { TransactionModel } from "../../../src/lifetime/models/lifetime-model.js";
import { populationQuantities } from "../../../src/lifetime/predictions/population-quantities.js";
import { transactionProbabilities } from "../../../src/lifetime/predictions/transaction-probabilities.js";
import { relativeError } from "../../statistics/relative-error.js";

// With mpmath at 40 digits, from closed forms and (Pareto/NBD) an integral over when the next purchase comes.
// biome-ignore format: a line for each
test.each([
  ["paretoNbd", { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 }, 1e-09, 5.227831347561417e-11],
  ["paretoNbd", { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 }, 0.001, 5.227311891576141e-05],
  ["paretoNbd", { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 }, 1, 0.04754303170685828],
  ["paretoNbd", { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 }, 39, 0.40637496839761617],
  ["paretoNbd", { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 }, 5000, 0.4898879621352685],
  ["paretoNbd", { r: 200, alpha: 0.001, s: 30, beta: 400 }, 39, 0.9999996231157254],
  ["paretoNbd", { r: 0.001, alpha: 50, s: 4, beta: 0.01 }, 39, 6.665999599273917e-08],
  ["bgNbd", { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }, 1e-09, 5.50521069247361e-11],
  ["bgNbd", { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }, 39, 0.4262136479039906],
  ["mbgNbd", { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }, 1e-09, 4.149003150028263e-11],
  ["mbgNbd", { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }, 39, 0.32121600180648685],
  ["bgBb", { alpha: 1e-06, beta: 3, gamma: 0.657, delta: 2.783 }, 6, 7.81982475643145e-07],
] as const)("%s %o buys again within %d", (model, parameters, horizon, want) => {
  const of = { model, parameters, unit: "week" } as unknown as TransactionModel;
  const { buyAgain } = populationQuantities(of, { horizon });
  expect(relativeError(buyAgain, want)).toBeLessThan(1e-13);
  // 1 less what is next to 1 has 1e-16 of 1.
  expect(Math.abs(1 - transactionProbabilities(of, { to: horizon, upTo: 0 })[0] - buyAgain)).toBeLessThan(1e-14);
});
