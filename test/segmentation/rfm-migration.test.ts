import { describe, expect, it } from "vitest";
import { windowBefore } from "../../src/core/duration.js";
import { row, rows } from "../../src/core/table.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import { type RfmScores, rfm } from "../../src/segmentation/rfm.js";
import { rfmMigration } from "../../src/segmentation/rfm-migration.js";
import { rfmSegmentTable } from "../../src/segmentation/rfm-segment-table.js";
import { rfmValueOrder } from "../../src/segmentation/rfm-value-order.js";
import { thrown } from "../core/thrown.js";

const cuts = { recency: [30, 90, 180, 365], frequency: [1, 2, 4, 8], monetary: [100, 200, 400, 800] };
const customer = (customerId: string, recency: number, frequency = 5, monetary = 900) => ({
  customerId,
  recency,
  frequency,
  monetary,
});

describe("rfmMigration", () => {
  const before = rfm([customer("ani", 10), customer("budi", 10), customer("citra", 100, 1, 50)], { cuts });
  const after = rfm([customer("ani", 200), customer("budi", 5, 9), customer("dewi", 1, 1, 50)], { cuts });

  it("says for each customer what changed, and for each score how many went up and down", () => {
    const migration = rfmMigration(before, after);
    expect(rows(migration.members)).toEqual([
      {
        customerId: "ani",
        codeBefore: "5-4-5",
        codeAfter: "2-4-5",
        segmentBefore: "Champions",
        segmentAfter: "At Risk",
        r: -3,
        f: 0,
        m: 0,
      },
      {
        customerId: "budi",
        codeBefore: "5-4-5",
        codeAfter: "5-5-5",
        segmentBefore: "Champions",
        segmentAfter: "Champions",
        r: 0,
        f: 1,
        m: 0,
      },
      {
        customerId: "citra",
        codeBefore: "3-1-1",
        codeAfter: null,
        segmentBefore: "About to Sleep",
        segmentAfter: null,
        r: null,
        f: null,
        m: null,
      },
      {
        customerId: "dewi",
        codeBefore: null,
        codeAfter: "5-1-1",
        segmentBefore: null,
        segmentAfter: "New",
        r: null,
        f: null,
        m: null,
      },
    ]);
    expect(migration.scores.recency).toMatchObject({ up: 0, same: 1, down: 1 });
    expect(migration.scores.recency.matrix[4]).toEqual([0, 1, 0, 0, 1]);
    expect(migration.scores.frequency).toMatchObject({ up: 1, same: 1, down: 0 });
    // Who was not scored was not known.
    expect(migration.segments).toMatchObject({
      stayed: 1,
      moved: 1,
      entered: 0,
      left: 0,
      joined: 1,
      gone: 1,
    });
    expect(migration.segments?.groups.map(({ group }) => group)).toEqual(
      rfmSegmentTable.map(({ name }) => name),
    );
    expect(migration.segments?.groups[0]).toEqual({
      group: "Champions",
      before: 2,
      after: 1,
      stayed: 1,
      entered: 0,
      left: 1,
      joined: 0,
      gone: 0,
    });
    expect(migration.sameCuts).toBe(true);
  });

  it("says when the cuts are not the same", () => {
    expect(rfmMigration(rfm([customer("ani", 1)]), rfm([customer("ani", 9)])).sameCuts).toBe(false);
    const ntile = rfm([customer("ani", 1)], { method: "ntile" });
    expect(rfmMigration(ntile, ntile).sameCuts).toBe(false);
    const nameless = rfm([customer("ani", 1)], { bins: 3 });
    expect(rfmMigration(nameless, nameless).segments).toBe(null);
  });

  it("knows the same cuts and segment table from a store that orders keys its own way", () => {
    const reordered = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(reordered)
        : typeof value === "object" && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .toReversed()
                .map(([key, own]) => [key, reordered(own)]),
            )
          : value;
    const money = [{ name: "all", recency: [1, 5], frequency: [1, 5], monetary: [1, 5] }] as const;
    for (const segmentTable of [undefined, money]) {
      const stored = rfm([customer("ani", 10)], { cuts, ...(segmentTable ? { segmentTable } : {}) });
      const read = reordered(stored) as typeof stored;
      expect(JSON.stringify(read)).not.toBe(JSON.stringify(stored));
      expect(rfmMigration(read, stored)).toEqual(rfmMigration(stored, stored));
      expect(rfmMigration(read, stored).sameCuts).toBe(true);
    }
    const [all] = money;
    const other = rfm([customer("ani", 10)], {
      cuts,
      segmentTable: [
        { ...all, monetary: [1, 4] },
        { ...all, monetary: [5, 5] },
      ],
    });
    expect(
      thrown(() => rfmMigration(rfm([customer("ani", 10)], { cuts, segmentTable: money }), other)).path,
    ).toBe("after.segmentTable");
  });

  it("compares windows of one length, by the calendar too, and no others", () => {
    const log = transactionLog([{ customerId: "ani", at: "2023-06-01", amount: 100 }], {
      currency: "IDR",
      timeZone: "America/New_York",
    });
    const scored = (asOf: string, start?: string, end?: string) =>
      rfm(log, { asOf, cuts, ...(start && end ? { window: { start, end } } : {}) });
    const migrated = (before: RfmScores, after: RfmScores) => () => rfmMigration(before, after);
    const refused = { code: "INVALID_ARGUMENT", path: "after.window" };
    const january = scored("2024-02-01", "2024-01-01", "2024-02-01");
    // 31 and 29 days, and both a month.
    expect(migrated(january, scored("2024-03-01", "2024-02-01", "2024-03-01"))).not.toThrow();
    // The last month before 31 March, which has no such day in February.
    const { start, end } = windowBefore("2024-03-31", { months: 1 }, { timeZone: log.timeZone });
    const march = rfm(log, { asOf: end, cuts, window: { start, end } });
    expect(migrated(january, march)).not.toThrow();
    // 31 days, of which one had 23 hours.
    expect(migrated(january, scored("2024-04-01", "2024-03-01", "2024-04-01"))).not.toThrow();
    expect(thrown(migrated(january, scored("2024-03-01")))).toMatchObject({
      ...refused,
      message:
        "after.window is not that of before: score both dates with windows of one length, or of as many whole months, or both without",
    });
    expect(thrown(migrated(scored("2024-01-01"), january))).toMatchObject(refused);
    expect(thrown(migrated(january, scored("2024-03-01", "2024-01-01", "2024-03-01")))).toMatchObject(
      refused,
    );
    expect(thrown(migrated(january, scored("2024-03-01", "2024-02-02", "2024-03-01")))).toMatchObject(
      refused,
    );
    // What lies after asOf does not count: half of this month is not there yet.
    expect(thrown(migrated(january, scored("2024-02-15", "2024-02-01", "2024-03-03")))).toMatchObject(
      refused,
    );
  });

  it("refuses scores that cannot be compared", () => {
    const failing = (changed: object) => thrown(() => rfmMigration(before, { ...after, ...changed }));
    expect(failing({ bins: { recency: 4, frequency: 5, monetary: 5 } })).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "after.bins",
    });
    expect(failing({ segmentTable: null })).toMatchObject({ path: "after.segmentTable" });
    expect(failing({ timeZone: "UTC" })).toMatchObject({ path: "after.timeZone" });
    expect(failing({ monetary: "margin" })).toMatchObject({ path: "after.monetary" });
    expect(failing({ currency: "IDR" })).toMatchObject({ code: "CURRENCY_MISMATCH" });
    expect(thrown(() => rfmMigration({ ...before, asOf: 2 }, { ...after, asOf: 1 }))).toMatchObject({
      path: "after.asOf",
    });
    for (const none of [null, {}, { members: null }])
      expect(thrown(() => rfmMigration(none as never, after))).toMatchObject({ path: "before" });
  });
});

