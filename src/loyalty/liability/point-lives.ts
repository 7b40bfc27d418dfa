import { DAY_MS } from "../../core/civil-day.js";
import { ClienteleError } from "../../core/errors.js";
import type { CheckedMovements, PointMovement } from "./point-movement.js";

/** Points of one account that came and ended together. */
interface PointUnit {
  /** Whole days since issue from which on they are watched. */
  readonly entry: number;
  /** The last such day. */
  readonly exit: number;
  /** How they ended; `null` not yet, or out of sight. */
  readonly cause: "redeemed" | "expired" | null;
  readonly points: number;
}

/** @internal */
export interface PointLives {
  readonly points: number;
  readonly accounts: number;
  /** The last age in days at which any were watched; -1 none. */
  readonly oldest: number;
  /** Units by account. */
  readonly byAccount: readonly (readonly PointUnit[])[];
  /** Ages at which points ended, ascending, with those at risk. */
  readonly days: readonly {
    readonly age: number;
    readonly atRisk: number;
    readonly redeemed: number;
    readonly expired: number;
  }[];
}

/** Points that came to an account at one age. */
interface Entry {
  readonly entry: number;
  open: number;
}

/** Points that ended; what is given back is taken off. */
interface Ended {
  readonly from: Entry;
  readonly exit: number;
  readonly cause: "redeemed" | "expired";
  points: number;
}

/** How long points live: those of one account and date of issue are alike, whatever their lots. @internal */
export function pointLives(rows: CheckedMovements, asOf: number): PointLives {
  const accounts = new Map<string, Map<number, number[]>>();
  for (let row = 0; row < rows.length; row++) {
    if (rows.at[row] >= asOf || !rows.isAsked(row)) continue;
    const own = accounts.get(rows.accountId[row]);
    const issuedAt = rows.issuedAt[row];
    if (own === undefined) accounts.set(rows.accountId[row], new Map([[issuedAt, [row]]]));
    else {
      const same = own.get(issuedAt);
      if (same === undefined) own.set(issuedAt, [row]);
      else same.push(row);
    }
  }
  const lives = [...accounts].map(([accountId, dates]) =>
    [...dates].map(([issuedAt, own]) => unitsOf(rows, own, issuedAt, asOf, accountId)),
  );
  const watched = lives
    .map((own) => own.flatMap(({ moved, stayed }) => [...moved, ...stayed]))
    .filter((units) => units.length > 0);
  const stayed = lives.flat().flatMap((own) => own.stayed);
  return {
    points: stayed.reduce((sum, { points }) => sum + points, 0),
    accounts: watched.length,
    oldest: watched.flat().reduce((last, { exit }) => Math.max(last, exit), -1),
    byAccount: watched,
    days: daysOf(watched),
  };
}

function unitsOf(
  rows: CheckedMovements,
  own: number[],
  issuedAt: number,
  asOf: number,
  accountId: string,
): { readonly moved: readonly PointUnit[]; readonly stayed: readonly PointUnit[] } {
  const ageAt = (at: number) => Math.max(0, Math.floor((at - issuedAt) / DAY_MS));
  const entries: Entry[] = [];
  const ended: Ended[] = [];
  const moved: PointUnit[] = [];
  const take = (points: number, isLatest: boolean, took: (from: Entry, points: number) => void): void => {
    let missing = points;
    for (const from of isLatest ? [...entries].reverse() : entries) {
      const part = Math.min(missing, from.open);
      if (part === 0) continue;
      from.open -= part;
      missing -= part;
      took(from, part);
    }
    if (missing > 0) {
      throw new ClienteleError(
        "INVALID_ARGUMENT",
        "movements",
        `account ${JSON.stringify(accountId)} loses ${missing} points more than it has of those issued at ${new Date(issuedAt).toISOString()}: pass all its movements from the first on`,
      );
    }
  };
  const giveBack = (points: number, cause: Ended["cause"], entry: number): void => {
    let missing = points;
    for (const end of [...ended].reverse()) {
      if (end.cause !== cause) continue;
      const part = Math.min(missing, end.points);
      end.points -= part;
      end.from.open += part;
      missing -= part;
    }
    if (missing > 0) entries.push({ entry, open: missing });
  };
  for (const { at, kind, points } of inOrder(rows, own)) {
    const age = ageAt(at);
    if (kind === "reversed") giveBack(points, "redeemed", age);
    else if (kind === "expired" && points > 0) giveBack(points, "expired", age);
    else if (points > 0) entries.push({ entry: age, open: points });
    else if (kind === "redeemed" || kind === "expired") {
      take(-points, false, (from, part) => ended.push({ from, exit: age, cause: kind, points: part }));
    } else if (kind === "transferred") {
      // They go on in the other account on that day.
      take(-points, false, ({ entry }, part) => {
        if (age > entry) moved.push({ entry, exit: age - 1, cause: null, points: part });
      });
    } else take(-points, true, () => {});
  }
  const now = ageAt(asOf - 1);
  const open = entries.filter((from) => from.open > 0);
  return {
    moved,
    stayed: [
      ...ended
        .filter(({ points }) => points > 0)
        .map(({ from, exit, cause, points }) => ({ entry: from.entry, exit, cause, points })),
      ...open.map(({ entry, open: points }) => ({ entry, exit: now, cause: null, points })),
    ],
  };
}

/**
 * Movements in the order of their time. At one instant what came in goes first, and lapses with their corrections are one:
 * a debit that arrived late left less to lapse.
 */
function inOrder(
  rows: CheckedMovements,
  own: readonly number[],
): Pick<PointMovement, "at" | "kind" | "points">[] {
  const lapses = new Map<number, number>();
  const moves: Pick<PointMovement, "at" | "kind" | "points">[] = [];
  for (const row of own) {
    const [at, kind, points] = [rows.at[row], rows.kind[row], rows.points[row]];
    if (kind === "expired") lapses.set(at, (lapses.get(at) ?? 0) + points);
    else moves.push({ at, kind, points });
  }
  for (const [at, points] of lapses) if (points !== 0) moves.push({ at, kind: "expired", points });
  return moves.sort((a, b) => a.at - b.at || Number(a.points < 0) - Number(b.points < 0));
}

function daysOf(byAccount: readonly (readonly PointUnit[])[]): PointLives["days"] {
  const changes = new Map<number, { entering: number; leaving: number; redeemed: number; expired: number }>();
  const at = (day: number) => {
    const found = changes.get(day);
    if (found !== undefined) return found;
    const made = { entering: 0, leaving: 0, redeemed: 0, expired: 0 };
    changes.set(day, made);
    return made;
  };
  for (const units of byAccount) {
    for (const { entry, exit, cause, points } of units) {
      at(entry).entering += points;
      const day = at(exit);
      day.leaving += points;
      if (cause !== null) day[cause] += points;
    }
  }
  let atRisk = 0;
  const days: PointLives["days"][number][] = [];
  for (const [age, { entering, leaving, redeemed, expired }] of [...changes].sort(([a], [b]) => a - b)) {
    atRisk += entering;
    if (redeemed + expired > 0) days.push({ age, atRisk, redeemed, expired });
    atRisk -= leaving;
  }
  return days;
}
