import { median, printTable } from "../report.js";
import { DATES_LOOP, DENSE_LOOP, ENCODE_LOOP, type Input, OURS, TIMES_LOOP } from "./contenders.js";
import type { Pass } from "./measure-contender.js";

/** Whether the library keeps what it promises, as far as this run can tell. */
export interface Target {
  readonly target: string;
  readonly ratio: number;
  readonly bound: number;
}

type Measured = { readonly input: Input; readonly name: string; readonly passes: readonly Pass[] };

/** Prints each promise with the ratio of medians in this run; a ratio above its bound is no error: a busy machine is no bug. */
export function printTargets(measured: readonly Measured[]): readonly Target[] {
  const time = (input: Input, name: string) => {
    const found = measured.find((contender) => contender.input === input && contender.name === name);
    return found ? median(found.passes.map(({ seconds }) => seconds)) : null;
  };
  const promises: [Input, string, number][] = [
    ["numbers", DENSE_LOOP, 1.5],
    ["numbers", "arquero", 1],
    ["numbers", "nodejs-polars", 1],
    ["numbers", "DuckDB", 1],
    ["texts", ENCODE_LOOP, 1.5],
    ["texts", "arquero", 1],
    ["texts", "nodejs-polars", 1],
    ["texts", "DuckDB", 1],
    ["objects", DATES_LOOP, 0.5],
    ["objects", TIMES_LOOP, 1],
  ];
  const targets: Target[] = [];
  for (const [input, name, bound] of promises) {
    const ours = time(input, OURS);
    const other = time(input, name);
    if (ours === null || other === null) continue;
    targets.push({ target: `${input}: ours / ${name}`, ratio: ours / other, bound });
  }
  if (targets.length > 0) {
    printTable(
      "Promises",
      targets.map(({ target, ratio, bound }) => ({
        promise: target,
        ratio: ratio.toFixed(2),
        "at most": bound.toFixed(1),
        kept: ratio <= bound ? "yes" : "NO",
      })),
    );
  }
  return targets;
}
