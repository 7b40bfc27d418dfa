import {
  addDuration,
  type Duration,
  drawExponential,
  drawGamma,
  drawInteger,
  epochMs,
  localDay,
  type RandomSource,
  type Subscription,
  startOfDay,
} from "clientele";
import type { SampleCustomer } from "./customers.js";
import { shop } from "./shop-calendar.js";
import { plans } from "./subscription-plans.js";
import { drawPlace, runningTotals } from "./weighted-choice.js";

/** The shop offers subscriptions from this day on. */
const offered = epochMs("2021-03-01", "offered", shop.timeZone);
const asOf = epochMs(shop.asOf, "asOf", shop.timeZone);

/** When prices rise, for everybody at the next renewal. */
const priceRises = ["2022-07-01", "2023-07-01"].map((day) => epochMs(day, "day", shop.timeZone));
const PRICE_RISE = 1.07;
const PRICE_STEP = 1_000_00;

const TRIAL_DAYS = 14;
/** Share of trials, where the plan has one, and of those that are given up before a payment. */
const TRIES_FIRST = 0.35;
const TRIES_IN_VAIN = 0.38;

/** Share of buyers that ever subscribe, and of those who gave up that subscribe again. */
const SUBSCRIBES = { person: 0.06, organization: 0.3 } as const;
const SUBSCRIBES_AGAIN = 0.14;

/** Chances at a renewal. */
const LARGER = 0.012;
const SMALLER = 0.009;
const PAUSES = 0.008;
/** Of the paused, who come back; the others end. */
const RESUMES = 0.72;

const planTotals = {
  person: runningTotals(plans.map(({ popularity }) => popularity.person)),
  organization: runningTotals(plans.map(({ popularity }) => popularity.organization)),
};

/**
 * Who pays for what again and again?
 *
 * A row is a phase of a subscription: another price, another size or a pause begins a new one under the same id. What ends
 * or begins after the sample's end is not known yet. Payments of subscriptions are billed apart: they are no transactions.
 */
export function sampleSubscriptions(random: RandomSource, buyers: readonly SampleCustomer[]): Subscription[] {
  const phases: Subscription[] = [];
  let subscriptions = 0;
  for (const { record, since } of buyers) {
    const kind = record.kind === "organization" ? "organization" : "person";
    if (random() >= SUBSCRIBES[kind]) continue;
    let start = Math.max(offered, startOfDay(since, shop.timeZone));
    do {
      start = daysAfter(start, 1 + Math.round(drawExponential(random, 1 / 75)));
      if (start >= asOf) break;
      const id = `SUB-${String(++subscriptions).padStart(5, "0")}`;
      const ended = addSubscription(random, phases, { id, customerId: record.id, kind, start });
      if (ended === null) break;
      start = ended;
    } while (random() < SUBSCRIBES_AGAIN);
  }
  return phases;
}

interface Beginning {
  readonly id: string;
  readonly customerId: string;
  readonly kind: "person" | "organization";
  readonly start: number;
}

/** Adds the phases of one subscription and returns when it ended; `null` while it runs. */
function addSubscription(
  random: RandomSource,
  phases: Subscription[],
  { id, customerId, kind, start }: Beginning,
): number | null {
  const plan = plans[drawPlace(random, planTotals[kind])];
  if (!plan) return null;
  const { unit, count = 1 } = plan.interval;
  const largest = plan.sizes.length - 1;
  let size = kind === "organization" ? largest : drawInteger(random, 0, largest);
  // Some are content from the start, some soon weary of it: so the churn of all falls with tenure.
  const churn = Math.min(0.9, plan.churn * drawGamma(random, 1.4, 1 / 1.4));
  const phase = (from: number, status: Subscription["status"]): Subscription => ({
    id,
    customerId,
    productId: plan.sizes[size]?.id ?? "",
    startAt: from,
    amount: priceAt(plan.sizes[size]?.price ?? 0, from),
    currency: shop.currency,
    interval: { unit, count },
    status,
  });
  /** Writes a phase down, with its end where that is known by now; returns the end, or `null`. */
  const write = (written: Subscription, endAt: number, status = written.status): number | null => {
    const isKnown = endAt < asOf;
    phases.push(isKnown ? { ...written, endAt, status } : written);
    return isKnown ? endAt : null;
  };

  const trialEnd = plan.hasTrial && random() < TRIES_FIRST ? daysAfter(start, TRIAL_DAYS) : start;
  let running = phase(start, trialEnd >= asOf ? "trialing" : "active");
  if (trialEnd > start) {
    running = { ...running, trialEndAt: trialEnd };
    if (random() < TRIES_IN_VAIN) return write(running, trialEnd, "canceled");
  }
  let paidFrom = trialEnd;
  for (let renewals = 1; ; renewals++) {
    const at = addDuration(paidFrom, durationOf(unit), { times: renewals * count, timeZone: shop.timeZone });
    if (at >= asOf) return write(running, at);
    const lot = random();
    if (lot < churn) return write(running, at, "canceled");
    if (unit !== "year" && lot < churn + PAUSES) {
      write(running, at);
      const paused = { ...phase(at, "paused"), statusSince: at };
      const back = daysAfter(at, drawInteger(random, 28, 84));
      const isOver = random() >= RESUMES;
      // Ended or resumed, the phase stays one in which nothing was paid.
      const ended = write(paused, back);
      if (ended === null || isOver) return ended;
      running = phase(back, "active");
      paidFrom = back;
      renewals = 0;
      continue;
    }
    if (lot > 1 - LARGER) size = Math.min(size + 1, largest);
    else if (lot > 1 - LARGER - SMALLER) size = Math.max(size - 1, 0);
    const next = phase(at, "active");
    if (next.productId !== running.productId || next.amount !== running.amount) {
      write(running, at);
      running = next;
    }
  }
}

function durationOf(unit: Subscription["interval"]["unit"]): Duration {
  return unit === "week" ? { weeks: 1 } : { months: { month: 1, quarter: 3, year: 12 }[unit] };
}

/** The price of a renewal at that time: what was signed before a rise is paid until the renewal after it. */
function priceAt(price: number, at: number): number {
  const rises = priceRises.filter((rise) => at >= rise).length;
  return Math.round((price * PRICE_RISE ** rises) / PRICE_STEP) * PRICE_STEP;
}

/** The start of a civil day so many days later. */
function daysAfter(at: number, days: number): number {
  return startOfDay(localDay(at, shop.timeZone) + days, shop.timeZone);
}
