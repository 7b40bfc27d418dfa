import { assertArgument, assertInRange, assertOptions, shown } from "../../core/assert.js";
import { type Rate, ratio } from "../../core/rate.js";

/** What {@link referralAdjustedCac} reckons with; amounts in one unit of money. */
export interface ReferralAdjustedCacOptions {
  /** What was spent to win customers, zero or more. */
  readonly spend: number;
  /** Customers won by it, zero or more. */
  readonly acquired: number;
  /**
   * Customers whom these referred and who became customers, zero or more; they are not in `acquired`. From a rate:
   * `acquired` times `newCustomersPerCustomer` of `referralRate`.
   */
  readonly referred: number;
  /**
   * How many times on referrals go: 1 (default), who was referred refers nobody; 2, they refer at the same rate, and so on;
   * `"all"`, without end.
   */
  readonly generations?: number | "all" | undefined;
  /** Paid for each customer who comes by referral, zero or more; default 0. */
  readonly rewardPerReferral?: number | undefined;
}

/** What a customer cost when those whom they bring are counted. */
export interface ReferralAdjustedCac {
  /** Without referrals: `spend / acquired`. */
  readonly cac: Rate;
  /** Customers whom a customer brings: `referred / acquired`. */
  readonly referralsPerCustomer: Rate;
  /** Customers in the end for each one acquired: 1 + r, 1 + r + r^2, ...; without end 1 / (1 - r), `null` when r is 1 or more, and where the number is beyond all numbers. */
  readonly multiplier: number | null;
  /** Spend and rewards over all customers, acquired and referred; `null` where there are none or `multiplier` is. */
  readonly adjustedCac: Rate;
}

/**
 * What does a customer cost us when those whom they bring are counted too?
 *
 * Referred customers cost a reward, or nothing, and would not be here without the first (Kumar, Petersen & Leone 2007). With r
 * referred customers for each customer, n generations make 1 + r + ... + r^n of each one; without end that is 1 / (1 - r),
 * and only where r is below 1: at 1 or more the chain would not converge, and such a rate does not last. Count a referred
 * customer in one place: where spend on a referral program stands as a source of its own, they are that source's.
 *
 * @param options - `spend`, `acquired`, `referred`, `generations` (default 1), `rewardPerReferral` (default 0).
 * @returns The cost of a customer with and without referrals, and by how many each is multiplied.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a number is out of range.
 * @example
 * ```ts
 * import { referralAdjustedCac } from "clientele";
 *
 * const campaign = { spend: 60000, acquired: 50, referred: 10 };
 * const once = referralAdjustedCac(campaign);
 * [once.cac.value, once.multiplier, once.adjustedCac.value]; // => [1200, 1.2, 1000]
 * const chain = referralAdjustedCac({ ...campaign, generations: "all" });
 * [chain.multiplier, chain.adjustedCac.value]; // => [1.25, 960]
 * ```
 */
export function referralAdjustedCac(options: ReferralAdjustedCacOptions): ReferralAdjustedCac {
  assertOptions(options, "{ spend, acquired, referred }");
  const { spend, acquired, referred, generations = 1, rewardPerReferral = 0 } = options;
  for (const [name, value] of Object.entries({ spend, acquired, referred, rewardPerReferral }))
    assertInRange(value, `options.${name}`, 0, Number.MAX_SAFE_INTEGER);
  assertArgument(
    generations === "all" || (Number.isSafeInteger(generations) && generations >= 1),
    "options.generations",
    () => `options.generations is ${shown(generations)}: pass a whole number from 1, or "all"`,
  );
  const cac = ratio(spend, acquired, "customers acquired");
  const referralsPerCustomer = ratio(referred, acquired, "customers acquired");
  const rate = referralsPerCustomer.value;
  const none = { value: null, numerator: spend, denominator: acquired };
  if (rate === null)
    return { cac, referralsPerCustomer, multiplier: null, adjustedCac: { ...none, reason: cac.reason } };
  const customers = customersInTheEnd(acquired, referred, rate, generations);
  if (!Number.isFinite(customers)) {
    const reason =
      generations === "all"
        ? `the chain does not converge: each customer brings ${rate}, pass generations as a number`
        : `after ${generations} generations of ${rate} each there are more customers than numbers reach`;
    return { cac, referralsPerCustomer, multiplier: null, adjustedCac: { ...none, reason } };
  }
  return {
    cac,
    referralsPerCustomer,
    multiplier: customers / acquired,
    adjustedCac: ratio(
      spend + rewardPerReferral * (customers - acquired),
      customers,
      "customers acquired and referred",
    ),
  };
}

/** Written in counts, not rates, so that whole numbers stay whole. Infinity where the chain has no end. */
function customersInTheEnd(
  acquired: number,
  referred: number,
  rate: number,
  generations: number | "all",
): number {
  if (generations === "all" && rate >= 1) return Number.POSITIVE_INFINITY;
  // a / (1 - r) = a^2 / (a - b), where r = b / a.
  if (generations === "all") return acquired / ((acquired - referred) / acquired);
  if (generations > MOST_STEPS) return geometricSum(acquired, referred, generations);
  let [customers, generation] = [acquired, acquired];
  for (let n = 1; n <= generations; n++) {
    generation = n === 1 ? referred : generation * rate;
    customers += generation;
  }
  return customers;
}

/** Beyond, a formula takes the place of the steps, at the cost of whole numbers that stay whole. */
const MOST_STEPS = 1000;

/** a (1 + r + ... + r^n) = a ((1 + d)^(n + 1) - 1) / d with d = r - 1, written so that a rate near 1 keeps its digits. */
function geometricSum(acquired: number, referred: number, generations: number): number {
  const beyond = (referred - acquired) / acquired;
  if (beyond === 0) return acquired * (generations + 1);
  return acquired * (Math.expm1((generations + 1) * Math.log1p(beyond)) / beyond);
}
