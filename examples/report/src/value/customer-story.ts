import {
  type AliveHistory,
  aliveHistory,
  type LifetimeSummary,
  type LifetimeValues,
  localDay,
  rows,
  type TransactionLog,
  type TransactionModel,
} from "clientele";

/** One customer, and how likely it was over time that this one was still there. */
export interface CustomerStory {
  readonly customerId: string;
  /** Whether it is a good customer who fell silent; otherwise whoever has most likely left. */
  readonly isGood: boolean;
  /** Days on which the customer bought. */
  readonly purchases: number;
  /** Paid on all of them but the first, minor units. */
  readonly repeatSpend: number;
  /** Day number of the last purchase. */
  readonly lastDay: number;
  /** Day number from which on it was more likely than not that the customer had left; `null` where that is not so yet. */
  readonly doubtfulFrom: number | null;
  readonly history: AliveHistory;
}

/** Whoever bought less often tells no story. */
export const STORY_PURCHASES = 5;

const DAYS_IN_MONTH = 365.25 / 12;
const POINTS = 240;

/**
 * Who of the good customers fell silent?
 *
 * Of those who came back {@link STORY_PURCHASES} times or more, were there for longer than they have been silent, and have more
 * likely left than not, the one who paid most for it; where there is none, of all who came back the one who has most likely left.
 */
export function tellStory(
  log: TransactionLog,
  end: number,
  model: TransactionModel,
  summary: LifetimeSummary,
  { columns }: LifetimeValues,
): CustomerStory | null {
  const repeated = rows(summary)
    .map((row, i) => ({
      ...row,
      alive: columns.probabilityAlive[i] ?? 1,
      repeatSpend: row.x * (row.meanRepeatSpend ?? 0),
    }))
    .filter(({ x }) => x > 0);
  const silent = repeated.filter(({ x, tx, T, alive }) => x >= STORY_PURCHASES && tx > T - tx && alive < 0.5);
  const isGood = silent.length > 0;
  const [chosen] = isGood
    ? silent.sort((a, b) => b.repeatSpend - a.repeatSpend)
    : repeated.sort((a, b) => a.alive - b.alive);
  if (chosen === undefined) return null;
  const days = purchaseDays(log, chosen.customerId, end);
  const [first = 0] = days;
  const times = days.map((day) => (day - first) / DAYS_IN_MONTH);
  const history = aliveHistory(model, times, { until: chosen.T, step: chosen.T / POINTS });
  const points = rows(history.points);
  const doubtful = points.find(({ x, probabilityAlive }) => x === times.length - 1 && probabilityAlive < 0.5);
  return {
    customerId: chosen.customerId,
    isGood,
    purchases: days.length,
    repeatSpend: chosen.repeatSpend,
    lastDay: days.at(-1) ?? first,
    doubtfulFrom: doubtful ? first + Math.ceil(doubtful.time * DAYS_IN_MONTH) : null,
    history,
  };
}

/** Civil days on which a customer bought what was not all given back by `end`, ascending, each once. */
function purchaseDays(log: TransactionLog, customerId: string, end: number): number[] {
  const customer = log.customerIds.indexOf(customerId);
  const left = new Map<number, number>();
  const to = log.offsets[customer + 1] ?? 0;
  for (let row = log.offsets[customer] ?? 0; row < to && (log.at[row] ?? end) < end; row++) {
    const amount = log.amount[row] ?? 0;
    const purchase = log.purchaseRow?.[row] ?? -1;
    if (purchase === -1) left.set(row, amount);
    else if (purchase >= 0) left.set(purchase, (left.get(purchase) ?? 0) + amount);
  }
  const bought = [...left].filter(([row, net]) => log.amount[row] === 0 || net > 0);
  return [...new Set(bought.map(([row]) => localDay(log.at[row] ?? end, log.timeZone)))].sort(
    (a, b) => a - b,
  );
}
