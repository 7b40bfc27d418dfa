import { type TransactionRow, transactionLog } from "clientele";
import { describe, expect, it } from "vitest";
import { logNotes } from "../src/data-notes.js";
import type { ShopBooks } from "../src/profit/shop-books.js";
import { analyze, type CustomerBase } from "../src/report/analysis.js";
import type { ReportInput } from "../src/report/report-input.js";
import { reportPage } from "../src/report/report-page.js";
import { terminalSummary } from "../src/report/terminal-summary.js";
import { textOf } from "./files.js";

const ASOF = "2024-01-01";
const at = (day: string) => Date.parse(`${day}T12:00:00Z`);

/** ani stays and pays more, budi is lost, citra is won. */
const rows: readonly TransactionRow[] = [
  { customerId: "ani", productId: "tea", at: "2022-01-03", amount: 10_000, cost: 6000, quantity: 10 },
  { customerId: "budi", productId: "tea", at: "2022-06-01", amount: 5000, cost: 3000, quantity: 5 },
  { customerId: "ani", productId: "tea", at: "2023-03-01", amount: 12_000, cost: 6000, quantity: 10 },
  { customerId: "citra", productId: "cup", at: "2023-05-01", amount: 4000, cost: 3000, quantity: 4 },
];

/** A question costs 1.00; of 10 that could be answered 3 were asked in 2023, all by citra, and 1 in 2022. */
const books: ShopBooks = {
  activities: [{ activity: "question", cost: 1000, capacity: 10 }],
  work: [
    { customerId: "budi", activity: "question", quantity: 1, at: at("2022-07-01") },
    { customerId: "citra", activity: "question", quantity: 3, at: at("2023-06-01") },
  ],
  hourlyRate: 500,
  paymentFee: 0.01,
  acquisitionSpend: [{ source: "ads", at: at("2023-05-10"), amount: 100, hours: 1 }],
  sources: new Map([["citra", "ads"]]),
  listPrices: new Map([["tea", 1000]]),
  opportunities: [
    deal("1", 100_000, { stage: "offer", expectedCloseAt: at("2024-01-20") }),
    deal("2", 50_000, { stage: "talk", expectedCloseAt: at("2023-12-01") }),
    deal("3", 20_000, { closedAt: at("2023-10-01"), outcome: "won" }),
    deal("4", 60_000, { closedAt: at("2023-10-02"), outcome: "lost", lostReason: "price" }),
  ],
  pipeline: {
    stages: [
      { name: "talk", probability: 0.2 },
      { name: "offer", probability: 0.5 },
    ],
  },
};

function deal(id: string, amount: number, others: Partial<ShopBooks["opportunities"][number]>) {
  return {
    id,
    amount,
    currency: "USD",
    stage: "offer",
    ownerId: "dewi",
    openedAt: at("2023-09-01"),
    ...others,
  };
}

function inputOf(records: readonly TransactionRow[], others: Partial<CustomerBase> = {}): ReportInput {
  const log = transactionLog(records, { currency: "USD" });
  const { asOf = ASOF } = others;
  return {
    title: "Toko",
    analysis: analyze({ log, asOf, ...others }),
    nameOf: (customerId) => customerId,
    notes: {
      ...{ source: "shop.csv", rowsRead: records.length, rowsRejected: 0, rejectsFile: null },
      ...logNotes(log, asOf),
      ...{ alsoRead: [], findings: [], leftOut: [], options: [], versions: [] },
    },
  };
}

/** The text of each section of the page by its id. */
async function sectionsOf(input: ReportInput): Promise<Readonly<Record<string, string>>> {
  const page = await reportPage(input);
  expect(textOf(page)).not.toMatch(/NaN|Infinity|undefined|\bnull\b/);
  const sections = page.split('<section id="').slice(1);
  return Object.fromEntries(
    sections.map((section) => [section.split('"')[0] ?? "", textOf(`<section id="${section}`)]),
  );
}

const withBooks = inputOf(rows, {
  books,
  efforts: [
    { customerId: "ani", at: at("2023-04-01"), money: 200, hours: 0 },
    { customerId: "budi", at: at("2023-04-01"), money: 0, hours: 1 },
    // Before the 12 months, and on somebody who has never bought.
    { customerId: "ani", at: at("2022-04-01"), money: 77, hours: 0 },
    { customerId: "dewi", at: at("2023-04-01"), money: 88, hours: 0 },
  ],
  customers: [
    { id: "ani", kind: "organization" },
    { id: "budi", kind: "person" },
    { id: "citra", kind: "person" },
  ],
});

