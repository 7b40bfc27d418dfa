import { parseCivilDay } from "../../core/civil-day.js";
import { isCivilDay } from "../../core/instant.js";
import type { QueryOperator } from "./query-builder-operators.js";
import type { FieldKind } from "./rule-fields.js";
import type { RuleImport } from "./rule-import.js";
import { refuse, reject } from "./rule-refusal.js";

/**
 * The value of a query rule as rules have it, under the keys of the rule: inputs of a form give numbers as text, and lists
 * with commas. `null` where it gives none.
 *
 * @internal
 */
export function readQueryValue(
  value: unknown,
  { op, takes }: QueryOperator,
  kind: FieldKind,
  path: string,
  into: RuleImport,
): Readonly<Record<string, unknown>> | null {
  if (takes === "none") return {};
  const isOfStarts = op === "gte" || op === "lt";
  if (takes === "one") {
    const one = readOne(value, kind, isOfStarts, path, into);
    return one === null ? null : { value: one };
  }
  const items = listOf(value, takes === "range", path, into);
  if (items === null) return null;
  const isArray = Array.isArray(value);
  const values = items.map((item, i) => {
    const place = isArray ? `${path}[${i}]` : path;
    return takes === "list" && hasBlanks(item)
      ? refuse(into, place, item, BLANKS)
      : readOne(item, kind, isOfStarts, place, into);
  });
  if (values.includes(null)) return null;
  if (takes === "list") return values.length === 0 ? refuse(into, path, value, EMPTY_LIST) : { values };
  const [from, to] = values;
  return values.length === 2 ? { from, to } : reject(into, path, value, "is not a pair of values");
}

/** What is said of a list without items. @internal */
export const EMPTY_LIST = "is empty, which react-querybuilder's exports take for everybody";

/** What is said of an item of a list. @internal */
export const BLANKS = "begins or ends with blanks, which react-querybuilder leaves out of lists";

/** Whether a text is another one in react-querybuilder's exports of lists. @internal */
export function hasBlanks(item: unknown): boolean {
  return typeof item === "string" && item !== item.trim();
}

function readOne(
  value: unknown,
  kind: FieldKind,
  isOfStarts: boolean,
  path: string,
  into: RuleImport,
): string | number | boolean | null {
  const typed = typedValue(value, kind);
  if (typed === undefined) return reject(into, path, value, `is no value for a field of type ${kind.type}`);
  return kind.type === "instant" && !isOfStarts && isDay(typed as string)
    ? refuse(into, path, value, DAY_AS_INSTANT)
    : typed;
}

function isDay(text: string): boolean {
  return isCivilDay(text) && !Number.isNaN(parseCivilDay(text));
}

const DAY_AS_INSTANT =
  "is a whole day in rules, and its first instant in react-querybuilder's exports: compare days with >= and < alone";

/** The value in the type of the field; `undefined` where it is not one. */
function typedValue(value: unknown, { type }: FieldKind): string | number | boolean | undefined {
  switch (type) {
    case "number": {
      if (typeof value === "number") return value;
      // No two parts of the pattern can take the same character: its time is that of the text's length.
      const isNumber =
        typeof value === "string" && /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(value.trim());
      const number = isNumber ? Number(value) : Number.NaN;
      return Number.isFinite(number) ? number : undefined;
    }
    case "boolean":
      if (typeof value === "boolean") return value;
      return value === "true" ? true : value === "false" ? false : undefined;
    default:
      return typeof value === "string" ? value : undefined;
  }
}

/** A list, or text with commas between its items; a comma of an item has a backslash before it. */
function listOf(
  value: unknown,
  keepsBlanks: boolean,
  path: string,
  into: RuleImport,
): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  if (typeof value !== "string") return reject(into, path, value, "is no list");
  // Counted before they are made: texts of nothing but commas are the largest lists there are.
  const count = countItems(value);
  if (count > into.listLength)
    return reject(into, path, value, `has ${count} items, more than the ${into.listLength} allowed`);
  if (into.items + count > into.entries)
    return reject(
      into,
      path,
      value,
      `brings the items of lists to more than the ${into.entries} allowed in all`,
    );
  into.items += count;
  const items = value.split(/(?<!\\),/).map((item) => item.replaceAll("\\,", ",").trim());
  // One of its exports leaves the blanks of a range out, another the range: they are no values here.
  return keepsBlanks ? items : items.filter((item) => item !== "");
}

function countItems(text: string): number {
  let count = 1;
  for (let at = text.indexOf(","); at >= 0; at = text.indexOf(",", at + 1))
    if (text[at - 1] !== "\\") count++;
  return count;
}
