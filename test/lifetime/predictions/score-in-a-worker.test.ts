import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { predictLifetimeValue } from "../../../src/lifetime/predictions/predict-lifetime-value.js";
import { simulateCustomers } from "../../../src/lifetime/predictions/simulate-customers.js";
import { BG_NBD } from "./example-models.js";

// The worker of the guide, run: its code is read from the page, and bundled with the source in the place of the package.

const root = fileURLToPath(new URL("../../../", import.meta.url));
const SPEND = { model: "gammaGamma", parameters: { p: 6.25, q: 3.74, v: 1544 } } as const;
const terms = { marginShare: 0.3, discountRate: 0.1, horizon: 156 };

let worker: Worker;

beforeAll(async () => {
  const page = readFileSync(`${root}docs/lifetime-value.md`, "utf8");
  const code = /```ts no-run\n(\/\/ score-worker\.ts\n[\s\S]*?)```/.exec(page)?.[1];
  const { outputFiles } = await build({
    stdin: { contents: code ?? expect.fail("the guide has no worker"), loader: "ts", resolveDir: root },
    alias: { clientele: `${root}src/index.ts` },
    bundle: true,
    platform: "node",
    format: "cjs",
    write: false,
  });
  worker = new Worker(outputFiles[0]?.text ?? "", { eval: true });
});
afterAll(() => worker?.terminate());

test("columns go to the guide's worker and come back by transfer, with progress, as if scored here", async () => {
  const { x, tx, T, meanSpend } = simulateCustomers(BG_NBD, {
    ...{ customers: 5000, T: 39, spend: SPEND, seed: 3 },
  }).columns;
  const customers = { x, tx, T, meanSpend: meanSpend ?? expect.fail("no spend") };
  const here = predictLifetimeValue(BG_NBD, SPEND, customers, terms);
  const progress: number[] = [];
  const answer = new Promise<{ total: number; probabilityAlive: Float64Array; value: Float64Array }>(
    (resolve, reject) => {
      worker.on("error", reject);
      worker.on("message", (message) => {
        if ("progress" in message) progress.push(message.progress);
        else resolve(message);
      });
    },
  );
  const buffers = Object.values(customers).map(({ buffer }) => buffer as ArrayBuffer);
  worker.postMessage({ model: JSON.parse(JSON.stringify(BG_NBD)), spend: SPEND, customers, terms }, buffers);
  // Handed over, not copied.
  expect(customers.x).toHaveLength(0);
  const { total, probabilityAlive, value } = await answer;
  expect(total).toBe(here.total);
  expect(value).toEqual(here.columns.value);
  expect(probabilityAlive).toEqual(here.columns.probabilityAlive);
  expect(progress).toHaveLength(100);
  expect(progress.at(-1)).toBe(1);
});
