import { instantOrNaN, isInstantMs } from "../../core/instant.js";
import { type FieldRecord, fieldReader, inheritsNone } from "./field-reader.js";
import type { FieldRule, RuleComparison } from "./rule.js";
import type { RuleClock } from "./rule-clock.js";
import type { FieldKind } from "./rule-fields.js";
import type { RuleTest } from "./rule-test.js";
import { INSTANT_RANGES, instantRange, valueTest } from "./value-test.js";

/**
 * The test of a condition on a field of a record.
 *
 * The commonest conditions on a field at the top of a record are written out: reading the field and holding it against
 * the value in one closure takes half the time of calling one for each.
 *
 * @internal
 */
export function fieldTest(rule: FieldRule, kind: FieldKind, clock: RuleClock, trusted: boolean): RuleTest {
  const { field } = rule;
  const isPlainRead = trusted && !field.includes(".") && inheritsNone([field]);
  const direct = isPlainRead ? directTest(rule, field, kind, clock) : null;
  if (direct) return direct;
  const read = fieldReader(field, trusted);
  const holds = valueTest(rule, kind, clock);
  return (record) => holds(read(record));
}

function directTest(rule: FieldRule, name: string, kind: FieldKind, clock: RuleClock): RuleTest | null {
  if (kind.isList) return null;
  switch (kind.type) {
    case "number":
      return directNumberTest(rule, name);
    case "instant":
      return directInstantTest(rule, name, clock);
    case "text":
      return directTextTest(rule, name);
    default:
      return null;
  }
}

function directTextTest(rule: FieldRule, name: string): RuleTest | null {
  if (rule.op === "eq") {
    const { value } = rule;
    return (record) => record[name] === value;
  }
  if (rule.op === "startsWith" && !rule.ignoreCase && rule.value !== "") {
    const { value } = rule;
    const first = value.charCodeAt(0);
    return (record) => {
      const text = record[name];
      return typeof text === "string" && text.charCodeAt(0) === first && text.startsWith(value);
    };
  }
  if (rule.op !== "in" || rule.values.length === 0 || rule.values.length > 4) return null;
  // Repeating the last of fewer than four changes nothing.
  const [a, b = a, c = b, d = c] = rule.values;
  return (record) => {
    const text = record[name];
    return text === a || text === b || text === c || text === d;
  };
}

function directNumberTest(rule: FieldRule, name: string): RuleTest | null {
  const number = (record: FieldRecord): number => {
    const value = record[name];
    return typeof value === "number" ? value : Number.NaN;
  };
  switch (rule.op) {
    case "eq": {
      const { value } = rule;
      return (record) => record[name] === value;
    }
    case "lt": {
      const bound = Number(rule.value);
      return (record) => number(record) < bound;
    }
    case "lte": {
      const bound = Number(rule.value);
      return (record) => number(record) <= bound;
    }
    case "gt": {
      const bound = Number(rule.value);
      return (record) => number(record) > bound;
    }
    case "gte": {
      const bound = Number(rule.value);
      return (record) => number(record) >= bound;
    }
    case "between": {
      const [from, to] = [Number(rule.from), Number(rule.to)];
      return (record) => {
        const value = record[name];
        return typeof value === "number" && value >= from && value <= to;
      };
    }
    default:
      return null;
  }
}

function directInstantTest(rule: FieldRule, name: string, clock: RuleClock): RuleTest | null {
  if (!INSTANT_RANGES.includes(rule.op)) return null;
  const { start, end } = instantRange(rule as unknown as RuleComparison, clock);
  const { timeZone } = clock;
  return (record) => {
    const value = record[name];
    const ms =
      typeof value === "number"
        ? value
        : value instanceof Date
          ? value.getTime()
          : value === null || value === undefined
            ? Number.NaN
            : instantOrNaN(value, timeZone);
    // A number in the range is still none of the instants when it is no whole one.
    return ms >= start && ms < end && isInstantMs(ms);
  };
}
