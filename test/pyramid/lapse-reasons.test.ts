import { describe, expect, it } from "vitest";
import { transactionLog } from "../../src/history/transaction-log.js";
import { customerPyramid } from "../../src/pyramid/customer-pyramid.js";
import { type LapseReasonRecord, lapseReasons } from "../../src/pyramid/lapse-reasons.js";
import { lifecycleStatus } from "../../src/pyramid/lifecycle-status.js";
import { thrown } from "../core/thrown.js";
import { referenceLog } from "../history/reference-log.js";

// Inactive on 2025-01-01: E, F and G.
const statuses = lifecycleStatus(referenceLog, { asOf: "2025-01-01" });
const records = [
  { customerId: "G", reason: "service" },
  { customerId: "E", reason: "price" },
  { customerId: "E", reason: "price" },
  { customerId: "G", reason: "price" },
  { customerId: "A", reason: "moved away" },
  { customerId: "X", reason: "price" },
];

describe("lapseReasons", () => {
  it("counts each inactive customer once for each reason", () => {
    expect(lapseReasons(statuses, records)).toEqual({
      reasons: [
        {
          reason: "price",
          customers: 2,
          share: { value: 1, numerator: 2, denominator: 2, reason: null },
          valueLost: null,
        },
        {
          reason: "service",
          customers: 1,
          share: { value: 0.5, numerator: 1, denominator: 2, reason: null },
          valueLost: null,
        },
      ],
      known: { value: 2 / 3, numerator: 2, denominator: 3, reason: null },
      recordsOfOthers: 2,
      recordsOutside: 0,
    });
  });

  it("reads a pyramid as well, and orders equal counts by name", () => {
    const pyramid = customerPyramid(referenceLog, { asOf: "2025-01-01" });
    expect(lapseReasons(pyramid, records)).toEqual(lapseReasons(statuses, [...records].reverse()));
    const tied = ["b", "a", "B"].map((reason) => ({ customerId: "E", reason }));
    expect(lapseReasons(pyramid, tied).reasons.map(({ reason }) => reason)).toEqual(["B", "a", "b"]);
  });

  it("knows no reason where nobody is inactive", () => {
    const early = lifecycleStatus(referenceLog, { asOf: "2022-05-01" });
    expect(lapseReasons(early, records)).toMatchObject({
      reasons: [],
      recordsOfOthers: 6,
      known: { value: null },
    });
  });

  it("reads a whole number as the id that it spells", () => {
    const log = transactionLog([{ customerId: 7, at: "2022-06-01", amount: 5 }], { currency: "USD" });
    const { reasons } = lapseReasons(lifecycleStatus(log, { asOf: "2025-01-01" }), [
      { customerId: 7, reason: "price" },
      { customerId: "7", reason: "price" },
    ]);
    expect(reasons).toMatchObject([{ reason: "price", customers: 1 }]);
  });

  it("refuses records without customer or reason", () => {
    const failing = (given: unknown) => thrown(() => lapseReasons(statuses, given as LapseReasonRecord[]));
    const error = failing([records[0], { customerId: 0.5, reason: "" }, null]);
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "records[1].customerId" });
    expect(error.message).toContain("row 2, customerId: 0.5 is not text");
    expect(error.message).toContain('row 2, reason: "" is not text, or is empty');
    expect(error.message).toContain("row 3, reason: is not text");
    expect(failing("price").message).toContain('records is "price"');
  });

  it("counts the reasons of a window alone, half-open, days in the zone", () => {
    const dated = [
      { customerId: "E", reason: "price", at: "2024-02-29T16:59:59Z" },
      { customerId: "F", reason: "service", at: "2024-02-29T17:00:00Z" },
      { customerId: "G", reason: "price", at: "2024-03-31T17:00:00Z" },
    ];
    const march = { since: "2024-03-01", until: "2024-04-01", timeZone: "Asia/Jakarta" };
    const { reasons, known, recordsOutside } = lapseReasons(statuses, dated, march);
    expect(reasons.map(({ reason }) => reason)).toEqual(["service"]);
    expect([known.numerator, recordsOutside]).toEqual([1, 2]);
    const undated = thrown(() => lapseReasons(statuses, records, { since: "2024-01-01" }));
    expect(undated).toMatchObject({ code: "INVALID_ROWS", path: "records[0].at" });
    expect(undated.message).toContain("row 1, at: is missing, which since and until need");
    const badly = thrown(() =>
      lapseReasons(statuses, [{ customerId: "E", reason: "price", at: "2024-02-30" }]),
    );
    expect(badly.message).toContain('row 1, at: "2024-02-30" is no instant');
  });

  it("ranks by what was lost: each customer with all of it, once for each reason", () => {
    const lost = new Map([
      ["E", 10],
      ["G", 500],
    ]);
    const given = [
      { customerId: "E", reason: "price" },
      { customerId: "F", reason: "price" },
      { customerId: "G", reason: "service" },
      { customerId: "G", reason: "service" },
    ];
    const byValue = lapseReasons(statuses, given, { valueLost: lost, rankBy: "value" });
    expect(byValue.reasons.map(({ reason, valueLost }) => [reason, valueLost])).toEqual([
      ["service", 500],
      ["price", 10],
    ]);
    const byCount = lapseReasons(statuses, given, { valueLost: (id) => lost.get(id) });
    expect(byCount.reasons.map(({ reason }) => reason)).toEqual(["price", "service"]);
    expect(thrown(() => lapseReasons(statuses, given, { rankBy: "value" })).path).toBe("options.valueLost");
    expect(thrown(() => lapseReasons(statuses, given, { valueLost: () => -1 })).message).toContain(
      "zero or more",
    );
  });
});
