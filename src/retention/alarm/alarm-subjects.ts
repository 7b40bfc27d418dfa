import type { CalendarSpan } from "../lifetimes/calendar-span.js";
import type { PurchaseGaps } from "./purchase-gaps.js";

/** Places in purchase gaps: whom an alarm can be about, and who is left out of it. @internal */
export interface AlarmSubjects {
  readonly watched: readonly number[];
  /** Silent for the whole span already. */
  readonly gone: readonly number[];
  /** With fewer gaps than are asked for. */
  readonly few: readonly number[];
}

/** The one rule by which the alarm and its evaluation agree on whom it can be about. @internal */
export function alarmSubjects(
  { customer, offsets, lastAt }: PurchaseGaps,
  asOf: number,
  span: CalendarSpan | null,
  minimumGaps: number,
): AlarmSubjects {
  const watched: number[] = [];
  const gone: number[] = [];
  const few: number[] = [];
  for (let place = 0; place < customer.length; place++) {
    if (span?.isOver(lastAt[place], asOf)) gone.push(place);
    else if (offsets[place + 1] - offsets[place] < minimumGaps) few.push(place);
    else watched.push(place);
  }
  return { watched, gone, few };
}
