import { describe, expect, it } from "vitest";
import { readStoredSegments } from "../src/segments/stored-segments.js";
import { runIn, textOf } from "./files.js";

describe("the report on the generated shop", () => {
  it("is made without any option, with marketing and profit", async () => {
    const run = await runIn({}, []);
    expect([run.exitCode, run.err]).toEqual([0, ""]);
    expect(run.files).toEqual(["report.html"]);
    const page = await run.read("report.html");
    // Pyramid, Pareto curve, grid, overlaps, migration, clusters, retention, cohorts, lifetimes of customers and of
    // subscribers, bridge, movements and whale curve; of points what is owed, ages and levels; of profit, Lorenz curve,
    // two portfolios, bridge and pipeline; of relationships benefits and sacrifices, value map, what matters, commitment and
    // bonds; of the value to come, tracking, fit, map, one customer and spread; each for a
    // desk and for a phone.
    expect(page.match(/<svg/g)?.length).toBe(62);
    expect(page).not.toMatch(/<script|<link|@import/i);
    const text = textOf(page);
    expect(text).toContain("The customer base of Toko Melati");
    expect(text).toContain("As of January 1, 2024 (Asia/Jakarta), amounts in IDR.");
    expect(text).toContain("On whom do marketing money and time go?");
    expect(text).toContain("of the marketing money and");
    // The shop is drawn with 20,000 buyers and half as many others.
    expect(text).toMatch(/[\d,]+ transactions of 20,000 customers\./);
    expect(text).toContain("30,000 customer records");
    expect(text).toContain("Do subscriptions grow, and do subscribers stay?");
    expect(text).toContain("Whom should we call first?");
    expect(text).toContain("How few customers bring most of the revenue?");
    // Each rule of segments.json is asked: the shop has all that they ask about.
    for (const { action } of readStoredSegments()) expect(text).toContain(action);
    expect(text).not.toContain("Left out, since");
    expect(text).toContain("Of the parts of a rule that changed their answer");
    expect(text).toContain("By how often and for how much they buy, customers fall into");
    expect(text).toContain("Cost to serve");
    expect(text).toContain("What changed, and what would raise profit?");
    expect(text).toContain("What does it cost to win customers, and when is it paid back?");
    expect(text).toContain("What else would our customers buy?");
    expect(text).toContain("What is being sold to businesses?");
    expect(text).toContain("What do we owe our members?");
    expect(text).toMatch(/[\d,]+ members of Klub Melati hold [\d,]+ points: IDR/);
    expect(text).toContain("What holds our customers?");
    expect(text).toMatch(/In December 2023, [\d.]+% of \d+ customers who answered are satisfied/);
    expect(text).toContain("Where do relationships contradict themselves?");
    expect(text).toMatch(
      /Take one of December 2022 who bought again and one who did not: in [\d.]+% of such pairs/,
    );
    expect(text).not.toContain("the chapters on members and on what holds customers are left out");
    expect(text).toContain("invented, as the whole shop is");
  });
});
