import type { FieldRecord } from "./field-reader.js";

/**
 * Whether a rule holds for a record. What was measured of its events stands in `measures` from place `base` on, one number
 * for each event condition, NaN for "none".
 *
 * @internal
 */
export type RuleTest = (record: FieldRecord, measures: Float64Array, base: number) => boolean;

// Calls instead of loops: a loop over closures costs as much again as the conditions themselves.

/** @internal */
export function allOf(tests: readonly RuleTest[]): RuleTest {
  if (tests.length > 4) return allOf(quarters(tests).map(allOf));
  const [a, b, c, d] = tests;
  switch (tests.length) {
    case 0:
      return () => true;
    case 1:
      return a;
    case 2:
      return (record, measures, base) => a(record, measures, base) && b(record, measures, base);
    case 3:
      return (record, measures, base) =>
        a(record, measures, base) && b(record, measures, base) && c(record, measures, base);
    default:
      return (record, measures, base) =>
        a(record, measures, base) &&
        b(record, measures, base) &&
        c(record, measures, base) &&
        d(record, measures, base);
  }
}

/** @internal */
export function anyOf(tests: readonly RuleTest[]): RuleTest {
  if (tests.length > 4) return anyOf(quarters(tests).map(anyOf));
  const [a, b, c, d] = tests;
  switch (tests.length) {
    case 0:
      return () => false;
    case 1:
      return a;
    case 2:
      return (record, measures, base) => a(record, measures, base) || b(record, measures, base);
    case 3:
      return (record, measures, base) =>
        a(record, measures, base) || b(record, measures, base) || c(record, measures, base);
    default:
      return (record, measures, base) =>
        a(record, measures, base) ||
        b(record, measures, base) ||
        c(record, measures, base) ||
        d(record, measures, base);
  }
}

/** @internal */
export function atLeastOf(count: number, tests: readonly RuleTest[]): RuleTest {
  if (count <= 0) return () => true;
  if (count > tests.length) return () => false;
  return (record, measures, base) => {
    let held = 0;
    for (let i = 0; i < tests.length; i++) {
      if (tests[i](record, measures, base)) {
        held++;
        if (held === count) return true;
      } else if (held + tests.length - i - 1 < count) return false;
    }
    return false;
  };
}

/** @internal */
export function notOf(test: RuleTest): RuleTest {
  return (record, measures, base) => !test(record, measures, base);
}

/** Four parts of a list in its order, the longer first: five become 2, 1, 1, 1, and thousands a tree that is not deep. */
function quarters<Item>(items: readonly Item[]): Item[][] {
  const parts: Item[][] = [];
  let from = 0;
  for (let left = 4; left > 0; left--) {
    const to = from + Math.ceil((items.length - from) / left);
    parts.push(items.slice(from, to));
    from = to;
  }
  return parts;
}
