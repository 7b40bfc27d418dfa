import { assertArgument, assertOptions } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import type { Rate } from "../../core/rate.js";
import type { RepeatPurchaseRate } from "../purchases/repeat-purchase-rate.js";
import type { ReferralRate } from "./referral-rate.js";
import type { ShareOfWallet } from "./share-of-wallet.js";

/** What was measured of loyalty; what was not is left out. */
export interface LoyaltyMeasures {
  /** Of {@link repeatPurchaseRate}. */
  readonly repeatPurchases?: RepeatPurchaseRate;
  /** Of {@link referralRate}, as of the same instant. */
  readonly referrals?: ReferralRate;
  /** Of {@link shareOfWallet}. */
  readonly wallet?: ShareOfWallet;
}

/** What loyalty comes to: customers buy again, recommend us, and give us a larger part of what they spend. */
export interface LoyaltyOutcome {
  /** Buyers who bought again, of buyers. */
  readonly repeatRate: Rate;
  /** Wilson's interval of it; `null` where the rate is. */
  readonly repeatRateInterval: Interval | null;
  /** Customers with a referral, of customers. */
  readonly referralRate: Rate;
  /** Wilson's interval of it; `null` where the rate is. */
  readonly referralRateInterval: Interval | null;
  /** Referrals made by customers; `null` where not measured. */
  readonly referrals: number | null;
  /** Referrals for each customer. */
  readonly referralsPerCustomer: Rate;
  /** Spent with us of all that customers spend. */
  readonly shareOfWallet: Rate;
  /** Interval of it; `null` where it is, or rests on one wallet. */
  readonly shareOfWalletInterval: Interval | null;
  /** Mean of the customers' own shares; `null` without one. */
  readonly meanShareOfWallet: number | null;
  /** Epoch milliseconds of repeat rate and referrals; `null` where neither was measured. */
  readonly asOf: number | null;
}

/**
 * What do we have of our customers' loyalty?
 *
 * The three things that loyal customers do, side by side: repeat purchases, referrals, share of wallet. They are three
 * measures and no index: each is over its own base, and no weights would be right for everybody.
 *
 * @param measures - Results of {@link repeatPurchaseRate}, {@link referralRate} and {@link shareOfWallet}, as many as there are.
 * @returns One record; a rate that was not measured is `null` with the reason `"not measured"`.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when repeat purchases and referrals are as of different instants.
 * @example
 * ```ts
 * import { loyaltyOutcome, shareOfWallet } from "clientele";
 *
 * const outcome = loyaltyOutcome({ wallet: shareOfWallet([{ ours: 300, total: 400 }]) });
 * outcome.shareOfWallet.value; // => 0.75
 * outcome.repeatRate.reason; // => "not measured"
 * ```
 */
export function loyaltyOutcome(measures: LoyaltyMeasures): LoyaltyOutcome {
  assertOptions(measures, "{ repeatPurchases, referrals, wallet }", "measures");
  const { repeatPurchases, referrals, wallet } = measures;
  if (repeatPurchases && referrals) {
    const instants = [referrals, repeatPurchases].map((measure) => new Date(measure.asOf).toISOString());
    assertArgument(
      referrals.asOf === repeatPurchases.asOf,
      "measures.referrals",
      () =>
        `measures.referrals is as of ${instants[0]}, measures.repeatPurchases as of ${instants[1]}: measure both as of the same instant`,
    );
  }
  return {
    repeatRate: repeatPurchases?.rate ?? NOT_MEASURED,
    repeatRateInterval: repeatPurchases?.interval ?? null,
    referralRate: referrals?.rate ?? NOT_MEASURED,
    referralRateInterval: referrals?.interval ?? null,
    referrals: referrals?.referrals ?? null,
    referralsPerCustomer: referrals?.referralsPerCustomer ?? NOT_MEASURED,
    shareOfWallet: wallet?.aggregate ?? NOT_MEASURED,
    shareOfWalletInterval: wallet?.aggregateInterval ?? null,
    meanShareOfWallet: wallet?.mean ?? null,
    asOf: repeatPurchases?.asOf ?? referrals?.asOf ?? null,
  };
}

const NOT_MEASURED: Rate = { value: null, numerator: 0, denominator: 0, reason: "not measured" };
