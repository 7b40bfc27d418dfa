import { describe, expect, it } from "vitest";
import {
  assertArgument,
  assertBetween,
  assertFinite,
  assertInRange,
  assertInteger,
  assertOneOf,
  shown,
} from "../../src/core/assert.js";
import { thrown } from "./thrown.js";

const NO_NUMBERS: unknown[] = [undefined, null, "1", Number.NaN, {}, [], 1n];

/** Accepts each good value; refuses each bad one by INVALID_ARGUMENT, with path, value and fix. */
function check(
  guard: (value: unknown) => void,
  good: readonly unknown[],
  bad: readonly unknown[],
  fix: string,
): void {
  for (const value of good) expect(() => guard(value)).not.toThrow();
  for (const value of bad) {
    const error = thrown(() => guard(value));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "options.x"]);
    expect(error.message).toBe(`options.x is ${shown(value)}: ${fix}`);
  }
}

describe("assertArgument", () => {
  it("throws the message, which is only made when needed", () => {
    let made = 0;
    const message = () => `made ${++made}`;
    assertArgument(true, "x", message);
    expect(made).toBe(0);
    expect(thrown(() => assertArgument(false, "x", message)).message).toBe("made 1");
  });
});

describe("number guards", () => {
  it("assertFinite", () => {
    const bad = [...NO_NUMBERS, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    check((v) => assertFinite(v, "options.x"), [0, -1.5, 1e300], bad, "pass a finite number");
  });

  it("assertInRange includes its ends", () => {
    check(
      (v) => assertInRange(v, "options.x", 0, 1),
      [0, 0.5, 1],
      [...NO_NUMBERS, -0.001, 1.001],
      "pass a number from 0 to 1",
    );
  });

  it("assertBetween excludes its ends", () => {
    check(
      (v) => assertBetween(v, "options.x", 0, 1),
      [1e-9, 0.5, 0.999],
      [...NO_NUMBERS, 0, 1, -1],
      "pass a number above 0 and below 1",
    );
  });

  it("assertInteger includes its ends, which are the safe integers unless given", () => {
    check(
      (v) => assertInteger(v, "options.x", -2, 3),
      [-2, 0, 3],
      [...NO_NUMBERS, -3, 4, 0.5],
      "pass a whole number from -2 to 3",
    );
    check(
      (v) => assertInteger(v, "options.x"),
      [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
      [2 ** 53, -(2 ** 53), 0.5, Number.POSITIVE_INFINITY],
      "pass a whole number from -9007199254740991 to 9007199254740991",
    );
  });
});

describe("assertOneOf", () => {
  it("lists the choices", () => {
    check(
      (v) => assertOneOf(v, "options.x", ["day", "week"]),
      ["day", "week"],
      ["month", "", undefined, 1],
      'pass one of "day", "week"',
    );
  });
});

describe("shown", () => {
  it.each<[unknown, string]>([
    ["IDR", '"IDR"'],
    ['a "b"', '"a \\"b\\""'],
    ["x".repeat(60), `"${"x".repeat(60)}"`],
    ["x".repeat(61), `"${"x".repeat(60)}..."`],
    [10.5, "10.5"],
    [Number.NaN, "NaN"],
    [true, "true"],
    [null, "null"],
    [undefined, "undefined"],
    [5n, "5n"],
    [new Date(0), "1970-01-01T00:00:00.000Z"],
    [new Date(Number.NaN), "an invalid Date"],
    [() => 1, "a function"],
    [[1, 2], "an array of 2"],
    [{ a: 1 }, "an object"],
    [Symbol("s"), "Symbol(s)"],
  ])("%# shows a value as people recognise it", (value, expected) => {
    expect(shown(value)).toBe(expected);
  });
});
