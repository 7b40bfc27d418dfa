import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows } from "../../../src/core/table.js";
import type { ContractRow } from "../../../src/history/read-contracts.js";
import {
  type ContractTenureOptions,
  contractTenure,
} from "../../../src/retention/lifetimes/contract-tenure.js";
import { thrown } from "../../core/thrown.js";

const asOf = "2024-07-01";
const contracts: ContractRow[] = [
  { customerId: "ani", startAt: "2024-01-01", endAt: "2024-02-01" },
  { customerId: "budi", startAt: "2024-06-01" },
  { customerId: "ani", startAt: "2024-01-21", endAt: "2024-02-10" },
  { customerId: "ani", startAt: "2024-03-01", endAt: "2024-03-11" },
  { customerId: "citra", startAt: "2024-06-30", endAt: "2024-07-01" },
  { customerId: "dewi", startAt: "2024-07-01" },
];

describe("contractTenure", () => {
  it("spans from the first start to the last end, or to asOf while a contract runs", () => {
    const { customers, all, active, lapsed } = contractTenure(contracts, { asOf });
    // Ani 31 + 29 + 10 days; Citra's end at asOf is not known yet; Dewi has not begun.
    expect(rows(customers)).toEqual([
      {
        customerId: "ani",
        startAt: Date.UTC(2024, 0, 1),
        endAt: Date.UTC(2024, 2, 11),
        active: false,
        tenure: 70,
      },
      { customerId: "budi", startAt: Date.UTC(2024, 5, 1), endAt: null, active: true, tenure: 30 },
      { customerId: "citra", startAt: Date.UTC(2024, 5, 30), endAt: null, active: true, tenure: 1 },
    ]);
    expect([all.mean, active.mean, lapsed.mean]).toEqual([101 / 3, 15.5, 70]);
  });

  it("under contract: without the break, and overlapping days once", () => {
    const { customers } = contractTenure(contracts, { asOf, count: "underContract" });
    // 1 January to 10 February, 40 days, and ten days of March.
    expect(customers.columns.tenure).toEqual([50, 30, 1]);
  });

  it("counts civil days of the zone", () => {
    const evening = [{ customerId: "ani", startAt: "2024-01-01T18:00:00Z", endAt: "2024-01-02T16:00:00Z" }];
    const tenure = (timeZone: string) => contractTenure(evening, { asOf, timeZone }).all.mean;
    // In Jakarta (UTC+7) from 1:00 to 23:00 of 2 January.
    expect([tenure("UTC"), tenure("Asia/Jakarta")]).toEqual([1, 0]);
  });

  it("nobody", () => {
    expect(contractTenure([], { asOf }).all.reason).toBe("customers: 0");
  });
});

describe("contractTenure refuses", () => {
  const error = (rows: unknown, options: object = { asOf }) =>
    thrown(() => contractTenure(rows as ContractRow[], options as ContractTenureOptions));
  it("bad contracts, with the row", () => {
    const found = error([{ customerId: "ani", startAt: "2024-02-01", endAt: "2024-01-01" }]);
    expect([found.code, found.path]).toEqual(["INVALID_ROWS", "contracts[0].endAt"]);
    const overlap = error([
      { customerId: "ani", id: "S1", startAt: "2024-01-01", endAt: "2024-03-01" },
      { customerId: "ani", id: "S1", startAt: "2024-02-01" },
    ]);
    expect(overlap.path).toBe("contracts[1].startAt");
  });
  it("unusable options", () => {
    expect(error([], { asOf, count: "days" }).path).toBe("options.count");
    expect(error([], { asOf, unit: "h" }).path).toBe("options.unit");
    expect(error([], {}).path).toBe("options.asOf");
    expect(thrown(() => contractTenure([], undefined as unknown as ContractTenureOptions)).path).toBe(
      "options",
    );
    expect(error([], { asOf, timeZone: "Jakarta" }).code).toBe("UNKNOWN_TIME_ZONE");
  });
});

it("days under contract are the days that a contract covers, and never more than the span", () => {
  const day = fc.nat(60);
  const someContracts = fc.array(
    fc.record({ customerId: fc.constantFrom("a", "b"), from: day, length: fc.nat(20), open: fc.boolean() }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(someContracts, fc.integer({ min: 1, max: 70 }), (drawn, now) => {
      const at = (n: number) => n * 86_400_000;
      const list = drawn.map(({ customerId, from, length, open }) => ({
        customerId,
        startAt: at(from),
        endAt: open ? null : at(from + length),
      }));
      const under = contractTenure(list, { asOf: at(now), count: "underContract" });
      const span = contractTenure(list, { asOf: at(now) });
      rows(under.customers).forEach(({ customerId, tenure }, i) => {
        const own = drawn.filter((contract) => contract.customerId === customerId);
        const covered = Array.from({ length: now }, (_, n) => n).filter((n) =>
          own.some(({ from, length, open }) => n >= from && (open || n < from + length)),
        );
        expect(tenure).toBe(covered.length);
        expect(span.customers.columns.tenure[i]).toBeGreaterThanOrEqual(tenure);
      });
    }),
  );
});
