import type { Product, SubscriptionInput } from "clientele";
import { shop } from "./shop-calendar.js";

/** A plan of the shop: something that comes again and again, in sizes from small to large. */
export interface SamplePlan {
  readonly family: string;
  readonly interval: SubscriptionInput["interval"];
  /** How often it is taken by people and by organizations. */
  readonly popularity: { readonly person: number; readonly organization: number };
  /** Chance that it is given up when it comes up for renewal. */
  readonly churn: number;
  /** Whether the first two weeks may be free. */
  readonly hasTrial: boolean;
  readonly sizes: readonly PlanSize[];
}

/** One size of a plan, with its price in sen. */
interface PlanSize {
  readonly id: string;
  readonly name: string;
  readonly price: number;
  readonly unitCost: number;
}

type Size = readonly [name: string, price: number, unitCost: number];

/** Prices and costs in rupiah for one interval. */
const catalogue: readonly (Omit<SamplePlan, "sizes"> & { readonly sizes: readonly Size[] })[] = [
  {
    family: "water",
    interval: { unit: "week", count: 1 },
    popularity: { person: 4, organization: 2 },
    churn: 0.012,
    hasTrial: true,
    sizes: [
      ["Drinking water every week, 1 gallon", 21_000, 16_500],
      ["Drinking water every week, 2 gallons", 41_000, 33_000],
      ["Drinking water every week, 4 gallons", 79_000, 66_000],
    ],
  },
  {
    family: "coffee",
    interval: { unit: "month", count: 1 },
    popularity: { person: 3, organization: 1 },
    churn: 0.065,
    hasTrial: true,
    sizes: [
      ["Coffee of the month, 250 g", 55_000, 29_000],
      ["Coffee of the month, 500 g", 99_000, 57_000],
    ],
  },
  {
    family: "staples",
    interval: { unit: "month", count: 1 },
    popularity: { person: 2.5, organization: 4 },
    churn: 0.04,
    hasTrial: false,
    sizes: [
      ["Staples box, for two", 235_000, 214_000],
      ["Staples box, for a family", 425_000, 388_000],
      ["Staples box, for a food stall", 1_450_000, 1_340_000],
    ],
  },
  {
    family: "club",
    interval: { unit: "year", count: 1 },
    popularity: { person: 1.5, organization: 2 },
    churn: 0.28,
    hasTrial: false,
    sizes: [
      ["Free delivery, a year", 349_000, 190_000],
      ["Free delivery for business, a year", 1_490_000, 980_000],
    ],
  },
];

/** To what can one subscribe? Nothing is drawn here. */
export const plans: readonly SamplePlan[] = catalogue.map((plan) => ({
  ...plan,
  sizes: plan.sizes.map(([name, price, unitCost], index) => ({
    id: `S-${plan.family}-${index + 1}`,
    name,
    price: price * 100,
    unitCost: unitCost * 100,
  })),
}));

/** The records of the plans: each size is a product, and the sizes of a plan are rungs of one ladder. */
export function samplePlanProducts(): Product[] {
  const inSen = (amount: number) => ({ amount, currency: shop.currency });
  return plans.flatMap(({ family, sizes }) =>
    sizes.map(({ id, name, price, unitCost }) => ({
      ...{ id, name, family, category: "subscriptions" },
      ...{ unitPrice: inSen(price), unitCost: inSen(unitCost) },
    })),
  );
}
