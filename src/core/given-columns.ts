import { assertArgument, shown } from "./assert.js";

/** Columns that a caller made by hand, or those of a table: arrays or typed arrays, whose cells are still to be checked. @internal */
export interface GivenColumns {
  readonly length: number;
  /** A column that must be there. */
  readonly needed: (name: string) => ArrayLike<unknown>;
  /** A column that may be left out, or be `null`. */
  readonly optional: (name: string) => ArrayLike<unknown> | null;
}

/** Reads columns, each of which has to be as long as the one called `first`. @internal */
export function givenColumns(given: object, path: string, first: string): GivenColumns {
  const isTable = "columns" in given && typeof given.columns === "object" && given.columns !== null;
  const columns = (isTable ? given.columns : given) as Readonly<Record<string, unknown>>;
  const prefix = isTable ? `${path}.columns` : path;
  const { length } = listOf(columns[first], `${prefix}.${first}`);
  const needed = (name: string) => {
    const list = listOf(columns[name], `${prefix}.${name}`);
    assertArgument(
      list.length === length,
      `${prefix}.${name}`,
      () =>
        `${prefix}.${name} has ${list.length} values, ${prefix}.${first} has ${length}: pass one for each row`,
    );
    return list;
  };
  return { length, needed, optional: (name) => ((columns[name] ?? null) === null ? null : needed(name)) };
}

function listOf(value: unknown, path: string): ArrayLike<unknown> {
  assertArgument(
    Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value),
    path,
    () => `${path} is ${shown(value)}: pass an array with one value for each row`,
  );
  return value as ArrayLike<unknown>;
}
