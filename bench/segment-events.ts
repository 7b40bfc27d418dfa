/**
 * One segment rule of four conditions on events over a transaction log: the library against passes written by hand and
 * against DuckDB, on the same sales, in the same run; then sets of 1, 10 and 100 rules together and one by one; then what one
 * more event takes in a set of a hundred segments.
 *
 * Options: --rows N (10000000), --customers N (1000000), --passes N (6), --rounds N (2), --only TEXT (contenders whose
 * name contains it), --json FILE. Ends with an error when a contender finds other members than the pass written by hand.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { eventContenders, FUSED, OURS } from "./events/contenders.js";
import { incrementalRuns } from "./events/incremental.js";
import type { EventPasses } from "./events/measure-event-contender.js";
import type { RuleSetRun } from "./events/rule-sets.js";
import { machine, median, printTable } from "./report.js";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "10000000" },
    customers: { type: "string", default: "1000000" },
    passes: { type: "string", default: "6" },
    rounds: { type: "string", default: "2" },
    only: { type: "string", default: "" },
    json: { type: "string" },
  },
});
const [rows, customers, passes, rounds] = [values.rows, values.customers, values.passes, values.rounds].map(
  Number,
);
const chosen = eventContenders
  .map((contender, index) => ({ ...contender, index, milliseconds: [] as number[] }))
  .filter(({ name }) => name.includes(values.only));
const facts = machine();
console.log(
  `${rows} events of ${customers} customers, ${passes} passes, ${rounds} rounds. ` +
    `${facts.processor}, ${facts.cores} cores, node ${facts.node}, load ${facts.load[0]}.`,
);

let found = -1;
for (let round = 0; round < rounds; round++) {
  // Every other round runs backwards, so that nobody always comes after the same neighbor.
  for (const contender of round % 2 === 0 ? chosen : chosen.toReversed()) {
    const { milliseconds, count, expected } = inOwnProcess(contender.index);
    if (count !== expected)
      throw new Error(`${contender.name} finds ${count} members, the pass by hand ${expected}`);
    found = count;
    // The first pass runs in the interpreter: it counts where there are no more than two.
    contender.milliseconds.push(...(milliseconds.length > 2 ? milliseconds.slice(1) : milliseconds));
  }
}
console.log(`All find ${found} members.`);

const timed = (name: string) => {
  const contender = chosen.find((other) => other.name === name);
  return contender ? median(contender.milliseconds) : Number.NaN;
};
printTable(
  "A rule of four conditions on events, ms",
  chosen.map(({ name, milliseconds }) => {
    const middle = median(milliseconds);
    const [least, most] = [Math.min(...milliseconds), Math.max(...milliseconds)];
    return {
      contender: name,
      median: middle.toFixed(0),
      least: least.toFixed(0),
      spread: `${Math.round((100 * (most - least)) / middle)} %`,
      "to ours": (middle / timed(OURS)).toFixed(2),
    };
  }),
);

const SETS = "sets of rules";
const sets =
  values.only === "" || SETS.includes(values.only)
    ? (ownProcess("rule-sets.ts", [
        Math.min(rows, 1_000_000),
        Math.min(customers, 100_000),
        passes,
      ]) as RuleSetRun[])
    : [];
if (sets.length > 0)
  printTable(
    "Sets of rules of two conditions over 1,000,000 events at most, ms",
    sets.map(({ rules, together, alone }) => {
      const [set, each] = [together, alone].map((times) => median(times.length > 2 ? times.slice(1) : times));
      return {
        rules: String(rules),
        "as one set": set.toFixed(1),
        "one by one": each.toFixed(1),
        "one by one to one set": (each / set).toFixed(2),
      };
    }),
  );

const incremental = incrementalRuns(6).map(({ mix, history, microseconds, anew }) => ({
  mix,
  history,
  event: median(microseconds.slice(2)),
  least: Math.min(...microseconds),
  anew: median(anew.slice(2)),
}));
printTable(
  "A set of 100 segments, microseconds",
  incremental.map(({ mix, history, event, least, anew }) => ({
    segments: mix,
    history: String(history),
    "one more event": event.toFixed(1),
    least: least.toFixed(1),
    "a customer anew": anew.toFixed(0),
  })),
);

/** A promise that a run does not keep is no error: a busy machine is no bug. */
const promises: [string, number, number][] = [
  ["ours / fused pass, customers as numbers", timed(OURS) / timed(FUSED), 1.2],
  ...incremental.map(({ mix, history, event }): [string, number, number] => [
    `one more event after up to ${history}, ${mix}, microseconds`,
    event,
    50,
  ]),
];
printTable(
  "Promises",
  promises
    .filter(([, value]) => !Number.isNaN(value))
    .map(([promise, value, bound]) => ({
      promise,
      value: value.toFixed(2),
      "at most": bound.toFixed(1),
      kept: value <= bound ? "yes" : "NO",
    })),
);
console.log(`\nLoad at the end ${machine().load[0]}; above ${facts.cores} means others used the machine.`);
if (values.json) {
  const results = chosen.map(({ name, milliseconds }) => ({ name, milliseconds }));
  writeFileSync(
    values.json,
    JSON.stringify({ machine: facts, rows, customers, results, sets, incremental }, null, 2),
  );
}

function inOwnProcess(index: number): EventPasses {
  return ownProcess("measure-event-contender.ts", [index, rows, customers, passes]) as EventPasses;
}

function ownProcess(name: string, task: readonly number[]): unknown {
  const file = new URL(`events/${name}`, import.meta.url).pathname;
  const output = execFileSync(
    process.execPath,
    ["--expose-gc", "--import", "tsx", file, JSON.stringify(task)],
    { cwd: new URL(".", import.meta.url), encoding: "utf8" },
  );
  return JSON.parse(output.trim().split("\n").at(-1) ?? "");
}
