import { parseArgs } from "node:util";
import {
  type AgedPoints,
  decideLoyalty,
  defineProgram,
  emptyLoyaltyAccount,
  estimateRedemption,
  foldLoyalty,
  type LoyaltyCommand,
  type LoyaltyEvent,
  liabilityRollForward,
  pointMovements,
  pointRollForward,
  pointsByAge,
  redemptionCurve,
  rows,
  seededRandom,
} from "clientele";
import { machine, median, printTable } from "./report.js";

// How long does the close of a month take? From the events of many accounts to movements, and from a million movements to
// the roll-forwards and the estimates. The plain loop beside them adds up the same million in no order: the limit.

const { values } = parseArgs({
  options: {
    movements: { type: "string", default: "1000000" },
    passes: { type: "string", default: "5" },
  },
});
const [wanted, passes] = [values.movements, values.passes].map(Number);
const facts = machine();
console.log(
  `${wanted} movements, ${passes} passes. ` +
    `${facts.processor}, ${facts.cores} cores, node ${facts.node}, load ${facts.load[0]}.`,
);

const DAY = 86_400_000;
const start = Date.UTC(2022, 0, 1);
const asOf = Date.UTC(2025, 0, 1);
const timeZone = "Asia/Jakarta";
const program = defineProgram({
  version: 1,
  id: "club",
  currency: "IDR",
  timeZone,
  pointTypes: [{ id: "points", kind: "spendable", expiry: { kind: "afterEarn", after: { years: 1 } } }],
  earnRules: [{ id: "base", award: { per: "amount", points: 1, amount: 1 } }],
});

/** Ten orders in three years and four redemptions of what is there then; the rest lapses a year after it came. */
function historyOf(id: string, draw: () => number): LoyaltyEvent[] {
  let account = emptyLoyaltyAccount(id);
  const events: LoyaltyEvent[] = [];
  const send = (command: LoyaltyCommand) => {
    const result = decideLoyalty(program, account, command);
    if (!result.ok) return;
    account = result.value.account;
    for (const event of result.value.events) events.push(event);
  };
  send({ type: "enroll", key: "0", at: start, memberId: id });
  let at = start;
  for (let i = 1; i <= 14; i++) {
    at += Math.floor(20 + draw() * 100) * DAY;
    const points = 100 + Math.floor(draw() * 900);
    if (i % 3 === 0) send({ type: "redeem", key: `${i}`, at, redemptionId: `${i}`, points });
    else send({ type: "earn", key: `${i}`, at, orderId: `${i}`, lines: [{ lineId: "1", amount: points }] });
  }
  return events;
}

const draw = seededRandom(1);
// The commands of 500 accounts are decided; the others are their copies by another name.
const patterns = Array.from({ length: 500 }, (_, i) => historyOf(`pattern-${i}`, draw));
const perPattern = pointMovements(patterns.flat(), { asOf, program }).length / patterns.length;
const events = Array.from({ length: Math.ceil(wanted / perPattern) }, (_, i) =>
  patterns[i % patterns.length].map((event) => ({ ...event, accountId: `A-${i}` })),
).flat();

const timed = <T>(what: string, count: number, run: () => T) => {
  const wall: number[] = [];
  let result = run();
  for (let pass = 0; pass < passes; pass++) {
    const before = performance.now();
    result = run();
    wall.push(performance.now() - before);
  }
  const row = {
    what,
    rows: count.toLocaleString("en-US"),
    "best ms": Math.min(...wall).toFixed(0),
    "median ms": median(wall).toFixed(0),
  };
  return { row, result };
};

const replayed = timed("the ledger's own fold of these events, account by account", events.length, () => {
  let own: LoyaltyEvent[] = [];
  let accounts = 0;
  for (const event of events) {
    if (own.length > 0 && own[0].accountId !== event.accountId) {
      accounts += foldLoyalty(own).seq > 0 ? 1 : 0;
      own = [];
    }
    own.push(event);
  }
  return accounts;
});
const read = timed("pointMovements(events), what came due included", events.length, () =>
  pointMovements(events, { asOf, program }),
);
const movements = read.result;
const count = movements.length;
const options = { by: "month", asOf, timeZone } as const;
const limit = timed("a loop that adds the points of a million rows up by kind", count, () => {
  const { kind, points } = movements.columns;
  const sums: Record<string, number> = {};
  for (let i = 0; i < count; i++) sums[kind[i]] = (sums[kind[i]] ?? 0) + points[i];
  return sums;
});
const rolled = timed("pointRollForward, 36 months by 36 months of issue", count, () =>
  pointRollForward(movements, options),
);
const asRows = rows(movements);
const cohorts = [...new Set(rolled.result.cohorts.columns.cohort)];
const books = {
  ...options,
  allocations: cohorts.map((cohort) => ({ cohort, amount: 1_000_000_000 })),
  estimates: [{ at: start - DAY, redemptionRate: 0.6 }],
};
const aged: readonly AgedPoints[] = asRows;
printTable("Milliseconds", [
  replayed.row,
  read.row,
  limit.row,
  rolled.row,
  timed("the same from objects", count, () => pointRollForward(asRows, options)).row,
  timed("liabilityRollForward", count, () => liabilityRollForward(movements, books)).row,
  timed("estimateRedemption", count, () => estimateRedemption(movements, options)).row,
  timed("redemptionCurve", count, () => redemptionCurve(movements, { asOf })).row,
  timed("pointsByAge", count, () => pointsByAge(aged, { asOf, timeZone })).row,
]);
