/**
 * What a rule from a stranger can cost: the inputs that break other engines, the largest rules of each shape that the default
 * limits let in, and trees put together at random, at every door; and whether anything but the library's own error comes of it.
 *
 * Options: --passes N (7), --trees N (2000), --only TEXT (inputs whose name contains it), --json FILE. Ends with an error when
 * a door throws another error.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { hostileInputs } from "./hostile/hostile-inputs.js";
import { largestRules } from "./hostile/largest-rules.js";
import type { DoorTimes } from "./hostile/measure-hostile.js";
import { machine, median, printTable } from "./report.js";

const { values } = parseArgs({
  options: {
    passes: { type: "string", default: "7" },
    trees: { type: "string", default: "2000" },
    only: { type: "string", default: "" },
    json: { type: "string" },
  },
});
const [passes, trees] = [values.passes, values.trees].map(Number);
const facts = machine();
console.log(
  `${passes} passes. ${facts.processor}, ${facts.cores} cores, node ${facts.node}, load ${facts.load[0]}.`,
);

const chosen = (inputs: object) => Object.keys(inputs).filter((name) => name.includes(values.only));
const hostile = chosen(hostileInputs).flatMap((name) => inOwnProcess("hostile", name, passes));
const largest = chosen(largestRules).flatMap((name) => inOwnProcess("largest", name, passes));
const fuzzed = values.only === "" ? inOwnProcess("fuzz", "", trees) : [];

/** Rules are in the language alone; what reads others refuses them, in less time. */
const OF_RULES = ["parse", "compile, one evaluation", "describe", "explain"];
const later = ({ later: times, first }: DoorTimes) => (times.length > 0 ? median(times) : first);
const shown = (ms: number) => ms.toFixed(1);

if (largest.length > 0)
  printTable(
    "The largest rule of each shape, ms: the first time in a process, and the median of those after it",
    chosen(largestRules).map((input) => ({
      input,
      ...Object.fromEntries(
        OF_RULES.map((door) => {
          const found = largest.find((times) => times.door === door && times.input === input);
          return [door, found?.isIn ? `${shown(found.first)} / ${shown(later(found))}` : "refused"];
        }),
      ),
    })),
  );
for (const [title, group] of [
  ["Hostile inputs", hostile],
  ["Trees put together at random", fuzzed],
] as const) {
  if (group.length === 0) continue;
  printTable(
    `${title}, ms: the slowest at each door`,
    [...new Set(group.map(({ door }) => door))].map((door) => {
      const own = group.filter((times) => times.door === door);
      const [first, after] = [worst(own, (times) => times.first), worst(own, later)];
      return {
        door,
        "first time": shown(first.first),
        of: first.input,
        later: shown(later(after)),
        "later of": after.input,
        "let in": `${own.filter(({ isIn }) => isIn).length} of ${own.length}`,
      };
    }),
  );
}

/** A promise that a run does not keep is no error: a busy machine is no bug. */
const promises = OF_RULES.flatMap((door) => {
  const own = [...largest, ...hostile, ...fuzzed].filter((times) => times.door === door);
  if (own.length === 0) return [];
  const [first, after] = [worst(own, (times) => times.first), worst(own, later)];
  return [
    { promise: `${door}, slowest first time`, of: first.input, ms: first.first },
    { promise: `${door}, slowest later`, of: after.input, ms: later(after) },
  ];
});
if (promises.length > 0)
  printTable(
    "Promises, at most 50 ms",
    promises.map(({ promise, of, ms }) => ({ promise, of, ms: shown(ms), kept: ms <= 50 ? "yes" : "NO" })),
  );
console.log(`\nLoad at the end ${machine().load[0]}; above ${facts.cores} means others used the machine.`);
if (values.json)
  writeFileSync(values.json, JSON.stringify({ machine: facts, hostile, largest, fuzzed }, null, 2));

function worst(group: readonly DoorTimes[], of: (times: DoorTimes) => number): DoorTimes {
  return group.reduce((found, times) => (of(times) > of(found) ? times : found));
}

function inOwnProcess(group: string, name: string, count: number): readonly DoorTimes[] {
  const file = new URL("hostile/measure-hostile.ts", import.meta.url).pathname;
  const output = execFileSync(
    process.execPath,
    ["--import", "tsx", file, JSON.stringify([group, name, count])],
    {
      cwd: new URL(".", import.meta.url),
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    },
  );
  return JSON.parse(output.trim().split("\n").at(-1) ?? "") as readonly DoorTimes[];
}
