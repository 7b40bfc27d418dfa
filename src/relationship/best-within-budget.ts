import { assertArgument, assertInteger, assertOneOf, shown } from "../core/assert.js";

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
  /** At most one of those with the same group is chosen; absent: on its own. */
  readonly group?: string;
}

/** @internal */
export interface BestWithinBudget {
  readonly method: BudgetPlanMethod;
  /** Places in the input, by effect per cost. */
  readonly order: readonly number[];
  /** Places in the input that are chosen, by effect per cost. */
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
  if (a.effect === 0 || b.effect === 0) return Number(a.effect === 0) - Number(b.effect === 0);
  if (a.cost === 0 || b.cost === 0) return Number(a.cost !== 0) - Number(b.cost !== 0) || b.effect - a.effect;
  return b.effect / b.cost - a.effect / a.cost || a.cost - b.cost;
}

/**
 * The best of all combinations, the cheapest of those that are equal: group by group one of its options or none, without the
 * branches in which all that is left would not do (Land & Doig 1960).
 */
function exact(options: readonly Affordable[], budget: number): readonly number[] {
  const groups = new Map<string | number, number[]>();
  for (const [i, { group = i, effect }] of options.entries()) {
    if (effect === 0) continue;
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [i]);
    else members.push(i);
  }
  const choices = [...groups.values()];
  /** What the groups from each place on could bring at most. */
  const ahead = new Array<number>(choices.length + 1).fill(0);
  for (let at = choices.length - 1; at >= 0; at--)
    ahead[at] = ahead[at + 1] + Math.max(...choices[at].map((i) => options[i].effect));
  let best = { cost: 0, effect: 0, chosen: [] as readonly number[] };
  const taken: number[] = [];
  const visit = (at: number, cost: number, effect: number): void => {
    if (effect > best.effect || (effect === best.effect && cost < best.cost))
      best = { cost, effect, chosen: [...taken] };
    if (at === choices.length || effect + ahead[at] < best.effect) return;
    for (const i of choices[at]) {
      if (cost + options[i].cost > budget) continue;
      taken.push(i);
      visit(at + 1, cost + options[i].cost, effect + options[i].effect);
      taken.pop();
    }
    visit(at + 1, cost, effect);
  };
  visit(0, 0, 0);
  return best.chosen;
}

function greedy(options: readonly Affordable[], order: readonly number[], budget: number): number[] {
  const taken = new Set<string>();
  const chosen: number[] = [];
  let left = budget;
  for (const i of order) {
    const { cost, effect, group } = options[i];
    if (effect === 0 || cost > left || (group !== undefined && taken.has(group))) continue;
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
