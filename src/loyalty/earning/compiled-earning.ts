import { zoneOffsetReader } from "../../core/time-zone.js";
import { assertProgram } from "../program/assert-program.js";
import type { EarnAward, EarnCap, EarnRule } from "../program/earn-rule.js";
import { type ExactFactor, exactFactor } from "../program/exact-factor.js";
import type { LoyaltyProgram, PointType } from "../program/loyalty-program.js";
import { type PeriodKey, periodKey } from "./period-key.js";
import { type LineTest, lineTest, type OrderTest, orderTests } from "./rule-test.js";

/** One rule, made ready. @internal */
export interface ReadyRule {
  readonly rule: EarnRule;
  readonly priority: number;
  readonly stacking: "add" | "exclusive" | "best";
  readonly group: string;
  readonly orderTests: readonly OrderTest[];
  readonly lineTest: LineTest | null;
  readonly minimumAmount: number;
  readonly minimumQuantity: number;
  readonly caps: readonly ReadyCap[];
  /** A rule with a waiting time or a lapse of its own has a lot of its own. */
  readonly hasOwnTerms: boolean;
}

/** A rule that gives points. @internal */
export interface PointRule extends ReadyRule {
  readonly award: Exclude<EarnAward, { per: "multiplier" }>;
}

/** A rule that multiplies. @internal */
export interface MultiplierRule extends ReadyRule {
  readonly factor: ExactFactor;
}

/** A cap and how its counter is called. */
interface ReadyCap {
  readonly cap: EarnCap;
  /** The counter's name at an instant; `null` for a cap of one order, which needs none. */
  readonly key: PeriodKey | null;
}

/** What can give points of one type, in the order in which it is tried. @internal */
export interface TypeEarning {
  readonly type: PointType;
  readonly rules: readonly PointRule[];
  readonly multipliers: readonly MultiplierRule[];
}

/** Levels with their exact multipliers. @internal */
export interface ReadyLevel {
  readonly id: string;
  readonly threshold: number;
  readonly factor: ExactFactor;
}

/** A programme made ready to earn. @internal */
export interface CompiledEarning {
  readonly types: readonly TypeEarning[];
  readonly levels: readonly ReadyLevel[];
  readonly offsetAt: (at: number) => number;
}

// A programme is data that does not change; what is drawn from it is kept as long as it is.
const compiled = /* @__PURE__ */ new WeakMap<LoyaltyProgram, CompiledEarning>();

/** What a programme makes of its rules, computed once for each object. @internal */
export function compiledEarning(program: LoyaltyProgram): CompiledEarning {
  const known = compiled.get(program);
  if (known !== undefined) return known;
  const made = compile(program);
  compiled.set(program, made);
  return made;
}

function compile(program: LoyaltyProgram): CompiledEarning {
  assertProgram(program);
  const { pointTypes, earnRules, timeZone, tiers } = program;
  const usual = defaultPointType(program);
  // Stable: rules of one priority stay in their order.
  const ranked = [...earnRules].sort((a, b) => (b.priority ?? 0) - (a.priority ?? 0));
  const types = pointTypes.map((type) => {
    const own = ranked.filter((rule) => (rule.pointType ?? usual) === type.id);
    return {
      type,
      rules: own.flatMap((rule) =>
        rule.award.per === "multiplier" ? [] : [{ ...readyRule(rule, timeZone), award: rule.award }],
      ),
      multipliers: own.flatMap((rule) =>
        rule.award.per === "multiplier"
          ? [{ ...readyRule(rule, timeZone), factor: exactFactor(rule.award.factor) }]
          : [],
      ),
    };
  });
  const levels = (tiers?.levels ?? []).map(({ id, threshold, multiplier = 1 }) => ({
    id,
    threshold,
    factor: exactFactor(multiplier),
  }));
  return { types, levels, offsetAt: zoneOffsetReader(timeZone) };
}

/** The type that is meant where none is named. */
function defaultPointType(program: {
  readonly pointTypes: readonly Pick<PointType, "id" | "kind">[];
}): string | undefined {
  return program.pointTypes.find((type) => type.kind === "spendable")?.id;
}

function readyRule(rule: EarnRule, timeZone: string): ReadyRule {
  const { when = {}, caps = [] } = rule;
  return {
    rule,
    priority: rule.priority ?? 0,
    stacking: rule.stacking ?? "add",
    group: rule.group ?? "",
    orderTests: orderTests(when, timeZone),
    lineTest: lineTest(when),
    minimumAmount: when.minimumAmount ?? 0,
    minimumQuantity: when.minimumQuantity ?? 0,
    caps: caps.map((cap) => ({ cap, key: capKey(cap, timeZone) })),
    hasOwnTerms: rule.pendingFor !== undefined || rule.expiry !== undefined,
  };
}

/** Two caps of a rule on one period count different points: the counter of the points before multipliers says so. */
function capKey({ per, binds }: EarnCap, timeZone: string): PeriodKey | null {
  if (per === "order") return null;
  const suffix = binds === "beforeMultiplier" ? "/beforeMultiplier" : "";
  if (per === "ever") return () => `ever${suffix}`;
  const key = periodKey(per, timeZone);
  return suffix === "" ? key : (at) => key(at) + suffix;
}
