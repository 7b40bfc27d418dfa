import {
  assertArgument,
  assertArray,
  assertBetween,
  assertInteger,
  assertOneOf,
  assertOptions,
  shown,
} from "../../core/assert.js";
import type { FitSearchOptions, ParameterPrior } from "./model-fit.js";
import { FARTHEST } from "./search-ends.js";

/** Refuses options of the search that are none. @internal */
export function assertSearchOptions(options: FitSearchOptions<object>): void {
  assertOptions(options);
  const { maxIterations, onProgress, signal } = options;
  if (maxIterations !== undefined) assertInteger(maxIterations, "options.maxIterations", 1);
  assertArgument(
    onProgress === undefined || typeof onProgress === "function",
    "options.onProgress",
    () => `options.onProgress is ${shown(onProgress)}: pass a function, or leave it out`,
  );
  if (signal !== undefined) assertOptions(signal, "an AbortSignal", "options.signal");
}

/** The prior of each parameter in their order, `null` where there is none. @internal */
export function checkedPriors<Parameters extends object>(
  { prior }: FitSearchOptions<Parameters>,
  names: readonly (keyof Parameters & string)[],
): (ParameterPrior | null)[] {
  if (prior === undefined) return names.map(() => null);
  assertOptions(prior, `{ ${names[0]}: { median, logSd } }`, "options.prior");
  for (const name of Object.keys(prior)) assertOneOf(name, `options.prior.${name}`, names);
  return names.map((name) => checkedPrior(prior[name], `options.prior.${name}`));
}

function checkedPrior(prior: ParameterPrior | undefined, path: string): ParameterPrior | null {
  if (prior === undefined) return null;
  assertOptions(prior, "{ median, logSd }", path);
  assertBetween(prior.median, `${path}.median`, 0, Number.POSITIVE_INFINITY);
  assertBetween(prior.logSd, `${path}.logSd`, 0, Number.POSITIVE_INFINITY);
  return prior;
}

/** Starts within the range in which parameters are looked for. @internal */
export function checkedStarts<Parameters extends object>(
  starts: readonly Parameters[],
  names: readonly (keyof Parameters & string)[],
  scale: Parameters,
): readonly Parameters[] {
  assertArray(starts, "options.starts");
  assertArgument(
    starts.length > 0,
    "options.starts",
    () => "options.starts is empty: leave it out, or pass a point",
  );
  for (const [i, start] of starts.entries()) {
    assertOptions(start, `{ ${names.join(", ")} }`, `options.starts[${i}]`);
    for (const name of names) {
      const path = `options.starts[${i}].${name}`;
      const value: unknown = start[name];
      assertBetween(value, path, 0, Number.POSITIVE_INFINITY);
      const usual = scale[name] as number;
      assertArgument(
        Math.abs(Math.log(value / usual)) <= FARTHEST,
        path,
        () =>
          `${path} is ${value}, so far from the ${Number(usual.toPrecision(3))} of such data that a search cannot begin there: start nearer`,
      );
    }
  }
  return starts;
}
