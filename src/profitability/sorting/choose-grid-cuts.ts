import { assertArgument, assertBetween, assertFinite, shown } from "../../core/assert.js";
import { type RowProblem, throwRowProblems } from "../../core/row-problems.js";
import { groupSums } from "../../segmentation/group-sums.js";
import type { GridCuts } from "../../segmentation/portfolio-grids.js";
import { customerIdProblems } from "../../segmentation/valued-customers.js";
import { quantile } from "../../statistics/sample-quantile.js";
import { NO_ID } from "../text-ids.js";
import { type ScoredCustomerInput, scoreColumns } from "./scored-customers.js";

/**
 * Where low ends and high begins: at the median or the mean of the customers, at a quantile of them (`{ quantile: 0.8 }` for
 * the best fifth), or at a number of your own.
 */
export type GridCutRule = "median" | "mean" | { readonly quantile: number } | number;

/** One cut, how it was found and how it parts the customers. */
export interface GridCutChoice<AxisName extends string = string> {
  /** What is cut. */
  readonly axis: AxisName;
  /** `"median"`, `"mean"`, `"quantile 0.8"` or `"fixed"`. */
  readonly rule: string;
  /** A score at or above it is high. */
  readonly cut: number;
  /** Customers below the cut. */
  readonly low: number;
  /** Customers at it or above: half of them at a median, but for equal scores. */
  readonly high: number;
  /** Customers whose score is not known; no rule looks at them. */
  readonly unknown: number;
}

/** Cuts for a grid, and where they come from. */
export interface GridCutChoices<AxisName extends string = string> {
  /** For a ready grid such as {@link loyaltyProfitGrid}. */
  readonly cuts: GridCuts<AxisName>;
  /** The same with their rules, to be shown beside the grid. */
  readonly choices: readonly GridCutChoice<AxisName>[];
}

/**
 * Where does "high" begin, by which rule, and how many customers lie on either side?
 *
 * A grid is only as good as its cuts. A median makes halves whatever the figures; a mean is drawn up by a few large
 * customers; a number of your own (24 months, a profit of 0) keeps its meaning from year to year, and the two others move
 * with the customers. The median of an even number is the mean of the two in the middle.
 *
 * @param customers - The rows that {@link placeOnGrid} or {@link portfolioAnalysis} will get, or a table with a column for each axis.
 * @param rules - The rule of each axis.
 * @returns The cuts, ready for a grid, and each with its rule and the customers it parts.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for an unknown rule, and where nobody has a score to find the cut from;
 * `INVALID_ROWS` when a score is neither a finite number nor `null` or a customer comes twice; `UNKNOWN_COLUMN` when a table has not one for each axis.
 * @example
 * ```ts
 * import { chooseGridCuts, loyaltyProfitGrid } from "clientele";
 *
 * const customers = [
 *   { customerId: "ani", scores: { duration: 40, profit: 900 } },
 *   { customerId: "budi", scores: { duration: 6, profit: 700 } },
 *   { customerId: "citra", scores: { duration: 30, profit: -20 } },
 * ];
 * const { cuts, choices } = chooseGridCuts(customers, { duration: "median", profit: 0 });
 * cuts; // => { duration: 30, profit: 0 }
 * choices[0]; // => { axis: "duration", rule: "median", cut: 30, low: 1, high: 2, unknown: 0 }
 * loyaltyProfitGrid(cuts).cells; // => ["true friends", "butterflies", "barnacles", "strangers"]
 * ```
 */
export function chooseGridCuts<AxisName extends string>(
  customers: ScoredCustomerInput<NoInfer<AxisName>>,
  rules: { readonly [Axis in AxisName]: GridCutRule },
): GridCutChoices<AxisName> {
  assertArgument(
    typeof rules === "object" && rules !== null && Object.keys(rules).length > 0,
    "rules",
    () => `rules is ${shown(rules)}: pass a rule for each axis, { profit: "median" }`,
  );
  const axes = Object.keys(rules) as AxisName[];
  const problems: RowProblem[] = [];
  const { customerIds, scores } = scoreColumns(customers, axes, problems);
  throwRowProblems(customerIdProblems(customerIds, "customerId", NO_ID).concat(problems), "customers");
  const choices = axes.map((axis, i): GridCutChoice<AxisName> => {
    const known = knownScores(scores[i]);
    const { cut, rule } = cutOf(known, rules[axis], axis);
    let low = 0;
    for (const score of known) if (score < cut) low++;
    return { axis, rule, cut, low, high: known.length - low, unknown: customerIds.length - known.length };
  });
  const cuts = Object.fromEntries(choices.map(({ axis, cut }) => [axis, cut])) as GridCuts<AxisName>;
  return { cuts, choices };
}

/** The scores that are known; -0 becomes 0. */
function knownScores(scores: ArrayLike<number | null>): Float64Array {
  const known = new Float64Array(scores.length);
  let count = 0;
  for (let row = 0; row < known.length; row++) {
    const score = scores[row];
    if (score !== null) known[count++] = score + 0;
  }
  return known.subarray(0, count);
}

function cutOf(known: Float64Array, rule: GridCutRule, axis: string): { cut: number; rule: string } {
  const path = `rules.${axis}`;
  if (typeof rule === "number") {
    assertFinite(rule, path);
    return { cut: rule + 0, rule: "fixed" };
  }
  const share = typeof rule === "object" && rule !== null ? rule.quantile : null;
  if (share !== null) assertBetween(share, `${path}.quantile`, 0, 1);
  assertArgument(
    share !== null || rule === "median" || rule === "mean",
    path,
    () => `${path} is ${shown(rule)}: pass "median", "mean", { quantile: 0.8 } or a number`,
  );
  assertArgument(
    known.length > 0,
    path,
    () => `${path} has no customer with a known score to find the cut from: pass a number`,
  );
  if (share !== null) return { cut: quantile(known, share), rule: `quantile ${share}` };
  if (rule === "median") return { cut: quantile(known, 0.5), rule };
  // Summed exactly: the mean does not depend on the order of the customers.
  const { total } = groupSums(known, new Uint8Array(known.length), 1, "customers");
  return { cut: total / known.length, rule: "mean" };
}
