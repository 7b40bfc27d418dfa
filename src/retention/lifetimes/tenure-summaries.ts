import { DAYS_IN } from "../../core/days-in.js";
import { type DurationSummary, durationSummary } from "../purchases/duration-summary.js";
import { assertUnit, type LifetimeUnit } from "./lifetime-table.js";

/** In what a tenure is measured. */
export interface TenureUnitOptions {
  /** Default `"day"`. A week is 7 days, a month 365.25 / 12, a year 365.25. */
  readonly unit?: LifetimeUnit;
}

/** How long customers have been with us so far, in `unit`. */
export interface TenureSummaries {
  /** All customers. */
  readonly all: DurationSummary;
  /** Customers who are still active: theirs goes on. */
  readonly active: DurationSummary;
  /** Customers who are not. */
  readonly lapsed: DurationSummary;
  /** Unit of all tenures. */
  readonly unit: LifetimeUnit;
}

/** The unit of the options, checked, with its days. @internal */
export function tenureUnit({ unit = "day" }: TenureUnitOptions): { name: LifetimeUnit; days: number } {
  assertUnit(unit);
  return { name: unit, days: DAYS_IN[unit] };
}

/** Describes tenures in whole days; the arrays are parallel. @internal */
export function tenureSummaries(
  days: readonly number[],
  active: readonly boolean[],
  unit: { readonly name: LifetimeUnit; readonly days: number },
): TenureSummaries {
  const describe = (part: readonly number[], what: string) => durationSummary(part, unit.days, what);
  return {
    all: describe(days, "customers"),
    active: describe(
      days.filter((_, i) => active[i]),
      "active customers",
    ),
    lapsed: describe(
      days.filter((_, i) => !active[i]),
      "lapsed customers",
    ),
    unit: unit.name,
  };
}
