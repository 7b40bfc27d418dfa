import type { LoyaltyEvent } from "./loyalty-event.js";

/** The events of each account, in their order. @internal */
export function eventsByAccount(events: readonly LoyaltyEvent[]): Map<string, LoyaltyEvent[]> {
  const accounts = new Map<string, LoyaltyEvent[]>();
  for (const event of events) {
    const own = accounts.get(event.accountId);
    if (own === undefined) accounts.set(event.accountId, [event]);
    else own.push(event);
  }
  return accounts;
}
