/**
 * k-means of a million rows: the library against Lloyd written by hand over typed arrays and against ml-kmeans, from the
 * same centroids, in the same run; then what a random start costs, and the memory that is needed beside the data.
 *
 * Options: --rows N (1000000), --clusters N (8), --iterations N (300, the library's; the others do 10), --json FILE. Ends
 * with an error when two contenders disagree about the inertia after ten iterations.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { drawNormal, kMeans, seededRandom } from "clientele";
import { kmeans as mlKMeans } from "ml-kmeans";
import { machine, printTable } from "./report.js";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "1000000" },
    clusters: { type: "string", default: "8" },
    iterations: { type: "string", default: "300" },
    json: { type: "string" },
    contender: { type: "string" },
  },
});
const [rows, clusters, iterations] = [values.rows, values.clusters, values.iterations].map(Number);
const NAMES = ["recency", "frequency", "monetary", "margin"] as const;
const FEW = 10;

/** What one contender needed, in a process of its own. */
interface Measured {
  readonly seconds: number;
  /** Of all threads: what a busy machine changes less than the time on the wall. */
  readonly cpuSeconds: number;
  readonly iterations: number;
  readonly inertia: number;
  /** Most memory that the process held beyond what it held with the data, as shares of the data. */
  readonly memory: number;
}

const contenders: Record<string, () => Omit<Measured, "memory">> = {
  "clientele, to the end": () => ours(iterations),
  "clientele, 10 iterations": () => ours(FEW),
  "typed arrays by hand (Lloyd), 10 iterations": byHand,
  "ml-kmeans, 10 iterations": others,
  "clientele, one iteration": () => ours(1),
  "clientele, k-means++ and one iteration": () =>
    timed(() => kMeans(data, { clusters, seed: 1, starts: 1, maxIterations: 1, standardize: false })),
};

const data = columns();
if (values.contender !== undefined) {
  const before = heldBytes();
  const found = contenders[values.contender]();
  const peak = process.resourceUsage().maxRSS * 1_024;
  console.log(JSON.stringify({ ...found, memory: (peak - before) / (rows * NAMES.length * 8) }));
} else {
  printAll();
}

function printAll(): void {
  const facts = machine();
  console.log(
    `${rows} rows of ${NAMES.length} columns, ${clusters} clusters. ${facts.processor}, ${facts.cores} cores, node ${facts.node}, load ${facts.load[0]}.`,
  );
  const measured = Object.keys(contenders).map((name) => ({ name, ...inOwnProcess(name) }));
  const agreed = measured.filter(({ name }) => name.includes(`${FEW} iterations`));
  for (const { name, inertia } of agreed) {
    // Sums in another order.
    if (Math.abs(inertia / agreed[0].inertia - 1) > 1e-9)
      throw new Error(`${name} has an inertia of ${inertia}, ${agreed[0].name} of ${agreed[0].inertia}`);
  }
  printTable(
    "From the same centroids; reading and checking the data included",
    measured.map(({ name, seconds, cpuSeconds, iterations: done, inertia, memory }) => ({
      contender: name,
      seconds: seconds.toFixed(2),
      iterations: String(done),
      "ms an iteration": ((1000 * seconds) / done).toFixed(1),
      "CPU ms": ((1000 * cpuSeconds) / done).toFixed(1),
      inertia: inertia.toFixed(3),
      "memory / data": memory.toFixed(1),
    })),
  );
  const [whole] = measured;
  const [one, start] = measured.slice(-2);
  const promises: [string, number, number][] = [
    ["ms an iteration, averaged to the end", (1000 * whole.seconds) / whole.iterations, 30],
    ["the same, CPU ms", (1000 * whole.cpuSeconds) / whole.iterations, 30],
    ["k-means++, seconds", start.seconds - one.seconds, 1],
    ["the same, CPU seconds", start.cpuSeconds - one.cpuSeconds, 1],
    ["memory beside the data, in sizes of the data", whole.memory, 3],
  ];
  // A promise that a run does not keep is no error: a busy machine is no bug.
  printTable(
    "Promises",
    promises.map(([promise, value, bound]) => ({
      promise,
      measured: value.toFixed(2),
      "at most": String(bound),
      kept: value <= bound ? "yes" : "NO",
    })),
  );
  console.log(`\nLoad at the end ${machine().load[0]}; above ${facts.cores} means others used the machine.`);
  if (values.json)
    writeFileSync(values.json, JSON.stringify({ machine: facts, rows, clusters, measured }, null, 2));
}