describe("the profit of a shop with books", () => {
  const sections = sectionsOf(withBooks);

  it("is what is left after service, fees, spend on winning and marketing, customer by customer", async () => {
    const text = (await sections).profit ?? "";
    // Worked by hand: ani 6000 - 120 - 200; citra 1000 - 300 - 40 - 600; budi -500.
    expect(text).toContain("Gross margin 60.00 10.00 70.00 43.8%");
    expect(text).toContain("Cost to serve 0.00 −3.00 −3.00 −1.9%");
    expect(text).toContain("Cost of payment −1.20 −0.40 −1.60 −1.0%");
    expect(text).toContain("Winning customers 0.00 −6.00 −6.00 −3.8%");
    expect(text).toContain("Marketing to customers −2.00 −5.00 −7.00 −4.4%");
    expect(text).toContain("Profit 56.80 −4.40 52.40 32.8%");
    expect(text).toContain("Unused time of the staff – – −7.00 −4.4%");
    expect(text).toContain("Profit after it – – 45.40 28.4%");
    expect(text).toContain("1 customer bought nothing in that time and cost something all the same");
    expect(text).toContain(
      "By the cost of goods and sale alone it would be 0 customers with a loss, of USD 0.00.",
    );
    expect(terminalSummary(withBooks)).toMatch(/Unprofitable\s+1 customer, 5 USD/);
  });

  it("earns a service, and stands on two grids", async () => {
    const text = (await sections).profit ?? "";
    // Of two customers without a loss, the first 5 % is one customer, and so are the first 25 %.
    expect(text).toContain("A 1 33.3% 56.80 108.4% 56.80 An account manager");
    expect(text).toContain("C 1 33.3% 0.60 1.1% 0.60 Web, app and store");
    expect(text).toContain("Loss 1 33.3% −5.00 −9.5% −5.00 Find out why");
    expect(text).toContain("The greatest customer brings 86% of the value");
    // Contributions: 6000 - 120, and 1000 - 300 - 40.
    expect(text).toContain("Most profit comes from passive: 50% of the customers and USD 58.8");
    expect(text).toContain("Most profit comes from true friends: 50% of the customers and USD 56.8");
  });

  it("is told by what changed it, which adds up", async () => {
    const text = (await sections).change ?? "";
    // 6000 - 100 before; 7000 - 300 after: lost 2000 - 100, won 1000 - 300, and 2.00 more for each of 10.
    expect(text).toContain(
      "Profit rose from USD 59 to USD 67 (14%): price added the most (+USD 20), lost customers took away the most (−USD 19).",
    );
    expect(text).toContain("of 2 customers 1 were lost, and 1 won");
    expect(text).toContain("prices up USD 1.60; cost of goods down USD 0.900");
  });

  it("is set against what customers cost to win", async () => {
    const text = (await sections).acquisition ?? "";
    // Three came in two years; 1.00 and an hour of 5.00 were spent, on ads, by which one came.
    expect(text).toContain(
      "A new customer costs USD 2.00 on average; one from a source on which money is spent, USD 6.00.",
    );
    expect(text).toContain("ads 1 33.3% 6.00 6.00");
    expect(text).toContain("Of 1 quarter of new customers 1 has paid back what they cost, in quarter 1.");
    // 1000 of 600.
    expect(text).toContain("2023-Q2 1 6.00 166.7% – 166.7% 1");
  });

  it("is to come from what is being sold", async () => {
    const text = (await sections).pipeline ?? "";
    expect(text).toContain(
      "2 open opportunities are worth USD 1.5K and bring USD 600 (40%) on average; offer brings the most of it.",
    );
    expect(text).toContain("2024-01 1 1,000.00 500.00");
    expect(text).toContain("1 opportunity should have been decided by now (USD 100 weighted)");
    expect(text).toContain("Of 2 decisions 1 was for us: 50.0% by number, 25.0% by amount.");
    expect(text).toContain("What costs us most is &quot;price&quot;: 100.0% of the amount lost.");
  });

  it("comes with what the words mean", async () => {
    const text = (await sections).definitions ?? "";
    for (const term of ["Cost to serve", "Profit bridge", "Lift", "Weighted"]) expect(text).toContain(term);
  });
});

describe("the profit of a file", () => {
  it("without books ends at the gross margin, and says so", async () => {
    const sections = await sectionsOf(inputOf(rows));
    expect(sections.profit).toContain("Gross margin 70.00 43.8%");
    expect(sections.profit).not.toContain("Cost to serve");
    expect(sections.profit).toContain("service, marketing and the winning of customers are not in it");
    expect(sections.change).toContain("Profit rose from USD 60 to USD 70 (17%)");
    expect(Object.keys(sections)).not.toEqual(expect.arrayContaining(["acquisition"]));
    expect(Object.keys(sections)).not.toEqual(expect.arrayContaining(["pipeline"]));
  });

  it("without costs, quantities and products shows neither profit nor bridge nor offers", async () => {
    const bare = rows.map(({ customerId, at: day, amount }) => ({ customerId, at: day, amount }));
    const sections = await sectionsOf(inputOf(bare));
    expect(sections.profit).toContain("That cannot be said: the data have no costs.");
    expect(sections.change).toBeUndefined();
    expect(sections.offers).toBeUndefined();
  });

  it("is not set against a year of which only a part is known", async () => {
    const late = rows.map((row, i) => (i === 0 ? { ...row, at: "2022-01-09" } : row));
    expect((await sectionsOf(inputOf(late))).change).toBeUndefined();
  });
});

