/**
 * One segment rule of six conditions over objects and columns: the library against predicates and loops written by hand,
 * and against the rule engines of the registry, on the same customers, in the same run.
 *
 * Options: --customers N (1000000), --passes N (10), --rounds N (3), --only TEXT (contenders and inputs whose name contains
 * it), --json FILE. Ends with an error when a contender finds other members than the predicate written by hand.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { machine, median, printTable } from "./report.js";
import { contenders, FUSED, OURS, OURS_PARSE, OURS_ROWS, PREDICATE } from "./rules/contenders.js";
import type { Passes } from "./rules/measure-contender.js";

const { values } = parseArgs({
  options: {
    customers: { type: "string", default: "1000000" },
    passes: { type: "string", default: "10" },
    rounds: { type: "string", default: "3" },
    only: { type: "string", default: "" },
    json: { type: "string" },
  },
});
const [customers, passes, rounds] = [values.customers, values.passes, values.rounds].map(Number);
const chosen = contenders
  .map((contender, index) => ({ ...contender, index, nanoseconds: [] as number[] }))
  .filter(({ name, input }) => `${input}: ${name}`.includes(values.only));
const facts = machine();
console.log(
  `${customers} customers, ${passes} passes, ${rounds} rounds. ` +
    `${facts.processor}, ${facts.cores} cores, node ${facts.node}, load ${facts.load[0]}.`,
);

for (let round = 0; round < rounds; round++) {
  // Every other round runs backwards, so that nobody always comes after the same neighbor.
  for (const contender of round % 2 === 0 ? chosen : chosen.toReversed()) {
    const { nanoseconds, count, expected } = inOwnProcess(contender.index);
    if (contender.input !== "rule" && count !== expected)
      throw new Error(`${contender.name} finds ${count} members, the predicate by hand ${expected}`);
    if (!contender.most && contender.name === PREDICATE && round === 0)
      console.log(`All find ${count} members.`);
    // The first pass runs in the interpreter: it counts where there are no more than two.
    contender.nanoseconds.push(...(nanoseconds.length > 2 ? nanoseconds.slice(1) : nanoseconds));
  }
}

const timed = (name: string) => {
  const found = chosen.find((contender) => contender.name === name);
  return found ? median(found.nanoseconds) : null;
};
for (const [input, title, base] of [
  ["objects", "Over objects, ns a customer", PREDICATE],
  ["columns", "Over columns, ns a customer", FUSED],
  ["rule", "Checking a rule that comes from elsewhere, ns a rule", OURS_PARSE],
] as const) {
  const group = chosen.filter((contender) => contender.input === input);
  const unit = timed(base) ?? Number.NaN;
  if (group.length === 0) continue;
  printTable(
    title,
    group.map(({ name, nanoseconds }) => {
      const middle = median(nanoseconds);
      const [least, most] = [Math.min(...nanoseconds), Math.max(...nanoseconds)];
      return {
        contender: name,
        median: middle.toFixed(1),
        least: least.toFixed(1),
        spread: `${Math.round((100 * (most - least)) / middle)} %`,
        "to the first by hand": (middle / unit).toFixed(2),
      };
    }),
  );
}
printPromises();
console.log(`\nLoad at the end ${machine().load[0]}; above ${facts.cores} means others used the machine.`);
if (values.json) {
  const results = chosen.map(({ input, name, nanoseconds }) => ({ input, name, nanoseconds }));
  writeFileSync(values.json, JSON.stringify({ machine: facts, customers, passes, rounds, results }, null, 2));
}

function inOwnProcess(index: number): Passes {
  const task = JSON.stringify([index, customers, passes]);
  const file = new URL("rules/measure-contender.ts", import.meta.url).pathname;
  const output = execFileSync(process.execPath, ["--expose-gc", "--import", "tsx", file, task], {
    cwd: new URL(".", import.meta.url),
    encoding: "utf8",
  });
  return JSON.parse(output.trim().split("\n").at(-1) ?? "") as Passes;
}

/** A promise that a run does not keep is no error: a busy machine is no bug. */
function printPromises(): void {
  const ours = timed(OURS);
  const engines = chosen.filter(
    ({ input, name }) => input === "objects" && !name.startsWith("clientele") && !name.includes("by hand"),
  );
  const promises: [string, number | null, number | null, number][] = [
    ["objects: ours / predicate by hand", ours, timed(PREDICATE), 1.5],
    ...engines.map(({ name }): [string, number | null, number | null, number] => [
      `objects: ours / ${name}`,
      ours,
      timed(name),
      1,
    ]),
    ["columns: ours / fused loop by hand", timed(OURS_ROWS), timed(FUSED), 1.5],
    ["checking a rule, microseconds", timed(OURS_PARSE), 1000, 20],
  ];
  const rows = promises.flatMap(([promise, time, other, bound]) =>
    time === null || other === null
      ? []
      : [
          {
            promise,
            ratio: (time / other).toFixed(2),
            "at most": bound.toFixed(1),
            kept: time / other <= bound ? "yes" : "NO",
          },
        ],
  );
  if (rows.length > 0) printTable("Promises", rows);
}
