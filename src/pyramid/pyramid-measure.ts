import { assertArgument, shown } from "../core/assert.js";

/**
 * By what active customers are ranked: what they brought in the window (`"revenue"`, net of refunds, or `"profit"`), or a
 * number of your own for each, in any unit: a `Map` or an object by customer id, or a function of the id.
 */
export type PyramidMeasure =
  | "revenue"
  | "profit"
  | ReadonlyMap<string, number>
  | Readonly<Record<string, number>>
  | ((customerId: string) => number);

/** What a measure is called in a result. @internal */
export type MeasureName = "revenue" | "profit" | "custom";

/** @internal */
export function measureName(measure: PyramidMeasure): MeasureName {
  return measure === "revenue" || measure === "profit" ? measure : "custom";
}

/** Reads the measure of one customer, given by id and by place in the columns of revenue and profit. @internal */
export function measureReader(
  measure: PyramidMeasure,
  revenue: ArrayLike<number>,
  profit: ArrayLike<number> | null,
): (customerId: string, place: number) => number {
  const path = "options.measure";
  if (measure === "revenue") return (_, place) => revenue[place];
  if (measure === "profit") {
    assertArgument(
      profit !== null,
      path,
      () =>
        `${path} is "profit", and the log has no costs: give each purchase its cost, or rank by "revenue"`,
    );
    return (_, place) => profit[place];
  }
  const own = ownNumbers(measure, path);
  return (customerId) => {
    const value = own(customerId);
    assertArgument(
      Number.isFinite(value),
      path,
      () => `${path} gives ${shown(value)} for customer ${shown(customerId)}: pass a finite number for each`,
    );
    return (value as number) + 0;
  };
}

function ownNumbers(
  measure: Exclude<PyramidMeasure, "revenue" | "profit">,
  path: string,
): (customerId: string) => unknown {
  if (typeof measure === "function") return measure;
  assertArgument(
    typeof measure === "object" && measure !== null,
    path,
    () => `${path} is ${shown(measure)}: pass "revenue", "profit", a Map, an object or a function of the id`,
  );
  if (isMap(measure)) return (customerId) => measure.get(customerId);
  return (customerId) => (Object.hasOwn(measure, customerId) ? measure[customerId] : undefined);
}

/** Maps of another realm are no `instanceof Map`. */
function isMap(value: object): value is ReadonlyMap<string, number> {
  return Object.prototype.toString.call(value) === "[object Map]";
}