function inOwnProcess(contender: string): Measured {
  const file = new URL(import.meta.url).pathname;
  const options = ["--rows", values.rows, "--clusters", values.clusters, "--iterations", values.iterations];
  const output = execFileSync(
    process.execPath,
    ["--expose-gc", ...process.execArgv, file, ...options, "--contender", contender],
    { cwd: new URL(".", import.meta.url), encoding: "utf8" },
  );
  return JSON.parse(output.trim().split("\n").at(-1) ?? "") as Measured;
}

/** Groups that overlap, so that it takes many iterations to settle. */
function columns(): Record<(typeof NAMES)[number], Float64Array> {
  const random = seededRandom(1);
  const made = NAMES.map(() => new Float64Array(rows));
  for (let row = 0; row < rows; row++) {
    const group = Math.floor(random() * 8);
    for (const [j, column] of made.entries()) column[row] = drawNormal(random, (group * 7 + j * 3) % 8, 1.5);
  }
  return { recency: made[0], frequency: made[1], monetary: made[2], margin: made[3] };
}

function startRows(): number[][] {
  return Array.from({ length: clusters }, (_, cluster) => NAMES.map((name) => data[name][cluster]));
}

function timed(
  run: () => { readonly iterations: number; readonly inertia: number },
): Omit<Measured, "memory"> {
  const begin = performance.now();
  const used = process.cpuUsage();
  const { iterations: done, inertia } = run();
  const { user, system } = process.cpuUsage(used);
  return {
    seconds: (performance.now() - begin) / 1000,
    cpuSeconds: (user + system) / 1e6,
    iterations: done,
    inertia,
  };
}

function ours(maxIterations: number): Omit<Measured, "memory"> {
  const init = startRows().map((place) => Object.fromEntries(NAMES.map((name, j) => [name, place[j]])));
  return timed(() => kMeans(data, { clusters, init, standardize: false, maxIterations, tolerance: 0 }));
}

function others(): Omit<Measured, "memory"> {
  // It takes an array of arrays: making that is not timed.
  const points = Array.from({ length: rows }, (_, row) => NAMES.map((name) => data[name][row]));
  let centroids: number[][] = [];
  const found = timed(() => {
    const result = mlKMeans(points, clusters, {
      initialization: startRows(),
      maxIterations: FEW,
      tolerance: 0,
    });
    centroids = result.centroids;
    return { iterations: result.iterations, inertia: Number.NaN };
  });
  // Its own assignment is from before the centroids moved for the last time.
  let inertia = 0;
  for (const point of points) {
    const squares = centroids.map((center) =>
      point.reduce((sum, value, j) => sum + (value - center[j]) ** 2, 0),
    );
    inertia += Math.min(...squares);
  }
  return { ...found, inertia };
}

function byHand(): Omit<Measured, "memory"> {
  return timed(() => {
    const width = NAMES.length;
    const points = new Float64Array(rows * width);
    for (const [j, name] of NAMES.entries())
      for (let row = 0; row < rows; row++) points[row * width + j] = data[name][row];
    const centroids = Float64Array.from(startRows().flat());
    const sums = new Float64Array(centroids.length);
    const counts = new Float64Array(clusters);
    let inertia = 0;
    for (let iteration = 0; iteration <= FEW; iteration++) {
      sums.fill(0);
      counts.fill(0);
      inertia = 0;
      for (let row = 0; row < rows; row++) {
        const at = row * width;
        let nearest = Number.POSITIVE_INFINITY;
        let closest = 0;
        for (let cluster = 0; cluster < clusters; cluster++) {
          const place = cluster * width;
          const d0 = points[at] - centroids[place];
          const d1 = points[at + 1] - centroids[place + 1];
          const d2 = points[at + 2] - centroids[place + 2];
          const d3 = points[at + 3] - centroids[place + 3];
          const squared = d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3;
          if (squared < nearest) {
            nearest = squared;
            closest = cluster;
          }
        }
        inertia += nearest;
        counts[closest]++;
        for (let j = 0; j < width; j++) sums[closest * width + j] += points[at + j];
      }
      // The last pass only asks who is nearest.
      if (iteration === FEW) break;
      for (let i = 0; i < sums.length; i++) centroids[i] = sums[i] / counts[Math.floor(i / width)];
    }
    return { iterations: FEW, inertia };
  });
}

function heldBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss;
}
