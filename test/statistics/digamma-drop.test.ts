import { expect, test } from "vitest";
import { digammaDrop, stirlingDrop, trigammaDrop } from "../../src/statistics/digamma-drop.js";
import { relativeError } from "./relative-error.js";

// With mpmath at 50 digits: a, b, digamma(b) - digamma(a + b), trigamma(b) - trigamma(a + b), and the same of log Gamma(x) less
// (x - 1/2) log x - x + log(2 pi) / 2, from 10 on.
// biome-ignore format: a line for each
const VALUES: readonly (readonly [a: number, b: number, digamma: number, trigamma: number, stirling: number | null])[] = [
  [1e-12, 10.5, -9.991695605912174e-14, 9.975144247714174e-15, 7.551752467436209e-16],
  [1e-06, 0.003, -0.11107572416528343, 74.03705587582662, null],
  [0.5, 2, -0.28037230554677606, 0.15457631074799158, null],
  [3, 9.99, -0.27449474653354744, 0.02525557266345719, null],
  [40, 10, -1.6502370843611711, 0.08496500245498861, 0.006663918986379505],
  [0.001, 1000000.0, -1.0000004995001662e-09, 1.0000009990004985e-15, 8.333333324999166e-17],
  [2.5, 1e+18, -2.5e-18, 2.5e-36, 2.0833333333333332e-37],
  [100000000.0, 3e-05, -33352.33118039025, 1111111112.755973, null],
  [7, 5e+30, -1.4000000000000001e-30, 2.8e-61, 2.3333333333333334e-62],
  [1000000000000.0, 1000000000.0, -6.908754779814721, 9.990009995009984e-10, 8.325008325008325e-11],
];

test.each(VALUES)("%d from %d", (a, b, digamma, trigamma, stirling) => {
  // Sums of some twenty terms of one sign.
  expect(relativeError(digammaDrop(a, b), digamma)).toBeLessThan(2e-15);
  expect(relativeError(trigammaDrop(a, b), trigamma)).toBeLessThan(2e-15);
  // The eighth term, which is left out, is below 3e-17 at 10, and its slope is that share of the slope.
  if (stirling !== null) expect(relativeError(stirlingDrop(a, b), stirling)).toBeLessThan(5e-14);
});
