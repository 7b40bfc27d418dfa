import {
  drawInteger,
  drawNormal,
  epochMs,
  type Instant,
  type Interaction,
  localDay,
  type RandomSource,
  type SurveyAnswer,
} from "clientele";
import type { Invitation, InvitedWave, Survey } from "../relationship/relationship-books.js";
import type { SampleCustomer } from "./customers.js";
import type { Habits } from "./habits.js";
import type { SamplePurchase } from "./purchases.js";
import { questionnaire } from "./questionnaire.js";
import { shop } from "./shop-calendar.js";

const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;

/** A fortnight each; between the two, delivery was given to a cheaper carrier. */
const waves = [
  { id: "December 2022", from: "2022-12-01", until: "2022-12-15", delivery: 7.3, invited: 1000 },
  { id: "December 2023", from: "2023-12-01", until: "2023-12-15", delivery: 6.3, invited: 650 },
];

/** Share that answers, by how customers buy. */
const groups = {
  businesses: 0.5,
  "6 purchases or more": 0.46,
  "2 to 5 purchases": 0.36,
  "1 purchase": 0.24,
} as const;

type Group = keyof typeof groups;

const UNDELIVERED = 0.015;
/** Share of answers that are left open, and of respondents who leave the last page open. */
const LEFT_OPEN = 0.02;
const LEFT_PAGE = 0.05;

/** What of a customer stays the same from wave to wave: standard normal draws. */
interface Temper {
  readonly mood: number;
  readonly attachment: number;
  readonly calculation: number;
  readonly duty: number;
}

/** One who could be asked, as the simulation knows them. */
interface Asked {
  readonly id: string;
  readonly habit: Habits;
  readonly isBusiness: boolean;
  readonly purchases: number;
  readonly complaints: number;
  /** -1 for who has left in silence, towards 1 for who will stay for years. */
  readonly staying: number;
}

/**
 * What do customers say of the shop? Two waves; who answered the first and still buys is asked again in the second.
 *
 * Moods follow what the simulation knows: who is about to leave, or has complained, is less content, and answers less.
 */
export function sampleSurvey(
  random: RandomSource,
  buyers: readonly SampleCustomer[],
  habits: readonly Habits[],
  purchases: readonly SamplePurchase[],
  interactions: readonly Interaction[],
): Survey {
  const tempers = new Map<string, Temper>();
  const answers: SurveyAnswer[] = [];
  const complaints = interactions.filter(({ purpose }) => purpose === "complaint");
  let panel = new Set<string>();
  const fielded = waves.map(({ id, from, until, delivery, invited }): InvitedWave => {
    const [startsAt, endsAt] = [from, until].map((day) => epochMs(day, "day", shop.timeZone)) as [
      number,
      number,
    ];
    const year = { start: startsAt - YEAR_MS, end: startsAt };
    const bought = countsOf(purchases, year);
    const complained = countsOf(complaints, year);
    const share = invited / Math.max(1, bought.size);
    const today = localDay(startsAt, shop.timeZone);
    const invitations: Invitation[] = [];
    const answered = new Set<string>();
    for (const [place, { record, since }] of buyers.entries()) {
      const [count, habit] = [bought.get(record.id), habits[place]];
      if (count === undefined || habit === undefined) continue;
      const isDrawn = random() < share;
      if (!isDrawn && !panel.has(record.id)) continue;
      const left = habit.daysUntilLeaving - (today - since);
      const asked: Asked = {
        ...{ id: record.id, habit, purchases: count, isBusiness: record.kind === "organization" },
        complaints: complained.get(record.id) ?? 0,
        staying: left <= 0 ? -1 : 1 - 2 * Math.exp(-left / 400),
      };
      const group = groupOf(asked);
      const isUndelivered = random() < UNDELIVERED;
      const isAnswered = random() < groups[group] + 0.09 * asked.staying;
      invitations.push({ respondentId: asked.id, group, isUndelivered });
      if (isUndelivered || !isAnswered) continue;
      answered.add(asked.id);
      const temper = tempers.get(asked.id) ?? drawTemper(random);
      tempers.set(asked.id, temper);
      const at = startsAt + drawInteger(random, 0, (endsAt - startsAt) / HOUR_MS - 1) * HOUR_MS;
      for (const [itemId, value] of drawAnswers(random, asked, temper, delivery))
        answers.push({ respondentId: asked.id, customerId: asked.id, waveId: id, itemId, value, at });
    }
    panel = answered;
    return {
      ...{ id, surveyId: "relationship", startsAt, endsAt, invited: invitations.length },
      ...{ population: bought.size, invitations },
    };
  });
  return { questionnaire, waves: fielded, answers };
}

