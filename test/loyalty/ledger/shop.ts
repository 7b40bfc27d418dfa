import type { Result } from "../../../src/core/result.js";
import { accountLots } from "../../../src/loyalty/ledger/account-lots.js";
import { decideLoyalty } from "../../../src/loyalty/ledger/decide-loyalty.js";
import type { PointAccount } from "../../../src/loyalty/ledger/event-parts.js";
import { foldLoyalty } from "../../../src/loyalty/ledger/evolve-loyalty.js";
import { emptyLoyaltyAccount, type LoyaltyAccount } from "../../../src/loyalty/ledger/loyalty-account.js";
import type { LoyaltyCommand } from "../../../src/loyalty/ledger/loyalty-command.js";
import type { LoyaltyDecision } from "../../../src/loyalty/ledger/loyalty-decision.js";
import type { LoyaltyEvent } from "../../../src/loyalty/ledger/loyalty-event.js";
import type { LoyaltyRefusal } from "../../../src/loyalty/ledger/loyalty-refusal.js";
import { settleLoyalty } from "../../../src/loyalty/ledger/settle-loyalty.js";
import type { LoyaltyProgram } from "../../../src/loyalty/program/loyalty-program.js";

/** A programme whose points come by hand unless a test gives it earn rules; one point for each unit of money. */
export function programOf(change: Partial<LoyaltyProgram> = {}): LoyaltyProgram {
  return {
    version: 1,
    id: "club",
    currency: "EUR",
    timeZone: "UTC",
    pointTypes: [{ id: "points", kind: "spendable" }],
    earnRules: [{ id: "base", award: { per: "amount", points: 1, amount: 1 } }],
    earnOn: "gross",
    roundingPer: "order",
    rounding: "floor",
    burnOrder: "soonestExpiry",
    rewards: [],
    returnPolicy: "withinBalance",
    reversal: { into: "originalLots" },
    lateEarns: "frozen",
    ...change,
  };
}

type Unkeyed<C> = C extends LoyaltyCommand ? Omit<C, "key"> & { readonly key?: string } : never;

/** A command whose key the shop makes up, unless the test is about keys. */
export type ShopCommand = Unkeyed<LoyaltyCommand>;

/**
 * An account and its history, as a host keeps them. Each decision is held against the invariants of the ledger: the events
 * fold to the decided account, each type's postings come to zero, lots and balances agree.
 */
export interface Shop {
  account: LoyaltyAccount;
  readonly events: LoyaltyEvent[];
  program: LoyaltyProgram;
  readonly send: (command: ShopCommand) => Result<LoyaltyDecision, LoyaltyRefusal>;
  /** Sends a command that must be granted. */
  readonly grant: (command: ShopCommand) => LoyaltyDecision;
  /** The code of a refusal; fails where the command is granted. */
  readonly refusal: (command: ShopCommand) => LoyaltyRefusal;
  /** Points that an account of the double entry has at an instant, as reading would say. */
  readonly at: (instant: string, name?: PointAccount, pointType?: string) => number;
}

export function openShop(program: LoyaltyProgram, accountId = "A", enrolledAt = "2020-01-01"): Shop {
  let count = 0;
  const shop: Shop = {
    account: emptyLoyaltyAccount(accountId),
    events: [],
    program,
    send(command) {
      const keyed = { key: `${accountId}-${count++}`, ...command } as LoyaltyCommand;
      const before = JSON.stringify(shop.account);
      const result = decideLoyalty(shop.program, shop.account, keyed);
      if (JSON.stringify(shop.account) !== before)
        throw new Error("decideLoyalty changed the account it was given");
      if (result.ok) {
        keep(shop, result.value);
      }
      return result;
    },
    grant(command) {
      const result = shop.send(command);
      if (!result.ok) throw new Error(`refused: ${result.error.message}`);
      return result.value;
    },
    refusal(command) {
      const before = shop.account;
      const result = shop.send(command);
      if (result.ok) throw new Error(`granted: ${JSON.stringify(result.value.outcome)}`);
      if (shop.account !== before) throw new Error("a refused command left a trace");
      return result.error;
    },
    at(instant, name, pointType = "points") {
      const { account } = settleLoyalty(shop.program, shop.account, instant);
      const balances = account.points[pointType]?.balances;
      if (balances === undefined) return 0;
      return name === undefined ? balances.available + balances.arrears : balances[name];
    },
  };
  shop.grant({ type: "enroll", at: enrolledAt, memberId: `member of ${accountId}` });
  return shop;
}

/** Keeps a decision as a host would, and holds it against the invariants. */
export function keep(shop: Shop, decision: LoyaltyDecision): void {
  const folded = foldLoyalty(decision.events, shop.account);
  if (JSON.stringify(folded) !== JSON.stringify(decision.account)) {
    throw new Error("the decided account is not what its events fold to");
  }
  shop.account = decision.account;
  shop.events.push(...decision.events);
  assertBalanced(shop.account);
}

/** Lots against balances: an independent sum over lots for each account that has points in lots. */
function assertBalanced(account: LoyaltyAccount): void {
  const lots = accountLots(account);
  for (const [pointType, { balances }] of Object.entries(account.points)) {
    const sum = (pick: (lot: (typeof lots)[number]) => number) =>
      lots.filter((lot) => lot.pointType === pointType).reduce((total, lot) => total + pick(lot), 0);
    const expected: Partial<Record<PointAccount, number>> = {
      available: sum((lot) => (lot.status === "active" ? lot.remaining : 0)),
      pending: sum((lot) => (lot.status === "pending" ? lot.remaining : 0)),
      held: sum((lot) => lot.held),
      expired: sum((lot) => lot.lapsed),
    };
    for (const [name, points] of Object.entries(expected)) {
      const booked = balances[name as PointAccount];
      if (booked !== points) throw new Error(`${name} is ${booked}, the lots say ${points}`);
    }
    const all = Object.values(balances).reduce((total, points) => total + points, 0);
    if (all !== 0) throw new Error(`balances come to ${all}`);
    if (balances.arrears > 0) throw new Error("arrears above 0");
    if (balances.arrears < 0 && balances.available !== 0) throw new Error("points at hand beside arrears");
    for (const lot of lots) {
      if (lot.remaining < 0 || lot.held < 0 || lot.remaining + lot.held > lot.original) {
        throw new Error(`lot ${lot.lot} has ${lot.remaining} + ${lot.held} of ${lot.original}`);
      }
    }
  }
}

/** An opening lot with dates of its own. */
export function lotOf(
  points: number,
  at: string,
  expiresAt: string | null = null,
  activeAt?: string,
): ShopCommand {
  return {
    type: "adjust",
    at,
    points,
    expiresAt,
    reason: "opening balance",
    actor: "import",
    ...(activeAt === undefined ? {} : { activeAt }),
  };
}

/** Remaining points of each lot in the order of their numbers. */
export function remaining(account: LoyaltyAccount): number[] {
  return accountLots(account).map((lot) => lot.remaining - lot.lapsed);
}
