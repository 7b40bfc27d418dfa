import { inputError } from "./input-error.js";
import { type Field, fields, requiredFields } from "./options.js";

/** What `--map` says of a field that no column holds; a column of that name goes by its number. */
export const NO_COLUMN = "none";

/** Reads the option `--map customer=..,at=..,amount=..`: column name or 1-based number, by field. */
export function readColumnMap(given: string): Partial<Record<Field, string>> {
  const map: Partial<Record<Field, string>> = {};
  for (const part of given.split(",")) {
    const [name = "", ...rest] = part.split("=");
    const said = rest.join("=").trim();
    const column = said.toLowerCase() === NO_COLUMN ? NO_COLUMN : said;
    const field = fields.find((each) => each.toLowerCase() === name.trim().toLowerCase());
    if (!field) {
      throw inputError(`--map names "${name.trim()}": the fields are ${fields.join(", ")}`);
    }
    if (column === "") {
      throw inputError(`--map gives no column for ${field}: write ${field}=NAME or ${field}=NUMBER`);
    }
    if (map[field] !== undefined) throw inputError(`--map gives ${field} twice`);
    if (column === NO_COLUMN && requiredFields.some((each) => each === field)) {
      throw inputError(`--map ${field}=${NO_COLUMN}: there is no transaction without it; name its column`);
    }
    map[field] = column;
  }
  return map;
}

/** Finds a mapped column: by its exact name, its name in any case, or its number. */
export function findColumn(field: Field, column: string, header: readonly string[]): number {
  const places = header.map((name, index) => ({ name, index }));
  const exact = places.filter(({ name }) => name === column);
  const anyCase = places.filter(({ name }) => name.toLowerCase() === column.toLowerCase());
  const [named, twin] = exact.length > 0 ? exact : anyCase;
  if (named && twin) {
    throw inputError(
      `--map ${field}=${column}: columns ${named.index + 1} and ${twin.index + 1} have that name: pass the number`,
    );
  }
  if (named) return named.index;
  const place = /^\d+$/.test(column) ? Number(column) - 1 : -1;
  if (place >= 0 && place < header.length) return place;
  throw inputError(
    `--map ${field}=${column}: there is no such column; the columns are ${header
      .map((name, index) => `${index + 1} "${name}"`)
      .join(", ")}`,
  );
}