/** How often each customer is in these rows within a time. */
function countsOf(
  rows: readonly { readonly customerId: string; readonly at: Instant }[],
  { start, end }: { readonly start: number; readonly end: number },
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { customerId, at } of rows) {
    const time = Number(at);
    if (time >= start && time < end) counts.set(customerId, (counts.get(customerId) ?? 0) + 1);
  }
  return counts;
}

function groupOf({ isBusiness, purchases }: Asked): Group {
  if (isBusiness) return "businesses";
  return purchases >= 6 ? "6 purchases or more" : purchases >= 2 ? "2 to 5 purchases" : "1 purchase";
}

function drawTemper(random: RandomSource): Temper {
  const draw = () => drawNormal(random);
  return { mood: draw(), attachment: draw(), calculation: draw(), duty: draw() };
}

/** What one says to every item; `null` for what is left open. */
function drawAnswers(
  random: RandomSource,
  { habit, isBusiness, complaints, staying }: Asked,
  temper: Temper,
  deliveryLevel: number,
): [itemId: string, value: number | null][] {
  const mood = 0.8 * staying + 0.7 * temper.mood + drawNormal(random, 0, 0.3) - 0.6 * complaints;
  const noise = (size: number) => drawNormal(random, 0, size);
  const byPost = habit.channel === "store" ? 0.4 : -0.4;
  const felt = {
    quality: 7.9 + 0.8 * mood + noise(1),
    "choice of goods": 7.4 + 0.7 * mood + noise(1.1),
    delivery: deliveryLevel + byPost + 1.1 * mood - 0.8 * complaints + noise(1.4),
    "advice of staff": 8 + 0.6 * mood + (isBusiness ? 0.6 : 0) + noise(1),
    "good name": 7.7 + 0.4 * mood + noise(1),
    prices: 5.7 - 0.4 * mood + (habit.discount > 0.08 ? 0.8 : 0) + noise(1.3),
    "time it takes": 4.2 - 0.3 * mood + (habit.channel === "store" ? 0.8 : 0) + noise(1.3),
    effort: 3.7 - 0.4 * mood + noise(1.2),
    "worry about faults": 3 - 0.5 * mood + 0.8 * complaints + noise(1.2),
  };
  const overall =
    1.6 +
    0.24 * felt.quality +
    0.16 * felt["choice of goods"] +
    0.33 * felt.delivery +
    0.13 * felt["advice of staff"] +
    0.04 * felt["good name"] -
    0.14 * felt.prices +
    0.3 * mood +
    noise(0.7);
  const feelings = {
    affective: 0.6 * mood + 0.6 * temper.attachment,
    calculative: 0.9 * temper.calculation - 0.2 * mood + (isBusiness ? 0.7 : 0),
    normative: 0.3 * mood + 0.7 * temper.duty - 0.5,
  };
  const leavesPage = random() < LEFT_PAGE;
  const given = (value: number, [low, high]: readonly [number, number], isOpen = false): number | null =>
    random() < LEFT_OPEN || isOpen ? null : Math.min(high, Math.max(low, Math.round(value)));
  return [
    [questionnaire.satisfaction, given(overall, [1, 10])],
    [questionnaire.recommend, given(1.25 * overall - 1.6 + noise(1.2), [0, 10])],
    ...Object.entries(felt).map(([id, value]): [string, number | null] => [id, given(value, [1, 10])]),
    ...questionnaire.commitment.items.map(({ id, dimension, reverse }): [string, number | null] => {
      const feeling = 4.2 + 1.1 * (feelings[dimension as keyof typeof feelings] ?? 0) + noise(0.8);
      return [id, given(reverse ? 8 - feeling : feeling, [1, 7], leavesPage)];
    }),
  ];
}
