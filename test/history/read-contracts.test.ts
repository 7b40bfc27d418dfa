import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ContractRow, readContracts } from "../../src/history/read-contracts.js";
import type { Subscription } from "../../src/model/subscription.js";
import { thrown } from "../core/thrown.js";

const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
const read = (contracts: readonly ContractRow[], asOf = "2030-01-01", timeZone = "UTC") =>
  readContracts(contracts, { asOf: day(asOf), timeZone });
const problemsOf = (contracts: readonly unknown[]) => {
  const error = thrown(() => read(contracts as ContractRow[]));
  expect(error.code).toBe("INVALID_ROWS");
  return error.problems?.map(({ row, field, reason, value }) => [row, field, reason, value]);
};

describe("readContracts", () => {
  it("orders by customer of first appearance, start and row", () => {
    const known = read([
      { customerId: "b", startAt: "2024-02-01" },
      { customerId: "a", startAt: "2024-01-01", endAt: "2024-03-01" },
      { customerId: "b", startAt: "2024-01-01" },
      { customerId: "a", startAt: "2024-01-01" },
    ]);
    expect(known.customerIds).toEqual(["b", "a"]);
    expect([...known.row]).toEqual([2, 0, 1, 3]);
    expect([...known.customer]).toEqual([0, 0, 1, 1]);
    expect([...known.end]).toEqual([Infinity, Infinity, day("2024-03-01"), Infinity]);
  });

  it("knows what happened before asOf: a start at it is not there, an end at it is not known", () => {
    const rows = [
      { customerId: "a", startAt: "2024-01-01", endAt: "2024-06-01" },
      { customerId: "b", startAt: "2024-06-01" },
    ];
    expect([...read(rows, "2024-06-01").end]).toEqual([Infinity]);
    expect([...read(rows, "2024-06-02").end]).toEqual([day("2024-06-01"), Infinity]);
    expect(read(rows, "2024-01-01").length).toBe(0);
    expect(read(rows, "2024-01-01").customerIds).toEqual(["a", "b"]);
  });

  it("reads civil days in the zone, and instants of every kind", () => {
    const rows = [
      { customerId: "a", startAt: "2024-01-01", endAt: new Date(day("2024-02-01")) },
      { customerId: "b", startAt: day("2024-01-01"), endAt: "2024-01-05T00:00:00+07:00" },
    ];
    const known = read(rows, "2030-01-01", "Asia/Jakarta");
    expect([...known.start]).toEqual([day("2024-01-01") - 7 * 3_600_000, day("2024-01-01")]);
    expect([...known.end]).toEqual([day("2024-02-01"), day("2024-01-05") - 7 * 3_600_000]);
  });

  it("a Subscription is a contract as it is", () => {
    const subscription: Subscription = {
      id: "S1",
      customerId: "a",
      productId: "fiber",
      startAt: day("2024-01-01"),
      amount: 100,
      currency: "IDR",
      interval: { unit: "month", count: 1 },
      status: "active",
    };
    expect(read([subscription]).length).toBe(1);
  });

  it("phases of one contract may follow each other, with or without a pause; other contracts may overlap", () => {
    const phases = [
      { id: "S1", customerId: "a", startAt: "2024-03-01" },
      { id: "S1", customerId: "a", startAt: "2024-01-01", endAt: "2024-02-01" },
      { id: "S1", customerId: "a", startAt: "2024-02-01", endAt: "2024-02-10" },
      { id: "S2", customerId: "a", startAt: "2024-01-01" },
      { customerId: "a", startAt: "2024-01-01" },
      { id: null, customerId: "a", startAt: "2024-01-01" },
    ];
    expect(read(phases).length).toBe(6);
  });

  it("refuses overlapping phases and a change of customer, with both rows", () => {
    expect(
      problemsOf([
        { id: "S1", customerId: "a", startAt: "2024-02-01" },
        { id: "S1", customerId: "a", startAt: "2024-01-01", endAt: "2024-02-02" },
        { id: "S2", customerId: "a", startAt: "2024-01-01", endAt: "2024-01-02" },
        { id: "S2", customerId: "b", startAt: "2024-02-01" },
      ]),
    ).toEqual([
      [0, "startAt", "lies in the phase of contract S1 in row 2", "2024-02-01"],
      [3, "customerId", "is not the customer of contract S2 in row 3", "b"],
    ]);
  });

  it("finds a phase that lies in an earlier, longer one behind a short one", () => {
    expect(
      problemsOf([
        { id: "S", customerId: "a", startAt: "2024-01-01", endAt: "2024-12-01" },
        { id: "S", customerId: "a", startAt: "2024-02-01", endAt: "2024-03-01" },
        { id: "S", customerId: "a", startAt: "2024-04-01", endAt: "2024-05-01" },
      ])?.map(([row]) => row),
    ).toEqual([1, 2]);
  });

  it("a contract of no length is one that never ran, beside a phase that starts with it in either order", () => {
    const empty = { id: "S", customerId: "a", startAt: "2024-01-01", endAt: "2024-01-01" };
    const full = { id: "S", customerId: "a", startAt: "2024-01-01", endAt: "2024-02-01" };
    expect(read([empty, full]).length).toBe(2);
    expect(read([full, empty]).length).toBe(2);
  });

  it("collects every problem of every row, in order of the rows", () => {
    expect(
      problemsOf([
        { customerId: "", startAt: "2024-01-01" },
        null,
        { customerId: 7, id: "", startAt: null },
        { customerId: "a", startAt: "2024-01-01T10:00", endAt: "soon" },
        { customerId: "a", startAt: "2024-02-01", endAt: "2024-01-01" },
      ]),
    ).toEqual([
      [0, "customerId", "is no text, or empty", ""],
      [1, "", "is not { customerId, startAt, endAt }", null],
      [2, "customerId", "is no text, or empty", 7],
      [2, "id", "is no text, or empty", ""],
      [2, "startAt", "is missing", undefined],
      [3, "startAt", "is no instant", "2024-01-01T10:00"],
      [3, "endAt", "is no instant", "soon"],
      [4, "endAt", "is before startAt", "2024-01-01"],
    ]);
    const error = thrown(() => read([{ customerId: "a", startAt: "2024-02-01", endAt: "2024-01-01" }]));
    expect(error.path).toBe("contracts[0].endAt");
    expect(error.message).toContain('row 1, endAt: "2024-01-01" is before startAt');
  });

  it("finds overlaps beside other problems, among the rows that can be read", () => {
    expect(
      problemsOf([
        { customerId: "a", startAt: "2024-02-01", endAt: "2024-01-01" },
        { id: "S", customerId: "a", startAt: "2024-01-01" },
        { id: "S", customerId: "a", startAt: "2024-02-01" },
        { id: "S", customerId: "a", startAt: "soon" },
      ])?.map(([row, field]) => [row, field]),
    ).toEqual([
      [0, "endAt"],
      [2, "startAt"],
      [3, "startAt"],
    ]);
  });

  it("takes more problems than a call has room for arguments", () => {
    const rows = new Array<ContractRow>(600_000).fill({ id: "S", customerId: "a", startAt: 0 });
    expect(thrown(() => read(rows)).message).toContain("599999 problems in contracts");
  });

  it("holds further rules against every record, with its start", () => {
    const seen: unknown[] = [];
    const error = thrown(() =>
      readContracts(
        [{ customerId: "a", startAt: 5 }, { customerId: "", startAt: "soon" }, null as never],
        { asOf: 10, timeZone: "UTC" },
        "plans",
        (_, row, start, must) => {
          seen.push([row, start]);
          must(false, "price", "is odd", row);
        },
      ),
    );
    expect(seen).toEqual([
      [0, 5],
      [1, Number.NaN],
    ]);
    expect(error.path).toBe("plans[0].price");
    expect(error.problems?.map(({ row, field }) => [row, field])).toEqual([
      [0, "price"],
      [1, "customerId"],
      [1, "startAt"],
      [1, "price"],
      [2, ""],
    ]);
  });

  it("refuses what is no array, and a hole in one", () => {
    const error = thrown(() => read("S1" as never));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "contracts"]);
    const holes: ContractRow[] = [];
    holes[1] = { customerId: "a", startAt: "2024-01-01" };
    expect(problemsOf(holes)).toEqual([[0, "", "is not { customerId, startAt, endAt }", undefined]]);
  });

  it("an unknown zone is an error of its own, not a bad row", () => {
    expect(
      thrown(() => read([{ customerId: "a", startAt: "2024-01-01" }], "2030-01-01", "Mars/Base")).code,
    ).toBe("UNKNOWN_TIME_ZONE");
  });

  it("does not depend on the order of the rows, but for ties and the order of customers", () => {
    const row = fc.record({
      customerId: fc.constantFrom("a", "b", "c"),
      startAt: fc.integer({ min: 0, max: 1000 }),
      length: fc.option(fc.integer({ min: 0, max: 500 })),
    });
    const facts = (contracts: readonly ContractRow[], asOf: number) => {
      const known = readContracts(contracts, { asOf, timeZone: "UTC" });
      return Array.from({ length: known.length }, (_, i) =>
        [known.customerIds[known.customer[i]], known.start[i], known.end[i]].join(),
      ).sort();
    };
    fc.assert(
      fc.property(fc.array(row), fc.integer({ min: 0, max: 1500 }), (drawn, asOf) => {
        const contracts = drawn.map(({ customerId, startAt, length }) => ({
          customerId,
          startAt,
          endAt: length === null ? null : startAt + length,
        }));
        const expected = contracts
          .filter(({ startAt }) => startAt < asOf)
          .map(({ customerId, startAt, endAt }) =>
            [customerId, startAt, endAt !== null && endAt < asOf ? endAt : Infinity].join(),
          )
          .sort();
        expect(facts(contracts, asOf)).toEqual(expected);
        expect(facts([...contracts].reverse(), asOf)).toEqual(expected);
      }),
    );
  });
});
