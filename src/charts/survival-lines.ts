import type { SurvivalCurve } from "../statistics/survival/kaplan-meier.js";

/** A corner of a stepped line. @internal */
type SurvivalCorner = { readonly time: number; readonly share: number };

/** A corner of the band around it. @internal */
type BandCorner = {
  readonly time: number;
  readonly lower: number | null;
  readonly upper: number | null;
};

/** A curve as it is drawn. @internal */
export interface SurvivalLine {
  readonly corners: readonly SurvivalCorner[];
  readonly band: readonly BandCorner[];
  /** Where subjects were last seen, and how many; those close together are one. */
  readonly censored: readonly (SurvivalCorner & { readonly customers: number })[];
  /** Where the line ends: with the last that were seen, or the horizon. */
  readonly end: SurvivalCorner;
}

/** More steps than these are not to be told apart. */
const MOST_STEPS = 600;
const MOST_TICKS = 60;

/** The last time of which a curve says something. @internal */
export function lastTime({ points, emptiedAt }: Pick<SurvivalCurve, "points" | "emptiedAt">): number {
  return emptiedAt ?? points.columns.time[points.length - 1] ?? 0;
}

/** The steps up to a time, as corners: a line between two times is level. @internal */
export function survivalLine(curve: SurvivalCurve, horizon: number): SurvivalLine {
  const { time, events, censored, survival, lower, upper } = curve.points.columns;
  const until = Math.min(horizon, lastTime(curve));
  const corners: SurvivalCorner[] = [{ time: 0, share: 1 }];
  const band: BandCorner[] = [];
  const ticks = new Map<number, SurvivalCorner & { customers: number }>();
  let step: BandCorner & SurvivalCorner = { time: 0, share: 1, lower: 1, upper: 1 };
  // Of several steps in a slot of time the last one is drawn, where it stands.
  let waiting: (BandCorner & SurvivalCorner) | null = null;
  const slotOf = (at: number, slots: number): number =>
    horizon > 0 ? Math.floor((at / horizon) * slots) : 0;
  const draw = (next: BandCorner & SurvivalCorner): void => {
    corners.push({ time: next.time, share: step.share }, { time: next.time, share: next.share });
    band.push(bandCorner(step, step.time), bandCorner(step, next.time));
    step = next;
  };
  // The fall to 0 that late entry makes is refuted by those who were seen later: the line ends before it.
  for (let i = 0; i < time.length && time[i] <= until && time[i] !== curve.emptiedAt; i++) {
    const at = time[i];
    if (events[i] > 0) {
      if (waiting !== null && slotOf(at, MOST_STEPS) !== slotOf(waiting.time, MOST_STEPS)) draw(waiting);
      waiting = { time: at, share: survival[i], lower: lower[i] ?? null, upper: upper[i] ?? null };
    }
    if (censored[i] > 0) {
      const slot = slotOf(at, MOST_TICKS);
      const before = ticks.get(slot)?.customers ?? 0;
      ticks.set(slot, { time: at, share: survival[i], customers: before + censored[i] });
    }
  }
  if (waiting !== null) draw(waiting);
  corners.push({ time: until, share: step.share });
  band.push(bandCorner(step, step.time), bandCorner(step, until));
  return { corners, band, censored: [...ticks.values()], end: { time: until, share: step.share } };
}

function bandCorner({ lower, upper }: BandCorner, time: number): BandCorner {
  return { time, lower, upper };
}

/** How many were under observation just before a time, as the next step has it; 0 after the last. @internal */
export function atRiskAt({ points }: SurvivalCurve, at: number): number {
  const { time, atRisk } = points.columns;
  const next = time.findIndex((step) => step >= at);
  return next < 0 ? 0 : (atRisk[next] ?? 0);
}

/** Far more than rounding does, far less than one subject of ten million. */
const TOLERANCE = Math.sqrt(Number.EPSILON);

/**
 * The time at which a share falls to a half: the middle where it runs level there, as `survivalQuantile` has it; `null`
 * when it does not.
 *
 * @internal
 */
export function halfTime(
  { points, emptiedAt }: SurvivalCurve,
  column: "survival" | "lower" | "upper",
): number | null {
  const { time } = points.columns;
  const known = emptiedAt === null ? time.length : time.indexOf(emptiedAt);
  const shares: readonly (number | null)[] = points.columns[column].slice(0, known);
  const reached = shares.findIndex((share) => share !== null && share <= 0.5 + TOLERANCE);
  if (reached < 0) return null;
  const below = shares.findIndex((share, i) => i >= reached && share !== null && share <= 0.5 - TOLERANCE);
  if (below < 0 && shares.at(-1) === null) return null;
  const until = below < 0 ? lastTime({ points, emptiedAt }) : (time[below] ?? 0);
  return ((time[reached] ?? 0) + until) / 2;
}
