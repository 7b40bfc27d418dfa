import { describe, expect, test } from "vitest";
import { dataIncentiveReport } from "../../../src/loyalty/schemes/data-incentive-report.js";
import { type CustomerInput, customerSchema } from "../../../src/model/customer.js";
import { incentives } from "./retail-examples.js";

const [incentive] = incentives;
const at = (text: string) => `${text}T10:00:00+07:00`;
const form = (text: string) => ({ source: "applicationForm" as const, capturedAt: at(text) });
const sent: CustomerInput[] = [
  // Both fields for the benefit, and agreed.
  {
    id: "ani",
    kind: "person",
    birthday: "1990-01-01",
    email: "ani@contoh.co.id",
    provenance: { birthday: form("2024-03-05"), email: form("2024-03-05") },
    consent: [{ purpose: "marketing", at: at("2024-03-05") }],
  },
  // The birthday was known before; the e-mail came with the benefit; the consent was withdrawn.
  {
    id: "budi",
    kind: "person",
    birthday: "1991-01-01",
    email: "budi@contoh.co.id",
    provenance: { birthday: form("2023-12-31"), email: form("2024-03-06") },
    consent: [{ purpose: "marketing", at: at("2024-03-06"), withdrawnAt: at("2024-03-07") }],
  },
  // The benefit, and no data.
  { id: "citra", kind: "person" },
  // Data without the benefit; the e-mail has no origin.
  {
    id: "dewi",
    kind: "person",
    birthday: "1992-01-01",
    email: "dewi@contoh.co.id",
    provenance: { birthday: form("2024-03-08") },
  },
  // With the benefit, but on the web; the e-mail comes after asOf.
  {
    id: "eka",
    kind: "person",
    birthday: "1993-01-01",
    email: "eka@contoh.co.id",
    provenance: { birthday: { source: "web", capturedAt: at("2024-03-08") }, email: form("2024-05-02") },
  },
];
const customers = sent.map((one) => customerSchema.parse(one));
const grants = ["ani", "budi", "citra", "eka"].map((customerId) => ({ customerId, at: at("2024-03-05") }));
const options = { asOf: "2024-05-01" };
const report = dataIncentiveReport(incentive, customers, grants, options);

describe("half the price of the card for birthday and e-mail, by hand", () => {
  test("each field: before, completed, otherwise, missing", () => {
    expect(report.fields).toEqual([
      { field: "birthday", before: 1, completed: 1, otherwise: 2, missing: 1 },
      { field: "email", before: 1, completed: 2, otherwise: 0, missing: 2 },
    ]);
  });
  test("four benefits of 12,500.00 for three fields", () => {
    expect(report.cost).toBe(5_000_000);
    expect(report.costPerField).toEqual({
      value: 5_000_000 / 3,
      numerator: 5_000_000,
      denominator: 3,
      reason: null,
    });
    expect(report.grantsWithoutData).toBe(2);
  });
  test("completeness from 2 of 10 to 7 of 10, 3 of them by the incentive", () => {
    expect(report.completenessBefore).toMatchObject({ value: 0.2, numerator: 2, denominator: 10 });
    expect(report.completenessAfter).toMatchObject({ value: 0.7, numerator: 7 });
    expect(report.completenessGained).toMatchObject({ value: 0.3, numerator: 3 });
  });
  test("four of five took it; of these one agreed and still does", () => {
    expect(report.response).toMatchObject({ value: 0.8, numerator: 4, denominator: 5 });
    // Wilson (1927): at the limit p the score (0.8 - p) / sqrt(p(1 - p) / 5) is 1.959964.
    const p = report.responseInterval?.lower ?? 0;
    expect((0.8 - p) / Math.sqrt((p * (1 - p)) / 5)).toBeCloseTo(1.959963985, 7);
    expect(report.consented).toMatchObject({ value: 0.25, numerator: 1, denominator: 4 });
  });
});

test("as of before the benefits nothing has happened", () => {
  expect(dataIncentiveReport(incentive, customers, grants, { asOf: "2024-03-05" })).toMatchObject({
    response: { numerator: 0 },
    cost: 0,
    costPerField: { value: null, reason: "fields completed: 0" },
    completenessGained: { value: 0 },
    grantsWithoutData: 0,
    consented: { value: null },
  });
});

test("on the edges: captured at the start is of the incentive, at its end is not; at asOf it does not exist yet", () => {
  const startAt = Date.UTC(2024, 0, 1);
  const short = { ...incentive, fields: ["email"], source: undefined, startAt, endAt: startAt + 10 };
  const of = (capturedAt: number, asOf: number) => {
    const customer = { id: "a", email: "a@b", provenance: { email: { source: "web" as const, capturedAt } } };
    const { fields, response } = dataIncentiveReport(
      short,
      [customer],
      [{ customerId: "a", at: startAt + 5 }],
      { asOf },
    );
    const { field: _, ...counts } = fields[0] ?? { field: "" };
    return [
      ...Object.entries(counts).flatMap(([name, count]) => (count === 1 ? [name] : [])),
      response.numerator,
    ];
  };
  expect(of(startAt - 1, startAt + 99)).toEqual(["before", 1]);
  expect(of(startAt, startAt + 99)).toEqual(["completed", 1]);
  expect(of(startAt + 9, startAt + 99)).toEqual(["completed", 1]);
  expect(of(startAt + 10, startAt + 99)).toEqual(["otherwise", 1]);
  expect(of(startAt + 5, startAt + 6)).toEqual(["completed", 1]);
  expect(of(startAt + 5, startAt + 5)).toEqual(["missing", 0]);
});

