import { leastCommonMultiple } from "../program/exact-factor.js";
import type { MultiplierRule } from "./compiled-earning.js";
import {
  dealtPoints,
  type ExactShares,
  hasShare,
  timesFactor,
  timesFactors,
  wholeShares,
} from "./exact-shares.js";
import {
  capOf,
  type GivenPoints,
  type QualifyingLines,
  qualifyingLines,
  type Rounding,
  roundedPoints,
  takeLines,
  withoutLesser,
} from "./given-points.js";
import type { OrderFacts } from "./order-facts.js";

/** A multiplier that applies to the order, and to which of its lines. */
interface Applying {
  readonly rule: MultiplierRule;
  readonly lines: QualifyingLines;
}

/**
 * Lets the multipliers of a point type act on what its rules gave.
 *
 * Those of one priority act side by side on the same points (two and three times make four times: each adds what it adds);
 * one of a higher priority acts on what those below it made. Fractions are dropped once, from the points of a rule with all
 * that acts on them: what a multiplier adds is what the whole points rise by.
 *
 * @internal
 */
export function multiplyPoints(
  given: readonly GivenPoints[],
  multipliers: readonly MultiplierRule[],
  facts: OrderFacts,
  rounding: Rounding,
): void {
  if (multipliers.length === 0 || given.length === 0) return;
  const applying = applyingTo(given, multipliers, facts, rounding);
  if (isOneForAll(applying)) {
    const { rule } = applying[0];
    for (const one of given) if (isTarget(one, rule.priority)) multiplyWhole(one, rule, rounding);
    return;
  }
  // From the lowest priority up; the list runs from the highest down.
  let end = applying.length;
  while (end > 0) {
    const { priority } = applying[end - 1].rule;
    let start = end - 1;
    while (start > 0 && applying[start - 1].rule.priority === priority) start--;
    const targets = given.filter((one) => isTarget(one, priority));
    multiplySideBySide(targets, applying.slice(start, end), facts, rounding);
    end = start;
  }
}

function isTarget(one: GivenPoints, priority: number): boolean {
  return one.onLines && one.rule.priority <= priority;
}

function applyingTo(
  given: readonly GivenPoints[],
  multipliers: readonly MultiplierRule[],
  facts: OrderFacts,
  rounding: Rounding,
): readonly Applying[] {
  const applying: Applying[] = [];
  let taken: Map<string, boolean[]> | null = null;
  let hasBest = false;
  for (const rule of multipliers) {
    const lines = qualifyingLines(rule, facts, taken?.get(rule.group));
    if (lines === null || !givesAnything(given, rule, lines)) continue;
    applying.push({ rule, lines });
    hasBest ||= rule.stacking === "best";
    if (rule.stacking !== "exclusive") continue;
    taken ??= new Map();
    takeLines(taken, rule.group, lines, facts);
  }
  return hasBest ? withoutLesser(applying, (one) => aloneAdds(given, one, facts, rounding)) : applying;
}

function givesAnything(
  given: readonly GivenPoints[],
  { priority }: MultiplierRule,
  lines: QualifyingLines,
): boolean {
  for (const one of given) {
    if (!isTarget(one, priority)) continue;
    const { shares } = one;
    for (let i = 0; i < shares.parts.length; i++) {
      if (hasShare(shares, i) && (lines === "all" || lines[i])) return true;
    }
  }
  return false;
}

/** What a multiplier would add if there were no other: by this the best one is found. */
function aloneAdds(
  given: readonly GivenPoints[],
  { rule, lines }: Applying,
  facts: OrderFacts,
  rounding: Rounding,
): number {
  let adds = 0;
  for (const one of given) {
    if (!isTarget(one, rule.priority)) continue;
    const { times, over } = rule.factor;
    const factors = one.shares.parts.map((_, i) => (lines === "all" || lines[i] ? times : over));
    adds += rounded(timesFactors(one.shares, factors, over, null), one, rounding) - one.points;
  }
  return Math.min(adds, capOf(rule, "beforeMultiplier", facts));
}

