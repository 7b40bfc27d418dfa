import { type Subscription, type TransactionRow, transactionLog } from "clientele";
import { describe, expect, it } from "vitest";
import { logNotes } from "../src/data-notes.js";
import { analyze } from "../src/report/analysis.js";
import type { ReportInput } from "../src/report/report-input.js";
import { reportPage } from "../src/report/report-page.js";
import { terminalSummary } from "../src/report/terminal-summary.js";
import { textOf } from "./files.js";

const plan = { productId: "water", currency: "USD", interval: { unit: "month", count: 1 } } as const;
const day = (iso: string) => Date.parse(`${iso}T00:00:00Z`);

/** ani pays 5 USD, then 6; budi paid 5. */
const subscriptions: Subscription[] = [
  {
    ...plan,
    id: "1",
    customerId: "ani",
    startAt: day("2022-06-01"),
    endAt: day("2023-06-01"),
    amount: 500,
    status: "active",
  },
  { ...plan, id: "1", customerId: "ani", startAt: day("2023-06-01"), amount: 600, status: "active" },
  {
    ...plan,
    id: "2",
    customerId: "budi",
    startAt: day("2022-06-01"),
    endAt: day("2023-08-01"),
    amount: 500,
    status: "canceled",
  },
];

/** What a number that is none would be printed as. */
const NO_NUMBER = /NaN|Infinity|undefined|\bnull\b/;

/** Bought every 30 days, until March. */
const rhythm = ["2023-01-01", "2023-01-31", "2023-03-02"].map((at) => ({
  customerId: "ani",
  at,
  amount: 10_000,
}));

function inputOf(
  rows: readonly TransactionRow[],
  asOf: string,
  subscribed?: readonly Subscription[],
): ReportInput {
  const log = transactionLog(rows, { currency: "USD" });
  return {
    title: "Toko",
    analysis: analyze({ log, asOf, subscriptions: subscribed }),
    nameOf: (customerId) => customerId,
    notes: {
      ...{ source: "shop.csv", rowsRead: rows.length, rowsRejected: 0, rejectsFile: null },
      ...logNotes(log, asOf),
      ...{ alsoRead: [], findings: [], leftOut: [], options: [], versions: [] },
    },
  };
}

/** The text of one section; empty where the page has none. */
async function section(input: ReportInput, id: string): Promise<string> {
  const page = await reportPage(input);
  expect(textOf(page)).not.toMatch(NO_NUMBER);
  // What is in the contents is on the page, and nothing else.
  expect(page.includes(`href="#${id}"`)).toBe(page.includes(`<section id="${id}">`));
  return textOf(page.split(`<section id="${id}">`)[1]?.split("</section>")[0] ?? "");
}

describe("subscriptions", () => {
  it("show what is kept of the revenue and of the customers of a year ago", async () => {
    const input = inputOf(rhythm, "2024-01-01", subscriptions);
    const text = await section(input, "subscriptions");
    expect(text).toContain(
      "1 customer pays USD 6.00 a month (monthly recurring revenue, MRR): USD 72.0 a year.",
    );
    expect(text).toContain("From the end of 2022-12 to that of 2023-12 MRR went from USD 10 to USD 6;");
    expect(text).toContain("60.0% was kept with what its customers pay more (NRR), 50.0% without (GRR).");
    expect(text).toContain("2022-12 to 2023-12 10.00 60.0% 50.0% 50.0% of 2 9.5% to 90.5%");
    expect(text).toContain("Half of the subscribers");
    expect(terminalSummary(input)).toMatch(
      /Subscriptions\s+USD 6\.00 a month from 1 customer; NRR 60\.0%, GRR 50\.0% of a year ago/,
    );
  });

  it("have no year to compare before there is one", async () => {
    const text = await section(inputOf(rhythm, "2023-03-15", subscriptions), "subscriptions");
    expect(text).toContain("there is nothing to compare.");
    expect(text).toContain("What moved from quarter to quarter?");
  });

  it("are no section where there are none, or none has begun", async () => {
    expect(await section(inputOf(rhythm, "2024-01-01"), "subscriptions")).toBe("");
    expect(await section(inputOf(rhythm, "2024-01-01", []), "subscriptions")).toBe("");
    const page = await reportPage(inputOf(rhythm, "2024-01-01"));
    expect(textOf(page)).not.toMatch(/MRR|NRR/);
  });
});

