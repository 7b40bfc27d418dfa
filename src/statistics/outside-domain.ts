import { shown } from "../core/assert.js";
import { ClienteleError } from "../core/errors.js";

/**
 * Throws for an argument at which a function has no value.
 *
 * Callers test first and call this on failure only: no closure for the message is allocated on the hot path.
 *
 * @internal
 */
export function outsideDomain(value: unknown, path: string, wanted: string): never {
  throw new ClienteleError("INVALID_ARGUMENT", path, `${path} is ${shown(value)}: pass ${wanted}`);
}

/** @internal */
export function assertPositive(value: number, path: string): void {
  if (typeof value !== "number" || !(value > 0 && value < Infinity)) {
    outsideDomain(value, path, "a positive finite number");
  }
}

/**
 * A shape or a number of degrees of freedom. Beyond these limits, products and splits inside the incomplete gamma and
 * beta functions overflow, and NaN would come out.
 *
 * @internal
 */
export function assertShape(value: number, path: string): void {
  assertPositive(value, path);
  if (value < 1e-300 || value > 1e300) outsideDomain(value, path, "a number from 1e-300 to 1e300");
}

/** @internal */
export function assertProbability(value: number, path: string): void {
  if (typeof value !== "number" || !(value >= 0 && value <= 1)) {
    outsideDomain(value, path, "a probability from 0 to 1");
  }
}

/** A point on the real line, both infinities included: only NaN and other types are refused. @internal */
export function assertReal(value: number, path: string): void {
  if (typeof value !== "number" || Number.isNaN(value)) outsideDomain(value, path, "a number");
}
