import { assertArgument } from "../../core/assert.js";
import { type PeriodOptions, type PeriodSpec, periodAt } from "../../core/period.js";
import { periodOptionReader } from "../../core/period-option.js";
import { byName } from "../../history/customer-groups.js";
import type { KnownFacts } from "../../history/known-facts.js";
import type { TextColumn } from "../../history/log-columns.js";
import type { RowKeys } from "./log-cells.js";

/** Keys with their names, in the order in which groups are shown; the last is that of no key. @internal */
export interface NamedKeys extends RowKeys {
  readonly names: readonly (string | null)[];
  /** The key of a cost that has a place of its own. */
  readonly keyOf: (own: string | number) => number;
}

/**
 * The channel, product or period of each row, and those of costs that have one of their `own`; a refund of a known purchase
 * has the purchase's channel and product.
 *
 * @internal
 */
export function rowKeys(
  facts: KnownFacts,
  by: "channel" | "product" | PeriodSpec,
  calendar: Omit<PeriodOptions, "timeZone">,
  own: ReadonlySet<string | number>,
): NamedKeys {
  if (by === "channel" || by === "product") {
    const column = facts.log[by];
    assertArgument(
      column !== null,
      "options.by",
      () =>
        `options.by is "${by}", and log has no ${by}s: give them to transactionLog(), or group by another`,
    );
    return textKeys(facts, column, own);
  }
  return periodKeys(facts, by, calendar, own);
}

function textKeys(
  { log }: KnownFacts,
  { codes, values }: TextColumn,
  own: ReadonlySet<string | number>,
): NamedKeys {
  const named = [...values, ...Array.from(own, String)].filter((name) => name !== null);
  const names = [...new Set(named)].sort(byName);
  const placeOf = new Map(names.map((name, place) => [name, place]));
  const place = values.map((name) => (name === null ? names.length : (placeOf.get(name) ?? 0)));
  const { purchaseRow } = log;
  return {
    names: [...names, null],
    count: names.length + 1,
    keyOf: (name) => placeOf.get(String(name)) ?? names.length,
    of: (row) => place[codes[purchaseRow && purchaseRow[row] >= 0 ? purchaseRow[row] : row]],
  };
}

function periodKeys(
  { log, timeZone }: KnownFacts,
  spec: PeriodSpec,
  { weekStartsOn, firstMonth }: Omit<PeriodOptions, "timeZone">,
  own: ReadonlySet<string | number>,
): NamedKeys {
  const calendar = { timeZone, weekStartsOn, firstMonth };
  const indexOf = periodOptionReader(spec, calendar, "options.by");
  const { at, firstAt, lastAt } = log;
  let [earliest, latest] = [firstAt ?? Number.POSITIVE_INFINITY, lastAt ?? Number.NEGATIVE_INFINITY];
  for (const instant of own) {
    earliest = Math.min(earliest, Number(instant));
    latest = Math.max(latest, Number(instant));
  }
  const first = latest < earliest ? 0 : indexOf(earliest);
  const periods = latest < earliest ? 0 : indexOf(latest) - first + 1;
  const labels = Array.from({ length: periods }, (_, i) => periodAt(first + i, spec, calendar).label);
  return {
    names: [...labels, null],
    count: periods + 1,
    keyOf: (instant) => indexOf(Number(instant)) - first,
    of: (row) => indexOf(at[row]) - first,
  };
}
