import { assertArgument, assertArray, assertInteger, assertOptions, shown } from "../../core/assert.js";
import { safeSum } from "../../core/safe-integer.js";
import { assertText } from "./scheme-facts.js";

/** What a party has to pay on balance. */
export interface SettlementPosition {
  /** The partner, or the operator. */
  readonly partyId: string;
  /** Whole minor units: above 0 to pay, below 0 to get. */
  readonly net: number;
}

/** Money that one party pays to another. */
export interface SettlementPayment {
  /** Who pays. */
  readonly from: string;
  /** Who gets it. */
  readonly to: string;
  /** Whole minor units, above 0. */
  readonly amount: number;
}

/**
 * Who pays whom, so that all positions are settled?
 *
 * Whoever has most to pay pays whoever has most to get, until nobody has either: at most one payment fewer than parties.
 *
 * @param positions - Each party once; the positions sum to zero.
 * @returns Payments after which every position is zero, the largest first where they can be.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when they do not sum to zero or a party comes twice.
 * @example
 * ```ts
 * import { settlementPayments } from "clientele";
 *
 * settlementPayments([{ partyId: "bank", net: 70 }, { partyId: "cafe", net: -50 }, { partyId: "us", net: -20 }])
 *   .map(({ from, to, amount }) => `${from} pays ${to} ${amount}`); // => ["bank pays cafe 50", "bank pays us 20"]
 * ```
 */
export function settlementPayments(positions: readonly SettlementPosition[]): SettlementPayment[] {
  assertArray(positions, "positions");
  const seen = new Set<string>();
  for (const [i, position] of positions.entries()) {
    const path = `positions[${i}]`;
    assertOptions(position, "{ partyId, net }", path);
    assertText(position.partyId, `${path}.partyId`);
    assertInteger(position.net, `${path}.net`);
    assertArgument(
      !seen.has(position.partyId),
      `${path}.partyId`,
      () => `${path}.partyId is ${shown(position.partyId)}, as that of an earlier one: pass each party once`,
    );
    seen.add(position.partyId);
  }
  const sum = safeSum(
    positions.map(({ net }) => net),
    "positions",
    "the sum of the positions",
  );
  assertArgument(sum === 0, "positions", () => `positions sum to ${sum}: pass all parties, they sum to 0`);

  const debtors = largestFirst(positions.filter(({ net }) => net > 0));
  const creditors = largestFirst(positions.filter(({ net }) => net < 0));
  const payments: SettlementPayment[] = [];
  let debtor = debtors.shift();
  let creditor = creditors.shift();
  while (debtor !== undefined && creditor !== undefined) {
    const amount = Math.min(debtor.open, creditor.open);
    payments.push({ from: debtor.partyId, to: creditor.partyId, amount });
    debtor.open -= amount;
    creditor.open -= amount;
    if (debtor.open === 0) debtor = debtors.shift();
    if (creditor.open === 0) creditor = creditors.shift();
  }
  return payments;
}

function largestFirst(positions: readonly SettlementPosition[]): { partyId: string; open: number }[] {
  return positions
    .map(({ partyId, net }) => ({ partyId, open: Math.abs(net) }))
    .sort((a, b) => b.open - a.open || (a.partyId < b.partyId ? -1 : 1));
}
