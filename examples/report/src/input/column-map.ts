import { inputError } from "./input-error.js";
import { type Field, fields } from "./options.js";

/** Reads the option `--map customer=..,at=..,amount=..`: column name or 1-based number, by field. */
export function readColumnMap(given: string): Partial<Record<Field, string>> {
  const map: Partial<Record<Field, string>> = {};
  for (const part of given.split(",")) {
    const [name = "", ...rest] = part.split("=");
    const column = rest.join("=").trim();
    const field = fields.find((each) => each.toLowerCase() === name.trim().toLowerCase());
    if (!field) {
      throw inputError(`--map names "${name.trim()}": the fields are ${fields.join(", ")}`);
    }
    if (column === "") {
      throw inputError(`--map gives no column for ${field}: write ${field}=NAME or ${field}=NUMBER`);
    }
    if (map[field] !== undefined) throw inputError(`--map gives ${field} twice`);
    map[field] = column;
  }
  return map;
}

/** Finds a mapped column: by its exact name, its name in any case, or its number. */
export function findColumn(field: Field, column: string, header: readonly string[]): number {
  const exact = header.indexOf(column);
  if (exact >= 0) return exact;
  const anyCase = header.findIndex((name) => name.toLowerCase() === column.toLowerCase());
  if (anyCase >= 0) return anyCase;
  const place = /^\d+$/.test(column) ? Number(column) - 1 : -1;
  if (place >= 0 && place < header.length) return place;
  throw inputError(
    `--map ${field}=${column}: there is no such column; the columns are ${header
      .map((name, index) => `${index + 1} "${name}"`)
      .join(", ")}`,
  );
}
