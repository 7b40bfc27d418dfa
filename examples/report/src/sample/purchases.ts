import { drawInteger, drawPoisson, type Purchase, type RandomSource, startOfDay } from "clientele";
import type { SampleCustomer } from "./customers.js";
import type { Habits } from "./habits.js";
import type { SampleProduct } from "./products.js";
import { dayWeight, firstDay, hourWeights, lastDay, type SalesChannel, shop } from "./shop-calendar.js";
import { drawPlace, runningTotals } from "./weighted-choice.js";

const MINUTE_MS = 60_000;

/** Prices end in whole 500 rupiah: minor units (sen). */
const PRICE_STEP = 500_00;

/** What a sale costs beside the goods, in sen: delivery is free for the customer, so that small baskets can cost more than they bring. */
const DELIVERY_COST = 14_000_00;
const TILL_COST = 1_500_00;

/** Share of purchases that are given away. */
const FREE_SAMPLES = 0.003;

const hourTotals = {
  store: runningTotals(hourWeights.store),
  web: runningTotals(hourWeights.web),
  app: runningTotals(hourWeights.app),
};

/** A purchase of the sample: every field is known. */
export type SamplePurchase = Purchase &
  Required<Pick<Purchase, "id" | "cost" | "quantity" | "productId">> & { readonly channel: SalesChannel };

/**
 * What was bought, when, at what cost?
 *
 * Every buyer has one purchase on the first day, then a Poisson number of them until leaving, on days drawn in
 * proportion to how busy they are.
 */
export function samplePurchases(
  random: RandomSource,
  buyers: readonly SampleCustomer[],
  habits: readonly Habits[],
  products: readonly SampleProduct[],
): SamplePurchase[] {
  const days = Array.from({ length: lastDay - firstDay }, (_, index) => dayWeight(firstDay + index));
  const dayTotals = runningTotals(days);
  const usual = (dayTotals.at(-1) ?? 0) / days.length;
  const shelf = runningTotals(products.map(({ popularity }) => popularity));
  const boxes = runningTotals(products.map(({ popularity, byTheBox }) => (byTheBox ? popularity : 0)));
  const purchases: SamplePurchase[] = [];
  buyers.forEach(({ record, since }, index) => {
    const habit = habits[index];
    if (!habit) return;
    const from = since - firstDay;
    const until = Math.min(from + Math.ceil(habit.daysUntilLeaving), days.length);
    const busyDays = ((dayTotals[until] ?? 0) - (dayTotals[from] ?? 0)) / usual;
    const repeats = drawPoisson(random, (habit.purchasesPerYear * busyDays) / 365);
    const wholesale = record.kind === "organization";
    for (let nth = 0; nth <= repeats; nth++) {
      const day = firstDay + (nth === 0 ? from : drawPlace(random, dayTotals, from, until));
      const product = products[drawPlace(random, wholesale ? boxes : shelf)];
      if (product) purchases.push(purchase(random, record.id, habit, product, day));
    }
  });
  purchases.sort((left, right) => left.at - right.at);
  return purchases.map((each, index) => ({ ...each, id: `T-${String(index + 1).padStart(6, "0")}` }));
}

function purchase(
  random: RandomSource,
  customerId: string,
  habit: Habits,
  product: SampleProduct,
  day: number,
): SamplePurchase {
  const channel = random() < 0.8 ? habit.channel : "store";
  const quantity = unitsOf(random, habit, product);
  const listPrice = product.price * quantity * (1 - habit.discount);
  const amount = random() < FREE_SAMPLES ? 0 : Math.round(listPrice / PRICE_STEP) * PRICE_STEP;
  return {
    id: "",
    type: "purchase",
    customerId,
    at: instantOn(random, day, channel),
    amount,
    cost: product.unitCost * quantity + (channel === "store" ? TILL_COST : DELIVERY_COST),
    quantity,
    productId: product.record.id,
    channel,
  };
}

/** Dear things are bought one by one. */
function unitsOf(random: RandomSource, habit: Habits, product: SampleProduct): number {
  const affordable = (90_000_00 / product.price) ** 0.6 * habit.basket;
  return 1 + drawPoisson(random, affordable);
}

function instantOn(random: RandomSource, day: number, channel: SalesChannel): number {
  const hour = drawPlace(random, hourTotals[channel]);
  const minute = drawInteger(random, 0, 59);
  return startOfDay(day, shop.timeZone) + (hour * 60 + minute) * MINUTE_MS;
}
