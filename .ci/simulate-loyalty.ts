import { parseArgs } from "node:util";
import { simulateSideBySide } from "../test/loyalty/simulation.js";

// The loyalty ledger beside a naive second one for a long time. A failure names the seed, the pair and the command: the same
// arguments bring it back.

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    commands: { type: "string", default: "1000000" },
    accounts: { type: "string", default: "10000" },
  },
});
const [seed, commands, accounts] = [values.seed, values.commands, values.accounts].map((text) => {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`"${text}" is no whole number from 0`);
  return number;
});

console.log(`seed ${seed}: ${commands} commands on ${accounts} accounts, ledger and model side by side`);
const start = performance.now();
const tally = simulateSideBySide({ seed, commands, accounts });
const seconds = (performance.now() - start) / 1000;
console.log(
  `${tally.events} events; ${tally.lotsCompared} lots compared; no difference; ${seconds.toFixed(1)} s`,
);
for (const [answer, count] of tally.answers) console.log(`  ${answer.padEnd(28)} ${count}`);
