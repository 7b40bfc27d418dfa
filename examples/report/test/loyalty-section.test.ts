import { balanceAt, type LoyaltyEvent, seededRandom } from "clientele";
import { describe, expect, it } from "vitest";
import { analyzeLoyalty } from "../src/loyalty/loyalty-analysis.js";
import type { ReportInput } from "../src/report/report-input.js";
import { loyaltySection } from "../src/report/sections/loyalty-section.js";
import { sampleLoyalty } from "../src/sample/loyalty-club.js";
import { sampleBase } from "../src/sample/sample-base.js";
import { textOf } from "./files.js";

const ASOF = "2024-01-01";
const base = sampleBase({ seed: 7, buyers: 400 });
const booksOf = (seed: number) => sampleLoyalty(seededRandom(seed, "loyalty"), base.transactions);
const books = booksOf(7);
const analysis = analyzeLoyalty(books, ASOF);

describe("the sample's programme", () => {
  it("has about two in five buyers, and all that the chapter is about", () => {
    expect(books.histories.length).toBeGreaterThan(400 * 0.03);
    expect(books.histories.length).toBeLessThan(400 * 0.2);
    const kinds = new Set(books.histories.flat().map(({ type }: LoyaltyEvent) => type));
    for (const kind of ["earned", "redeemed", "expired", "clawedBack", "tierChanged"] as const)
      expect(kinds).toContain(kind);
  });
  it("is drawn by its seed alone", () => {
    expect(booksOf(7).histories).toEqual(books.histories);
    expect(booksOf(8).histories).not.toEqual(books.histories);
  });
});

describe("the chapter on members", () => {
  it("ledger, roll-forward, ages, levels and economics say the same of the points outstanding", () => {
    // The last instant before the day of the report.
    const at = Date.parse("2024-01-01T00:00:00+07:00") - 1;
    const held = books.histories
      .map((events) => balanceAt(books.program, events, { at }))
      .reduce((sum, { available, pending, held: aside }) => sum + available + pending + aside, 0);
    expect(held).toBeGreaterThan(0);
    expect(analysis?.points.periods.columns.closing.at(-1)).toBe(held);
    expect(analysis?.ages.total).toBe(held);
    expect(analysis?.pyramid.points).toBe(held);
    expect(analysis?.economics.total.closing).toBe(held);
  });

  it("answers in words, with three pictures", async () => {
    const input = { analysis: { loyalty: analysis } } as unknown as ReportInput;
    const page = (await loyaltySection(input))?.markup ?? "";
    const text = textOf(page);
    expect(text).toContain("What do we owe our members?");
    expect(text).toMatch(/[\d,]+ members of Klub Melati hold [\d,]+ points: IDR [\d.,]+/);
    expect(text).not.toMatch(/NaN|Infinity|undefined|\bnull\b/);
    expect(page.match(/<svg/g)?.length).toBe(6);
  });

  it("is not there without a programme, nor before anybody earned", async () => {
    expect(await loyaltySection({ analysis: { loyalty: null } } as unknown as ReportInput)).toBeNull();
    expect(analyzeLoyalty(books, "2020-01-01")).toBeNull();
  });
});
