import { choleskySolve } from "../cholesky.js";
import type { NewtonMinimum } from "../minimize-newton.js";
import { runawayDirections } from "../runaway-directions.js";
import { type LogisticDesign, logisticObjective, symmetric } from "./logistic-likelihood.js";

/** How covariates tell the outcomes apart: without exception, or all but rows that lie on the edge. */
export type Separation = "complete" | "quasiComplete";

/** Covariates whose coefficients the data do not fix, and why. @internal */
export interface LogisticFault {
  readonly covariates: readonly string[];
  readonly separation: Separation | null;
  readonly reason: string;
}

/** What shows before the first step. @internal */
export function logisticFaultAtStart(design: LogisticDesign): LogisticFault | null {
  const { names, length, outcome } = design;
  const events = outcome.reduce((sum, happened) => sum + happened, 0);
  if (length === 0) return fault([], "no row is complete: nothing to fit");
  if (events === 0 || events === length) {
    const same = events === 0 ? "0" : "1";
    return fault([], `the outcome is ${same} in every row: nothing tells what makes a difference`);
  }
  const constant = names.filter((_, at) => {
    const { least, most } = rangesAt(design, at + 1);
    return Math.min(least[0], least[1]) === Math.max(most[0], most[1]);
  });
  if (constant.length > 0) {
    return fault(
      constant,
      `${listed(constant)} ${constant.length === 1 ? "is" : "are"} the same in every row: leave out`,
    );
  }
  return collinear(design) ?? separatedByOne(design);
}

/**
 * What shows after Newton's method: a combination of covariates that tells the outcomes apart, so that the likelihood rises
 * for ever (Albert & Anderson 1984). `null` for a sound maximum.
 *
 * @internal
 */
export function logisticFaultAtEnd(design: LogisticDesign, newton: NewtonMinimum): LogisticFault | null {
  const isVague = newton.inverseHessian?.some((row, at) => Math.sqrt(row[at]) > VAGUE) ?? true;
  if (!isVague) return null;
  // The intercept counts for nothing: it shifts both outcomes alike.
  const reaches = Float64Array.from({ length: design.size }, (_, at) => (at === 0 ? 0 : 1));
  const objective = logisticObjective({ ...design, offset: null });
  for (const direction of runawayDirections(objective, reaches)) {
    const separation = separationAlong(design, direction);
    if (separation === null) continue;
    const covariates = design.names.filter((_, at) => direction[at + 1] !== 0);
    return {
      covariates,
      separation,
      reason: `the coefficients of ${listed(covariates)} run to infinity: together they tell the outcomes apart${separation === "complete" ? "" : " but for rows on the edge"} (${WORDS[separation]}); ${ADVICE}`,
    };
  }
  return newton.converged ? null : fault(design.names, `${listed(design.names)}: ${newton.reason}`);
}

const WORDS = { complete: "complete separation", quasiComplete: "quasi-complete separation" } as const;
const ADVICE = "leave out, merge rare levels, or collect outcomes of the other kind";
/** A share of the whole that rounding could leave of nothing. */
const NEGLIGIBLE = 1e-11;
/** A standard error, for a mean deviation of its covariate, that no finite maximum of ordinary data has. */
const VAGUE = 100;

function fault(covariates: readonly string[], reason: string): LogisticFault {
  return { covariates, separation: null, reason };
}

/** The first covariate that is, with the intercept, a combination of those before it. */
function collinear({ names, length, size, x }: LogisticDesign): LogisticFault | null {
  const products = new Float64Array(size * size);
  for (let row = 0; row < length; row++) {
    for (let i = 0; i < size; i++)
      for (let j = 0; j <= i; j++) products[i * size + j] += x[row * size + i] * x[row * size + j];
  }
  const matrix = symmetric(products, size);
  const factor: number[][] = [];
  for (let i = 0; i < size; i++) {
    const row: number[] = [];
    for (let j = 0; j < i; j++) row.push((matrix[i][j] - dot(row, factor[j])) / factor[j][j]);
    const pivot = matrix[i][i] - dot(row, row);
    if (!(pivot > NEGLIGIBLE * matrix[i][i])) {
      const square = factor.map((known) => [...known, ...new Array<number>(i - known.length).fill(0)]);
      const shares = choleskySolve(square, matrix[i].slice(0, i));
      const others = names.filter(
        (_, j) =>
          j + 1 < i && Math.abs(shares[j + 1]) * Math.sqrt(matrix[j + 1][j + 1] / matrix[i][i]) > 1e-6,
      );
      return fault(
        [names[i - 1], ...others],
        `${listed([names[i - 1]])} follows from ${listed(others)} (collinear): leave one out`,
      );
    }
    factor.push([...row, Math.sqrt(pivot)]);
  }
  return null;
}

function separatedByOne(design: LogisticDesign): LogisticFault | null {
  const found = design.names.flatMap((name, at) => {
    const { least, most } = rangesAt(design, at + 1);
    if (least[1] < most[0] && least[0] < most[1]) return [];
    const isComplete = least[1] > most[0] || least[0] > most[1];
    return [{ name, separation: isComplete ? ("complete" as const) : ("quasiComplete" as const) }];
  });
  const worst = found.find(({ separation }) => separation === "complete") ?? found[0];
  if (worst === undefined) return null;
  const covariates = found.map(({ name }) => name);
  const what =
    covariates.length === 1
      ? `the coefficient of ${listed(covariates)} runs to infinity: alone it tells`
      : `the coefficients of ${listed(covariates)} run to infinity: each alone tells`;
  return {
    covariates,
    separation: worst.separation,
    reason: `${what} the outcomes apart${worst.separation === "complete" ? "" : " but for rows on the edge"} (${WORDS[worst.separation]}); ${ADVICE}`,
  };
}

/** Least and most of a column, in the rows of either outcome. */
function rangesAt(
  { length, size, x, outcome }: LogisticDesign,
  at: number,
): { least: [number, number]; most: [number, number] } {
  const least: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const most: [number, number] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < length; row++) {
    const [value, side] = [x[row * size + at], outcome[row]];
    if (value < least[side]) least[side] = value;
    if (value > most[side]) most[side] = value;
  }
  return { least, most };
}

/** Whether rows of outcome 1 lie above all others in that direction; the intercept shifts both alike. */
function separationAlong(design: LogisticDesign, direction: readonly number[]): Separation | null {
  if (direction.every((slope) => slope === 0) || !direction.every(Number.isFinite)) return null;
  const { length, size, x, outcome } = design;
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  let reach = 0;
  for (let row = 0; row < length; row++) {
    let height = 0;
    for (let at = 1; at < size; at++) height += x[row * size + at] * direction[at];
    reach = Math.max(reach, Math.abs(height));
    if (outcome[row] === 1) lowest = Math.min(lowest, height);
    else highest = Math.max(highest, height);
  }
  // More than the direction is off by rounding, less than real overlap is.
  const leeway = 1e-8 * reach;
  if (lowest > highest + leeway) return "complete";
  return lowest >= highest - leeway ? "quasiComplete" : null;
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let k = 0; k < Math.min(a.length, b.length); k++) sum += a[k] * b[k];
  return sum;
}

function listed(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(", ");
}
