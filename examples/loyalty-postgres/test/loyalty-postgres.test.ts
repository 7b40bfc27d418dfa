import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runConcurrency } from "../src/concurrency.js";
import { type Database, openPGlite } from "../src/database.js";
import { type LedgerStore, ledgerStore } from "../src/ledger-store.js";
import { program } from "../src/program.js";
import { startTemporaryCluster, type TemporaryCluster } from "../src/temporary-cluster.js";

describe("in this process", () => {
  let database: Database;
  let store: LedgerStore;
  beforeAll(async () => {
    database = await openPGlite();
    store = ledgerStore(database, program);
    await store.prepare();
  });
  afterAll(() => database.close());

  const at = "2026-01-05T09:00:00+01:00";
  const open = (id: string) => store.send(id, { type: "enroll", key: "enroll", at, memberId: id });
  const earn = (id: string, key: string, amount: number) =>
    store.send(id, { type: "earn", key, at, orderId: key, lines: [{ lineId: "1", amount }] });
  const available = async (id: string) => (await store.account(id)).points.points?.balances.available;

  test("a command that is sent twice is stored once, and answered alike", async () => {
    await open("twice");
    const first = await earn("twice", "k1", 10_00);
    const again = await earn("twice", "k1", 10_00);
    expect(again).toMatchObject({ ok: true, value: { repeated: true, events: [] } });
    expect(again.ok && first.ok && again.value.outcome).toEqual(first.ok && first.value.outcome);
    expect(await available("twice")).toBe(10);
    expect(await store.events("twice")).toHaveLength(2);
  });

  test("a key that is used for something else is refused", async () => {
    await open("conflict");
    await earn("conflict", "k1", 10_00);
    expect(await earn("conflict", "k1", 20_00)).toMatchObject({
      ok: false,
      error: { code: "idempotency_conflict" },
    });
    expect(await available("conflict")).toBe(10);
  });

  test("a transfer stores both sides or neither", async () => {
    await open("giver");
    await open("taker");
    await earn("giver", "k1", 50_00);
    const gift = { key: "t1", transferId: "t1", at };
    expect(await store.transfer("giver", "taker", { ...gift, points: 51 })).toMatchObject({ ok: false });
    expect(await store.transfer("giver", "taker", { ...gift, points: 20 })).toMatchObject({ ok: true });
    expect(await store.transfer("giver", "taker", { ...gift, points: 20 })).toMatchObject({
      ok: true,
      value: { from: { repeated: true }, to: { repeated: true } },
    });
    expect([await available("giver"), await available("taker")]).toEqual([30, 20]);
  });

  test("past a snapshot the account is what all events make", async () => {
    await open("long");
    for (let i = 0; i < 120; i++) await earn("long", `k${i}`, 1_00);
    expect(await available("long")).toBe(120);
    const { seq } = await store.account("long");
    expect(seq).toBe((await store.events("long")).length);
  });

  test("the demo runs", () => {
    const demo = fileURLToPath(new URL("../src/main.ts", import.meta.url));
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", demo], {
      encoding: "utf8",
      env: { ...process.env, DATABASE_URL: undefined },
    });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    // 72 + 60 points for the order, 50 spent, 12 taken back with the bread, 20 given away.
    expect(stdout).toContain("Ani: 50 points at hand, 50 spent, 12 taken back, 20 sent");
    expect(stdout).toContain("Budi: 20 points at hand");
  });
});

describe("on a server, with workers and connections that are killed", () => {
  let cluster: TemporaryCluster | null = null;
  beforeAll(() => {
    if (process.env.DATABASE_URL !== undefined) return;
    cluster = startTemporaryCluster();
    if (cluster === null) {
      console.log(
        "Not run: points on a PostgreSQL server under concurrent workers and faults. There is no DATABASE_URL, and neither " +
          "initdb nor pg_ctl is installed (apt-get install postgresql).",
      );
    } else {
      Object.assign(process.env, cluster.environment);
    }
  });
  afterAll(() => {
    for (const name of Object.keys(cluster?.environment ?? {})) delete process.env[name];
    cluster?.stop();
  });

  test("no points are lost, doubled or unexplained", async ({ skip }) => {
    if (cluster === null && process.env.DATABASE_URL === undefined) skip("no PostgreSQL server");
    const report = await runConcurrency({
      workers: 4,
      operations: 250,
      accounts: 8,
      killOneIn: 50,
      endOneIn: 20,
    });
    console.log("Concurrent workers on PostgreSQL:", report);
    expect(report.problems).toEqual([]);
    expect(report.operations).toBe(1000);
    expect(report.workersKilled).toBeGreaterThan(0);
    expect(report.connectionsEnded).toBeGreaterThan(0);
    expect(report.retries["23505"]).toBeGreaterThan(0);
  }, 400_000);
});
