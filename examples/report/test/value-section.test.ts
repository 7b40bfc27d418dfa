import { civilDay, dayNumber, type TransactionRow, transactionLog } from "clientele";
import { describe, expect, it } from "vitest";
import { logNotes } from "../src/data-notes.js";
import { analyze } from "../src/report/analysis.js";
import type { ReportInput } from "../src/report/report-input.js";
import { reportPage } from "../src/report/report-page.js";
import { terminalSummary } from "../src/report/terminal-summary.js";
import type { CustomerWorth } from "../src/value/value-analysis.js";
import { textOf } from "./files.js";
import { type RandomShop, randomShop } from "./random-shop.js";

const ASOF = "2024-01-01";

function inputOf(rows: readonly TransactionRow[], asOf = ASOF): ReportInput {
  const log = transactionLog(rows, { currency: "USD" });
  return {
    title: "Toko",
    analysis: analyze({ log, asOf }),
    nameOf: (customerId) => customerId,
    notes: {
      ...{ source: "shop.csv", rowsRead: rows.length, rowsRejected: 0, rejectsFile: null },
      ...logNotes(log, asOf),
      ...{ alsoRead: [], findings: [], leftOut: [], options: [], versions: [] },
    },
  };
}

/** Days up to the day of the report. */
function shop(days: number, others: Partial<RandomShop> = {}): TransactionRow[] {
  return randomShop({ customers: 400, from: dayNumber(ASOF) - days, days, ...others });
}

async function sectionOf(input: ReportInput): Promise<{ text: string; pictures: number }> {
  const page = await reportPage(input);
  expect(textOf(page)).not.toMatch(/NaN|Infinity|undefined|\bnull\b/);
  const markup = page.split('<section id="value">')[1]?.split("</section>")[0] ?? "";
  return { text: textOf(markup), pictures: (markup.match(/<svg/g) ?? []).length / 2 };
}

function worthOf({ analysis }: ReportInput): CustomerWorth {
  if (analysis.value.reason !== null) throw new Error(analysis.value.reason);
  return analysis.value;
}

describe("the value to come", () => {
  const rows = shop(720, { cost: 0.6 });
  const input = inputOf(rows);

  it("is profit where there are costs, with an interval, in five pictures", async () => {
    const { text, pictures } = await sectionOf(input);
    expect(pictures).toBe(5);
    expect(text).toMatch(
      /worth over the next 12 months\? USD [\d.]+ thousand of profit \(95% interval USD [\d.]+ thousand to USD [\d.]+ thousand\), from [\d,]+ purchases\./,
    );
    expect(text).toContain("Money to come is discounted at 10.0% a year. Of the revenue 40.0% is taken");
    expect(text).toContain("Chosen by rule: of those who came back 5 times or more");
    const { values, total } = worthOf(input);
    expect(total?.estimate).toBe(values.total);
    expect((total?.lower ?? 0) < values.total && values.total < (total?.upper ?? 0)).toBe(true);
    expect(terminalSummary(input)).toMatch(
      /Value to come\s+USD [\d.]+ thousand of profit in the next 12 months/,
    );
  });

  it("is tested on the last third, against no model", async () => {
    const { check } = worthOf(input);
    if (typeof check === "string") throw new Error(check);
    // A third of 720 days is less than a year. Counted by hand: days with a purchase of those who had come before.
    const border = dayNumber(ASOF) - 240;
    expect(check.holdout).toEqual({ through: civilDay(border - 1), until: "2023-12-31", days: 240 });
    const days = new Map<string, number[]>();
    for (const { customerId, at } of rows) {
      days.set(String(customerId), [...(days.get(String(customerId)) ?? []), Number(at) / 86_400_000]);
    }
    let came = 0;
    let asBefore = 0;
    for (const own of days.values()) {
      const before = [...new Set(own)].filter((day) => day < border);
      const [first] = before;
      if (first === undefined) continue;
      came += new Set(own).size - before.length;
      const watched = border - 1 - first;
      if (watched > 0) asBefore += ((before.length - 1) / watched) * 240;
    }
    expect(check.naive.actual).toBe(came);
    // Sums of fractions in another order.
    expect(check.naive.expected).toBeCloseTo(asBefore, 6);
    const { text } = await sectionOf(input);
    const numbers = (value: number) => Math.round(value).toLocaleString("en-US");
    expect(text).toContain(`and ${numbers(came)} came`);
    expect(text).toContain(`everyone going on as before, it would have been ${numbers(asBefore)}`);
  });

  it("takes the model under which the holdout was likeliest, and fits it to all the data", () => {
    const { check, model } = worthOf(input);
    if (typeof check === "string") throw new Error(check);
    const { model: names, holdoutLogLikelihood } = check.comparison.table.columns;
    const most = Math.max(...holdoutLogLikelihood.map((value) => value ?? Number.NEGATIVE_INFINITY));
    expect(model.model).toBe(names[holdoutLogLikelihood.indexOf(most)]);
    expect(model.customers).toBe(400);
  });

  it("lists those first of whom most is expected", async () => {
    const { values } = worthOf(input);
    const { customerId, value } = values.columns;
    const best = customerId?.[value.indexOf(Math.max(...value))];
    const { text } = await sectionOf(input);
    expect(text).toContain(`Profit USD ${best} `);
  });

  it("is revenue without costs, and where costs leave nothing", async () => {
    const { text } = await sectionOf(inputOf(shop(720)));
    expect(text).toContain("thousand of revenue (");
    expect(text).toContain("The value is revenue, since the data have no costs.");
    const loss = await sectionOf(inputOf(shop(720, { cost: 1.1 })));
    expect(loss.text).toContain("since the costs of the last 12 months leave no margin to reckon with");
  });
});

