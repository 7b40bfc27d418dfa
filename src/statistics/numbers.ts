import { assertArgument, shown } from "../core/assert.js";

/** A list of numbers: a plain array or a typed array (a column of a log); it is read and never changed. */
export type Numbers = ArrayLike<number>;

/**
 * Throws unless every element is a finite number: one NaN would silently spoil a sort, a rank or a sum.
 *
 * @internal
 */
export function assertNumbers(values: unknown, path: string, minLength = 0): asserts values is Numbers {
  assertArgument(
    Array.isArray(values) || (ArrayBuffer.isView(values) && "length" in values),
    path,
    () => `${path} is ${shown(values)}: pass an array or a typed array of numbers`,
  );
  const list = values as ArrayLike<unknown>;
  assertArgument(
    list.length >= minLength,
    path,
    () =>
      `${path} holds ${list.length} values: pass at least ${minLength === 1 ? "one number" : `${minLength} numbers`}`,
  );
  for (let i = 0; i < list.length; i++) {
    const value = list[i];
    if (typeof value !== "number" || !Number.isFinite(value)) {
      assertArgument(
        false,
        `${path}[${i}]`,
        () => `${path}[${i}] is ${shown(value)}: pass finite numbers only`,
      );
    }
  }
}

/** Throws unless both lists hold finite numbers and pair up one to one. @internal */
export function assertPairs(x: unknown, y: unknown): void {
  assertNumbers(x, "x");
  assertNumbers(y, "y");
  assertArgument(
    x.length === y.length,
    "y",
    () => `y holds ${y.length} values and x ${x.length}: pass one y for each x`,
  );
}
