import { openServer } from "./database.js";
import { ledgerStore } from "./ledger-store.js";
import { program } from "./program.js";
import { operationsOf } from "./random-commands.js";

// One process among several that write to the same accounts. It says after each operation that it is done; killed at any
// moment, it is started again behind the last one that it had said, and sends again what it had not.

/** What a worker says to whom started it. */
export interface WorkerMessage {
  readonly done: number;
  /** `same`: an earlier life of this worker had it stored, and was killed before it could say so. */
  readonly answer: "granted" | "same" | "refused";
  readonly code: string | null;
  readonly retries: Readonly<Record<string, number>>;
}

const [worker = 0, count = 0, accounts = 1, first = 0] = process.argv.slice(2).map(Number);
const database = openServer();
const store = ledgerStore(database, program);

for (const [i, operation] of operationsOf(worker, count, accounts).entries()) {
  if (i < first) continue;
  let said: Pick<WorkerMessage, "answer" | "code">;
  if (operation.kind === "command") {
    const decision = await store.send(operation.accountId, operation.command);
    said = decision.ok
      ? { answer: decision.value.repeated ? "same" : "granted", code: null }
      : { answer: "refused", code: decision.error.code };
  } else {
    const decision = await store.transfer(operation.from, operation.to, operation.request);
    said = decision.ok
      ? { answer: decision.value.from.repeated ? "same" : "granted", code: null }
      : { answer: "refused", code: decision.error.code };
  }
  const message: WorkerMessage = { done: i, ...said, retries: { ...store.retries } };
  await new Promise((resolve) => process.send?.(message, resolve));
}
await database.close();
process.disconnect?.();