describe("what the data cannot say", () => {
  it("of fewer than 100 customers", async () => {
    const { text, pictures } = await sectionOf(inputOf(shop(720, { customers: 40 })));
    expect(text).toContain(
      "That cannot be said: 40 customers have bought so far, and what is to come is foretold from 100 or more.",
    );
    expect(pictures).toBe(0);
    const [one] = shop(720);
    expect((await sectionOf(inputOf(one ? [one] : []))).text).toContain("1 customer has bought so far");
  });

  it("where nobody came back", async () => {
    const once = Array.from({ length: 200 }, (_, i) => ({ customerId: i, at: "2022-05-01", amount: 100 }));
    const input = inputOf(once);
    expect((await sectionOf(input)).text).toContain(
      "That cannot be said: nobody has bought on a second day.",
    );
    expect(terminalSummary(input)).toContain("(nobody has bought on a second day)");
  });

  it("where all are alike, so that no model can be fitted", async () => {
    const alike = Array.from({ length: 200 }, (_, i) =>
      ["2022-05-01", "2022-08-01", "2023-01-05"].map((at) => ({ customerId: i, at, amount: 100 })),
    ).flat();
    expect((await sectionOf(inputOf(alike))).text).toContain(
      "That cannot be said: no model fits these data (",
    );
  });

  it("of a year from a few weeks, and without a holdout from a few months", async () => {
    expect((await sectionOf(inputOf(shop(50)))).text).toMatch(
      /the data cover (49|50) days, and a year is foretold from 60 or more/,
    );
    const { text, pictures } = await sectionOf(inputOf(shop(80, { customers: 1500 })));
    expect(text).toMatch(/It has not been tested on what came after: the data cover (79|80) days/);
    expect(text).toMatch(
      /The data cover (79|80) days: what is said of a year goes beyond all that was seen\./,
    );
    // Without that of the test.
    expect(pictures).toBe(4);
  });

  it("how spends differ, where all cost the same", async () => {
    const input = inputOf(shop(720, { amount: 2500 }));
    expect(worthOf(input).spend).toMatchObject({ fit: null, mean: 2500 });
    expect((await sectionOf(input)).text).toContain(
      "Every purchase is taken to bring the mean of all repeat purchases",
    );
  });
});