describe("before anything has come of it", () => {
  const early = { books: { ...books, opportunities: [deal("1", 100_000, {})] }, asOf: "2023-09-15" };

  it("the pipeline is without forecast by month and without rates", async () => {
    const text = (await sectionsOf(inputOf(rows, early))).pipeline ?? "";
    expect(text).toContain("1 open opportunity is worth USD 1K");
    expect(text).not.toContain("When does it come in?");
    expect(text).toContain("Nothing has been decided yet.");
  });

  it("nothing is said of what had not begun", async () => {
    const sections = await sectionsOf(inputOf(rows.slice(0, 1), { ...early, asOf: "2022-01-20" }));
    expect(sections.pipeline).toBeUndefined();
    expect(sections.acquisition).toBeUndefined();
  });

  it("no source is said to earn its cost before its first year is over", async () => {
    const text = (await sectionsOf(inputOf(rows, { ...early, asOf: "2023-12-01" }))).acquisition ?? "";
    expect(text).toContain("ads 1 33.3%");
    expect(text).not.toContain("within the first year");
    expect(text).not.toContain("do not bring what they cost");
  });
});

describe("those who stay", () => {
  const days = ["02-15", "05-15", "08-15", "11-15"];
  const quarters = [2021, 2022, 2023].flatMap((year) => days.map((day) => `${year}-${day}`));
  const falling = ["ani", "budi", "citra"].flatMap((customerId) =>
    quarters.map((day, i) => ({ customerId, at: day, amount: 50_000 - 1000 * i })),
  );

  it("are looked at one by one: whose purchases fall, and by how much", async () => {
    const text = (await sectionsOf(inputOf(falling))).change ?? "";
    expect(text).toContain("From 2022-Q1 to 2023-Q4, the purchases of 3 customers fell");
    expect(text).toContain("If nobody had a trend, about 0 would do so all the same.");
    // Of the last eight quarters: 460 + 450 + ... + 390 USD.
    expect(text).toContain("ani 3,400.00 −10.00 −10.00 to −10.00");
    // Three customers are too few to tell of a second year.
    expect(text).not.toContain("Do customers buy more");
  });
});

describe("the second year", () => {
  it("is compared with the first of the same customers, who left counted as zero", async () => {
    const bought = (i: number, day: string, amount: number) => ({ customerId: `c${i}`, at: day, amount });
    // Of 40 customers of January 2021 ten come back for 60.00 after 100.00; those of 2023 have no second year.
    const first = Array.from({ length: 40 }, (_, i) => bought(i, "2021-01-15", 10_000));
    const second = Array.from({ length: 10 }, (_, i) => bought(i, "2022-03-01", 6000));
    const young = Array.from({ length: 40 }, (_, i) => bought(100 + i, "2023-03-01", 90_000));
    const text = (await sectionsOf(inputOf([...first, ...second, ...young]))).change ?? "";
    expect(text).toContain(
      "customers bring 85.0% less revenue than in their first, those who left counted as zero; those who bought in both years, 40.0% less.",
    );
    expect(text).toContain("Year 2 40 10 15.00 −85.0% −40.0%");
  });
});

describe("what to offer", () => {
  const held = (customers: number, ...products: readonly string[]) =>
    Array.from({ length: customers }, (_, i) =>
      products.map((productId) => ({
        ...{ customerId: `${products.join()}${i}`, productId, at: "2023-05-01", amount: 500, cost: 200 },
      })),
    ).flat();

  it("is what others hold who hold the same, where it stands out", async () => {
    const shop = [...held(30, "tea", "cup"), ...held(5, "tea"), ...held(60, "rice")];
    const text = (await sectionsOf(inputOf(shop))).offers ?? "";
    // 30 of 35 who hold tea hold cups, of 95 in all; each sale leaves 3.00.
    expect(text).toContain("cup tea 30 100.0% 36.8% 2.71");
    expect(text).toContain("5 customers can be offered a product that they do not have");
    expect(text).toContain("would bring USD 12.9 of gross margin");
    expect(text).toContain("cup 5 85.7% 4 12.86");
  });

  it("is nothing where products have nothing to do with each other", async () => {
    const text = (await sectionsOf(inputOf([...held(30, "tea"), ...held(30, "cup")]))).offers ?? "";
    expect(text).toContain("No two products are bought by the same customers more often than chance");
    expect(text).toContain("No rule says of a customer what to offer next.");
  });
});
