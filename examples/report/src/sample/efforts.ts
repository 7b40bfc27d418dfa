import { drawPoisson, epochMs, type RandomSource } from "clientele";
import type { SampleCustomer } from "./customers.js";
import { shop } from "./shop-calendar.js";

/** Marketing money and time, spent on one customer or on a whole layer of the pyramid. */
export interface SampleEffort {
  /** What it was for. */
  readonly name: string;
  /** When, epoch milliseconds. */
  readonly at: number;
  readonly customerId?: string;
  readonly layer?: string;
  /** Minor units (sen). */
  readonly money: number;
  /** Staff hours. */
  readonly hours: number;
}

/** Every half-year has its round of mailings and visits. */
const rounds = ["2021-03-01", "2021-09-01", "2022-03-01", "2022-09-01", "2023-03-01", "2023-09-01"];

const CATALOGUE_COST = 9_500_00;
const CATALOGUE_HOURS = 0.01;
const VISIT_COST = 85_000_00;
const VISIT_HOURS = 1.5;

/** Spent on nobody in particular: a layer of the pyramid stands for those whom it was meant for. */
const layerEfforts = [
  { name: "billboards and search ads", layer: "suspect", money: 120_000_000_00, hours: 90 },
  { name: "stand at the fair", layer: "prospect", money: 35_000_000_00, hours: 160 },
  { name: "sponsored football shirts", layer: "restOfWorld", money: 25_000_000_00, hours: 10 },
];

/** On whom were marketing money and time spent? */
export function sampleEfforts(random: RandomSource, customers: readonly SampleCustomer[]): SampleEffort[] {
  return rounds.flatMap((day) => {
    const at = epochMs(day, "day", shop.timeZone);
    return [
      ...layerEfforts.map((effort) => ({ ...effort, at })),
      ...customers.flatMap(({ record }) => effortsFor(random, record, at)),
    ];
  });
}

function effortsFor(random: RandomSource, record: SampleCustomer["record"], at: number): SampleEffort[] {
  // Drawn for every record and round, known or not, so that one customer more leaves the others as they are.
  const mailed = random() < 0.7;
  const visits = drawPoisson(random, 1.2);
  const known = Number(record.createdAt) < at && record.relation !== "none" && record.relation !== "cannot";
  if (!known) return [];
  const customerId = record.id;
  const efforts: SampleEffort[] = [];
  if (mailed) {
    efforts.push({ name: "catalogue", at, customerId, money: CATALOGUE_COST, hours: CATALOGUE_HOURS });
  }
  if (record.kind === "organization" && visits > 0) {
    efforts.push({
      name: "visits",
      at,
      customerId,
      money: visits * VISIT_COST,
      hours: visits * VISIT_HOURS,
    });
  }
  return efforts;
}
