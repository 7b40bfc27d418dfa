import type { DependencyCause } from "./dependency-score.js";

/** What ties customers in one sector, as a source has it. */
export interface SectorTies {
  /** Which sector. */
  readonly sector: "bank" | "shoppingCenter";
  /** What ties customers there. */
  readonly drivers: readonly {
    /** The word to use as the `cause` of a tie. */
    readonly cause: string;
    /** What is meant. */
    readonly meaning: string;
    /** The general cause of dependency that it is; `null`: none of them. */
    readonly dependencyCause: DependencyCause | null;
  }[];
  /** Where the list comes from, and what it is not. */
  readonly source: string;
}

const SOURCE =
  "An Indonesian article on routes to customer loyalty, value and dependency; named there as examples, without data or weights";

/**
 * What ties customers to a bank, and to a shopping center?
 *
 * A start for your own list, with no weights, because the source has none: rate and weigh each driver for your customers.
 *
 * @example
 * ```ts
 * import { sectorTies } from "clientele";
 *
 * sectorTies[0]?.drivers.map(({ cause }) => cause); // => ["staffCloseness", "access"]
 * ```
 */
export const sectorTies: readonly SectorTies[] = [
  {
    sector: "bank",
    drivers: [
      {
        cause: "staffCloseness",
        meaning: "Staff are close to the customer",
        dependencyCause: "staffKnowsCustomer",
      },
      { cause: "access", meaning: "The bank is easy to reach", dependencyCause: "locationAccess" },
    ],
    source: SOURCE,
  },
  {
    sector: "shoppingCenter",
    drivers: [
      {
        cause: "marketingMix",
        meaning: "Product, price, place, promotion: what is sold, for how much, where and how",
        dependencyCause: null,
      },
      { cause: "crm", meaning: "Customer relationship management", dependencyCause: null },
      { cause: "customerValue", meaning: "Value to the customer", dependencyCause: null },
    ],
    source: SOURCE,
  },
];
