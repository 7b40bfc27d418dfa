import { type AcquisitionSpend, periodOf, type RandomSource } from "clientele";
import type { SampleCustomer } from "./customers.js";
import type { SampleEffort } from "./efforts.js";
import { shop } from "./shop-calendar.js";
import { drawPlace, runningTotals } from "./weighted-choice.js";

/** Mailings to prospects and visits to them, in one source: nobody says which of the two it was. */
const DIRECT = "catalogue and visits";

/** What new customers say when they are asked how they came to the shop; `null`: they were not asked. */
const answers = [
  { source: "billboards and search ads", person: 31, organization: 20 },
  { source: "stand at the fair", person: 5, organization: 18 },
  { source: "sponsored football shirts", person: 3, organization: 1 },
  { source: DIRECT, person: 3, organization: 24 },
  { source: "recommended by a customer", person: 27, organization: 22 },
  { source: "walked past", person: 24, organization: 8 },
  { source: null, person: 7, organization: 7 },
];

/** From where did each buyer come? Who was not asked is not in the map. */
export function sampleSources(
  random: RandomSource,
  buyers: readonly SampleCustomer[],
): ReadonlyMap<string, string> {
  const totals = {
    person: runningTotals(answers.map(({ person }) => person)),
    organization: runningTotals(answers.map(({ organization }) => organization)),
  };
  const sources = new Map<string, string>();
  for (const { record } of buyers) {
    const kind = record.kind === "organization" ? "organization" : "person";
    const source = answers[drawPlace(random, totals[kind])]?.source ?? null;
    if (source !== null) sources.set(record.id, source);
  }
  return sources;
}

/**
 * What was spent on winning customers: the campaigns, and mailings and visits to those who are none.
 *
 * The same money and hours as in the marketing efforts, each round standing for the half-year in which it falls.
 */
export function sampleAcquisitionSpend(
  efforts: readonly SampleEffort[],
  buyers: readonly SampleCustomer[],
): AcquisitionSpend[] {
  const customers = new Set(buyers.map(({ record }) => record.id));
  const sums = new Map<string, { source: string; at: number; amount: number; hours: number }>();
  for (const { name, at, customerId, money, hours } of efforts) {
    if (customerId !== undefined && customers.has(customerId)) continue;
    const source = customerId === undefined ? name : DIRECT;
    const sum = sums.get(`${source} ${at}`) ?? { source, at, amount: 0, hours: 0 };
    sums.set(`${source} ${at}`, { ...sum, amount: sum.amount + money, hours: sum.hours + hours });
  }
  return [...sums.values()].map(({ at, ...spent }) => {
    const { start, end } = periodOf(at, "halfYear", { timeZone: shop.timeZone });
    return { ...spent, period: { start, end } };
  });
}
