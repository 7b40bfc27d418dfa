import type { TransactionModel } from "../models/lifetime-model.js";
import type { TransactionKernel } from "../models/transaction-kernel.js";
import { kernelOf } from "../predictions/model-kernel.js";
import type { ReadCustomers } from "../predictions/read-customers.js";

/** The kernel of each row's customer: one for all where the model has no covariates. @internal */
export function kernelReader(
  model: TransactionModel,
  effects: ReadCustomers["effects"],
): (row: number) => TransactionKernel {
  if (effects !== null) {
    const { transaction, dropout } = effects;
    return (row) => kernelOf(model, { transaction: transaction[row], dropout: dropout[row] });
  }
  const kernel = kernelOf(model);
  return () => kernel;
}
