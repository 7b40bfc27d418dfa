import { assertArgument, assertArray, assertInRange, shown } from "../../core/assert.js";
import { type Rate, ratio } from "../../core/rate.js";
import { type BondClass, type BondKind, bondClassOf, bondKinds } from "../../model/bond-kind.js";
import { checkRows } from "../../value/checked-rows.js";
import { type Bond, type BondOptions, bondsAsOf, checkBonds } from "./current-bonds.js";

/** What counts as covered. */
export interface BondCoverageOptions extends BondOptions {
  /** The kinds that come into question; default all of {@link bondKinds}. */
  readonly kinds?: readonly BondKind[] | undefined;
  /** Strength from which a kind is covered, 0 to 1; default 0: any bond covers whose strength is above 0. */
  readonly minStrength?: number | undefined;
  /** All customers to show, those without a bond too; default those that have a record, whether it holds or not. */
  readonly customers?: readonly string[] | undefined;
}

/** One kind of bond with one customer. */
export interface BondCell {
  /** Which kind. */
  readonly kind: BondKind;
  /** Number of bonds that hold. */
  readonly bonds: number;
  /** Strength of the strongest; `null` without any. */
  readonly strength: number | null;
  /** Whether there is one with a strength above 0, and of the strength that is asked for. */
  readonly isCovered: boolean;
  /** When the last of them ends, epoch milliseconds; `null` when one has no known end, or there is none. */
  readonly until: number | null;
}

/** The bonds of customers against the kinds that there are. */
export interface BondCoverage {
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** Strength from which a kind is covered. */
  readonly minStrength: number;
  /** The kinds looked at, with the customers that they hold. */
  readonly kinds: readonly {
    /** Which kind. */
    readonly kind: BondKind;
    /** Social or structural. */
    readonly class: BondClass;
    /** Part of the customers with whom it is covered. */
    readonly covered: Rate;
  }[];
  /** Each customer, with a cell for each kind in their order. */
  readonly customers: readonly {
    /** Who; `null`: the customer at hand, where bonds name none. */
    readonly customerId: string | null;
    /** Part of the kinds that are covered. */
    readonly covered: Rate;
    /** The kinds that are not. */
    readonly missing: readonly BondKind[];
    /** One for each kind. */
    readonly cells: readonly BondCell[];
  }[];
}

/**
 * Which kinds of bonds hold which customers, and which are missing?
 *
 * @param bonds - Bonds of one customer or of many.
 * @param options - `asOf`, `kinds`, `minStrength`, `customers`.
 * @returns A row for each customer, in the order in which they come, with a cell for each kind.
 * @throws {@link ClienteleError} as {@link currentBonds}; `INVALID_ROWS` for bonds of a customer who is not in `customers`;
 *   `INVALID_ARGUMENT` for a bad option.
 * @example
 * ```ts
 * import { type Bond, bondCoverage } from "clientele";
 *
 * const bonds: Bond[] = [
 *   { id: "frame", class: "structural", kind: "legal", strength: 0.5, since: "2023-01-01" },
 *   { id: "dewi", class: "social", kind: "social", strength: 0.2, since: "2023-01-01" },
 * ];
 * const kinds = ["social", "legal", "technology"] as const;
 * const [customer] = bondCoverage(bonds, { asOf: "2024-01-01", kinds, minStrength: 0.5 }).customers;
 * customer?.missing; // => ["social", "technology"]
 * ```
 */
