import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { openServer } from "./database.js";
import { ledgerStore } from "./ledger-store.js";
import { program } from "./program.js";
import { accountIds, enrollment, operationsOf } from "./random-commands.js";
import { type Acknowledged, unexplained } from "./unexplained.js";
import type { WorkerMessage } from "./worker.js";

/** How much is tried. */
export interface ConcurrencyOptions {
  readonly workers: number;
  /** Operations of each worker. */
  readonly operations: number;
  readonly accounts: number;
  /** One in so many operations has its worker killed in the middle of what it does next. */
  readonly killOneIn: number;
  /** At one in so many operations the connection of some worker is ended. */
  readonly endOneIn: number;
}

/** What was tried, and what is wrong. */
export interface ConcurrencyReport {
  readonly operations: number;
  readonly granted: number;
  readonly refused: Readonly<Record<string, number>>;
  /** Commands that were stored by a worker that was killed before it could say so. */
  readonly sentAgain: number;
  readonly workersKilled: number;
  readonly connectionsEnded: number;
  /** Work done again, by the database's code. */
  readonly retries: Readonly<Record<string, number>>;
  readonly events: number;
  /** Lost, doubled or unexplained points: nothing, if the ledger holds. */
  readonly problems: readonly string[];
}

const WORKER = fileURLToPath(new URL("worker.ts", import.meta.url));

/**
 * Lets workers, each a process, send commands to the same accounts, while workers are killed and connections are ended at
 * random; then holds what is stored against a replay in one thread.
 */
export async function runConcurrency(options: ConcurrencyOptions): Promise<ConcurrencyReport> {
  const { workers, operations, accounts } = options;
  const database = openServer();
  const store = ledgerStore(database, program);
  await store.prepare();
  await database.transaction((query) => query("truncate loyalty_event, loyalty_snapshot"));
  for (const accountId of accountIds(accounts)) await store.send(accountId, enrollment(accountId));

  const acknowledged: Acknowledged[] = [];
  const refused: Record<string, number> = {};
  const retries: Record<string, number> = {};
  const counts = { granted: 0, sentAgain: 0, workersKilled: 0 };
  const alive = new Set<ChildProcess>();
  const connections = connectionEnder();

  const work = async (worker: number): Promise<void> => {
    let first = 0;
    const planned = operationsOf(worker, operations, accounts);
    while (first < operations) {
      const args = [worker, operations, accounts, first].map(String);
      // Node with tsx's loader, and not tsx itself: that starts a second process, which a kill would leave behind.
      const child = spawn(process.execPath, ["--import", "tsx", WORKER, ...args], {
        stdio: ["ignore", "ignore", "inherit", "ipc"],
      });
      alive.add(child);
      let ofThisLife: WorkerMessage["retries"] = {};
      child.on("message", (message) => {
        const { done, answer, code, retries: soFar } = message as WorkerMessage;
        const operation = planned[done];
        if (operation === undefined || done !== first) throw new Error(`worker ${worker} skipped to ${done}`);
        first = done + 1;
        ofThisLife = soFar;
        acknowledged.push({ operation, granted: answer !== "refused" });
        if (answer === "refused") refused[code ?? ""] = (refused[code ?? ""] ?? 0) + 1;
        else counts.granted++;
        if (answer === "same") counts.sentAgain++;
        if (Math.random() * options.endOneIn < 1) void connections.endOne();
        if (Math.random() * options.killOneIn < 1)
          setTimeout(() => child.kill("SIGKILL"), Math.random() * 10);
      });
      const [status, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
        child.on("close", (...ended) => resolve(ended));
      });
      alive.delete(child);
      for (const [code, times] of Object.entries(ofThisLife)) retries[code] = (retries[code] ?? 0) + times;
      if (signal === "SIGKILL") counts.workersKilled++;
      else if (status !== 0) throw new Error(`worker ${worker} ended with ${status ?? signal}`);
    }
  };

  try {
    await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  } finally {
    for (const child of alive) child.kill("SIGKILL");
    await connections.close();
  }

  const histories = new Map<string, Awaited<ReturnType<typeof store.events>>>();
  for (const accountId of accountIds(accounts)) histories.set(accountId, await store.events(accountId));
  const stored = new Map<string, Awaited<ReturnType<typeof store.account>>>();
  for (const accountId of accountIds(accounts)) stored.set(accountId, await store.account(accountId));
  await database.close();
  return {
    operations: acknowledged.length,
    ...counts,
    refused,
    connectionsEnded: connections.ended(),
    retries,
    events: [...histories.values()].reduce((sum, events) => sum + events.length, 0),
    problems: unexplained(histories, stored, acknowledged),
  };
}

/** Ends connections of the workers as an administrator would, one at a time. */
function connectionEnder() {
  const connectionString = process.env.DATABASE_URL;
  const pool = new pg.Pool({
    ...(connectionString === undefined ? {} : { connectionString }),
    max: 1,
    application_name: "fault-injection",
  });
  pool.on("error", () => {});
  let ended = 0;
  let running: Promise<void> = Promise.resolve();
  const endOne = async (): Promise<void> => {
    const { rows } = await pool.query(
      `select pg_terminate_backend(pid) as ended from pg_stat_activity
       where application_name = 'loyalty-ledger' and state <> 'idle' order by random() limit 1`,
    );
    if (rows[0]?.ended === true) ended++;
  };
  return {
    endOne: () => {
      running = running.then(endOne);
      return running;
    },
    ended: () => ended,
    close: async () => {
      await running;
      await pool.end();
    },
  };
}
