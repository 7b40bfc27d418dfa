import { assertOptions } from "../../core/assert.js";
import { type Rate, ratio } from "../../core/rate.js";
import { type BondKind, bondKinds } from "../../model/bond-kind.js";
import { checkRows, isFiniteNumber, uniqueId } from "../../value/checked-rows.js";
import { type BudgetPlanMethod, type BudgetPlanOptions, bestWithinBudget } from "../best-within-budget.js";

/** A bond that could be built. */
export interface BondProject {
  /** Your identifier, once. */
  readonly id: string;
  /** What it would be made of. */
  readonly kind: BondKind;
  /** What it costs, whole minor units of one currency, from 0. */
  readonly cost: number;
  /** What it brings, from 0, in a unit that all share: gain in the bond index, in margin kept. Effects are added up. */
  readonly effect: number;
  /** At most one of those with the same word is built: two ways to the same bond. */
  readonly insteadOf?: string | undefined;
}

/** Which bonds to build. */
export interface BondPlan {
  /** All projects, by effect per cost; what costs nothing first, what brings nothing last. */
  readonly projects: readonly {
    /** Which project. */
    readonly id: string;
    /** What it would be made of. */
    readonly kind: BondKind;
    /** Minor units. */
    readonly cost: number;
    /** What it brings. */
    readonly effect: number;
    /** Effect for each minor unit; `null` where it costs nothing. */
    readonly effectPerCost: Rate;
    /** Whether it is in the plan. */
    readonly isChosen: boolean;
  }[];
  /** The first to build: of those in the plan the one with most effect per cost; `null` for an empty plan. */
  readonly next: string | null;
  /** Cost of the plan, minor units. */
  readonly cost: number;
  /** What is left of the budget, minor units. */
  readonly left: number;
  /** Sum of the effects of the plan. */
  readonly effect: number;
  /** How the plan was chosen: `"exact"` is the best that there is. */
  readonly method: BudgetPlanMethod;
  /** No plan within the budget brings more than this; equal to `effect` for an exact plan. */
  readonly upperBound: number;
}

/**
 * Which bond is to be built next, and which ones for the money that there is?
 *
 * An exact plan is the best of all combinations; by effect per cost alone a cheap project can crowd out a better one. A greedy
 * plan comes with the bound that no plan can pass.
 *
 * @param projects - The bonds that could be built.
 * @param options - `budget`, `method`.
 * @returns The projects by effect per cost, and the plan.
 * @throws {@link ClienteleError} `INVALID_ROWS` for an id that comes twice, an unknown kind, a cost that is no whole number from 0,
 *   an effect that is no number from 0; `INVALID_ARGUMENT` for a bad budget, or an exact plan of more than 20 projects.
 * @example
 * ```ts
 * import { bondPlan } from "clientele";
 *
 * const plan = bondPlan(
 *   [
 *     { id: "visits", kind: "social", cost: 10, effect: 6 },
 *     { id: "edi", kind: "technology", cost: 20, effect: 10 },
 *     { id: "training", kind: "knowledge", cost: 30, effect: 12 },
 *   ],
 *   { budget: 50 },
 * );
 * plan.next; // => "edi"
 * plan.effect; // => 22
 * ```
 */
export function bondPlan(projects: readonly BondProject[], options: BudgetPlanOptions): BondPlan {
  assertOptions(options, "{ budget }");
  assertProjects(projects);
  const best = bestWithinBudget(
    projects.map(({ cost, effect, insteadOf }) => ({ cost, effect, group: insteadOf })),
    options,
    "projects",
  );
  const chosen = new Set(best.chosen);
  return {
    projects: best.order.map((i) => {
      const { id, kind, cost, effect } = projects[i];
      return {
        ...{ id, kind, cost, effect },
        effectPerCost: ratio(effect, cost, "cost"),
        isChosen: chosen.has(i),
      };
    }),
    next: best.chosen.length === 0 ? null : projects[best.chosen[0]].id,
    cost: best.cost,
    left: options.budget - best.cost,
    effect: best.effect,
    method: best.method,
    upperBound: best.upperBound,
  };
}

function assertProjects(projects: unknown): asserts projects is readonly BondProject[] {
  const checkId = uniqueId();
  checkRows(projects, "projects", (row, report) => {
    checkId(row, report);
    const { kind, cost, effect, insteadOf } = row;
    if (!bondKinds.includes(kind as BondKind))
      report("kind", "is not a kind of bond (bondKinds lists them)", kind);
    if (!Number.isSafeInteger(cost) || (cost as number) < 0)
      report("cost", "is not a whole number of minor units from 0 on", cost);
    if (!isFiniteNumber(effect) || effect < 0) report("effect", "is not a finite number from 0 on", effect);
    if (insteadOf !== undefined && (typeof insteadOf !== "string" || insteadOf === ""))
      report("insteadOf", "is not a word", insteadOf);
  });
}
