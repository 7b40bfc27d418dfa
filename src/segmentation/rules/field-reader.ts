/** A record whose fields a rule reads: a plain object of the caller's. @internal */
export type FieldRecord = Readonly<Record<string, unknown>>;

/**
 * A reader of the value at a path; `undefined` where a step is missing.
 *
 * Own properties alone count. A plain object inherits from `Object.prototype` only, so that a name which that does not
 * have needs no further look: `trusted` readers save it. They are for records that are known to be plain, while
 * {@link inheritsNone} of the names that are read.
 *
 * @internal
 */
export function fieldReader(path: string, trusted: boolean): (record: FieldRecord) => unknown {
  const steps = path.split(".");
  const [name] = steps;
  if (steps.length === 1) {
    return trusted && inheritsNone([name])
      ? (record) => record[name]
      : (record) => (Object.hasOwn(record, name) ? record[name] : undefined);
  }
  return (record) => {
    let value: unknown = record;
    for (const step of steps) {
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
      value = (value as FieldRecord)[step];
    }
    return value;
  };
}

/** Whether a value is an object that has no properties but its own and those of `Object.prototype`. @internal */
export function isPlainRecord(value: unknown): value is FieldRecord {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Whether plain objects inherit none of these: other code can give `Object.prototype` more at any time. @internal */
export function inheritsNone(names: readonly string[]): boolean {
  for (let i = 0; i < names.length; i++) if (names[i] in Object.prototype) return false;
  return true;
}
