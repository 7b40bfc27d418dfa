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
}

/** The channel, product or period of each row; a refund of a known purchase has the purchase's channel and product. @internal */
export function rowKeys(
  facts: KnownFacts,
  by: "channel" | "product" | PeriodSpec,
  calendar: Omit<PeriodOptions, "timeZone">,
): NamedKeys {
  if (by === "channel" || by === "product") {
    const column = facts.log[by];
    assertArgument(
      column !== null,
      "options.by",
      () =>
        `options.by is "${by}", and log has no ${by}s: give them to transactionLog(), or group by another`,
    );
    return textKeys(facts, column);
  }
  return periodKeys(facts, by, calendar);
}

function textKeys({ log }: KnownFacts, { codes, values }: TextColumn): NamedKeys {
  const names = values.filter((name) => name !== null).sort(byName);
  const placeOf = new Map(names.map((name, place) => [name, place]));
  const place = values.map((name) => (name === null ? names.length : (placeOf.get(name) ?? 0)));
  const { purchaseRow } = log;
  return {
    names: [...names, null],
    count: names.length + 1,
    of: (row) => place[codes[purchaseRow && purchaseRow[row] >= 0 ? purchaseRow[row] : row]],
  };
}

function periodKeys(
  { log, timeZone }: KnownFacts,
  spec: PeriodSpec,
  { weekStartsOn, firstMonth }: Omit<PeriodOptions, "timeZone">,
): NamedKeys {
  const calendar = { timeZone, weekStartsOn, firstMonth };
  const indexOf = periodOptionReader(spec, calendar, "options.by");
  const { at, firstAt, lastAt } = log;
  const first = firstAt === null ? 0 : indexOf(firstAt);
  const periods = lastAt === null ? 0 : indexOf(lastAt) - first + 1;
  const labels = Array.from({ length: periods }, (_, i) => periodAt(first + i, spec, calendar).label);
  return { names: [...labels, null], count: periods + 1, of: (row) => indexOf(at[row]) - first };
}
