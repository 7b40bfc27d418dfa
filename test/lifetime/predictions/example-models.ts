import type { TransactionModel } from "../../../src/lifetime/models/lifetime-model.js";

/** One model of each kind, at published parameters. */
export const MODELS: readonly TransactionModel[] = [
  { model: "bgNbd", parameters: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }, unit: "week" },
  { model: "mbgNbd", parameters: { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 }, unit: "week" },
  { model: "paretoNbd", parameters: { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 }, unit: "week" },
  { model: "bgBb", parameters: { alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 }, unit: "year" },
];

export const [BG_NBD, MBG_NBD, PARETO_NBD, BG_BB] = MODELS as readonly [
  TransactionModel,
  TransactionModel,
  TransactionModel,
  TransactionModel,
];
