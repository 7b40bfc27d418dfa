import { assertArgument, shown } from "../../core/assert.js";
import { logisticChance } from "./logistic-likelihood.js";
import type { LogisticFit } from "./logistic-regression.js";

/**
 * How likely is it for each of these customers, by a fitted logistic regression?
 *
 * @param fit - A {@link LogisticFit}: its coefficients are used as they are.
 * @param covariates - A column for each covariate of the fit, in its unit; `null` or `NaN` where not known. Others are not
 * looked at.
 * @returns A probability for each row, 0 to 1; `null` where a covariate is not known.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a covariate is missing, columns have different lengths, or a value is
 * infinite.
 * @example
 * ```ts
 * import { logisticProbability, logisticRegression } from "clientele";
 *
 * const outcome = [0, 0, 1, 0, 1, 1];
 * const fit = logisticRegression({ outcome, covariates: { visits: [1, 2, 3, 4, 5, 6] } });
 * // Fitted on data that mirror each other around 3.5.
 * if (fit.converged) logisticProbability(fit, { visits: [3.5, null] }); // ~> [0.5, null]
 * ```
 */
export function logisticProbability(
  fit: LogisticFit,
  covariates: Readonly<Record<string, ArrayLike<number | null>>>,
): (number | null)[] {
  assertArgument(
    Object(fit).converged === true &&
      Array.isArray(fit.coefficients) &&
      Number.isFinite(fit.intercept?.coefficient),
    "fit",
    () => "fit has no coefficients: pass the result of logisticRegression after looking at converged",
  );
  const columns = fit.coefficients.map(({ name }) => {
    const column = Object(covariates)[name] as ArrayLike<number | null> | undefined;
    const path = `covariates.${name}`;
    assertArgument(
      Array.isArray(column) || ArrayBuffer.isView(column),
      path,
      () => `${path} is ${shown(column)}: pass the column that the fit was made with`,
    );
    return column as ArrayLike<number | null>;
  });
  const [first] = columns;
  columns.forEach((column, at) => {
    const path = `covariates.${fit.coefficients[at].name}`;
    assertArgument(
      column.length === first.length,
      path,
      () =>
        `${path} holds ${column.length} values and the first column ${first.length}: pass one for each row`,
    );
  });
  return Array.from({ length: first.length }, (_, row) => {
    let score = fit.intercept.coefficient;
    for (let at = 0; at < columns.length; at++) {
      const value = columns[at][row];
      if (value === null || Number.isNaN(value)) return null;
      const path = `covariates.${fit.coefficients[at].name}[${row}]`;
      assertArgument(
        Number.isFinite(value),
        path,
        () => `${path} is ${shown(value)}: pass a finite number, or null`,
      );
      score += fit.coefficients[at].coefficient * value;
    }
    return logisticChance(score);
  });
}
