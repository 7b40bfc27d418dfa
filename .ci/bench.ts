import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

// The peers that the bench runs beside are heavy: they have a lock of their own, installed when first needed.

function npm(...args: string[]): void {
  const { status } = spawnSync("npm", ["--prefix", "bench", ...args], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync("bench/node_modules")) npm("ci");
npm("run", "bench", "--", ...process.argv.slice(2));
