import { shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import type { LoyaltyProgram } from "../program/loyalty-program.js";
import { restated, tierRank } from "./tier-levels.js";
import type { TierStanding } from "./tier-standing.js";

/**
 * Where does a member stand with a level given by hand?
 *
 * The level is a floor: the earned one holds where it is higher, and comes back into force when the floor ends.
 *
 * @param program - The programme, which has levels.
 * @param standing - Where the member stands.
 * @param floor - The level and until when, epoch milliseconds (`null` for good); `null` takes the floor away.
 * @param at - When, epoch milliseconds.
 * @returns The new standing.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the programme has no such level.
 * @example
 * ```ts
 * import { defineProgram, withTierFloor } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 *   tiers: {
 *     levels: [{ id: "basic", threshold: 0 }, { id: "gold", threshold: 10 }],
 *     measure: { kind: "visits" },
 *     period: { kind: "ever" },
 *     downgrade: "none",
 *   },
 * });
 * const basic = { tier: "basic", since: 0, earned: "basic", until: null, floor: null };
 * withTierFloor(program, basic, { tier: "gold", until: null }, 5).tier; // => "gold"
 * ```
 */
export function withTierFloor(
  program: LoyaltyProgram,
  standing: TierStanding,
  floor: TierStanding["floor"],
  at: number,
): TierStanding {
  const plan = program.tiers;
  if (plan === undefined || (floor !== null && tierRank(plan, floor.tier) < 0)) {
    throw new ClienteleError(
      "INVALID_ARGUMENT",
      "floor.tier",
      `floor.tier is ${shown(floor?.tier)}: pass the id of a level of program ${shown(program.id)}`,
    );
  }
  return restated(plan, standing, { floor }, at);
}

/**
 * Which standing does a member have whose two accounts become one?
 *
 * @param program - The programme.
 * @param standing - Where the account stands that stays.
 * @param other - Where the account stands that goes.
 * @param at - When, epoch milliseconds.
 * @returns The higher earned level (of equal ones the longer term) over the higher floor (of equal ones the longer).
 * @example
 * ```ts
 * import { defineProgram, higherStanding } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 *   tiers: {
 *     levels: [{ id: "basic", threshold: 0 }, { id: "gold", threshold: 10 }],
 *     measure: { kind: "visits" },
 *     period: { kind: "ever" },
 *     downgrade: "none",
 *   },
 * });
 * const basic = { tier: "basic", since: 0, earned: "basic", until: null, floor: null };
 * higherStanding(program, basic, { ...basic, tier: "gold", earned: "gold" }, 5).tier; // => "gold"
 * ```
 */
export function higherStanding(
  program: LoyaltyProgram,
  standing: TierStanding,
  other: TierStanding,
  at: number,
): TierStanding {
  const plan = program.tiers;
  if (plan === undefined) return standing;
  const higher = (first: string, firstEnd: number | null, second: string, secondEnd: number | null) => {
    const ahead = tierRank(plan, first) - tierRank(plan, second);
    return ahead > 0 || (ahead === 0 && (firstEnd ?? Infinity) >= (secondEnd ?? Infinity));
  };
  const keeps =
    other.earned === null ||
    (standing.earned !== null && higher(standing.earned, standing.until, other.earned, other.until));
  const { earned, until } = keeps ? standing : other;
  const keepsFloor =
    other.floor === null ||
    (standing.floor !== null &&
      higher(standing.floor.tier, standing.floor.until, other.floor.tier, other.floor.until));
  return restated(plan, standing, { earned, until, floor: keepsFloor ? standing.floor : other.floor }, at);
}
