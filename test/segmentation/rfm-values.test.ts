import { describe, expect, it } from "vitest";
import { table } from "../../src/core/table.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import { rfm } from "../../src/segmentation/rfm.js";
import { rfmSegmentTable } from "../../src/segmentation/rfm-segment-table.js";
import { rPackageSegmentTable } from "../../src/segmentation/segment-table.js";
import { thrown } from "../core/thrown.js";

const log = transactionLog(
  [
    { customerId: "ani", at: "2024-02-01", amount: 300 },
    { customerId: "budi", at: "2024-01-15", amount: 100 },
  ],
  { currency: "IDR" },
);

describe("what rfm takes and gives", () => {
  it("refuses options that are none", () => {
    for (const call of [() => rfm([], null as never), () => rfm(log, null as never)])
      expect(thrown(call)).toMatchObject({ code: "INVALID_ARGUMENT", path: "options" });
    expect(thrown(() => rfm([], { cuts: null as never }))).toMatchObject({ path: "options.cuts" });
  });

  it("reads typed arrays", () => {
    const [recency, frequency, monetary] = [
      [3, 90],
      [4, 1],
      [12.5, -1],
    ];
    const columns = { customerId: ["a", "b"], recency, frequency, monetary };
    const typed = {
      customerId: ["a", "b"],
      recency: Float64Array.from(recency),
      frequency: Uint16Array.from(frequency),
      monetary: Float32Array.from(monetary),
    };
    expect(rfm({ length: 2, columns: typed })).toEqual(rfm(table(columns)));
  });

  it("shares no array and no object with its input, its options and the segment table that is the default", () => {
    const columns = { customerId: ["a"], recency: [3], frequency: [4], monetary: [5] };
    const atCut = { recency: "above", frequency: "above", monetary: "above" } as const;
    const cuts = { recency: [1], frequency: [1], monetary: [1] };
    const segmentTable = [{ name: "all", recency: [1, 2] as const, frequency: [1, 2] as const }];
    const asGiven = structuredClone({ columns, atCut, cuts, segmentTable });
    const overwrite = (value: object) => {
      for (const [key, own] of Object.entries(value)) {
        if (typeof own === "object" && own !== null) overwrite(own);
        (value as Record<string, unknown>)[key] = "overwritten";
      }
    };
    overwrite(rfm(table(columns), { atCut, cuts, segmentTable }));
    expect({ columns, atCut, cuts, segmentTable }).toEqual(asGiven);
    const defaults = structuredClone([rfmSegmentTable, rPackageSegmentTable]);
    overwrite(rfm(table(columns)));
    overwrite(rfm(table(columns), { segmentTable: rPackageSegmentTable }));
    const scores = rfm(log, { asOf: "2024-03-02" });
    const ids = [...log.customerIds];
    overwrite(scores);
    expect(log.customerIds).toEqual(ids);
    expect([rfmSegmentTable, rPackageSegmentTable]).toEqual(defaults);
  });

  it("sums fractions of money the same in any order", () => {
    const money = [0.1, 0.2, 0.3, 0.7, 1e16, -1e16];
    const list = money.map((monetary, i) => ({ customerId: `c${i}`, recency: 1, frequency: 1, monetary }));
    const segmentTable = [{ name: "all", recency: [1, 2] as const, frequency: [1, 2] as const }];
    for (const given of [list, list.toReversed()])
      expect(rfm(given, { bins: 2, segmentTable }).segments[0].monetary).toBe(1.3);
  });
});
