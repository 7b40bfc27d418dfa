/**
 * From rows to recency, frequency and money of each customer: the library against loops written by hand and against
 * other engines, on the same data, in the same run.
 *
 * Options: --rows N (10000000), --customers N (1000000), --rounds N (5), --shuffled, --only TEXT (contenders and inputs
 * whose name contains it), --json FILE. Ends with an error when two contenders disagree about the numbers.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { contenders, type Input, OURS } from "./log/contenders.js";
import type { Pass } from "./log/measure-contender.js";
import type { Memory } from "./log/measure-memory.js";
import type { SalesOptions } from "./log/sales-data.js";
import { printTargets } from "./log/targets.js";
import { gigabytes, machine, median, printTable } from "./report.js";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "10000000" },
    customers: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "5" },
    shuffled: { type: "boolean", default: false },
    only: { type: "string", default: "" },
    json: { type: "string" },
  },
});
const sales: SalesOptions = {
  rows: Number(values.rows),
  customers: Number(values.customers),
  shuffled: values.shuffled,
};
const rounds = Number(values.rounds);
const title: Record<Input, string> = {
  numbers: "From columns: ids dense whole numbers (Int32Array), instants and amounts Float64Array",
  texts: "From columns: ids strings, instants and amounts Float64Array",
  objects: "From objects: { customerId: string, at: Date, amount: number }",
};

const chosen = contenders
  .map((contender, index) => ({ ...contender, index, passes: [] as Pass[] }))
  .filter(({ name, input }) => `${input}: ${name}`.includes(values.only));
const facts = machine();
console.log(
  `${sales.rows} rows, ${sales.customers} customers, ${sales.shuffled ? "shuffled" : "in order of time"}, ` +
    `${rounds} rounds. ${facts.processor}, ${facts.cores} cores, node ${facts.node}, load ${facts.load[0]}.`,
);

for (let round = 0; round < rounds; round++) {
  // Every other round runs backwards, so that nobody always comes after the same neighbor.
  for (const contender of round % 2 === 0 ? chosen : chosen.toReversed()) {
    showProgress(`round ${round + 1}: ${contender.input}, ${contender.name}`);
    contender.passes.push(inOwnProcess<Pass>("log/measure-contender.ts", [contender.index, sales]));
  }
}
showProgress("");
assertAgreement();
for (const input of ["numbers", "texts", "objects"] as const) printInput(input);
printFurtherMetrics();
const memory = values.only ? [] : printMemory();
const targets = printTargets(chosen);
console.log(`\nLoad at the end ${machine().load[0]}; above ${facts.cores} means others used the machine.`);
if (values.json) {
  const results = chosen.map(({ input, name, passes }) => ({ input, name, passes }));
  writeFileSync(
    values.json,
    JSON.stringify({ machine: facts, sales, rounds, results, memory, targets }, null, 2),
  );
}

function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${text.padEnd(78)}\r`);
}

function inOwnProcess<Result>(file: string, task: unknown): Result {
  const output = execFileSync(
    process.execPath,
    ["--expose-gc", "--import", "tsx", new URL(file, import.meta.url).pathname, JSON.stringify(task)],
    { cwd: new URL(".", import.meta.url), encoding: "utf8", maxBuffer: 2 ** 24 },
  );
  return JSON.parse(output.trim().split("\n").at(-1) ?? "") as Result;
}

function assertAgreement(): void {
  const [first] = chosen;
  const agreed = JSON.stringify(first?.passes[0]?.checksum);
  for (const { input, name, passes } of chosen) {
    for (const { checksum } of passes) {
      if (JSON.stringify(checksum) === agreed) continue;
      throw new Error(
        `${input}, ${name} finds ${JSON.stringify(checksum)}, but ${first?.input}, ${first?.name} finds ${agreed}`,
      );
    }
  }
  console.log(`All agree: ${agreed}`);
}

function printInput(input: Input): void {
  const group = chosen.filter((contender) => contender.input === input);
  if (group.length === 0) return;
  const ours = group.find(({ name }) => name === OURS);
  const base = median((ours ?? group[0]).passes.map(({ seconds }) => seconds));
  printTable(
    title[input],
    group.map(({ name, passes }) => {
      const seconds = passes.map((pass) => pass.seconds);
      const middle = median(seconds);
      const [least, most] = [Math.min(...seconds), Math.max(...seconds)];
      return {
        contender: name,
        "median s": middle.toFixed(2),
        "min s": least.toFixed(2),
        spread: `${Math.round((100 * (most - least)) / middle)} %`,
        "CPU s": median(passes.map(({ cpuSeconds }) => cpuSeconds)).toFixed(2),
        [ours ? "to ours" : "to first"]: (middle / base).toFixed(2),
        input: gigabytes(median(passes.map(({ inputBytes }) => inputBytes))),
        "peak RSS": gigabytes(Math.max(...passes.map(({ peakBytes }) => peakBytes))),
      };
    }),
  );
}

/** A metric on a log that stands must cost what reading it costs, not another build. */
function printFurtherMetrics(): void {
  const group = chosen.filter(({ name, input }) => name === OURS && input !== "texts");
  const rows = group.flatMap(({ input, passes }) =>
    Object.keys(passes[0].further).map((metric) => {
      const seconds = median(passes.map(({ further }) => further[metric]));
      const build = median(passes.map((pass) => pass.seconds));
      return {
        "further metric on the log": metric,
        "log from": input,
        "median s": seconds.toFixed(2),
        "log and first metric s": build.toFixed(2),
      };
    }),
  );
  if (rows.length > 0) printTable("A second metric builds nothing", rows);
}

function printMemory(): readonly (Memory & { readonly log: string })[] {
  const logs = [
    { log: "customer, instant, amount", ...inOwnProcess<Memory>("log/measure-memory.ts", ["three", sales]) },
    {
      log: "and cost, product, channel, id, refund link",
      ...inOwnProcess<Memory>("log/measure-memory.ts", ["all", sales]),
    },
  ];
  printTable(
    "Memory that a log keeps, bytes a row",
    logs.map(({ log, columns, idPointers, idStrings, held, peakBytes }) => ({
      log,
      columns: columns.toFixed(1),
      "pointers to ids": idPointers.toFixed(1),
      "id strings": idStrings.toFixed(1),
      "all held": held.toFixed(1),
      "peak RSS while building": gigabytes(peakBytes),
    })),
  );
  return logs;
}
