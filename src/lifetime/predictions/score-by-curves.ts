import type { CheckedHistories } from "../models/purchase-histories.js";
import { curveAt, curveCost, type SmoothCurve, smoothCurve } from "../models/smooth-curve.js";
import type { LongListKernel, TransactionKernel } from "../models/transaction-kernel.js";
import type { CustomerScores, KernelQuestion } from "./customer-scores.js";

/** Customers with equal x. */
interface Group {
  readonly x: number;
  customers: number;
  /** ln(scale + T) and ln(scale + tx): the least and the largest. */
  lowT: number;
  highT: number;
  lowTx: number;
  highTx: number;
}

/** What is asked of customers with equal x, each as a curve over ln(scale + T), the first by ln(scale + tx). */
interface Curves {
  readonly left: SmoothCurve | null;
  readonly stays: SmoothCurve | null;
  readonly answers: readonly SmoothCurve[];
}

/** Beyond, customers are grouped by a number of purchases that no one has. */
const MOST_PURCHASES = 20_000;
/** So many times must a curve be asked for each computation that it takes. */
const WORTH = 2;

/**
 * Answers questions about a long list of customers, few of them alike: for each x, what hangs on T (or on tx) alone is a
 * smooth curve over its logarithm, computed at some dozens of places.
 *
 * @param step - Called after each customer.
 * @returns `null` where some curve is not smooth enough.
 * @internal
 */
export function scoreByCurves(
  kernel: TransactionKernel,
  longList: LongListKernel,
  { x, tx, T, length }: CheckedHistories,
  questions: readonly KernelQuestion[],
  step: () => void,
): CustomerScores | null {
  const { scale, aliveParts } = longList;
  const groups = groupsOf(x, tx, T, length, scale, aliveParts !== null);
  if (groups === null) return null;
  const whileAlive = (question: KernelQuestion, count: number, end: number) => {
    const latest = count === 0 ? 0 : end;
    const alive = kernel.alive(count, latest, end, 0);
    return alive === 0 ? 0 : question(kernel, count, latest, end) / alive;
  };
  const curves: (Curves | undefined)[] = [];
  for (const { x: count, customers, lowT, highT, lowTx, highTx } of groups) {
    if (customers < WORTH * curveCost(lowT, highT)) continue;
    const over = (f: (t: number) => number, low: number, high: number, floor: number) =>
      smoothCurve((u) => f(Math.max(0, Math.exp(u) - scale)), low, high, floor);
    const answers = questions.map((question) =>
      over((end) => whileAlive(question, count, end), lowT, highT, 0),
    );
    // Of logarithms errors count as they are.
    const left = aliveParts && over((last) => aliveParts.left(count, last), lowTx, highTx, 1);
    const stays = aliveParts && over((end) => aliveParts.stays(count, end), lowT, highT, 1);
    if (answers.includes(null) || (aliveParts !== null && (left === null || stays === null))) return null;
    curves[count] = { left, stays, answers: answers as SmoothCurve[] };
  }
  const alive = new Float64Array(length);
  const answers = questions.map(() => new Float64Array(length));
  const others: number[] = [];
  for (let row = 0; row < length; row++) {
    const own = curves[x[row]];
    if (own === undefined) {
      others.push(row);
      continue;
    }
    const u = Math.log(scale + T[row]);
    const { left, stays } = own;
    alive[row] =
      aliveParts !== null && left !== null && stays !== null
        ? aliveParts.alive(
            x[row],
            tx[row],
            T[row],
            curveAt(left, Math.log(scale + tx[row])),
            curveAt(stays, u),
          )
        : kernel.alive(x[row], tx[row], T[row], 0);
    for (let k = 0; k < answers.length; k++) answers[k][row] = alive[row] * curveAt(own.answers[k], u);
    step();
  }
  // Kernels keep what they prepared for the last numbers of purchases.
  others.sort((one, other) => x[one] - x[other] || one - other);
  for (const row of others) {
    alive[row] = kernel.alive(x[row], tx[row], T[row], 0);
    for (let k = 0; k < answers.length; k++) {
      answers[k][row] = alive[row] === 0 ? 0 : alive[row] * whileAlive(questions[k], x[row], T[row]);
    }
    step();
  }
  return { alive, answers };
}

function groupsOf(
  x: Float64Array,
  tx: Float64Array,
  T: Float64Array,
  length: number,
  scale: number,
  isByLast: boolean,
): Iterable<Group> | null {
  const groups: (Group | undefined)[] = [];
  for (let row = 0; row < length; row++) {
    const count = x[row];
    if (count > MOST_PURCHASES) return null;
    const group = groups[count];
    if (group === undefined) {
      groups[count] = {
        x: count,
        customers: 1,
        lowT: T[row],
        highT: T[row],
        lowTx: tx[row],
        highTx: tx[row],
      };
      continue;
    }
    group.customers++;
    if (T[row] < group.lowT) group.lowT = T[row];
    else if (T[row] > group.highT) group.highT = T[row];
    if (!isByLast) continue;
    if (tx[row] < group.lowTx) group.lowTx = tx[row];
    else if (tx[row] > group.highTx) group.highTx = tx[row];
  }
  const found = groups.filter((group) => group !== undefined);
  for (const group of found) {
    for (const end of ["lowT", "highT", "lowTx", "highTx"] as const)
      group[end] = Math.log(scale + group[end]);
  }
  return found;
}