test("with nobody asked every share is unknown; without a purpose no consent is", () => {
  const none = dataIncentiveReport({ ...incentive, consentPurpose: undefined }, [], [], options);
  expect(none).toMatchObject({
    response: { value: null, reason: "customers asked: 0" },
    responseInterval: null,
    consented: { value: null, reason: "the incentive asks for no consent" },
  });
});

test("empty text and null are no data; a field named like one of every object is none either", () => {
  const odd = { ...incentive, fields: ["email", "constructor"] };
  const report = dataIncentiveReport(
    odd,
    [
      { id: "a", email: "" },
      { id: "b", email: null },
    ],
    [],
    options,
  );
  expect(report.fields.map(({ missing }) => missing)).toEqual([2, 2]);
});

test.each<[string, object[], string]>([
  ["to nobody who was asked", [{ customerId: "fajar", at: at("2024-03-05") }], "grants[0].customerId"],
  ["twice to one", [grants[0] ?? {}, grants[0] ?? {}], "grants[1].customerId"],
  ["after its days", [{ customerId: "ani", at: at("2024-07-01") }], "grants[0].at"],
  ["before its days", [{ customerId: "ani", at: "2023-12-31" }], "grants[0].at"],
])("a benefit %s is refused", (_, rows, path) => {
  expect(() => dataIncentiveReport(incentive, customers, rows as typeof grants, options)).toThrow(
    expect.objectContaining({ code: "INVALID_ROWS", path }),
  );
});

test("a customer twice is refused", () => {
  expect(() => dataIncentiveReport(incentive, [{ id: "a" }, { id: "a" }], [], options)).toThrow(
    expect.objectContaining({ code: "INVALID_ROWS", path: "customers[1].id" }),
  );
});

test("a customer who was not parsed is refused: text would be compared as text", () => {
  const raw = "2024-03-05T10:00:00+07:00";
  const report = (customer: object) => () =>
    dataIncentiveReport(incentive, [{ id: "a", ...customer } as { id: string }], [], options);
  const provenance = { email: { source: "applicationForm", capturedAt: raw } };
  expect(report({ email: "a@b", provenance })).toThrow(
    expect.objectContaining({ code: "INVALID_ROWS", path: "customers[0].provenance.email.capturedAt" }),
  );
  expect(report({ consent: [{ purpose: "marketing", at: raw }] })).toThrow(
    expect.objectContaining({ code: "INVALID_ROWS", path: "customers[0].consent[0].at" }),
  );
  const at = Date.UTC(2024, 2, 5);
  expect(report({ consent: [{ purpose: "marketing", at, withdrawnAt: raw }] })).toThrow(
    expect.objectContaining({ code: "INVALID_ROWS", path: "customers[0].consent[0].withdrawnAt" }),
  );
});

test("a day begins in the zone: of asOf, and of a benefit that was given on a day", () => {
  const start = { ...incentive, startAt: Date.parse("2024-03-01T00:00:00+07:00") };
  const given = (asOf: string, timeZone: string) =>
    dataIncentiveReport(start, customers, [{ customerId: "ani", at: "2024-03-01" }], { asOf, timeZone })
      .response.numerator;
  expect(given("2024-03-02", "Asia/Jakarta")).toBe(1);
  // In Los Angeles that day begins 15 hours later, in UTC 7.
  expect(given("2024-03-01T01:00:00Z", "UTC")).toBe(1);
  expect(given("2024-03-01T01:00:00Z", "America/Los_Angeles")).toBe(0);
});

test("an agreement counts from the first instant of the incentive to before its end, and until it is withdrawn", () => {
  const startAt = Date.UTC(2024, 0, 1);
  const short = { ...incentive, startAt, endAt: startAt + 100 };
  const agreed = (at: number, withdrawnAt?: number) => {
    const consent = [{ purpose: "marketing", at, ...(withdrawnAt === undefined ? {} : { withdrawnAt }) }];
    const grant = { customerId: "a", at: startAt };
    return dataIncentiveReport(short, [{ id: "a", consent }], [grant], { asOf: startAt + 200 }).consented
      .value;
  };
  expect([startAt - 1, startAt, startAt + 99, startAt + 100].map((at) => agreed(at))).toEqual([0, 1, 1, 0]);
  expect([startAt + 199, startAt + 200].map((end) => agreed(startAt, end))).toEqual([0, 1]);
});
