import type { ComparedModel } from "clientele";

const names: Readonly<Record<ComparedModel, string>> = {
  paretoNbd: "Pareto/NBD",
  bgNbd: "BG/NBD",
  mbgNbd: "MBG/NBD",
};

/** How a model is written. */
export function modelName(model: ComparedModel): string {
  return names[model];
}

/** What a model takes customers to be like. */
export const modelStories: Readonly<Record<ComparedModel, string>> = {
  paretoNbd: "everybody buys at random at a rate of their own, and may leave for good at any time",
  bgNbd: "everybody buys at random at a rate of their own, and may leave for good right after coming back",
  mbgNbd: "everybody buys at random at a rate of their own, and may leave for good right after any purchase",
};
