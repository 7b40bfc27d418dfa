import type { PointAccount, PointPosting } from "./event-parts.js";
import type { LoyaltyEvent } from "./loyalty-event.js";

/** What an event says of one movement in two ways that differ. @internal */
export interface EventMisfit {
  /** Where. */
  readonly field: "postings" | "points" | "lots" | "allocations" | "changes";
  /** The rule as a predicate that follows the field. */
  readonly reason: string;
}

/** What an event's own lots say of its postings. */
interface Sheet {
  /** What a field comes to, and what it should. */
  readonly sums: readonly (readonly [EventMisfit["field"], number, number])[];
  /** Accounts whose points follow: of one type, or of all types together. */
  readonly posted: readonly (readonly [PointAccount, string | null, number])[];
  /** Accounts that have the rest: in which of them a lot's points are is known to the account's history alone. */
  readonly places: readonly PointAccount[];
  /** Types of the points; `null` where only the account's lots know. */
  readonly types: readonly string[] | null;
}

/**
 * Does an event say the same of its points in all places: its lots, its number of points, its postings?
 *
 * What can be seen of one event without those before it; what the lots of the account say is `checkLedger`'s to tell.
 *
 * @internal
 */
export function eventMisfit(event: LoyaltyEvent): EventMisfit | null {
  const { sums, posted, places, types } = sheetOf(event);
  for (const [field, points, due] of sums) {
    if (points === due) continue;
    const reason =
      field === "points"
        ? `does not fit the lots, which come to ${due}`
        : `comes to ${points} points, where it is ${due} that moved`;
    return { field, reason };
  }
  const { postings } = event;
  const misfit = (reason: string): EventMisfit => ({ field: "postings", reason });
  for (const { account, pointType } of postings) {
    if (!places.includes(account) && !posted.some(([name]) => name === account))
      return misfit(`names "${account}", where no points of the event "${event.type}" go`);
    if (types !== null && !types.includes(pointType))
      return misfit(`names points of type "${pointType}", of which the event moves none`);
  }
  for (const [account, pointType, points] of posted) {
    const said = postedTo(postings, account, pointType);
    if (said !== points) {
      const type = pointType === null ? "" : ` of type "${pointType}"`;
      return misfit(`has ${said} points${type} for "${account}", where the lots come to ${points}`);
    }
  }
  return null;
}

const PLACES: readonly PointAccount[] = ["available", "pending", "expired"];
const NEW: readonly PointAccount[] = ["available", "pending"];

function sheetOf(event: LoyaltyEvent): Sheet {
  switch (event.type) {
    case "enrolled":
    case "tierChanged":
    case "membersChanged":
      return { sums: [], posted: [], places: [], types: null };
    case "earned":
      return opened("issued", event, NEW);
    case "transferredIn":
      return opened("transferred", event, NEW);
    case "transferredOut": {
      const sent = byType(event.lots);
      return {
        sums: [["allocations", sum(event.allocations), sum(event.lots)]],
        posted: sent.map(([type, points]) => ["transferred", type, points]),
        places: PLACES,
        types: sent.map(([type]) => type),
      };
    }
    case "activated": {
      const { lots, repaid } = event;
      const posted = [["pending", null, -sum(lots)] as const, ["arrears", null, sum(repaid)] as const];
      return { sums: [], posted, places: ["available"], types: null };
    }
    case "expired":
    case "closed":
      return { sums: [], posted: [["expired", null, sum(event.lots)]], places: NEW, types: null };
    case "reallocated":
      return { sums: [["changes", sum(event.changes), 0]], posted: [], places: PLACES, types: null };
    case "clawedBack": {
      const types = Object.keys(event.due);
      const of = (said: Readonly<Record<string, number>>, type: string) =>
        Object.hasOwn(said, type) ? said[type] : 0;
      const taken = types.reduce(
        (rest, type) => rest + of(event.due, type) - of(event.arrears, type) - of(event.unrecovered, type),
        0,
      );
      return {
        sums: [["allocations", sum(event.allocations), taken]],
        posted: types.flatMap((type) => [
          ["clawedBack", type, of(event.due, type) - of(event.unrecovered, type)] as const,
          ["arrears", type, 0 - of(event.arrears, type)] as const,
        ]),
        places: PLACES,
        types,
      };
    }
    default:
      return ofOneType(event);
  }
}

type OneType = Extract<LoyaltyEvent, { readonly pointType: string; readonly points: number }>;

function ofOneType(event: OneType): Sheet {
  const { pointType, points } = event;
  const repaid = sum(("repaid" in event ? event.repaid : undefined) ?? []);
  const sheet = (
    sums: Sheet["sums"],
    posted: Readonly<Partial<Record<PointAccount, number>>>,
    places = PLACES,
  ): Sheet => ({
    sums,
    posted: Object.entries({ arrears: repaid, ...posted }).map(([account, into]) => [
      account as PointAccount,
      pointType,
      into,
    ]),
    places,
    types: [pointType],
  });
  switch (event.type) {
    case "adjusted": {
      const added = ["lots", sum(event.lots), Math.max(points, 0)] as const;
      const taken = ["allocations", sum(event.allocations), Math.max(0 - points, 0)] as const;
      return sheet([added, taken], { adjusted: 0 - points });
    }
    case "authorized":
      return sheet([["points", points, sum(event.allocations)]], { held: points });
    case "captured": {
      const held = 0 - points - sum(event.released);
      return sheet([["points", points, sum(event.allocations)]], { held, redeemed: points });
    }
    case "voided":
      return sheet([["points", points, sum(event.released)]], { held: 0 - points });
    case "redeemed":
      return sheet([["points", points, sum(event.allocations)]], { redeemed: points });
    case "redemptionReversed": {
      const { restored, lapsed, moved, lots } = event;
      const back = sum(restored) + sum(lapsed) + sum(moved);
      return sheet(
        [
          ["points", points, back],
          ["lots", sum(lots), sum(moved)],
        ],
        { redeemed: 0 - points },
      );
    }
  }
}

type Opening = Extract<LoyaltyEvent, { readonly type: "earned" | "transferredIn" }>;

/** New lots, by type; what they repay is told in all types together. */
function opened(from: PointAccount, { lots, repaid }: Opening, places: readonly PointAccount[]): Sheet {
  const types = byType(lots);
  return {
    sums: [],
    posted: [
      ...types.map(([type, points]) => [from, type, 0 - points] as const),
      ["arrears", null, sum(repaid)],
    ],
    places,
    types: types.map(([type]) => type),
  };
}

type Part = { readonly points: number };

function sum(parts: readonly Part[]): number {
  return parts.reduce((total, { points }) => total + points, 0);
}

function byType(lots: readonly (Part & { readonly pointType: string })[]): [string, number][] {
  const sums = new Map<string, number>();
  for (const { pointType, points } of lots) sums.set(pointType, (sums.get(pointType) ?? 0) + points);
  return [...sums];
}

function postedTo(
  postings: readonly PointPosting[],
  account: PointAccount,
  pointType: string | null,
): number {
  return sum(
    postings.filter(
      (posting) => posting.account === account && (pointType === null || posting.pointType === pointType),
    ),
  );
}
