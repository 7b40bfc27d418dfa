import {
  type CompetitorOffer,
  type Interaction,
  type Product,
  type Refund,
  type Subscription,
  seededRandom,
} from "clientele";
import type { ShopBooks } from "../profit/shop-books.js";
import type { Survey } from "../relationship/relationship-books.js";
import { sampleAcquisitionSpend, sampleSources } from "./acquisition.js";
import { sampleBasketPrice, sampleOffers } from "./competitor-offers.js";
import { type SampleCustomer, sampleBuyers, sampleNonBuyers } from "./customers.js";
import { type SampleEffort, sampleEfforts } from "./efforts.js";
import { sampleHabits } from "./habits.js";
import { sampleInteractions } from "./interactions.js";
import { sampleOpportunities, samplePipeline } from "./opportunities.js";
import { sampleProducts } from "./products.js";
import { type SamplePurchase, samplePurchases } from "./purchases.js";
import { sampleRefunds } from "./refunds.js";
import { sampleActivities, sampleServiceWork } from "./service-work.js";
import { samplePlanProducts } from "./subscription-plans.js";
import { sampleSubscriptions } from "./subscriptions.js";
import { sampleSurvey } from "./survey.js";

/** How the sample is drawn. */
export interface SampleOptions {
  /** Another seed is another shop; default 2024. */
  readonly seed?: number;
  /** Customers with at least one purchase; default 20,000. Half as many more are on file without one. */
  readonly buyers?: number;
}

/** All records of the sample shop, in the shapes of `clientele/model`. */
export interface SampleBase {
  readonly products: readonly Product[];
  /** Buyers first, then those who never bought. */
  readonly customers: readonly SampleCustomer["record"][];
  /** Purchases in order of time, then refunds. */
  readonly transactions: readonly (SamplePurchase | Refund)[];
  readonly efforts: readonly SampleEffort[];
  readonly interactions: readonly Interaction[];
  /** One row for each phase, subscription by subscription. */
  readonly subscriptions: readonly Subscription[];
  /** What it costs to win and to serve customers, and what is being sold. */
  readonly books: ShopBooks;
  /** What customers say of the shop. */
  readonly survey: Survey;
  /** What competitors ask for a basket of goods, and how customers see them. */
  readonly offers: readonly CompetitorOffer[];
  /** The same basket in the shop, minor units. */
  readonly basketPrice: number;
}

/**
 * What does the customer base of a shop look like? A seeded simulation, for trying things out.
 *
 * Each kind of record is drawn from a stream of its own. To add a kind, write one generator and give it a new stream
 * name: what was drawn before stays as it is.
 */
export function sampleBase({ seed = 2024, buyers: count = 20_000 }: SampleOptions = {}): SampleBase {
  const stream = (kind: string) => seededRandom(seed, kind);
  const products = sampleProducts();
  const buyers = sampleBuyers(stream("buyers"), count);
  const nonBuyers = sampleNonBuyers(stream("nonBuyers"), Math.round(count / 2));
  const habits = sampleHabits(stream("habits"), buyers);
  const purchases = samplePurchases(stream("purchases"), buyers, habits, products);
  const refunds = sampleRefunds(stream("refunds"), purchases);
  const customers = [...buyers, ...nonBuyers];
  const efforts = sampleEfforts(stream("efforts"), customers);
  const interactions = sampleInteractions(stream("interactions"), buyers, purchases);
  const basketPrice = sampleBasketPrice(products);
  return {
    products: [...products.map(({ record }) => record), ...samplePlanProducts()],
    customers: customers.map(({ record }) => record),
    transactions: [...purchases, ...refunds],
    efforts,
    interactions,
    subscriptions: sampleSubscriptions(stream("subscriptions"), buyers),
    books: {
      activities: sampleActivities(count),
      work: sampleServiceWork(interactions, refunds),
      hourlyRate: 30_000_00,
      paymentFee: 0.007,
      acquisitionSpend: sampleAcquisitionSpend(efforts, buyers),
      sources: sampleSources(stream("sources"), buyers),
      listPrices: new Map(products.map(({ record, price }) => [record.id, price])),
      opportunities: sampleOpportunities(stream("opportunities"), customers),
      pipeline: samplePipeline,
    },
    survey: sampleSurvey(stream("survey"), buyers, habits, purchases, interactions),
    offers: sampleOffers(stream("offers"), basketPrice),
    basketPrice,
  };
}
