import type { LoyaltyEvent } from "clientele";

interface LotByHand {
  readonly pointType: string;
  readonly orderId: string | null;
  readonly points: number;
  readonly earnedAt: number;
  readonly activeAt: number;
  readonly expiresAt: number | null;
  remaining: number;
  held: number;
}

/**
 * What a service would write by hand: objects, arrays and maps that it changes, with no check at all. It keeps what the same
 * answers need: balances by type and account; lots with what is left and held of them, and those that are open in the order
 * of their lapse; orders with their lines and lots for returns, and what has come back; redemptions and holds with the lots
 * they took from; what counts towards a level by day, and the level; the answer to each idempotency key. It leaves out what
 * these histories do not have: pending and sliding points, lapses, transfers, caps, several types of point in one order.
 */
export function foldByHand(events: readonly LoyaltyEvent[]) {
  const state = {
    accountId: "",
    memberId: "",
    status: "new",
    enrolledAt: 0,
    recordedAt: 0,
    lastDebitAt: 0,
    purchases: 0,
    standing: null as unknown,
    balances: new Map<string, Record<string, number>>(),
    lots: [] as LotByHand[],
    open: [] as number[],
    orders: new Map<string, unknown>(),
    redemptions: new Map<string, unknown>(),
    holds: new Map<string, unknown>(),
    keys: new Map<string, unknown>(),
    days: new Map<number, { spend: number; orders: number; visits: number; points: number }>(),
    seq: 0,
  };
  const take = (lot: number, points: number) => {
    const taken = state.lots[lot];
    if (taken === undefined) return;
    taken.remaining -= points;
    if (taken.remaining === 0) state.open.splice(state.open.indexOf(lot), 1);
  };
  for (const event of events) {
    for (const { account, pointType, points } of event.postings) {
      let balances = state.balances.get(pointType);
      if (balances === undefined) {
        balances = { issued: 0, available: 0, held: 0, redeemed: 0 };
        state.balances.set(pointType, balances);
      }
      balances[account] = (balances[account] ?? 0) + points;
    }
    let answered = 0;
    if (event.type === "enrolled") {
      state.accountId = event.accountId;
      state.memberId = event.memberId;
      state.status = "open";
      state.enrolledAt = event.at;
      state.standing = event.standing;
    } else if (event.type === "earned") {
      for (const { lot, pointType, points, earnedAt, activeAt, expiresAt } of event.lots) {
        const { orderId } = event;
        state.lots.push({
          pointType,
          orderId,
          points,
          earnedAt,
          activeAt,
          expiresAt,
          remaining: points,
          held: 0,
        });
        // In the order of their lapse, then of their age.
        let place = state.open.length;
        while (
          place > 0 &&
          (state.lots[state.open[place - 1] ?? 0]?.expiresAt ?? Infinity) > (expiresAt ?? Infinity)
        )
          place--;
        state.open.splice(place, 0, lot);
        answered += points;
      }
      const { lines, lots, qualifying } = event;
      state.orders.set(event.orderId, { lines, lots, qualifying, returned: null });
      const { day, spend, orders, visits, points } = qualifying;
      const counted = state.days.get(day) ?? { spend: 0, orders: 0, visits: 0, points: 0 };
      counted.spend += spend;
      counted.orders += orders;
      counted.visits += visits;
      counted.points += points.points ?? 0;
      state.days.set(day, counted);
      state.purchases++;
    } else if (event.type === "redeemed") {
      const { at, pointType, points, allocations } = event;
      for (const part of allocations) take(part.lot, part.points);
      state.redemptions.set(event.redemptionId, { at, pointType, points, reversed: 0, allocations });
      state.lastDebitAt = at;
      answered = points;
    } else if (event.type === "authorized") {
      const { pointType, points, until, allocations } = event;
      for (const part of allocations) {
        take(part.lot, part.points);
        const held = state.lots[part.lot];
        if (held !== undefined) held.held += part.points;
      }
      state.holds.set(event.holdId, { status: "open", pointType, points, until, allocations });
      answered = points;
    } else if (event.type === "captured") {
      const { at, pointType, points, allocations } = event;
      for (const part of allocations) {
        const held = state.lots[part.lot];
        if (held !== undefined) held.held -= part.points;
      }
      for (const part of event.released) {
        const back = state.lots[part.lot];
        if (back === undefined) continue;
        back.held -= part.points;
        if (back.remaining === 0) state.open.unshift(part.lot);
        back.remaining += part.points;
      }
      state.holds.set(event.holdId, { status: "captured", pointType, points, until: null, allocations });
      state.redemptions.set(event.holdId, { at, pointType, points, reversed: 0, allocations });
      state.lastDebitAt = at;
      answered = points;
    }
    const { fingerprint, type, seq } = event;
    if (event.key !== null) state.keys.set(event.key, { fingerprint, type, seq, points: answered });
    state.recordedAt = event.recordedAt;
    state.seq = seq;
  }
  return state;
}