/** The factors of the lines of one rule's points, over a common denominator, and whole points added under a cap. */
interface Growing {
  readonly one: GivenPoints;
  readonly factors: number[];
  readonly whole: number[];
}

function multiplySideBySide(
  targets: readonly GivenPoints[],
  applying: readonly Applying[],
  facts: OrderFacts,
  rounding: Rounding,
): void {
  if (isOneForAll(applying)) {
    for (const one of targets) multiplyWhole(one, applying[0].rule, rounding);
    return;
  }
  const over = applying.reduce((multiple, { rule }) => leastCommonMultiple(multiple, rule.factor.over), 1);
  const growing = targets.map((one) => ({
    one,
    factors: one.shares.parts.map(() => over),
    whole: one.shares.parts.map(() => 0),
  }));
  for (const each of applying) addMultiplier(growing, each, over, facts, rounding);
  for (const { one, factors, whole } of growing) one.shares = grown(one.shares, factors, over, whole);
}

/** The usual case: one multiplier for all lines. */
function isOneForAll(applying: readonly Applying[]): boolean {
  return applying.length === 1 && applying[0].lines === "all" && applying[0].rule.caps.length === 0;
}

function multiplyWhole(one: GivenPoints, rule: MultiplierRule, rounding: Rounding): void {
  one.shares = timesFactor(one.shares, rule.factor.times, rule.factor.over);
  addGain(one, rule, rounded(one.shares, one, rounding) - one.points);
}

function addMultiplier(
  growing: readonly Growing[],
  { rule, lines }: Applying,
  over: number,
  facts: OrderFacts,
  rounding: Rounding,
): void {
  const step = (over / rule.factor.over) * (rule.factor.times - rule.factor.over);
  const gains = growing.map(({ one, factors, whole }) => {
    let isTouched = false;
    for (let i = 0; i < factors.length; i++) {
      if (lines !== "all" && !lines[i]) continue;
      factors[i] += step;
      isTouched ||= hasShare(one.shares, i);
    }
    if (!isTouched) return 0;
    return rounded(grown(one.shares, factors, over, whole), one, rounding) - one.points;
  });
  const sum = gains.reduce((total, gain) => total + gain, 0);
  const cap = rule.caps.length === 0 ? Number.POSITIVE_INFINITY : capOf(rule, "beforeMultiplier", facts);
  if (sum <= cap) {
    for (const [i, { one }] of growing.entries()) addGain(one, rule, gains[i]);
    return;
  }
  // Where the cap binds, what is left of the multiplier is whole points, in proportion to what it would have added.
  const dealt = dealtPoints(cap, wholeShares(gains));
  for (const [place, { one, factors, whole }] of growing.entries()) {
    const added = one.shares.parts.map((_, i) => (lines === "all" || lines[i] ? 1 : 0));
    for (let i = 0; i < factors.length; i++) factors[i] -= step * added[i];
    if (dealt[place] > 0) {
      const onItsLines = dealtPoints(dealt[place], timesFactors(one.shares, added, 1, null));
      for (let i = 0; i < whole.length; i++) whole[i] += onItsLines[i];
    }
    addGain(one, rule, dealt[place]);
  }
}

/** A sum of factors below 1 may come to less than nothing: no line gives less than that. */
function grown(
  shares: ExactShares,
  factors: readonly number[],
  over: number,
  whole: readonly number[],
): ExactShares {
  return timesFactors(
    shares,
    factors.map((factor) => Math.max(0, factor)),
    over,
    whole,
  );
}

function rounded(shares: ExactShares, one: GivenPoints, rounding: Rounding): number {
  return roundedPoints(shares, one.perLine, rounding.mode);
}

function addGain(one: GivenPoints, by: MultiplierRule, points: number): void {
  if (points === 0) return;
  const gain = { by, points };
  one.gains = one.gains.length === 0 ? [gain] : [...one.gains, gain];
  one.points += points;
}
