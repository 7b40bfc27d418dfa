import { type Interaction, type TransactionRow, transactionLog } from "clientele";
import { describe, expect, it } from "vitest";
import { logNotes } from "../src/data-notes.js";
import { analyze } from "../src/report/analysis.js";
import type { ReportInput } from "../src/report/report-input.js";
import { reportPage } from "../src/report/report-page.js";
import type { SegmentCustomer } from "../src/segments/segment-base.js";
import { readStoredSegments, type StoredSegment } from "../src/segments/stored-segments.js";
import { textOf } from "./files.js";

interface Shop {
  readonly rows: readonly TransactionRow[];
  readonly asOf?: string;
  readonly segments?: readonly StoredSegment[];
  readonly customers?: readonly SegmentCustomer[];
  readonly interactions?: readonly Interaction[];
}

function inputOf({
  rows,
  asOf = "2024-01-01",
  segments = readStoredSegments(),
  ...others
}: Shop): ReportInput {
  const log = transactionLog(rows, { currency: "USD", unlinkedRefunds: "accept" });
  return {
    title: "Toko",
    analysis: analyze({ log, asOf, segments, ...others }),
    nameOf: (customerId) => customerId,
    notes: {
      ...{ source: "shop.csv", rowsRead: rows.length, rowsRejected: 0, rejectsFile: null },
      ...logNotes(log, asOf),
      ...{ alsoRead: [], findings: [], leftOut: [], options: [], versions: [] },
    },
  };
}

/** The text of one section; empty where the page has none. */
async function section(shop: Shop, id: string): Promise<string> {
  const page = await reportPage(inputOf(shop));
  expect(textOf(page)).not.toMatch(/NaN|Infinity|undefined|\bnull\b/);
  // What is in the contents is on the page, and nothing else.
  expect(page.includes(`href="#${id}"`)).toBe(page.includes(`<section id="${id}">`));
  return textOf(page.split(`<section id="${id}">`)[1]?.split("</section>")[0] ?? "");
}

function bought(customerId: string, amount: number, ...days: readonly string[]): TransactionRow[] {
  return days.map((at, i) => ({
    id: `${customerId} ${i}`,
    customerId,
    at,
    amount: Math.round(100 * amount),
  }));
}

/**
 * As of 2024-01-01: ani and budi bought three times up to September and not since, budi too lately for that on 2023-10-01; citra had
 * slipped by then and came back; dewi is new; eka gave everything back.
 */
const rows: readonly TransactionRow[] = [
  ...bought("ani", 10, "2023-05-01", "2023-05-10", "2023-06-01"),
  ...bought("budi", 20, "2023-07-05", "2023-07-06", "2023-09-01"),
  ...bought("citra", 30, "2023-02-01", "2023-02-02", "2023-02-03", "2023-11-15"),
  ...bought("dewi", 5, "2023-11-20"),
  ...bought("eka", 7, "2023-12-01"),
  { customerId: "eka", at: "2023-12-05", type: "refund", amount: -700, refundOf: "eka 0" },
];

describe("segments by rules", () => {
  it("are shown with size, revenue, meaning and what to do", async () => {
    const text = await section({ rows }, "segments");
    expect(text).toContain("Slipping is the largest segment with 2 of 3 customers");
    // 30 and 60 USD, and 5.
    expect(text).toContain("Slipping 2 40.0% 90.00 Send a voucher that runs out this month.");
    expect(text).toContain("Regulars 0 0.0% 0.00");
    expect(text).toContain("First-timers 1 20.0% 5.00");
    expect(text).toContain(
      "Slipping The number of transactions between 12 months and 3 months ago is at least 3 and there are no transactions in the last 3 months.",
    );
    expect(text).toContain("Asked of 5 customers on file; 40.0% of them are in none of these segments.");
    expect(text).not.toContain("a refund that names no purchase");
  });

  it("say which rules the data cannot answer, and why", async () => {
    const text = await section({ rows }, "segments");
    expect(text).toContain(
      "Left out, since the data lack what the rules ask about: Complained (contacts), Quiet trade (kind of customer), App shoppers (city, sales channel), Interested (signs of interest).",
    );
    const [quietTrade] = readStoredSegments().filter(({ name }) => name === "Quiet trade");
    const alone = { rows, segments: quietTrade ? [quietTrade] : [] };
    expect(await section(alone, "segments")).toMatch(
      /None of the rules can be asked of these data\. Left out, since the data lack what the rule asks about: Quiet trade \(kind of customer\)\. $/,
    );
    expect(await section(alone, "in-and-out")).toBe("");
  });

  it("leave nobody out where all is known", async () => {
    const text = await section(
      {
        rows: [...rows, { ...bought("ani", 1, "2023-01-05")[0], id: "x", channel: "app" } as TransactionRow],
        customers: [{ id: "ani", kind: "person" }],
        interactions: [],
      },
      "segments",
    );
    expect(text).not.toContain("Left out, since");
    expect(text).toContain("Asked of 1 customer on file");
    // budi, citra, dewi and eka bought, and nobody wrote them down.
    expect(text).toContain("4 customers with transactions have no record and are not asked about.");
  });

  it("say so where refunds without a purchase count as transactions", async () => {
    const text = await section(
      { rows: [...rows, { customerId: "ani", at: "2023-06-02", amount: -100 }] },
      "segments",
    );
    expect(text).toContain("and also a refund that names no purchase");
  });
});

