import { isDate } from "../../core/is-date.js";

/**
 * A copy of what a caller passed, as plain data: own enumerable properties, lists and dates. What comes twice, or lies in
 * itself, does so in the copy.
 *
 * @internal
 */
export function plainDataCopy<Value extends object>(value: Value): Value {
  return copyOf(value, null) as Value;
}

function copyOf(value: unknown, known: Map<object, unknown> | null): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (isDate(value)) return new Date(value.getTime());
  const seen = known ?? new Map<object, unknown>();
  const given = seen.get(value);
  if (given !== undefined) return given;
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    seen.set(value, list);
    for (const item of value) list.push(copyOf(item, seen));
    return list;
  }
  const copy: Record<string, unknown> = {};
  seen.set(value, copy);
  for (const [name, part] of Object.entries(value)) {
    const own = typeof part === "object" ? copyOf(part, seen) : part;
    // Assigned, it would become the prototype.
    if (name === "__proto__") Object.defineProperty(copy, name, { ...OPEN, value: own });
    else copy[name] = own;
  }
  return copy;
}

const OPEN = { writable: true, enumerable: true, configurable: true };
