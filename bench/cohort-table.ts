/**
 * Cohorts by month, 36 by 36 cells of customers and revenue: the library on a log that is built, against a loop written by
 * hand over the same columns and against DuckDB on a table that is loaded, in one run.
 *
 * Options: --rows N (10000000), --customers N (1000000), --rounds N (2), --passes N (3), --zone IANA (America/New_York),
 * --only TEXT (contenders whose name contains it), --json FILE. Ends with an error when two contenders disagree.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { contenders, LOOP, OURS } from "./cohorts/contenders.js";
import type { Passes } from "./cohorts/measure-contender.js";
import { machine, median, printTable } from "./report.js";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "10000000" },
    customers: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "2" },
    passes: { type: "string", default: "3" },
    zone: { type: "string", default: "America/New_York" },
    only: { type: "string", default: "" },
    json: { type: "string" },
  },
});
const sales = { rows: Number(values.rows), customers: Number(values.customers), shuffled: false };
const [rounds, passes] = [Number(values.rounds), Number(values.passes)];
const chosen = contenders
  .map(({ name }, index) => ({ name, index, seconds: [] as number[], cpuSeconds: [] as number[] }))
  .filter(({ name }) => name.includes(values.only));
const facts = machine();
console.log(
  `${sales.rows} rows, ${sales.customers} customers, ${values.zone}, ${rounds} rounds of ${passes} passes. ` +
    `${facts.processor}, ${facts.cores} cores, node ${facts.node}, load ${facts.load[0]}.`,
);

let agreed = "";
for (let round = 0; round < rounds; round++) {
  // Every other round runs backwards, so that nobody always comes after the same neighbor.
  for (const contender of round % 2 === 0 ? chosen : chosen.toReversed()) {
    if (process.stderr.isTTY) process.stderr.write(`\rround ${round + 1}: ${contender.name}`.padEnd(90));
    const { seconds, cpuSeconds, checksum } = inOwnProcess(contender.index);
    contender.seconds.push(...seconds);
    contender.cpuSeconds.push(...cpuSeconds);
    const found = JSON.stringify(checksum);
    agreed ||= found;
    if (found !== agreed)
      throw new Error(`${contender.name} finds ${found}, but ${chosen[0]?.name} ${agreed}`);
  }
}
console.log(`\nAll agree: ${agreed}`);

const least = (list: readonly number[]) => Math.min(...list);
const base = least((chosen.find(({ name }) => name === OURS) ?? chosen[0]).seconds);
printTable(
  "From the loaded data to customers and revenue of each cell",
  chosen
    .toSorted((left, right) => least(left.seconds) - least(right.seconds))
    .map(({ name, seconds, cpuSeconds }) => ({
      contender: name,
      "least s": least(seconds).toFixed(3),
      "median s": median(seconds).toFixed(3),
      "least CPU s": least(cpuSeconds).toFixed(3),
      "least to ours": (least(seconds) / base).toFixed(2),
    })),
);
printPromises();
console.log(`\nLoad at the end ${machine().load[0]}; above ${facts.cores} means others used the machine.`);
if (values.json) {
  const results = chosen.map(({ name, seconds, cpuSeconds }) => ({ name, seconds, cpuSeconds }));
  writeFileSync(values.json, JSON.stringify({ machine: facts, sales, zone: values.zone, results }, null, 2));
}

function inOwnProcess(index: number): Passes {
  const task = JSON.stringify([index, sales, values.zone, passes]);
  const file = new URL("cohorts/measure-contender.ts", import.meta.url).pathname;
  const output = execFileSync(process.execPath, ["--expose-gc", "--import", "tsx", file, task], {
    cwd: new URL(".", import.meta.url),
    encoding: "utf8",
  });
  return JSON.parse(output.trim().split("\n").at(-1) ?? "") as Passes;
}

/** A ratio beyond its bound is no error: a busy machine is no bug. */
function printPromises(): void {
  const times = (isMeant: (name: string) => boolean) =>
    chosen.filter(({ name }) => isMeant(name)).map(({ seconds }) => least(seconds));
  const [ours] = times((name) => name === OURS);
  const [loop] = times((name) => name === LOOP);
  const queries = times((name) => name.startsWith("DuckDB"));
  if (ours === undefined) return;
  const promises = [
    ...(loop === undefined
      ? []
      : [{ promise: `ours / ${LOOP}`, ratio: ours / loop, bound: "at most 1.5", kept: ours <= 1.5 * loop }]),
    ...(queries.length === 0
      ? []
      : [
          {
            promise: "best query of DuckDB / ours",
            ratio: least(queries) / ours,
            bound: "at least 5",
            kept: least(queries) >= 5 * ours,
          },
        ]),
  ];
  if (promises.length === 0) return;
  printTable(
    "Promises, by the least times",
    promises.map(({ promise, ratio, bound, kept }) => ({
      promise,
      ratio: ratio.toFixed(2),
      bound,
      kept: kept ? "yes" : "NO",
    })),
  );
}
