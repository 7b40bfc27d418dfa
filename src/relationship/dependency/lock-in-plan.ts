import { assertOptions } from "../../core/assert.js";
import { type Rate, ratio } from "../../core/rate.js";
import { checkRows, uniqueId } from "../../value/checked-rows.js";
import { type BudgetPlanMethod, type BudgetPlanOptions, bestWithinBudget } from "../best-within-budget.js";
import {
  exposureOf,
  isShare,
  type JudgedTie,
  judgedTies,
  type Tie,
  type TieOptions,
  tieBalance,
} from "./tie-balance.js";

/** Something to be done about a forced tie. */
export interface TieAction {
  /** Your identifier, once. */
  readonly id: string;
  /** Which forced tie it is for. */
  readonly tieId: string;
  /** What it costs, whole minor units of one currency, from 0. */
  readonly cost: number;
  /** Satisfaction with the tie that is expected after it, 0 to 1; absent: as before. */
  readonly satisfactionAfter?: number | undefined;
  /** `true`: the tie is voluntary after it; the customer gets a way out, or comes to want it. */
  readonly voluntaryAfter?: boolean | undefined;
}

/** How ties are judged, and what may be spent. */
export interface LockInPlanOptions extends BudgetPlanOptions, TieOptions {}

/** What to do about forced ties. */
export interface LockInPlan {
  /** See {@link lockInRisk}: as it is, and after the plan. */
  readonly lockInRisk: { readonly before: Rate; readonly after: Rate };
  /** Strength of the forced ties as a part of all: as it is, and after the plan. */
  readonly forcedShare: { readonly before: Rate; readonly after: Rate };
  /** Forced ties by what they add to the risk: strength x (1 - satisfaction), the largest first. */
  readonly exposures: readonly {
    /** Which tie. */
    readonly tieId: string;
    /** Strength x (1 - satisfaction). */
    readonly exposure: number;
    /** Part of all exposure; `null` where that is 0. */
    readonly share: Rate;
    /** The action that is chosen for it; `null`: none. */
    readonly actionId: string | null;
    /** Whether it is voluntary after the plan. */
    readonly voluntaryAfter: boolean;
  }[];
  /** All actions by effect per cost, and by what they set free per cost where that is the same. */
  readonly actions: readonly {
    /** Which action. */
    readonly id: string;
    /** For which tie. */
    readonly tieId: string;
    /** Minor units. */
    readonly cost: number;
    /** Exposure that it takes away; 0 where satisfaction would fall. */
    readonly effect: number;
    /** Strength that is forced before it, and voluntary after it. */
    readonly freed: number;
    /** Effect for each minor unit; `null` where it costs nothing. */
    readonly effectPerCost: Rate;
    /** Whether it is in the plan. */
    readonly isChosen: boolean;
  }[];
  /** Cost of the plan, minor units. */
  readonly cost: number;
  /** What is left of the budget, minor units. */
  readonly left: number;
  /** Sum of the effects of the plan: the exposure that it takes away. */
  readonly effect: number;
  /** How the plan was chosen: `"exact"` is the best that there is. */
  readonly method: BudgetPlanMethod;
  /** No plan within the budget takes away more exposure than this; equal to `effect` for an exact plan. */
  readonly upperBound: number;
}

/**
 * How do forced ties become voluntary ones, or at least ones that customers are content with?
 *
 * For each forced tie at most one action, together what takes most from the {@link lockInRisk} within the budget; of plans that
 * take the same, the one that sets most strength free, and then the cheapest. A tie that customers are wholly content with adds no
 * risk: it is set free with what is left. The strength of ties stays as it is; that an action works as expected is the
 * caller's estimate.
 *
 * @param ties - Ties of one customer; the satisfaction with each forced one has to be known.
 * @param actions - What could be done about forced ties.
 * @param options - `budget`, `method`, `satisfiedFrom`.
 * @returns Ties by exposure, the actions chosen, risk and forced share before and after.
 * @throws {@link ClienteleError} as {@link tieBalance}; `INVALID_ROWS` for a forced tie whose satisfaction is not known, or an
 *   action that is for no forced tie or changes nothing; `INVALID_ARGUMENT` for a bad budget.
 * @example
 * ```ts
 * import { lockInPlan } from "clientele";
 *
 * const plan = lockInPlan(
 *   [{ id: "contract", cause: "contract", bondKind: "legal", strength: 1, satisfaction: 0.25 }],
 *   [
 *     { id: "monthly notice", tieId: "contract", cost: 200, voluntaryAfter: true },
 *     { id: "named contact", tieId: "contract", cost: 100, satisfactionAfter: 0.75 },
 *   ],
 *   { budget: 150 },
 * );
 * plan.exposures[0]?.actionId; // => "named contact"
 * [plan.lockInRisk.before.value, plan.lockInRisk.after.value]; // => [0.75, 0.25]
 * plan.forcedShare.after.value; // => 1
 * ```
 */
