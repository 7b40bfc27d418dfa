import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./packed-app.js";
import { measuredSizes, recordedSizes, recordSizes, sizeTable } from "./sizes.js";

// `npm run size`: prints the table, then holds it against budgets and record; with `--record` it becomes the record.

const sizes = await measuredSizes();
console.log(sizeTable(sizes, recordedSizes()));
if (process.argv.includes("--record")) recordSizes(sizes);
const vitest = join(root, "node_modules/vitest/vitest.mjs");
const { status } = spawnSync(process.execPath, [vitest, "run", "test/package/size.test.ts"], {
  cwd: root,
  stdio: "inherit",
});
process.exitCode = status ?? 1;
