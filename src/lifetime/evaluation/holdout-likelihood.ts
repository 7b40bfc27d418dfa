import { ClienteleError } from "../../core/errors.js";
import type { TransactionModel } from "../models/lifetime-model.js";
import type { ReadCustomers } from "../predictions/read-customers.js";
import { rowPlaces } from "../predictions/row-places.js";
import type { PredictionRunOptions } from "../predictions/score-customers.js";
import { kernelReader } from "./kernel-reader.js";

/** Log-likelihood of a holdout, or why there is none. @internal */
export interface HoldoutLikelihood {
  readonly logLikelihood: number | null;
  readonly reason: string | null;
}

/** Purchases of one customer beyond which no probability is asked for. */
const MOST = 10_000;

/**
 * The logarithm of the probability of each customer's number of holdout purchases, summed. A customer who is alive at T goes
 * on by (x, T) alone: with p(n) the chances of one with the same x and T who bought just now, and `share` P(alive) over that
 * of this one, P(n) = share p(n) above 0, and P(0) = 1 - share (1 - p(0)) = (1 - share) + share p(0).
 *
 * @internal
 */
export function holdoutLikelihood(
  model: TransactionModel,
  { histories, effects }: ReadCustomers,
  alive: Float64Array,
  { holdoutX, horizon }: { readonly holdoutX: Float64Array; readonly horizon: number },
  { signal }: PredictionRunOptions,
): HoldoutLikelihood {
  const { x, T, length, weight } = histories;
  const own = effects === null ? [] : [effects.transaction, effects.dropout];
  const { place, first } = rowPlaces([x, T, ...own], length);
  const most = new Float64Array(first.length);
  for (let row = 0; row < length; row++) {
    if (holdoutX[row] > MOST)
      return none(`customer ${row + 1} bought ${holdoutX[row]} times, beyond ${MOST}`);
    most[place[row]] = Math.max(most[place[row]], holdoutX[row]);
  }
  const kernelAt = kernelReader(model, effects);
  const chances = Array.from(first, (row, i) => {
    if (signal?.aborted) {
      const message = `the evaluation was aborted after ${i} of ${first.length} kinds of customers`;
      throw new ClienteleError("ABORTED", "options.signal", message);
    }
    const kernel = kernelAt(row);
    const latest = x[row] === 0 ? 0 : T[row];
    const given = kernel.alive(x[row], latest, T[row], 0);
    return { given, all: kernel.conditionalProbabilities(x[row], latest, T[row], 0, horizon, most[i]) };
  });
  let sum = 0;
  for (let row = 0; row < length; row++) {
    const { given, all } = chances[place[row]];
    const count = holdoutX[row];
    // Where nobody is left there is no share: P(0) is 1.
    const share = given === 0 ? 0 : alive[row] / given;
    const logChance =
      count === 0 ? logOfNone(given, alive[row], share, all[0]) : Math.log(share * all[count]);
    if (!Number.isFinite(logChance))
      return none(`${count} purchases of customer ${row + 1} are as good as impossible under the model`);
    sum += (weight === null ? 1 : weight[row]) * logChance;
  }
  return { logLikelihood: sum, reason: null };
}

/** log P(0), from the side that keeps its digits: a small P(0) is a sum of small parts, a large one 1 less a small part. */
function logOfNone(given: number, alive: number, share: number, none: number): number {
  if (given === 0) return 0;
  const some = share * (1 - none);
  // Rounding may put `alive` above `given`, which it never is.
  return some > 0.5 ? Math.log(Math.max(0, given - alive) / given + share * none) : Math.log1p(-some);
}

function none(reason: string): HoldoutLikelihood {
  return { logLikelihood: null, reason };
}