export function lockInPlan(
  ties: readonly Tie[],
  actions: readonly TieAction[],
  options: LockInPlanOptions,
): LockInPlan {
  assertOptions(options, "{ budget }");
  const { satisfiedFrom } = options;
  const judged = judgedTies(ties, { satisfiedFrom });
  checkRows(judged, "ties", ({ voluntary, strength, satisfaction }, report) => {
    if (voluntary === false && strength !== 0 && satisfaction === null)
      report("satisfaction", "is not known, and the tie is forced", satisfaction);
  });
  const forced = new Map(judged.filter(({ voluntary }) => !voluntary).map((tie) => [tie.id, tie]));
  assertActions(actions, forced);
  const effects = actions.map((action) => {
    const tie = forced.get(action.tieId);
    return tie === undefined ? 0 : Math.max(0, exposureOf(tie) - exposureOf(tieAfter(tie, action)));
  });
  const freed = actions.map(({ tieId, voluntaryAfter }) =>
    voluntaryAfter === true ? (forced.get(tieId)?.strength ?? 0) : 0,
  );
  const best = bestWithinBudget(
    actions.map(({ cost, tieId }, i) => ({ cost, effect: effects[i], sideEffect: freed[i], group: tieId })),
    options,
    "actions",
  );
  const chosenFor = new Map(best.chosen.map((i) => [actions[i].tieId, actions[i]]));
  const after = judged.map((tie) => {
    const action = chosenFor.get(tie.id);
    return action === undefined ? tie : tieAfter(tie, action);
  });
  const exposures = [...forced.values()].map((tie) => ({ tie, exposure: exposureOf(tie) }));
  const all = exposures.reduce((sum, { exposure }) => sum + exposure, 0);
  const [asIs, planned] = [tieBalance(judged), tieBalance(after)];
  return {
    lockInRisk: { before: asIs.lockInRisk, after: planned.lockInRisk },
    forcedShare: { before: asIs.forcedShare, after: planned.forcedShare },
    exposures: exposures
      .sort((a, b) => b.exposure - a.exposure)
      .map(({ tie, exposure }) => ({
        tieId: tie.id,
        exposure,
        share: ratio(exposure, all, "exposure of all forced ties"),
        actionId: chosenFor.get(tie.id)?.id ?? null,
        voluntaryAfter: chosenFor.get(tie.id)?.voluntaryAfter ?? false,
      })),
    actions: best.order.map((i) => {
      const { id, tieId, cost } = actions[i];
      return {
        ...{ id, tieId, cost, effect: effects[i], freed: freed[i] },
        effectPerCost: ratio(effects[i], cost, "cost"),
        isChosen: chosenFor.get(tieId)?.id === id,
      };
    }),
    cost: best.cost,
    left: options.budget - best.cost,
    effect: best.effect,
    method: best.method,
    upperBound: best.upperBound,
  };
}

function tieAfter(tie: JudgedTie, { satisfactionAfter, voluntaryAfter = false }: TieAction): JudgedTie {
  return { ...tie, satisfaction: satisfactionAfter ?? tie.satisfaction, voluntary: voluntaryAfter };
}

function assertActions(
  actions: unknown,
  forced: ReadonlyMap<string, JudgedTie>,
): asserts actions is readonly TieAction[] {
  const checkId = uniqueId();
  checkRows(actions, "actions", (row, report) => {
    checkId(row, report);
    const { tieId, cost, satisfactionAfter, voluntaryAfter } = row;
    if (!forced.has(tieId as string)) report("tieId", "is no forced tie", tieId);
    if (!Number.isSafeInteger(cost) || (cost as number) < 0)
      report("cost", "is not a whole number of minor units from 0 on", cost);
    if (satisfactionAfter !== undefined && !isShare(satisfactionAfter))
      report("satisfactionAfter", "is not a number from 0 to 1", satisfactionAfter);
    if (voluntaryAfter !== undefined && typeof voluntaryAfter !== "boolean")
      report("voluntaryAfter", "is not true or false", voluntaryAfter);
    if (satisfactionAfter === undefined && voluntaryAfter !== true)
      report("", "changes nothing: give satisfactionAfter, or voluntaryAfter true", row);
  });
}
