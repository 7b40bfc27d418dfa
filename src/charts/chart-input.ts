// A chart is drawn of the result of another function. What is none would end in the engine's own error, somewhere inside.

/**
 * Throws unless a chart was given a result: an object with these fields, each of which holds rows or an object.
 *
 * @param given - What the caller passed.
 * @param path - The name of the argument.
 * @param from - The function that gives such a result.
 * @param fields - What the drawing reads of it.
 * @throws RangeError otherwise, as for every argument of a chart.
 * @internal
 */
export function assertResult<Result>(
  given: Result,
  path: string,
  from: string,
  fields: readonly (keyof Result & string)[],
): void {
  assertFields(given, path, `the result of ${from}`, fields);
}

/** @internal */
export function assertChartOptions(options: unknown): void {
  if (!isObject(options)) throw new RangeError(`options is ${named(options)}: pass { ... }, or nothing`);
}

/** The same of an array, each element of which has these fields; `of` says what it is an array of. @internal */
export function assertResults<Result>(
  given: readonly Result[],
  path: string,
  of: string,
  fields: readonly (keyof Result & string)[],
): void {
  const wanted = `an array of ${of}`;
  if (!Array.isArray(given)) throw new RangeError(`${path} is ${named(given)}: pass ${wanted}`);
  for (const [i, one] of given.entries()) assertFields<Result>(one, `${path}[${i}]`, wanted, fields);
}

function assertFields<Result>(
  given: Result,
  path: string,
  wanted: string,
  fields: readonly (keyof Result & string)[],
): void {
  const missing = isObject(given) ? fields.find((field) => !isObject(given[field])) : undefined;
  if (isObject(given) && missing === undefined) return;
  const fault = missing === undefined ? `is ${named(given)}` : `has no ${missing}`;
  throw new RangeError(`${path} ${fault}: pass ${wanted}`);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function named(value: unknown): string {
  if (typeof value === "string")
    return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}...` : value);
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return isObject(value) ? "an object" : String(value);
}