describe("whom to call first", () => {
  it("is who is silent for longer than usual, with what is at risk", async () => {
    const input = inputOf(rhythm, "2024-01-01");
    const text = await section(input, "alarm");
    expect(text).toContain(
      "1 active customer who brought revenue is silent for longer than usual. In the last 12 months they brought USD 300 of revenue",
    );
    // From 2 March to 1 January are 305 days.
    expect(text).toContain("ani 305 30.0 300.00");
    expect(terminalSummary(input)).toMatch(/To call\s+1 active customer with revenue, later than usual/);
  });

  it("is nobody while all are on time", async () => {
    const text = await section(inputOf(rhythm, "2023-03-20"), "alarm");
    expect(text).toContain("Nobody: no active customer who brought revenue is silent for longer than usual.");
  });

  it("leaves those who are inactive to the winning back", async () => {
    const text = await section(inputOf(rhythm, "2024-04-01"), "alarm");
    expect(text).toContain("Nobody:");
  });
});

describe("coming back", () => {
  it("counts those alone who had the time", async () => {
    const rows = [
      ...rhythm,
      { customerId: "budi", at: "2023-01-10", amount: 100 },
      { customerId: "citra", at: "2023-12-20", amount: 100 },
    ];
    const text = await section(inputOf(rows, "2024-01-01"), "repeat");
    expect(text).toContain(
      "50.0% of the 2 customers whose first purchase is at least 3 months old bought again within these 3 months: 1",
    );
    expect(text).toContain("1 customer who came later is left out");
    expect(text).toContain("From one purchase to the next it takes 30 days in the median");
  });

  it("is no section while nobody had the time", async () => {
    expect(await section(inputOf(rhythm, "2023-03-20"), "repeat")).toBe("");
  });
});

describe("one customer, one purchase", () => {
  const one = [{ customerId: "ani", at: "2022-05-01", amount: 100 }];

  it.each(["2022-05-02", "2022-09-01", "2023-05-20", "2023-07-01", "2026-01-01", "2040-01-01"])(
    "as of %s",
    async (asOf) => {
      const input = inputOf(one, asOf);
      expect(await section(input, "alarm")).toBe("");
      const lifetime = await section(input, "lifetime");
      if (asOf < "2023-06") expect(lifetime).toBe("");
      else {
        expect(lifetime).toContain(
          "100.0% of the customers bought once and then not for 12 months or longer.",
        );
        expect(lifetime).toContain("the median is 0");
      }
    },
  );
});

it("holds for costs, refunds and a base that all came back", async () => {
  const rows: TransactionRow[] = [
    { id: "1", customerId: "ani", at: "2022-01-01", amount: 500, cost: 700 },
    { id: "2", customerId: "ani", at: "2022-06-01", amount: 500, cost: 100 },
    { id: "3", customerId: "ani", at: "2022-06-05", type: "refund", amount: -500, cost: -100, refundOf: "2" },
    { id: "4", customerId: "budi", at: "2022-01-01", amount: 300, cost: 0 },
    { id: "5", customerId: "budi", at: "2023-06-01", amount: 300, cost: 0 },
  ];
  for (const asOf of ["2022-01-02", "2022-06-03", "2023-02-01", "2023-12-31", "2024-07-01"]) {
    const page = await reportPage(inputOf(rows, asOf, []));
    expect(textOf(page)).not.toMatch(NO_NUMBER);
  }
});