export function bondCoverage(bonds: readonly Bond[], options: BondCoverageOptions): BondCoverage {
  const asOf = bondsAsOf(options);
  const { kinds = bondKinds, minStrength = 0, customers } = options;
  assertKinds(kinds);
  assertInRange(minStrength, "options.minStrength", 0, 1);
  // One object for all customers without a bond of a kind: most cells of a large map are empty.
  const empty = kinds.map((kind) => ({ kind, bonds: 0, strength: null, isCovered: false, until: null }));
  const placeOf = new Map(kinds.map((kind, place) => [kind, place]));
  const ids = askedIds(customers);
  const cellsOf: BondCell[][] = Array.from(ids, () => empty.slice());
  /** The kinds that are covered, a bit for the place of each. */
  const masks: number[] = cellsOf.map(() => 0);
  const rowOf = new Map(Array.from(ids, (id, row) => [id, row]));
  let areAllAsked = true;
  let [id, row]: [string | null | undefined, number | undefined] = [undefined, undefined];
  checkBonds(bonds, options.timeZone, ({ customerId = null, kind, strength }, since, until) => {
    // Bonds of a customer mostly follow each other.
    if (customerId !== id) {
      id = customerId;
      row = rowOf.get(id);
      if (row === undefined && customers === undefined) {
        row = cellsOf.length;
        rowOf.set(id, row);
        ids.push(id);
        cellsOf.push(empty.slice());
        masks.push(0);
      }
    }
    if (row === undefined) areAllAsked = false;
    const place = placeOf.get(kind);
    if (row === undefined || place === undefined || since >= asOf || until <= asOf) return;
    const cell = joined(cellsOf[row][place], strength, until, minStrength);
    cellsOf[row][place] = cell;
    if (cell.isCovered) masks[row] |= 1 << place;
  });
  if (!areAllAsked) assertAsked(bonds, rowOf);
  const patterns = new Map<number, CoveragePattern>();
  const found = ids.map((customerId, at) => {
    const pattern = patterns.get(masks[at]) ?? patternOf(kinds, masks[at]);
    if (pattern.customers++ === 0) patterns.set(masks[at], pattern);
    return { customerId, covered: pattern.covered, missing: pattern.missing, cells: cellsOf[at] };
  });
  const coveredAt = (place: number): number => {
    let count = 0;
    for (const [mask, { customers: own }] of patterns) if (mask & (1 << place)) count += own;
    return count;
  };
  return {
    asOf,
    minStrength,
    kinds: kinds.map((kind, place) => ({
      kind,
      class: bondClassOf(kind),
      covered: ratio(coveredAt(place), found.length, "customers"),
    })),
    customers: found,
  };
}

/** A cell with one bond more. */
function joined(cell: BondCell, strength: number, until: number, minStrength: number): BondCell {
  const end = until === Number.POSITIVE_INFINITY ? null : until;
  const strongest = Math.max(cell.strength ?? 0, strength);
  return {
    kind: cell.kind,
    bonds: cell.bonds + 1,
    strength: strongest,
    isCovered: strongest > 0 && strongest >= minStrength,
    until: cell.bonds === 0 ? end : cell.until === null || end === null ? null : Math.max(cell.until, end),
  };
}

/** What customers with the same kinds covered have in common. */
interface CoveragePattern {
  readonly covered: Rate;
  readonly missing: readonly BondKind[];
  customers: number;
}

function patternOf(kinds: readonly BondKind[], mask: number): CoveragePattern {
  const missing = kinds.filter((_, place) => (mask & (1 << place)) === 0);
  const covered = ratio(kinds.length - missing.length, kinds.length, "kinds");
  return { covered, missing, customers: 0 };
}

function assertKinds(kinds: unknown): void {
  const path = "options.kinds";
  assertArray(kinds, path);
  for (const [i, kind] of kinds.entries()) {
    assertArgument(
      bondKinds.includes(kind as BondKind) && kinds.indexOf(kind) === i,
      `${path}[${i}]`,
      () => `${path}[${i}] is ${shown(kind)}: pass kinds of bondKinds, each once`,
    );
  }
}

/** The customers to show, as far as they are given. */
function askedIds(customers: readonly string[] | undefined): (string | null)[] {
  if (customers === undefined) return [];
  assertArray(customers, "options.customers");
  const asked = new Set<string>();
  for (const [i, id] of customers.entries()) {
    const path = `options.customers[${i}]`;
    assertArgument(
      typeof id === "string" && id !== "" && !asked.has(id),
      path,
      () => `${path} is ${shown(id)}: pass ids, each once`,
    );
    asked.add(id);
  }
  return [...asked];
}

function assertAsked(bonds: readonly Bond[], asked: ReadonlyMap<string | null, number>): void {
  checkRows(bonds, "bonds", ({ customerId }, report) => {
    if (!asked.has((customerId as string | undefined) ?? null))
      report("customerId", "is not in options.customers", customerId);
  });
}
