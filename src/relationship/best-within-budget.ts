import { assertArgument, assertInteger, assertOneOf, shown } from "../core/assert.js";
import { isLevel } from "../value/checked-rows.js";

/** How a plan is chosen. */
export interface BudgetPlanOptions {
  /** What may be spent, whole minor units from 0. */
  readonly budget: number;
  /**
   * `"exact"`: the best of all combinations, up to 20 options; `"greedy"`: by effect per cost, as far as the money goes.
   * Default exact up to 20 options, greedy beyond; the result says which.
   */
  readonly method?: BudgetPlanMethod | undefined;
}

/** How a plan was chosen. */
export type BudgetPlanMethod = "exact" | "greedy";

/** @internal */
export interface Affordable {
  /** Whole minor units from 0. */
  readonly cost: number;
  /** From 0. */
  readonly effect: number;
  /** From 0: of plans with the same effect the one with more of this is better, and then the cheaper one; absent: 0. */
  readonly sideEffect?: number;
  /** At most one of those with the same group is chosen; absent: on its own. */
  readonly group?: string;
}

/** @internal */
export interface BestWithinBudget {
  readonly method: BudgetPlanMethod;
  /** Places in the input, by effect per cost, and by side effect per cost where that is the same. */
  readonly order: readonly number[];
  /** Places in the input that are chosen, in that order. */
  readonly chosen: readonly number[];
  readonly cost: number;
  readonly effect: number;
  /** No combination within the budget has more effect than this. */
  readonly upperBound: number;
}

const EXACT_UP_TO = 20;

/** What has most effect within a budget: the 0-1 knapsack problem, with at most one of each group. @internal */
export function bestWithinBudget(
  options: readonly Affordable[],
  plan: BudgetPlanOptions,
  path: string,
): BestWithinBudget {
  assertInteger(plan.budget, "options.budget", 0);
  const { budget, method = options.length <= EXACT_UP_TO ? "exact" : "greedy" } = plan;
  assertOneOf(method, "options.method", ["exact", "greedy"]);
  assertArgument(
    method === "greedy" || options.length <= EXACT_UP_TO,
    "options.method",
    () =>
      `options.method is ${shown(method)} with ${options.length} ${path}: pass at most ${EXACT_UP_TO}, or "greedy"`,
  );
  const order = options.map((_, i) => i).sort((a, b) => byEffectPerCost(options[a], options[b]) || a - b);
  const chosen = new Set(method === "exact" ? exact(options, budget) : greedy(options, order, budget));
  const inOrder = order.filter((i) => chosen.has(i));
  const effect = inOrder.reduce((sum, i) => sum + options[i].effect, 0);
  return {
    method,
    order,
    chosen: inOrder,
    cost: inOrder.reduce((sum, i) => sum + options[i].cost, 0),
    effect,
    upperBound: method === "exact" ? effect : Math.max(effect, fractional(options, order, budget)),
  };
}

/** Effects that cost nothing first, what has none last. */
function byEffectPerCost(a: Affordable, b: Affordable): number {
  return (
    byGainPerCost(a.effect, a.cost, b.effect, b.cost) ||
    byGainPerCost(sideEffectOf(a), a.cost, sideEffectOf(b), b.cost) ||
    a.cost - b.cost
  );
}

function byGainPerCost(gain: number, cost: number, otherGain: number, otherCost: number): number {
  if (gain === 0 || otherGain === 0) return Number(gain === 0) - Number(otherGain === 0);
  if (cost === 0 || otherCost === 0) return Number(cost !== 0) - Number(otherCost !== 0) || otherGain - gain;
  return otherGain / otherCost - gain / cost;
}

function sideEffectOf({ sideEffect = 0 }: Affordable): number {
  return sideEffect;
}

function isUseful(option: Affordable): boolean {
  return option.effect > 0 || sideEffectOf(option) > 0;
}

/**
 * The best of all combinations, by effect, side effect and cost: group by group one of its options or none, without the
 * branches in which all that is left would not do (Land & Doig 1960).
 */
function exact(options: readonly Affordable[], budget: number): readonly number[] {
  const groups = new Map<string | number, number[]>();
  for (const [i, option] of options.entries()) {
    if (!isUseful(option)) continue;
    const { group = i } = option;
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [i]);
    else members.push(i);
  }
  const choices = [...groups.values()];
  /** What the groups from each place on could bring at most. */
  const ahead = new Array<number>(choices.length + 1).fill(0);
  for (let at = choices.length - 1; at >= 0; at--)
    ahead[at] = ahead[at + 1] + Math.max(...choices[at].map((i) => options[i].effect));
  const all = ahead[0];
  const allSide = options.reduce((sum, option) => sum + sideEffectOf(option), 0);
  let best = { cost: 0, effect: 0, sideEffect: 0, chosen: [] as readonly number[] };
  const isBetter = (effect: number, sideEffect: number, cost: number) => {
    if (!isLevel(effect, best.effect, all)) return effect > best.effect;
    return isLevel(sideEffect, best.sideEffect, allSide) ? cost < best.cost : sideEffect > best.sideEffect;
  };
  const taken: number[] = [];
  const visit = (at: number, cost: number, effect: number, sideEffect: number): void => {
    if (isBetter(effect, sideEffect, cost)) best = { cost, effect, sideEffect, chosen: [...taken] };
    const most = effect + ahead[at];
    if (at === choices.length || (most < best.effect && !isLevel(most, best.effect, all))) return;
    for (const i of choices[at]) {
      const option = options[i];
      if (cost + option.cost > budget) continue;
      taken.push(i);
      visit(at + 1, cost + option.cost, effect + option.effect, sideEffect + sideEffectOf(option));
      taken.pop();
    }
    visit(at + 1, cost, effect, sideEffect);
  };
  visit(0, 0, 0, 0);
  return best.chosen;
}

function greedy(options: readonly Affordable[], order: readonly number[], budget: number): number[] {
  const taken = new Set<string>();
  const chosen: number[] = [];
  let left = budget;
  for (const i of order) {
    const { cost, group } = options[i];
    if (!isUseful(options[i]) || cost > left || (group !== undefined && taken.has(group))) continue;
    left -= cost;
    if (group !== undefined) taken.add(group);
    chosen.push(i);
  }
  return chosen;
}

/** What could be had if the last option could be bought in part, and all of a group (Dantzig 1957): never less than the best. */
function fractional(options: readonly Affordable[], order: readonly number[], budget: number): number {
  let left = budget;
  let effect = 0;
  for (const i of order) {
    const { cost, effect: whole } = options[i];
    if (cost > left) return effect + (whole * left) / cost;
    left -= cost;
    effect += whole;
  }
  return effect;
}
