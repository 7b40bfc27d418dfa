import { assertArgument, assertArray, assertInRange, shown } from "../../core/assert.js";
import { type Rate, ratio } from "../../core/rate.js";
import { type BondClass, type BondKind, bondClassOf, bondKinds } from "../../model/bond-kind.js";
import { checkRows } from "../../value/checked-rows.js";
import { type Bond, type BondOptions, bondSpans } from "./current-bonds.js";

/** What counts as covered. */
export interface BondCoverageOptions extends BondOptions {
  /** The kinds that come into question; default all of {@link bondKinds}. */
  readonly kinds?: readonly BondKind[] | undefined;
  /** Strength from which a kind is covered, 0 to 1; default 0: any bond covers. */
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
  /** Whether there is one, of the strength that is asked for. */
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
  const { asOf, since, until } = bondSpans(bonds, options);
  const { kinds = bondKinds, minStrength = 0, customers } = options;
  assertKinds(kinds);
  assertInRange(minStrength, "options.minStrength", 0, 1);
  const placeOf = new Map(kinds.map((kind, place) => [kind, place]));
  /** A cell with one bond more. */
  const joined = (cell: BondCell, strength: number, row: number): BondCell => {
    const end = until[row] === Number.POSITIVE_INFINITY ? null : until[row];
    const strongest = Math.max(cell.strength ?? 0, strength);
    return {
      kind: cell.kind,
      bonds: cell.bonds + 1,
      strength: strongest,
      isCovered: strongest >= minStrength,
      until: cell.bonds === 0 ? end : cell.until === null || end === null ? null : Math.max(cell.until, end),
    };
  };
  // One object for all customers without a bond of a kind: most cells of a large map are empty.
  const empty = kinds.map((kind) => ({ kind, bonds: 0, strength: null, isCovered: false, until: null }));
  const byCustomer = new Map<string | null, BondCell[]>();
  for (const id of customerIds(customers, bonds)) byCustomer.set(id, empty.slice());
  bonds.forEach(({ customerId, kind, strength }, row) => {
    const place = placeOf.get(kind);
    if (place === undefined || since[row] >= asOf || until[row] <= asOf) return;
    const cells = byCustomer.get(customerId ?? null);
    if (cells !== undefined) cells[place] = joined(cells[place], strength, row);
  });
  const found = Array.from(byCustomer, ([customerId, cells]) => {
    const missing = kinds.filter((_, place) => !cells[place].isCovered);
    return {
      customerId,
      covered: ratio(kinds.length - missing.length, kinds.length, "kinds"),
      missing,
      cells,
    };
  });
  return {
    asOf,
    minStrength,
    kinds: kinds.map((kind, i) => ({
      kind,
      class: bondClassOf(kind),
      covered: ratio(
        found.reduce((count, { cells }) => count + Number(cells[i].isCovered), 0),
        found.length,
        "customers",
      ),
    })),
    customers: found,
  };
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

function customerIds(
  customers: readonly string[] | undefined,
  bonds: readonly Bond[],
): Iterable<string | null> {
  const seen = new Set(bonds.map(({ customerId }) => customerId ?? null));
  if (customers === undefined) return seen;
  assertArray(customers, "options.customers");
  const asked = new Set<string | null>();
  for (const [i, id] of customers.entries()) {
    const path = `options.customers[${i}]`;
    assertArgument(
      typeof id === "string" && id !== "" && !asked.has(id),
      path,
      () => `${path} is ${shown(id)}: pass ids, each once`,
    );
    asked.add(id);
  }
  checkRows(bonds, "bonds", ({ customerId = null }, report) => {
    if (!asked.has(customerId as string | null))
      report("customerId", "is not in options.customers", customerId);
  });
  return asked;
}
