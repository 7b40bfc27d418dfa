import { spawn } from "node:child_process";
import { existsSync } from "node:fs";

// Type-checks every project of the repository, two at a time; bench/, which uses the built package as a user would, only
// where that and its own packages are there.

const projects = [".", "test", "examples/report", "examples/loyalty-postgres"];
if (existsSync("bench/node_modules") && existsSync("dist/index.d.ts")) projects.push("bench");
else
  console.log(
    "bench/ is not type-checked: its packages are not installed, or nothing is built (npm run bench does both)",
  );

function check(project: string): Promise<boolean> {
  const tsc = spawn(process.execPath, ["node_modules/typescript/bin/tsc", "--noEmit", "-p", project], {
    stdio: "inherit",
  });
  return new Promise((resolve) => tsc.on("close", (code) => resolve(code === 0)));
}

async function checkNext(): Promise<boolean> {
  const project = projects.shift();
  if (project === undefined) return true;
  const isRight = await check(project);
  return (await checkNext()) && isRight;
}

const results = await Promise.all([checkNext(), checkNext()]);
process.exitCode = results.every(Boolean) ? 0 : 1;