describe("rfmValueOrder", () => {
  const scores = rfm([customer("ani", 10, 2, 150), customer("budi", 300, 9), customer("citra", 10, 2, 120)], {
    cuts,
  });
  const spend = [
    { customerId: "ani", value: 60 },
    { customerId: "budi", value: 5 },
    { customerId: "citra", value: 30 },
    { customerId: "dewi", value: 1000 },
  ];

  it("orders cells, or segments, by the mean", () => {
    const order = rfmValueOrder(scores, spend);
    expect(order.groups).toEqual([
      {
        name: "5-2-2",
        rank: 1,
        customers: 2,
        expected: 90,
        mean: 45,
        shareOfExpected: { value: 90 / 95, numerator: 90, denominator: 95, reason: null },
      },
      expect.objectContaining({ name: "2-5-5", rank: 2, mean: 5 }),
    ]);
    expect(order).toMatchObject({ by: "cell", total: 95, unscored: 1 });
    const segments = rfmValueOrder(scores, spend, { by: "segment" }).groups.map(({ name }) => name);
    expect(segments).toEqual(["Potential Loyalist", "Can't Lose"]);
  });

  it("gives equal means one rank", () => {
    const equal = spend.map(({ customerId }) => ({ customerId, value: 7 }));
    expect(rfmValueOrder(scores, equal).groups.map(({ name, rank }) => [name, rank])).toEqual([
      ["2-5-5", 1],
      ["5-2-2", 1],
    ]);
  });

  it("refuses customers without an expected spend, and segments that there are not", () => {
    expect(thrown(() => rfmValueOrder(scores, spend.slice(1)))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "expectedSpend",
      message: 'expectedSpend has nothing for customer "ani": pass a value for each customer scored',
    });
    const nameless = rfm([customer("ani", 1)], { bins: 3 });
    expect(thrown(() => rfmValueOrder(nameless, spend, { by: "segment" }))).toMatchObject({
      path: "options.by",
    });
    expect(thrown(() => rfmValueOrder(null as never, spend))).toMatchObject({ path: "scores" });
    expect(thrown(() => rfmValueOrder(scores, spend, null as never))).toMatchObject({ path: "options" });
    expect(thrown(() => rfmValueOrder(scores, spend, { by: "code" as never }))).toMatchObject({
      path: "options.by",
    });
    expect(row(scores.members, 0).customerId).toBe("ani");
  });
});
