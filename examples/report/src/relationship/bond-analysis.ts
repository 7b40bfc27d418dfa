import {
  type Bond,
  type BondCoverage,
  type BondFragility,
  type BondKind,
  bondCoverage,
  bondFragility,
  currentBonds,
} from "clientele";
import type { KnownOfCustomers } from "./relationship-analysis.js";

/** What binds the businesses that bring most. */
export interface BondAnalysis {
  readonly coverage: BondCoverage;
  /** One for each of them who has a bond. */
  readonly fragile: readonly { readonly customerId: string; readonly fragility: BondFragility }[];
  /** Bonds with any business that end within {@link ENDING_DAYS}, the first to end first. */
  readonly ending: readonly {
    readonly customerId: string;
    readonly kind: BondKind;
    readonly evidence: string | null;
    /** Epoch milliseconds. */
    readonly until: number;
  }[];
  /** How many of the shop's businesses with revenue have a bond, and how many there are. */
  readonly businesses: { readonly bound: number; readonly all: number };
}

/** As many columns as a desk has room for. */
const SHOWN = 12;
export const ENDING_DAYS = 90;
const DAY_MS = 86_400_000;

/** Those that the shop has or could have; equity and projects it has with nobody. */
const KINDS: readonly BondKind[] = ["social", "financial", "legal", "process", "technology", "geographic"];

/** What binds the largest businesses, and on how few threads does it hang? */
export function analyzeBonds(
  bonds: readonly Bond[],
  asOf: string,
  timeZone: string,
  { businesses, revenue }: KnownOfCustomers,
): BondAnalysis {
  const options = { asOf, timeZone };
  const buying = [...businesses].filter((id) => (revenue.get(id) ?? 0) > 0);
  const largest = buying.sort((a, b) => (revenue.get(b) ?? 0) - (revenue.get(a) ?? 0)).slice(0, SHOWN);
  const [known, shown] = [new Set(buying), new Set(largest)];
  const ofBusinesses = bonds.filter(({ customerId }) => known.has(customerId ?? ""));
  const own = ofBusinesses.filter(({ customerId }) => shown.has(customerId ?? ""));
  const { asOf: now, current, expiring } = currentBonds(ofBusinesses, options);
  const byId = new Map(current.map((bond) => [bond.id, bond]));
  const bound = new Set(current.map(({ customerId }) => customerId));
  return {
    coverage: bondCoverage(own, { ...options, kinds: KINDS, customers: largest }),
    fragile: largest.flatMap((customerId) => {
      const held = own.filter((bond) => bond.customerId === customerId);
      const fragility = bondFragility(held, options);
      return fragility.fragility.value === null ? [] : [{ customerId, fragility }];
    }),
    ending: expiring.flatMap(({ id, until }) => {
      const bond = byId.get(id);
      if (!bond?.customerId || until >= now + ENDING_DAYS * DAY_MS) return [];
      return [{ customerId: bond.customerId, kind: bond.kind, evidence: bond.evidence ?? null, until }];
    }),
    businesses: { bound: bound.size, all: buying.length },
  };
}
