import { epochMs } from "../../core/instant.js";
import { assertTimeZone } from "../../core/time-zone.js";
import type { EarnRule } from "./earn-rule.js";
import type { LoyaltyProgram } from "./loyalty-program.js";

/** Something in a programme that does not fit something else in it. @internal */
export interface ProgramProblem {
  readonly path: readonly (string | number)[];
  /** The rule as a predicate that follows the value. */
  readonly reason: string;
}

/** What no look at a single field can find: names that mean nothing, names given twice, bounds out of order. @internal */
export function programProblems(program: LoyaltyProgram): readonly ProgramProblem[] {
  const problems: ProgramProblem[] = [];
  const refuse: Refuse = (path, reason) => problems.push({ path, reason });
  // Days cannot be compared in a zone that does not exist.
  if (!isKnownZone(program.timeZone)) {
    refuse(["timeZone"], "is not a time zone that this runtime knows");
    return problems;
  }
  const types = program.pointTypes.map(({ id }) => id);
  const levels = program.tiers?.levels.map(({ id }) => id) ?? [];
  const spendable = program.pointTypes.filter(({ kind }) => kind === "spendable").map(({ id }) => id);
  refuseRepeated(types, (i) => ["pointTypes", i, "id"], refuse);
  refuseRepeated(
    program.earnRules.map(({ id }) => id),
    (i) => ["earnRules", i, "id"],
    refuse,
  );
  refuseRepeated(
    program.rewards.map(({ id }) => id),
    (i) => ["rewards", i, "id"],
    refuse,
  );
  program.earnRules.forEach((rule, i) => {
    const path = ["earnRules", i];
    refuseType(rule.pointType, types, spendable, [...path, "pointType"], refuse);
    refuseLevels(rule.when?.tiers, levels, [...path, "when", "tiers"], refuse);
    refuseTurned(rule.when?.from, rule.when?.until, [...path, "when", "until"], program.timeZone, refuse);
    refuseCaps(rule, path, refuse);
    refuseTerms(rule, program, path, refuse);
  });
  program.rewards.forEach((reward, i) => {
    const path = ["rewards", i];
    refuseType(reward.pointType, spendable, spendable, [...path, "pointType"], refuse);
    refuseLevels(reward.tiers, levels, [...path, "tiers"], refuse);
    refuseTurned(reward.from, reward.until, [...path, "until"], program.timeZone, refuse);
  });
  const { minimumPoints, step = 1 } = program.redemption ?? {};
  if (minimumPoints !== undefined && minimumPoints % step !== 0) {
    const least = minimumPoints - (minimumPoints % step) + step;
    refuse(
      ["redemption", "minimumPoints"],
      `is no multiple of step, ${step}: the fewest that can be spent are ${least}`,
    );
  }
  if (program.redemption !== undefined && spendable.length === 0) {
    refuse(["redemption"], "needs a spendable point type, and there is none");
  }
  if (program.reversal.into === "newLot" && program.reversal.reinstatementWindow !== undefined) {
    refuse(["reversal", "reinstatementWindow"], 'has no meaning beside into: "newLot"');
  }
  checkTiers(program, types, refuse);
  return problems;
}

type Path = readonly (string | number)[];
type Refuse = (path: Path, reason: string) => void;

function isKnownZone(timeZone: string): boolean {
  try {
    assertTimeZone(timeZone, "timeZone");
    return true;
  } catch {
    return false;
  }
}

function refuseRepeated(names: readonly string[], pathOf: (place: number) => Path, refuse: Refuse): void {
  names.forEach((name, i) => {
    if (names.indexOf(name) < i) refuse(pathOf(i), "stands twice");
  });
}

function refuseType(
  name: string | undefined,
  known: readonly string[],
  spendable: readonly string[],
  path: Path,
  refuse: Refuse,
): void {
  if (name === undefined) {
    if (spendable.length === 0) refuse(path, "is missing, and no point type is spendable");
  } else if (!known.includes(name)) refuse(path, `is none of the point types ${listed(known)}`);
}

function refuseLevels(
  names: readonly string[] | undefined,
  levels: readonly string[],
  path: Path,
  refuse: Refuse,
): void {
  names?.forEach((name, i) => {
    if (!levels.includes(name)) refuse([...path, i], `is none of the tiers ${listed(levels)}`);
  });
}

function refuseTurned(
  from: string | undefined,
  until: string | undefined,
  path: Path,
  timeZone: string,
  refuse: Refuse,
): void {
  if (from === undefined || until === undefined) return;
  if (epochMs(from, "from", timeZone) >= epochMs(until, "until", timeZone)) {
    refuse(path, `is not after from, ${from}`);
  }
}

function refuseCaps({ award, caps = [] }: EarnRule, path: Path, refuse: Refuse): void {
  caps.forEach((cap, i) => {
    const same = caps.findIndex(({ per, binds }) => per === cap.per && binds === cap.binds);
    if (same < i) refuse([...path, "caps", i], "is a second cap on the same points in the same period");
    if (award.per === "multiplier" && cap.binds === "afterMultiplier") {
      refuse(
        [...path, "caps", i, "binds"],
        'has no meaning for a multiplier: "beforeMultiplier" bounds what it adds',
      );
    }
  });
}

/** Points that a factor below 1 takes away cannot be taken from a lot of another date. */
function refuseTerms(rule: EarnRule, program: LoyaltyProgram, path: Path, refuse: Refuse): void {
  if (rule.expiry?.kind === "afterActivity") {
    refuse([...path, "expiry", "kind"], "is for a whole point type: write it there");
  }
  if (rule.award.per !== "multiplier" || rule.award.factor >= 1) return;
  const usual = program.pointTypes.find(({ kind }) => kind === "spendable")?.id;
  const own = program.earnRules.find(
    (other) =>
      other.award.per === "multiplier" &&
      (other.pointType ?? usual) === (rule.pointType ?? usual) &&
      (other.pendingFor !== undefined || other.expiry !== undefined),
  );
  if (own !== undefined) {
    refuse(
      [...path, "award", "factor"],
      `is below 1, and the multiplier "${own.id}" of the same points has a pendingFor or expiry of its own`,
    );
  }
}

function checkTiers({ tiers }: LoyaltyProgram, types: readonly string[], refuse: Refuse): void {
  if (tiers === undefined) return;
  const { levels, measure, period, downgrade, grace } = tiers;
  if (period.kind === "ever" && (downgrade === "oneDown" || downgrade === "byBalance")) {
    const reason =
      'has no meaning beside period "ever", of which no term ends: "none" keeps levels, "atOnce" does not';
    refuse(["tiers", "downgrade"], reason);
  }
  if (grace !== undefined && (period.kind === "ever" || downgrade === "none")) {
    refuse(["tiers", "grace"], "has no meaning where no level is lost at the end of a term");
  }
  refuseRepeated(
    levels.map(({ id }) => id),
    (i) => ["tiers", "levels", i, "id"],
    refuse,
  );
  levels.forEach(({ threshold }, i) => {
    const below = levels[i - 1]?.threshold;
    if (below !== undefined && threshold <= below) {
      refuse(["tiers", "levels", i, "threshold"], `is not above ${below}, that of the level below`);
    }
  });
  if ("pointType" in measure && !types.includes(measure.pointType)) {
    refuse(["tiers", "measure", "pointType"], `is none of the point types ${listed(types)}`);
  }
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "(there are none)" : names.map((name) => `"${name}"`).join(", ");
}
