import { ClienteleError } from "../../core/errors.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { TransactionModel } from "../models/lifetime-model.js";
import { type CustomerEffects, effectsOfNew, kernelOf } from "../predictions/model-kernel.js";

/**
 * Expected repeat purchases of the base to the end of a step; customers who came in one step are reckoned together.
 *
 * @internal
 */
export function trackedExpectation(
  model: TransactionModel,
  log: TransactionLog,
  base: { readonly customers: readonly number[]; readonly entries: readonly number[] },
  elapsed: (steps: number) => number,
  covariates: ((customerId: string) => Readonly<Record<string, number>>) | undefined,
): (step: number) => number {
  interface Group {
    readonly expected: (steps: number) => number;
    readonly entries: Map<number, number>;
  }
  const groups = new Map<string, Group>();
  base.customers.forEach((customer, i) => {
    const effects = effectsOf(model, log.customerIds[customer], covariates);
    const key = `${effects.transaction} ${effects.dropout}`;
    let group = groups.get(key);
    if (group === undefined) {
      const { expected } = kernelOf(model, effects);
      const known = new Map<number, number>();
      group = {
        expected: (steps) => {
          const found = known.get(steps) ?? expected(elapsed(steps));
          known.set(steps, found);
          return found;
        },
        entries: new Map(),
      };
      groups.set(key, group);
    }
    group.entries.set(base.entries[i], (group.entries.get(base.entries[i]) ?? 0) + 1);
  });
  return (step) => {
    let sum = 0;
    for (const { expected, entries } of groups.values()) {
      for (const [entry, customers] of entries) if (entry < step) sum += customers * expected(step - entry);
    }
    return sum;
  };
}

/** What the measures of a customer add up to; a mistake in them is told with the customer. */
function effectsOf(
  model: TransactionModel,
  customerId: string,
  covariates: ((customerId: string) => Readonly<Record<string, number>>) | undefined,
): CustomerEffects {
  if (covariates === undefined) return effectsOfNew(model, undefined);
  try {
    return effectsOfNew(model, covariates(customerId));
  } catch (error) {
    if (!(error instanceof ClienteleError)) throw error;
    throw new ClienteleError(error.code, error.path, `of customer "${customerId}" ${error.message}`);
  }
}
