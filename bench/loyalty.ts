import { parseArgs } from "node:util";
import {
  decideLoyalty,
  defineProgram,
  emptyLoyaltyAccount,
  evolveLoyalty,
  foldLoyalty,
  type LoyaltyAccount,
  type LoyaltyCommand,
  type LoyaltyEvent,
  seededRandom,
  simulateLoyalty,
} from "clientele";
import { foldByHand } from "./loyalty-by-hand.js";
import { machine, median, printTable } from "./report.js";

// Three promises of the points ledger: how long a replay takes beside a mutable fold written by hand, how long a decision
// takes, and that an account of many lots costs no more for each event than one of few.

const { values } = parseArgs({
  options: {
    accounts: { type: "string", default: "100000" },
    passes: { type: "string", default: "5" },
    lots: { type: "string", default: "10,100,1000,10000" },
  },
});
const [accounts, passes] = [values.accounts, values.passes].map(Number);
const facts = machine();
console.log(
  `${accounts} accounts, ${passes} passes. ` +
    `${facts.processor}, ${facts.cores} cores, node ${facts.node}, load ${facts.load[0]}.`,
);

const DAY = 86_400_000;
const start = Date.UTC(2024, 0, 1);
const program = defineProgram({
  version: 1,
  id: "club",
  currency: "EUR",
  pointTypes: [{ id: "points", kind: "spendable", expiry: { kind: "afterEarn", after: { years: 2 } } }],
  earnRules: [
    { id: "base", award: { per: "amount", points: 1, amount: 100 } },
    { id: "wine", award: { per: "amount", points: 1, amount: 100 }, when: { categories: ["wine"] } },
    { id: "app", award: { per: "order", points: 10 }, when: { channels: ["app"] } },
    { id: "large", award: { per: "order", points: 50 }, when: { minimumAmount: 10_000 } },
    { id: "double", award: { per: "multiplier", factor: 2 }, when: { segments: ["vip"] } },
  ],
});

/** Ten entries of one account: enrolled, six orders, a redemption, a hold and its capture. */
function historyOf(id: string, draw: () => number): readonly LoyaltyEvent[] {
  const order = (i: number): LoyaltyCommand => ({
    type: "earn",
    key: `${id}-earn-${i}`,
    at: start + Math.floor((i + draw()) * 10) * DAY,
    orderId: `${id}-order-${i}`,
    lines: [
      { lineId: "1", category: "wine", amount: 5000 + Math.floor(draw() * 5000) },
      { lineId: "2", category: "bread", amount: 500 },
    ],
    channel: "app",
  });
  const at = start + 100 * DAY;
  const commands: LoyaltyCommand[] = [
    { type: "enroll", key: `${id}-enroll`, at: start, memberId: `${id}-member` },
    ...[0, 1, 2, 3, 4, 5].map(order),
    { type: "redeem", key: `${id}-redeem`, at, redemptionId: `${id}-redemption`, points: 150 },
    { type: "authorize", key: `${id}-hold`, at, holdId: `${id}-hold`, points: 100 },
    { type: "capture", key: `${id}-capture`, at, holdId: `${id}-hold`, points: 80 },
  ];
  const { events } = simulateLoyalty(program, emptyLoyaltyAccount(id), commands);
  if (events.length !== commands.length) throw new Error(`account ${id} has ${events.length} events`);
  return events;
}

const timed = (run: () => unknown): number => {
  const before = performance.now();
  run();
  return performance.now() - before;
};

const draw = seededRandom(1);
const member = foldLoyalty(historyOf("A", draw));
const decisions = 20_000;
const earnOf = (i: number): LoyaltyCommand => ({
  type: "earn",
  key: `key-${i}`,
  at: start + 200 * DAY,
  orderId: `new-${i}`,
  lines: [{ lineId: "1", category: "wine", amount: 12_000 }],
  channel: "app",
  segmentIds: ["vip"],
});
const commands = Array.from({ length: decisions }, (_, i) => earnOf(i));
const decided: number[] = [];
for (let pass = -1; pass < passes; pass++) {
  const ms = timed(() => {
    for (const command of commands) {
      if (!decideLoyalty(program, member, command).ok) throw new Error("refused");
    }
  });
  if (pass >= 0) decided.push((1000 * ms) / decisions);
}
console.log(`decideLoyalty of an earn with five rules: ${median(decided).toFixed(2)} microseconds.`);

/** An account of so many open lots, a day apart. */
function accountOf(lots: number): LoyaltyAccount {
  const opened = Array.from(
    { length: lots },
    (_, i): LoyaltyCommand => ({
      type: "adjust",
      key: `lot-${i}`,
      at: start + i,
      points: 1000,
      expiresAt: start + 40_000 * DAY + i * 1000,
      reason: "opening balance",
      actor: "bench",
    }),
  );
  const enroll: LoyaltyCommand = { type: "enroll", key: "enroll", at: start, memberId: "M" };
  return foldLoyalty(simulateLoyalty(program, emptyLoyaltyAccount("A"), [enroll, ...opened]).events);
}

const rounds = 500;
const rows = values.lots.split(",").map((size) => {
  const account = accountOf(Number(size));
  const each: number[] = [];
  const replay: number[] = [];
  for (let pass = -1; pass < passes; pass++) {
    let now = account;
    const events: LoyaltyEvent[] = [];
    const ms = timed(() => {
      for (let i = 0; i < rounds; i++) {
        const at = start + 200 * DAY + i;
        for (const command of [
          earnOf(i),
          { type: "redeem", key: `redeem-${i}`, at, redemptionId: `redemption-${i}`, points: 17 },
        ] as const) {
          const result = decideLoyalty(program, now, command);
          if (!result.ok) throw new Error(result.error.message);
          events.push(...result.value.events);
          now = result.value.account;
        }
      }
    });
    const evolved = timed(() => {
      let replayed = account;
      for (const event of events) replayed = evolveLoyalty(replayed, event);
    });
    if (pass < 0) continue;
    each.push((1000 * ms) / (2 * rounds));
    replay.push((1000 * evolved) / events.length);
  }
  return {
    "open lots": size,
    "decide and evolve": median(each).toFixed(2),
    evolve: median(replay).toFixed(2),
  };
});
printTable("Microseconds for each of 500 earns and 500 redemptions, by the lots that the account has:", rows);

// Last: a million events in memory make every collection of garbage dearer.
const histories = Array.from({ length: accounts }, (_, i) => historyOf(`A-${i}`, draw));
const entries = histories.reduce((sum, events) => sum + events.length, 0);
const ledger: number[] = [];
const byHand: number[] = [];
for (let pass = -1; pass < passes; pass++) {
  // Account after account, as a service that answers for one at a time; the two take turns.
  let seen = 0;
  const hand = timed(() => {
    for (const events of histories) seen += foldByHand(events).seq;
  });
  const ours = timed(() => {
    for (const events of histories) seen -= foldLoyalty(events).seq;
  });
  if (seen !== 0) throw new Error("the two folds have seen different events");
  if (pass < 0) continue;
  byHand.push(hand);
  ledger.push(ours);
}
const ratio = median(ledger.map((ours, i) => ours / (byHand[i] ?? Number.NaN)));
console.log(
  `\nReplay of ${entries} entries: foldLoyalty ${median(ledger).toFixed(0)} ms, by hand ${median(byHand).toFixed(0)} ms, ` +
    `ratio ${ratio.toFixed(2)} (median of the passes' ratios).`,
);
