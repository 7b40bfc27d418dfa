import type { TransactionKernel } from "../models/transaction-kernel.js";

/** What is asked of each customer: a number of the kernel that is proportional to the chance of being alive. @internal */
export type KernelQuestion = (kernel: TransactionKernel, x: number, tx: number, T: number) => number;

/** What came of it: P(alive) at T, then one column for each question. @internal */
export interface CustomerScores {
  readonly alive: Float64Array;
  readonly answers: readonly Float64Array[];
}
