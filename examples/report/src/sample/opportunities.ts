import {
  drawGamma,
  drawInteger,
  drawNormal,
  type OpportunityRow,
  type RandomSource,
  type SalesPipeline,
  startOfDay,
} from "clientele";
import type { SampleCustomer } from "./customers.js";
import { lastDay, shop } from "./shop-calendar.js";

const DAY_MS = 86_400_000;

/** The stages of a contract of supply, with the probabilities that the sales team goes by. */
export const samplePipeline: SalesPipeline = {
  stages: [
    { name: "First talk", probability: 0.15 },
    { name: "Need understood", probability: 0.3 },
    { name: "Offer made", probability: 0.5 },
    { name: "Terms agreed", probability: 0.8 },
  ],
};

/** What really happens in each stage: days that it takes, and the share that gets through. */
const passage = [
  { days: 14, share: 0.62 },
  { days: 24, share: 0.68 },
  { days: 32, share: 0.58 },
  { days: 16, share: 0.85 },
];

const owners = ["Agus", "Dewi", "Made", "Sari"];
const reasons = ["price", "another supplier", "no decision"];

/** Talks begin within so many days before the sample's end. */
const DAYS = 540;
/** Share of the businesses on file with whom the shop talks in that time. */
const TALKS = 0.55;
/** Contracts of supply for a year, rupiah: the median. */
const AMOUNT = 18_000_000;

/** What is being sold to businesses: contracts of supply, of which each has been in talks once. */
export function sampleOpportunities(
  random: RandomSource,
  customers: readonly SampleCustomer[],
): OpportunityRow[] {
  const end = startOfDay(lastDay, shop.timeZone);
  const businesses = customers.filter(({ record }) => record.kind === "organization");
  return businesses.flatMap(({ record, since }): OpportunityRow[] => {
    const talks = random() < TALKS;
    const day = drawInteger(random, lastDay - DAYS, lastDay - 1);
    const drawn = draws(random);
    if (!talks || day < since || record.relation === "cannot") return [];
    const openedAt = startOfDay(day, shop.timeZone) + 9 * (DAY_MS / 24);
    const { stageHistory, closedAt, outcome } = wayOf(drawn, openedAt, end);
    const expected = openedAt + drawn.expectedDays * DAY_MS;
    return [
      {
        id: `O-${record.id}`,
        accountId: record.id,
        ownerId: owners[drawn.owner] ?? "",
        amount: drawn.amount,
        currency: shop.currency,
        stage: stageHistory.at(-1)?.stage ?? "",
        openedAt,
        stageHistory,
        ...(drawn.isDated && { expectedCloseAt: expected }),
        ...(closedAt !== null && { closedAt, outcome }),
        ...(outcome === "lost" && { lostReason: reasons[drawn.reason] ?? "" }),
      },
    ];
  });
}

type Draws = ReturnType<typeof draws>;

/** Drawn for every business, in talks or not, so that one more leaves the others as they are. */
function draws(random: RandomSource) {
  return {
    amount: Math.max(1, Math.round((AMOUNT * Math.exp(drawNormal(random, 0, 0.9))) / 500_000)) * 500_000_00,
    owner: drawInteger(random, 0, owners.length - 1),
    reason: drawInteger(random, 0, reasons.length - 1),
    expectedDays: drawInteger(random, 60, 130),
    isDated: random() < 0.92,
    stays: passage.map(({ days, share }) => ({
      days: Math.max(1, Math.round(drawGamma(random, 2, days / 2))),
      isThrough: random() < share,
    })),
  };
}

/** Stage by stage until it is won, lost, or the sample's end. */
function wayOf({ stays }: Draws, openedAt: number, end: number) {
  const stageHistory: { stage: string; at: number }[] = [];
  let at = openedAt;
  for (const [place, { days, isThrough }] of stays.entries()) {
    stageHistory.push({ stage: samplePipeline.stages[place]?.name ?? "", at });
    at += days * DAY_MS;
    if (at >= end) return { stageHistory, closedAt: null, outcome: undefined };
    if (!isThrough) return { stageHistory, closedAt: at, outcome: "lost" as const };
  }
  return { stageHistory, closedAt: at, outcome: "won" as const };
}
