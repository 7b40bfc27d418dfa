import { type PeriodUnit, periodAt, periodReader } from "../../core/period.js";

/** The name of the local period that holds an instant. @internal */
export type PeriodKey = (at: number) => string;

/**
 * The name of the local day, week (from Monday), month ... of an instant, as `periodOf` gives it. Orders come in the order of
 * time, or nearly: the name of the period before is kept.
 *
 * @internal
 */
export function periodKey(unit: PeriodUnit, timeZone: string): PeriodKey {
  const indexOf = periodReader(unit, { timeZone });
  let index = Number.NaN;
  let label = "";
  return (at) => {
    const now = indexOf(at);
    if (now !== index) {
      label = periodAt(now, unit, { timeZone }).label;
      index = now;
    }
    return label;
  };
}
