/** Knocks at the doors with one input or many, in a process of its own, and prints what it took as one line of JSON. */
import { doors, knock } from "./doors.js";
import { fuzzTrees } from "./fuzz-trees.js";
import { hostileInputs } from "./hostile-inputs.js";
import { largestRules } from "./largest-rules.js";

/** What a door took for one input, milliseconds. */
export interface DoorTimes {
  readonly door: string;
  readonly input: string;
  /** The first time in the process, in the interpreter. */
  readonly first: number;
  readonly later: readonly number[];
  readonly isIn: boolean;
}

const [group, name, passes] = JSON.parse(process.argv[2] ?? "null") as [string, string, number];
const inputs: readonly (readonly [string, () => unknown])[] =
  group === "fuzz"
    ? fuzzTrees(passes).map((tree, i) => [`tree ${i}`, () => tree] as const)
    : [[name, (group === "largest" ? largestRules : hostileInputs)[name]]];
const rounds = group === "fuzz" ? 1 : passes;
const results: DoorTimes[] = [];
for (const [input, make] of inputs)
  for (const door of Object.keys(doors)) {
    const given = make();
    const { ms: first, isIn } = knock(door, given);
    const later = Array.from({ length: rounds - 1 }, () => knock(door, given).ms);
    results.push({ door, input, first, later, isIn });
  }
console.log(JSON.stringify(results));
