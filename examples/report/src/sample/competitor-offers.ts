import { type CompetitorOffer, drawNormal, epochMs, type RandomSource } from "clientele";
import type { SampleProduct } from "./products.js";
import { questionnaire } from "./questionnaire.js";
import { shop } from "./shop-calendar.js";

/** What is put into the basket whose price is compared: what most households buy every month. */
const BASKET = [
  "Rice, 5 kg",
  "Cooking oil, 2 l",
  "Sugar, 1 kg",
  "Ground coffee, 250 g",
  "Washing powder, 1.8 kg",
];

const PRICE_STEP = 500_00;

/** Price beside ours, and quality, choice, delivery, advice, good name as those see them who buy there too. */
const competitors = [
  { id: "Pasar Rukun", price: 0.92, scores: [7.1, 6.6, 4.2, 6.9, 6.4] },
  { id: "Swalayan Indah", price: 1.09, scores: [8.3, 8.4, 7.2, 6.8, 8.1] },
  { id: "Belanja Kilat", price: 1.04, scores: [7.2, 7.9, 8.6, 5.4, 6.9] },
  { id: "Grosir Makmur", price: 0.87, scores: [6.9, 5.9, 5.1, 5.2, 6.6] },
];

/** Looked at once a year, in the weeks of the survey. */
const days = ["2022-12-10", "2023-12-10"];

/** A sale before Lebaran that nobody has looked at since. */
const lapsed = { id: "Minimart Ceria", price: 0.95, scores: [6.8, 6.2, 5, 6.1, 6.3] };
const lapsedDays = { at: "2023-03-20", validUntil: "2023-05-01" };

/** The same basket with us, minor units. */
export function sampleBasketPrice(products: readonly SampleProduct[]): number {
  return products.reduce(
    (sum, { record, price }) => sum + (BASKET.includes(record.name ?? "") ? price : 0),
    0,
  );
}

/** What competitors ask and give, as it was seen year by year. */
export function sampleOffers(random: RandomSource, basketPrice: number): CompetitorOffer[] {
  const benefits = questionnaire.value.filter(({ side }) => side !== "sacrifice");
  const seen = (competitor: (typeof competitors)[number], day: string): CompetitorOffer => ({
    id: `${competitor.id} ${day}`,
    competitorId: competitor.id,
    price: {
      amount:
        Math.round((basketPrice * (competitor.price + drawNormal(random, 0, 0.01))) / PRICE_STEP) *
        PRICE_STEP,
      currency: shop.currency,
    },
    scores: benefits.map(({ id }, place) => ({
      itemId: id,
      score: Number(((competitor.scores[place] ?? 5) + drawNormal(random, 0, 0.15)).toFixed(1)),
    })),
    scale: { min: 1, max: 10 },
    source: "survey",
    at: epochMs(day, "day", shop.timeZone),
  });
  return [
    ...competitors.flatMap((competitor) => days.map((day) => seen(competitor, day))),
    {
      ...seen(lapsed, lapsedDays.at),
      validUntil: epochMs(lapsedDays.validUntil, "validUntil", shop.timeZone),
      note: "Prices of the sale before Lebaran",
    },
  ];
}
