import {
  type CustomerInput,
  type CustomerRelation,
  drawInteger,
  type ProspectSignalKind,
  type RandomSource,
  startOfDay,
} from "clientele";
import { drawOrganizationName, drawPersonName } from "./names.js";
import { dayWeight, firstDay, lastDay, shop } from "./shop-calendar.js";
import { drawPlace, runningTotals } from "./weighted-choice.js";

const DAY_MS = 86_400_000;

/** Share of buyers that buy to sell on: food stalls, kiosks, offices. */
const ORGANIZATIONS = 0.025;

const cities = ["Jakarta", "Bandung", "Bogor", "Depok", "Bekasi", "Tangerang", "Semarang", "Yogyakarta"];
const cityTotals = runningTotals([38, 14, 9, 10, 12, 9, 4, 4]);

const signalKinds: readonly ProspectSignalKind[] = [
  "webSignup",
  "brochureRequest",
  "tradeFair",
  "inquiry",
  "storeVisit",
  "referral",
];

/** A customer record, and the day number on which it began. */
export interface SampleCustomer {
  readonly record: CustomerInput & { readonly id: string };
  readonly since: number;
}

/** Who buys from the shop? Each has a first purchase on the day on which the record begins. */
export function sampleBuyers(random: RandomSource, count: number): SampleCustomer[] {
  const days = runningTotals(openingDays().map((day) => dayWeight(day) * growth(day)));
  return Array.from({ length: count }, (_, index) => {
    const since = firstDay + drawPlace(random, days);
    const organization = random() < ORGANIZATIONS;
    return {
      since,
      record: {
        ...identity(random, `C-${String(index + 1).padStart(5, "0")}`, organization),
        createdAt: startOfDay(since, shop.timeZone),
        relation: "customer",
        contract: "nonContractual",
        identified: true,
      },
    };
  });
}

/**
 * Who else is on file, but never bought?
 *
 * Prospects have shown interest, some of them with nothing but a dated signal; suspects could buy; the rest cannot.
 */
export function sampleNonBuyers(random: RandomSource, count: number): SampleCustomer[] {
  return Array.from({ length: count }, (_, index) => {
    const since = drawInteger(random, firstDay, lastDay - 1);
    const lot = random();
    const relation: CustomerRelation = lot < 0.15 ? "responded" : lot < 0.82 ? "none" : "cannot";
    const signalled = lot < 0.32;
    const kind = signalKinds[drawInteger(random, 0, signalKinds.length - 1)] ?? "other";
    const at = startOfDay(drawInteger(random, since, lastDay - 1), shop.timeZone) + 10 * (DAY_MS / 24);
    return {
      since,
      record: {
        ...identity(random, `N-${String(index + 1).padStart(5, "0")}`, random() < ORGANIZATIONS * 2),
        createdAt: startOfDay(since, shop.timeZone),
        relation,
        signals: signalled ? [{ kind, at }] : [],
      },
    };
  });
}

function identity(random: RandomSource, id: string, organization: boolean) {
  const name = organization ? drawOrganizationName(random) : drawPersonName(random);
  const city = cities[drawPlace(random, cityTotals)] ?? "Jakarta";
  return {
    id,
    kind: organization ? ("organization" as const) : ("person" as const),
    name,
    attributes: { city },
  };
}

function openingDays(): number[] {
  return Array.from({ length: lastDay - firstDay }, (_, index) => firstDay + index);
}

/** New customers a day: twice as many at the end of the three years as at the start. */
function growth(day: number): number {
  return 1 + (day - firstDay) / (lastDay - firstDay);
}
