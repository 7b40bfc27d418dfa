import type { CustomerBridge, RevenueBridge } from "../retention/revenue/revenue-bridge.js";
import type { PeriodRevenueMovements, RevenueMovements } from "../retention/revenue/revenue-movements.js";
import type { PeriodRevenueRates, RevenueRateSeries } from "../retention/revenue/revenue-rates.js";

/** What revenue did in one period. @internal */
export interface RevenueStepOfPeriod {
  readonly label: string;
  readonly revenue: RevenueBridge;
  readonly customers: CustomerBridge;
  /** `null` where nothing was there at the start. */
  readonly netRetention: number | null;
  readonly grossRetention: number | null;
}

/**
 * The periods to draw.
 *
 * @throws RangeError when the period or the group is not in the series.
 * @internal
 */
export function stepsOf(
  series: RevenueMovements | RevenueRateSeries,
  { period, group }: { readonly period?: string; readonly group?: string | null },
): RevenueStepOfPeriod[] {
  const groups: readonly {
    readonly group: string | null;
    readonly periods: readonly (PeriodRevenueMovements | PeriodRevenueRates)[];
  }[] = series.groups ?? [];
  const taken = group === undefined ? series : groups.find((found) => found.group === group);
  // A series without a customer has no groups, whatever it was made with.
  if (taken === undefined && series.periods.length > 0)
    throw new RangeError(
      `group is ${String(group)}: pass one of ${groups.map((found) => String(found.group)).join(", ") || "a series made with groupBy"}`,
    );
  const steps = (taken?.periods ?? []).map((point) => ({
    label: "current" in point ? point.current.label : point.period.label,
    revenue: point.revenue,
    customers: point.customers,
    ...retentionOf(point),
  }));
  if (period === undefined) return steps;
  const found = steps.filter(({ label }) => label === period);
  if (found.length === 0)
    throw new RangeError(
      `period is ${period}: pass a label from ${steps[0]?.label ?? "a series with periods"} to ${steps.at(-1)?.label ?? "its last"}`,
    );
  return found;
}

function retentionOf(
  point: PeriodRevenueMovements | PeriodRevenueRates,
): Pick<RevenueStepOfPeriod, "netRetention" | "grossRetention"> {
  if ("netRetention" in point)
    return { netRetention: point.netRetention.value, grossRetention: point.grossRetention.value };
  const { base, netRetained, grossRetained } = point.revenue;
  const share = (kept: number): number | null => (base > 0 ? kept / base : null);
  return { netRetention: share(netRetained), grossRetention: share(grossRetained) };
}
