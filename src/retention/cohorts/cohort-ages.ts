import { assertArgument, assertInteger, shown } from "../../core/assert.js";
import type { CohortAge } from "./cohort-cells.js";

/**
 * Who is counted at age k: `"on"`, who bought at exactly that age; `"onOrAfter"`, who bought at that age or later, as far
 * as is known at `asOf`; `{ brackets }`, who bought at any age of the half-open bracket `[from, to)`.
 */
export type CohortMode =
  | "on"
  | "onOrAfter"
  | { readonly brackets: readonly (readonly [from: number, to: number])[] };

/** Which columns a cohort table has. @internal */
export interface CohortAgeOptions {
  readonly mode?: CohortMode;
  readonly maxAge?: number;
}

/** The options, checked. @internal */
export interface CohortColumns {
  readonly mode: "on" | "onOrAfter" | "brackets";
  /** The columns, if so many ages are over for some cohort. */
  readonly ages: (mostObserved: number) => CohortAge[];
}

/** Checks which columns are asked for. @internal */
export function cohortColumns({ mode = "on", maxAge }: CohortAgeOptions): CohortColumns {
  if (maxAge !== undefined) assertInteger(maxAge, "options.maxAge", 0, MOST_AGES);
  if (typeof mode === "object" && mode !== null) {
    assertArgument(
      maxAge === undefined,
      "options.maxAge",
      () => `options.maxAge is ${maxAge} beside options.mode.brackets: the brackets say how far to count`,
    );
    const ages = readBrackets(mode.brackets);
    return { mode: "brackets", ages: () => ages };
  }
  assertArgument(
    mode === "on" || mode === "onOrAfter",
    "options.mode",
    () => `options.mode is ${shown(mode)}: pass "on", "onOrAfter" or { brackets: [[0, 1], [1, 4]] }`,
  );
  const mark = mode === "on" ? "" : "+";
  return {
    mode,
    ages: (mostObserved) =>
      Array.from({ length: maxAge === undefined ? mostObserved : maxAge + 1 }, (_, from) => ({
        label: `${from}${mark}`,
        from,
        to: from + 1,
      })),
  };
}

/** 273 years of days. */
const MOST_AGES = 100_000;

function readBrackets(brackets: unknown): CohortAge[] {
  const path = "options.mode.brackets";
  assertArgument(
    Array.isArray(brackets) && brackets.length > 0,
    path,
    () => `${path} is ${shown(brackets)}: pass pairs of ages, for example [[0, 1], [1, 4]]`,
  );
  const labels = new Set<string>();
  return brackets.map((bracket: unknown, i) => {
    const place = `${path}[${i}]`;
    assertArgument(
      Array.isArray(bracket) && bracket.length === 2,
      place,
      () => `${place} is ${shown(bracket)}: pass [from, to], two ages`,
    );
    const [from, to]: unknown[] = bracket;
    assertInteger(from, `${place}[0]`, 0, MOST_AGES);
    assertInteger(to, `${place}[1]`, 0, MOST_AGES);
    assertArgument(
      from < to,
      place,
      () => `${place} is [${from}, ${to}], which holds no age: the second is the first age after the bracket`,
    );
    const label = to === from + 1 ? `${from}` : `${from}-${to - 1}`;
    assertArgument(
      labels.size < labels.add(label).size,
      place,
      () => `${place} is [${from}, ${to}] for the second time: pass each bracket once`,
    );
    return { label, from, to };
  });
}
