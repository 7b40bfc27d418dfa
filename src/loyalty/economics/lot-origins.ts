import type { LotAllocation } from "../ledger/event-parts.js";
import type { LoyaltyEvent, OpenedLot } from "../ledger/loyalty-event.js";

/** Which rule gave a share of a lot's points, at which level. @internal */
export interface LotOrigin {
  readonly ruleId: string | null;
  readonly tier: string | null;
  /** Points of the lot from there ... */
  readonly points: number;
  /** ... of so many; the points of a lot come to them. */
  readonly of: number;
}

const UNKNOWN: readonly LotOrigin[] = [{ ruleId: null, tier: null, points: 1, of: 1 }];

/**
 * Where the points of each lot were earned. A lot that a redemption came back in has the origins of the lots that the
 * redemption had burned, by their points; of points that came by hand or from another account none is known.
 *
 * @internal
 */
export function lotOrigins(
  events: readonly LoyaltyEvent[],
): (accountId: string, lot: number) => readonly LotOrigin[] {
  const accounts = new Map<string, LotOrigin[][]>();
  for (const event of events) {
    const lots = accounts.get(event.accountId) ?? [];
    accounts.set(event.accountId, lots);
    if (event.type === "earned") {
      for (const lot of event.lots) lots[lot.lot] = earnedBy(lot, event.tier);
    } else if (event.type === "redemptionReversed") {
      let rest = event.moved;
      for (const { lot, points } of event.lots) {
        const [own, later] = splitAt(rest, points);
        lots[lot] = merged(
          own.flatMap((part) =>
            (lots[part.lot] ?? UNKNOWN).map((origin) => ({
              ...origin,
              points: (origin.points * part.points) / origin.of,
              of: points,
            })),
          ),
        );
        rest = later;
      }
    }
  }
  return (accountId, lot) => accounts.get(accountId)?.[lot] ?? UNKNOWN;
}

function earnedBy({ points, rules = [] }: OpenedLot, tier: string | null): LotOrigin[] {
  const known = rules.map((rule) => ({ ruleId: rule.ruleId, tier, points: rule.points, of: points }));
  const rest = points - rules.reduce((sum, rule) => sum + rule.points, 0);
  return rest === 0 ? known : [...known, { ruleId: null, tier, points: rest, of: points }];
}

/** Each rule at each level once, however often points went and came back. */
function merged(origins: readonly LotOrigin[]): LotOrigin[] {
  const sums: LotOrigin[] = [];
  for (const origin of origins) {
    const same = sums.findIndex(({ ruleId, tier }) => ruleId === origin.ruleId && tier === origin.tier);
    if (same < 0) sums.push(origin);
    else sums[same] = { ...origin, points: sums[same].points + origin.points };
  }
  return sums;
}

/** The first parts that come to so many points, and the others. */
function splitAt(
  parts: readonly LotAllocation[],
  points: number,
): readonly [LotAllocation[], LotAllocation[]] {
  const first: LotAllocation[] = [];
  const later: LotAllocation[] = [];
  let missing = points;
  for (const part of parts) {
    const some = Math.min(part.points, missing);
    if (some > 0) first.push({ lot: part.lot, points: some });
    if (some < part.points) later.push({ lot: part.lot, points: part.points - some });
    missing -= some;
  }
  return [first, later];
}
