import { type PeriodUnit, periodAt, periodOf } from "../../core/period.js";
import type { LoyaltyProgram } from "../program/loyalty-program.js";

/** The period that was asked for last, and the end that it led to. */
interface KnownEnd {
  readonly start: number;
  readonly end: number;
  readonly lapse: number;
}

// Orders come in the order of time, or nearly: most ask for the period of the order before.
const known = /* @__PURE__ */ new WeakMap<LoyaltyProgram, Map<string, KnownEnd>>();

/**
 * The end of the local period that holds an instant, or of one that comes so many periods after it.
 *
 * @internal
 */
export function endOfPeriod(program: LoyaltyProgram, unit: PeriodUnit, at: number, later: number): number {
  let ends = known.get(program);
  if (ends === undefined) {
    ends = new Map();
    known.set(program, ends);
  }
  const name = later === 0 ? unit : `${unit}+${later}`;
  const last = ends.get(name);
  if (last !== undefined && at >= last.start && at < last.end) return last.lapse;
  const { timeZone } = program;
  const { start, end, index } = periodOf(at, unit, { timeZone });
  const lapse = later === 0 ? end : periodAt(index + later, unit, { timeZone }).end;
  ends.set(name, { start, end, lapse });
  return lapse;
}
