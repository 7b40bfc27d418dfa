import { existsSync } from "node:fs";

// What `npm run check` leaves out, said aloud: a check that is silent about its gaps looks complete.

const benchInstalled = existsSync("bench/node_modules");

const notRun = [
  [
    "speed",
    `npm run bench: against hand-written loops and other engines${benchInstalled ? "" : ", which it installs first"}`,
  ],
  [
    "mutation",
    "npm run mutation: does a test fail when a line of core/, statistics/ or the points ledger is changed? (hours)",
  ],
  ["long lives", "npm run simulate: a million commands to the points ledger, beside a second model"],
  ["browsers", "bundles are built for browsers by the tests, but opened in none"],
];
console.log("\nNot part of this check:");
for (const [name, how] of notRun) console.log(`  ${name?.padEnd(10)} ${how}`);
console.log(
  "Tests that need files from outside the repository skip themselves and are counted as skipped.\n",
);