describe("who entered and left", () => {
  it("is counted by segment, with the condition that decided", async () => {
    const text = await section({ rows }, "in-and-out");
    expect(text).toContain(
      "Of 2 customers in a segment on October 1, 2023, 50.0% are in the same one, 0.0% in another and 50.0% in none; 2 customers have come into one since, 1 of them new.",
    );
    expect(text).toContain(
      "Slipping 2 1 0 1 2 the number of transactions between 12 months and 3 months ago is at least 3 no longer: there are no transactions in the last 3 months Regulars",
    );
    expect(text).toContain("First-timers 0 0 1 0 1 In the picture");
    expect(text).toContain("The data begin less than a year before October 1, 2023");
    const known = rows.filter(({ customerId }) => customerId !== "dewi" && customerId !== "eka");
    expect(await section({ rows: known }, "in-and-out")).toContain("1 customer has come into one since.");
    expect(
      await section({ rows: [...rows, ...bought("fajar", 1, "2022-01-01")] }, "in-and-out"),
    ).not.toContain("The data begin less than");
  });

  it("needs data of three months", async () => {
    const text = await section({ rows: bought("dewi", 5, "2023-11-20") }, "in-and-out");
    expect(text).toContain("That cannot be said yet: the data begin on November 20, 2023");
  });

  it("is nobody where all segments are empty", async () => {
    const text = await section({ rows: bought("fajar", 5, "2022-01-01") }, "in-and-out");
    expect(text).toContain("Nobody: all of them were empty on October 1, 2023 and are so now.");
  });

  it("is no section without rules", async () => {
    const input = inputOf({ rows });
    const page = await reportPage({ ...input, analysis: { ...input.analysis, segments: null } });
    expect(page).not.toMatch(/id="(segments|in-and-out)"/);
    expect(textOf(page)).not.toContain("Condition that decided");
  });
});

describe("groups that nobody has named", () => {
  /** Twenty each who buy twelve times for 10, once for 1,000, once for 10, give or take. */
  const crowd = Array.from({ length: 60 }, (_, i) => {
    const days = Array.from(
      { length: i < 20 ? 12 : 1 },
      (_, month) => `2023-${String(month + 1).padStart(2, "0")}-15`,
    );
    return bought(`k${i}`, (i >= 20 && i < 40 ? 1_000 : 10) + (i % 7) / 10, ...days);
  }).flat();

  it("are told with their share, in words and with what to do, from the one that brings most", async () => {
    const text = await section({ rows: crowd }, "clusters");
    // They bring 20,005.80, 2,468.40 and 205.90 USD of 22,680.10.
    expect(text).toContain(
      "customers fall into 3 groups: A has 33.3% of them and brings 88.2% of the revenue of the last 12 months.",
    );
    expect(text).toMatch(/A \(20 customers, 33%\): spent per purchase \(USD\) 1,000 on average/);
    expect(text).toContain("Bring them back sooner");
    expect(text).toMatch(/B \(20 customers, 33%\): purchases 12 on average/);
    expect(text).toContain("Make the basket larger");
    expect(text).toMatch(/C \(20 customers, 33%\)/);
    expect(text).toContain("Spend little on each");
    expect(text).toMatch(/greatest mean silhouette \(from −1 to 1\): 0\.\d\d for 2, [01]\.\d\d for 3,/);
    expect(text).toContain("the groups lie far apart");
  });

  it("are no more than there are different customers", async () => {
    const twoKinds = Array.from({ length: 60 }, (_, i) => bought(`k${i}`, i < 20 ? 10 : 1_000, "2023-05-01"));
    const text = await section({ rows: twoKinds.flat() }, "clusters");
    expect(text).toContain("customers fall into 2 groups");
    expect(text).toContain("1.00 for 2 (no more were tried: many customers are exactly alike).");
  });

  it.each<[string, readonly TransactionRow[], string]>([
    [
      "few customers",
      rows,
      "4 customers paid something in the last 12 months, and groups are looked for among 50 or more.",
    ],
    [
      "customers who are all alike",
      Array.from({ length: 60 }, (_, i) => bought(`k${i}`, 10, "2023-05-01")).flat(),
      "those who paid something in the last 12 months are too much alike.",
    ],
  ])("are not looked for among %s", async (_, few, why) => {
    expect(await section({ rows: few }, "clusters")).toContain(`That cannot be said: ${why}`);
  });
});

describe("how few bring most", () => {
  it("is told in classes", async () => {
    // 120, 60, 30, 5 of 215 USD: 80% are 172, which budi reaches; 95% are 204.25, which ani reaches.
    const text = await section({ rows }, "abc");
    expect(text).toContain(
      "Active customers by revenue from January 1, 2023 up to, not including, January 1, 2024",
    );
    expect(text).toContain("A 2 50.0% 180.00 83.7% 60.00");
    expect(text).toContain("B 1 25.0% 30.00 14.0% 30.00");
    expect(text).toContain("C 1 25.0% 5.00 2.3% 5.00");
    expect(text).not.toContain("below zero");
  });

  it("counts those below zero apart", async () => {
    const text = await section(
      { rows: [...rows, { customerId: "dewi", at: "2023-12-02", amount: -900 }] },
      "abc",
    );
    expect(text).toContain("1 customer has gone below zero with refunds");
    expect(text).toContain("C 1 25.0% −4.00 −1.9% −4.00");
  });

  it("is no section where nobody brought anything", async () => {
    expect(await section({ rows: bought("ani", 0, "2023-05-01") }, "abc")).toBe("");
    expect(await section({ rows: bought("ani", 5, "2021-05-01") }, "abc")).toBe("");
  });
});
