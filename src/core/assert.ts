import { ClienteleError } from "./errors.js";
import { isDate } from "./is-date.js";

// Guards used at the door of every public function. Each message names the argument, the value and the fix.

/**
 * Throws unless the condition holds.
 *
 * @internal
 */
export function assertArgument(condition: boolean, path: string, message: () => string): asserts condition {
  if (!condition) throw new ClienteleError("INVALID_ARGUMENT", path, message());
}

/** @internal */
export function assertFinite(value: unknown, path: string): asserts value is number {
  assertArgument(
    typeof value === "number" && Number.isFinite(value),
    path,
    () => `${path} is ${shown(value)}: pass a finite number`,
  );
}

/** @internal */
export function assertInRange(
  value: unknown,
  path: string,
  min: number,
  max: number,
): asserts value is number {
  assertArgument(
    typeof value === "number" && value >= min && value <= max,
    path,
    () => `${path} is ${shown(value)}: pass a number from ${min} to ${max}`,
  );
}

/** Open at both ends: a probability or a confidence level strictly between 0 and 1. @internal */
export function assertBetween(
  value: unknown,
  path: string,
  above: number,
  below: number,
): asserts value is number {
  assertArgument(
    typeof value === "number" && value > above && value < below,
    path,
    () => `${path} is ${shown(value)}: pass a number above ${above} and below ${below}`,
  );
}

/** @internal */
export function assertArray(value: unknown, path: string): asserts value is readonly unknown[] {
  assertArgument(Array.isArray(value), path, () => `${path} is ${shown(value)}: pass an array`);
}

/** @internal */
export function assertInteger(
  value: unknown,
  path: string,
  min = -Number.MAX_SAFE_INTEGER,
  max = Number.MAX_SAFE_INTEGER,
): asserts value is number {
  assertArgument(
    Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max,
    path,
    () => `${path} is ${shown(value)}: pass a whole number from ${min} to ${max}`,
  );
}

/** @internal */
export function assertOneOf<const T extends string>(
  value: unknown,
  path: string,
  choices: readonly T[],
): asserts value is T {
  assertArgument(
    choices.includes(value as T),
    path,
    () => `${path} is ${shown(value)}: pass one of ${choices.map((choice) => `"${choice}"`).join(", ")}`,
  );
}

/** Options that are `null`, or left out where one is needed, would end in the engine's own error. @internal */
export function assertOptions(
  options: unknown,
  shape = "{ ... }, or nothing",
  path = "options",
): asserts options is object {
  assertArgument(
    typeof options === "object" && options !== null,
    path,
    () => `${path} is ${shown(options)}: pass ${shape}`,
  );
}

/** A value as it is best recognised in a message: quoted text, short JSON, a date in ISO form. @internal */
export function shown(value: unknown): string {
  if (typeof value === "string")
    return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}...` : value);
  if (isDate(value)) return Number.isNaN(value.getTime()) ? "an invalid Date" : value.toISOString();
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return String(value);
  return Array.isArray(value) ? `an array of ${value.length}` : "an object";
}
