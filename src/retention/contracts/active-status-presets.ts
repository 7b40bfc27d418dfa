import { assertArgument, assertInteger, shown } from "../../core/assert.js";
import type { SubscriptionStatus } from "../../model/subscription.js";

/** Whether a subscription or contract that stands so counts: brings recurring revenue, makes an active customer. */
export interface StatusRule {
  /** Whether it counts. */
  readonly countsAsActive: boolean;
  /**
   * How many days (of 24 hours, from `statusSince`) it counts, where it does not count for ever: a whole number from 0.
   * Not for `trialing`, which ends by itself.
   */
  readonly graceDays?: number;
}

/** What each status means for recurring revenue; a status that is left out is taken as the `default` preset takes it. */
export type StatusRules = Readonly<Partial<Record<SubscriptionStatus, StatusRule>>>;

/** The presets by name, each with a rule for every status. */
export type ActiveStatusPresets = Readonly<
  Record<
    "default" | "stripe" | "baremetrics" | "chartmogul",
    Readonly<Record<SubscriptionStatus, StatusRule>>
  >
>;

const IN: StatusRule = { countsAsActive: true };
const OUT: StatusRule = { countsAsActive: false };

const DEFAULT: Readonly<Record<SubscriptionStatus, StatusRule>> = {
  trialing: OUT,
  active: IN,
  pastDue: IN,
  unpaid: OUT,
  paused: OUT,
  canceled: OUT,
  expired: OUT,
  incomplete: OUT,
};

/**
 * Which statuses count as active, with us and with well-known systems?
 *
 * | status | `default` | `stripe` | `baremetrics` | `chartmogul` |
 * |---|---|---|---|---|
 * | `active` | in | in | in | in |
 * | `trialing` (until `trialEndAt`) | out | out | out | out |
 * | `pastDue` | in | in | in for 30 days | in |
 * | `unpaid` | out | out | in for 30 days | in |
 * | `paused` | out | out | out | in |
 * | `canceled`, `expired`, `incomplete` | out | out | out | out |
 *
 * Stripe (Billing metric definitions) sums active and past-due subscriptions and takes unpaid ones as churned; Baremetrics
 * (Cancellations and Downgrades) takes customers as cancelled who have not paid for more than 30 days, and says nothing on
 * pauses; ChartMogul (Handling past-due subscriptions; Handling paused subscriptions) keeps whoever does not pay until the
 * subscription is cancelled, and, for most billing systems, the paused.
 *
 * Free subscriptions never count: their revenue is 0. ChartMogul by default keeps a customer active who moves from a paid
 * plan to a free one; here that customer has churned, with its preset too. `canceled` and `expired` count until `endAt`,
 * whatever `statusSince`: who gave notice pays to the end. Without `endAt` they count until `statusSince`. The other
 * statuses that are out count until `statusSince`, without which a record tells nothing of the past and only
 * {@link recurringRevenue} takes it.
 *
 * @example
 * ```ts
 * import { activeStatusPresets } from "clientele";
 *
 * activeStatusPresets.default.paused; // => { countsAsActive: false }
 * activeStatusPresets.baremetrics.pastDue; // => { countsAsActive: true, graceDays: 30 }
 * const ours = { ...activeStatusPresets.stripe, paused: { countsAsActive: true } };
 * ours.unpaid.countsAsActive; // => false
 * ```
 */
export const activeStatusPresets: ActiveStatusPresets = {
  default: DEFAULT,
  stripe: DEFAULT,
  baremetrics: {
    ...DEFAULT,
    pastDue: { countsAsActive: true, graceDays: 30 },
    unpaid: { countsAsActive: true, graceDays: 30 },
  },
  chartmogul: { ...DEFAULT, unpaid: IN, paused: IN },
};

/** A rule for every status, checked. @internal */
export function statusRulesOf(statuses: unknown): Readonly<Record<SubscriptionStatus, StatusRule>> {
  const path = "options.statuses";
  if (statuses === undefined) return activeStatusPresets.default;
  assertArgument(
    typeof statuses === "object" && statuses !== null && !Array.isArray(statuses),
    path,
    () =>
      `${path} is ${shown(statuses)}: pass { [status]: { countsAsActive } }, or one of activeStatusPresets`,
  );
  const known = Object.keys(activeStatusPresets.default);
  for (const [status, rule] of Object.entries<StatusRule | undefined>(statuses as StatusRules)) {
    assertArgument(
      known.includes(status),
      `${path}.${status}`,
      () => `${path}.${status} is a rule for no status: pass one for ${known.join(", ")}`,
    );
    if (rule === undefined) continue;
    assertArgument(
      typeof rule?.countsAsActive === "boolean",
      `${path}.${status}.countsAsActive`,
      () => `${path}.${status}.countsAsActive is ${shown(rule?.countsAsActive)}: pass true or false`,
    );
    if (rule.graceDays === undefined) continue;
    assertInteger(rule.graceDays, `${path}.${status}.graceDays`, 0);
    assertArgument(
      rule.countsAsActive && status !== "trialing",
      `${path}.${status}.graceDays`,
      () =>
        `${path}.${status}.graceDays is ${rule.graceDays}: leave it out, it says how long an active status that does not end by itself counts`,
    );
  }
  const given = Object.entries(statuses as StatusRules).filter(([, rule]) => rule !== undefined);
  return { ...activeStatusPresets.default, ...Object.fromEntries(given) };
}
