import type { Product } from "clientele";
import { shop } from "./shop-calendar.js";

/** Name, shelf, price and unit cost in rupiah, how often it is bought, whether resellers buy it by the box. */
type Shelf = readonly [
  name: string,
  category: string,
  price: number,
  unitCost: number,
  popularity: number,
  byTheBox: boolean,
];

// Rice, oil and telephone credit bring people in and earn next to nothing; batik and skin care earn the rent.
const shelves: readonly Shelf[] = [
  ["Rice, 5 kg", "staples", 74_500, 72_000, 12, true],
  ["Cooking oil, 2 l", "staples", 36_000, 35_000, 11, true],
  ["Sugar, 1 kg", "staples", 16_500, 15_000, 8, true],
  ["Instant noodles, box of 40", "staples", 112_000, 101_000, 7, true],
  ["Eggs, 1 kg", "staples", 29_500, 27_500, 6, false],
  ["Telephone credit 50", "services", 51_500, 50_500, 8, false],
  ["Telephone credit 100", "services", 101_500, 99_500, 5, false],
  ["Ground coffee, 250 g", "drinks", 48_500, 29_000, 7, true],
  ["Jasmine tea, 50 bags", "drinks", 21_500, 12_500, 6, true],
  ["Drinking water, 19 l", "drinks", 22_000, 16_500, 6, false],
  ["Shrimp crackers, 500 g", "snacks", 34_500, 19_500, 5, true],
  ["Cassava chips, 6 packs", "snacks", 42_000, 22_500, 5, true],
  ["Lebaran biscuits, tin", "snacks", 68_500, 39_000, 4, true],
  ["Washing powder, 1.8 kg", "household", 45_500, 35_000, 6, true],
  ["Floor cleaner, 3 packs", "household", 33_000, 23_500, 4, true],
  ["Face cream", "care", 95_000, 46_000, 4, false],
  ["Shampoo, 340 ml", "care", 41_500, 27_000, 5, false],
  ["Baby diapers, 34 pieces", "care", 89_500, 78_500, 5, true],
  ["Batik shirt", "clothing", 245_000, 118_000, 2.5, false],
  ["Sarong", "clothing", 128_000, 64_500, 2, false],
  ["Prayer mat", "clothing", 97_500, 48_000, 1.5, false],
  ["Rice cooker", "appliances", 389_000, 322_000, 0.9, false],
  ["Standing fan", "appliances", 315_000, 262_000, 0.8, false],
  ["Gift hamper", "gifts", 550_000, 338_000, 0.9, false],
];

/** A product of the sample and how it sells. */
export interface SampleProduct {
  readonly record: Product;
  /** Minor units (sen). */
  readonly price: number;
  readonly unitCost: number;
  readonly popularity: number;
  readonly byTheBox: boolean;
}

/** What does the shop sell? Nothing is drawn here: the shelf is the same for every seed. */
export function sampleProducts(): SampleProduct[] {
  return shelves.map(([name, category, price, unitCost, popularity, byTheBox], index) => {
    const inSen = (rupiah: number) => ({ amount: rupiah * 100, currency: shop.currency });
    const id = `P-${String(index + 1).padStart(2, "0")}`;
    return {
      record: { id, name, category, unitPrice: inSen(price), unitCost: inSen(unitCost) },
      price: price * 100,
      unitCost: unitCost * 100,
      popularity,
      byTheBox,
    };
  });
}
