import { type TransactionRow, transactionLog } from "clientele";
import { describe, expect, it } from "vitest";
import { logNotes } from "../src/data-notes.js";
import { analyzeRelationship, type KnownOfCustomers } from "../src/relationship/relationship-analysis.js";
import type { RelationshipBooks } from "../src/relationship/relationship-books.js";
import { analyze } from "../src/report/analysis.js";
import type { ReportInput } from "../src/report/report-input.js";
import { reportPage } from "../src/report/report-page.js";
import { relationshipSection } from "../src/report/sections/relationship-section.js";
import { runIn, textOf } from "./files.js";
import { ARGS, SHOP } from "./shop-file.js";

const ASOF = "2024-01-01";
const at = (day: string) => Date.parse(`${day}T00:00:00Z`);

/** All bought in 2022; ani and budi bought again in the year after the wave. */
const rows: readonly TransactionRow[] = [
  ...["ani", "budi", "citra", "dewi"].map((customerId) => ({ customerId, at: "2022-06-01", amount: 1000 })),
  { customerId: "ani", at: "2023-02-01", amount: 2000 },
  { customerId: "budi", at: "2023-12-14", amount: 500 },
  // On the day on which the year after the wave is over.
  { customerId: "citra", at: "2023-12-15", amount: 500 },
];
const log = transactionLog(rows, { currency: "USD" });

const scale = { min: 1, max: 10 };
/** Of six who were asked one could not be reached and one is silent; dewi leaves nearly all open. */
const books: RelationshipBooks = {
  questionnaire: {
    satisfaction: "overall",
    recommend: "recommend",
    value: [
      { id: "service", weight: 3, scale },
      { id: "choice", weight: 1, scale },
      { id: "price", weight: 1, scale, side: "sacrifice" },
    ],
    commitment: {
      ...{ id: "commitment", min: 1, max: 5 },
      items: ["warm", "proud"].map((id) => ({ id, dimension: "affective" })),
    },
  },
  waves: [
    {
      ...{ id: "late 2022", startsAt: at("2022-12-01"), endsAt: at("2022-12-15") },
      invitations: ["ani", "budi", "citra", "dewi", "eka", "fitri"].map((respondentId) => ({
        ...{ respondentId, group: respondentId < "c" ? "large" : "small" },
        isUndelivered: respondentId === "fitri",
      })),
    },
  ],
  answers: [
    ...answered("ani", [9, 10, 8, 4, 4, 5, 5]),
    ...answered("budi", [8, 8, 7, 7, 5, 4, 4]),
    ...answered("citra", [7, 3, 4, 4, 6, 1, 1]),
    ...answered("dewi", [null, null, 5, 9, null, null, null]),
  ],
  bonds: [
    {
      ...{ id: "frame", customerId: "budi", class: "structural", kind: "legal", strength: 0.75 },
      ...{ since: "2022-01-01", until: "2024-02-01", contractId: "K-1", evidence: "Contract K-1" },
    },
    {
      ...{ id: "call", customerId: "budi", class: "social", kind: "social", strength: 0.25 },
      ...{ since: "2022-01-01", personId: "Sari" },
    },
  ],
  offers: [
    {
      ...{ id: "1", competitorId: "Rukun", price: { amount: 10_000, currency: "USD" }, at: at("2023-06-01") },
      scores: ["service", "choice"].map((itemId) => ({ itemId, score: 4 })),
    },
    { id: "2", competitorId: "Ceria", scores: [], at: at("2023-01-01"), validUntil: at("2023-03-01") },
  ],
  basketPrice: 12_000,
  ourName: "Toko",
};

function answered(respondentId: string, values: readonly (number | null)[]): RelationshipBooks["answers"] {
  const items = ["overall", "recommend", "service", "choice", "price", "warm", "proud"];
  const place = { respondentId, customerId: respondentId, waveId: "late 2022", at: at("2022-12-02") };
  return items.map((itemId, i) => ({ ...place, itemId, value: values[i] ?? null }));
}

const known: KnownOfCustomers = {
  profit: new Map([
    ["ani", -500],
    ["budi", 1000],
    ["citra", 10],
  ]),
  stillThere: new Map([
    ["ani", 0.9],
    ["budi", 0.9],
    ["citra", 0.8],
    ["dewi", 0.1],
  ]),
  businesses: new Set(["budi", "dewi"]),
  revenue: new Map([
    ["budi", 500],
    ["dewi", 0],
  ]),
};
const found = analyzeRelationship(books, log, ASOF, known);

async function textFor(relationship: typeof found): Promise<string> {
  const input = {
    analysis: { relationship, pyramid: { currency: "USD", timeZone: "UTC" } },
    nameOf: (id: string) => id,
  };
  const section = await relationshipSection(input as unknown as ReportInput);
  return textOf(section?.markup ?? "").replaceAll("&#39;", "'");
}

describe("the chapter on what holds customers, worked by hand", () => {
  it("shows who did not answer", async () => {
    // Large: ani and budi of two; small: citra and dewi of three who were reached.
    expect(
      found?.response.groups.map(({ group, rate }) => [group, rate.numerator, rate.denominator]),
    ).toEqual([
      ["large", 2, 2],
      ["small", 2, 3],
    ]);
    const text = await textFor(found);
    expect(text).toContain("4 customers of 5 who were reached in late 2022: 80.0% (");
    expect(text).toContain("1 did not.");
  });

  it("counts who is satisfied among those who said so, with an interval", async () => {
    // Two of three gave 8 or more; Wilson's interval by (2 + z²/2 ± ...) / (3 + z²) with z = 1.96.
    expect(await textFor(found)).toContain(
      "In late 2022, 66.7% of 3 customers who answered are satisfied (20.8% to 93.9%)",
    );
  });

  it("weighs what is got against what is given over those who judged all of it", async () => {
    // Benefits by 3 to 1: (7 - 4 + 7 - 5 + 4 - 6) / 3; dewi left the price open.
    expect(found?.value.net.mean).toBeCloseTo(1, 12);
    // Of service (8 + 7 + 4) / 3 counts by three quarters, of choice (4 + 7 + 4) / 3 by one.
    const parts = found?.balance.contributions.map(({ id, points, contribution }) => [
      id,
      points,
      contribution,
    ]);
    expect(parts?.map(([id]) => id)).toEqual(["service", "choice", "price"]);
    for (const [i, [points, part]] of [
      [19 / 3, 19 / 4] as const,
      [5, 1.25] as const,
      [5, 5] as const,
    ].entries()) {
      expect(parts?.[i]?.[1]).toBeCloseTo(points, 12);
      expect(parts?.[i]?.[2]).toBeCloseTo(part, 12);
    }
    expect(found?.balance.net).toBeCloseTo(1, 12);
    expect(await textFor(found)).toContain(
      "by the 3 customers who judged every item from 1 to 10; 1 left one open",
    );
  });

  it("puts our mean and price beside competitors, and leaves out what has lapsed", async () => {
    const [ours, theirs] = found?.map?.offers ?? [];
    // Service and choice are 6 each over the four, against 4: a mean of 5. Prices 120 and 100, a mean of 110.
    expect(ours?.relativeQuality).toBeCloseTo(1.2, 12);
    expect(theirs?.relativeQuality).toBeCloseTo(0.8, 12);
    expect(ours?.relativePrice).toBeCloseTo(12 / 11, 12);
    expect(await textFor(found)).toContain("Not on the map, since what is known of them has lapsed: Ceria.");
  });

  it("finds contradictions, each among those of whom enough is known", async () => {
    const byCode = new Map(
      found?.contradictions.map((row) => [row.code, [row.found, row.judged, row.profit]]),
    );
    // ani is satisfied and has no bond; budi has one, citra is not satisfied (67 of 100), dewi did not say.
    expect(byCode.get("satisfiedButUnbound")).toEqual([1, 3, -500]);
    // ani again, at a loss to the shop.
    expect(byCode.get("committedButUnprofitable")).toEqual([1, 3, -500]);
    // citra stays for a net value of -2; budi's is 2, at the cut; dewi has probably gone.
    expect(byCode.get("stayingAtALoss")).toEqual([1, 4, 10]);
    // budi: three quarters hang on one contract.
    expect(byCode.get("boundButFragile")).toEqual([1, 4, 1000]);
  });

  it("shows the bonds of the businesses that buy, what they hang on and which end next", async () => {
    expect(found?.bonds.coverage.customers.map(({ customerId }) => customerId)).toEqual(["budi"]);
    expect(found?.bonds.businesses).toEqual({ bound: 1, all: 1 });
    const text = await textFor(found);
    expect(text).toContain("budi contract K-1 75.0%");
    expect(text).toContain("budi Contract K-1 February 1, 2024");
  });

  it("holds scores against buying in the 12 months after the wave, and not later", async () => {
    // ani (9) and budi (8) came back, citra (7) a day too late; dewi has no score.
    const [satisfaction] = found?.link?.found.scores ?? [];
    expect([satisfaction?.n, satisfaction?.missing, satisfaction?.auc.value]).toEqual([3, 1, 1]);
    expect(await textFor(found)).toContain("in 100.0% of such pairs the former had the higher score");
  });

  it("says nothing that is no number", async () => {
    expect(await textFor(found)).not.toMatch(/NaN|Infinity|undefined|\bnull\b/);
  });
});

describe("when the chapter is there", () => {
  it("says that it is too early to tell until 12 months after a wave", async () => {
    const early = analyzeRelationship(books, log, "2023-12-14", known);
    expect(early?.link).toBeNull();
    expect(await textFor(early)).toContain("It is too early to tell: no wave is 12 months ago.");
    expect(analyzeRelationship(books, log, "2023-12-15", known)?.link).not.toBeNull();
  });

  it("is left out before a wave is over, and when nobody answered", () => {
    expect(analyzeRelationship(books, log, "2022-12-14", known)).toBeNull();
    expect(analyzeRelationship(books, log, "2022-12-15", known)).not.toBeNull();
    expect(analyzeRelationship({ ...books, answers: [] }, log, ASOF, known)).toBeNull();
  });

  it("is in the page with a survey alone, with what the other chapters know", async () => {
    const customers = ["ani", "budi"].map(
      (id) => ({ id, kind: id === "budi" ? "organization" : "person" }) as const,
    );
    const page = async (relationship: RelationshipBooks | undefined) => {
      const analysis = analyze({ log, asOf: ASOF, customers, ...(relationship && { relationship }) });
      return reportPage({
        ...{ title: "Toko", analysis, nameOf: (id: string) => id },
        notes: {
          ...{ source: "shop.csv", rowsRead: 7, rowsRejected: 0, rejectsFile: null, ...logNotes(log, ASOF) },
          ...{ alsoRead: [], findings: [], leftOut: [], options: [], versions: [] },
        },
      });
    };
    const withSurvey = await page(books);
    expect(withSurvey).toContain('<a href="#relationship">');
    expect(textOf(withSurvey)).toContain("Lock-in risk");
    expect(textOf(withSurvey)).toContain("budi Contract K-1 February 1, 2024");
    const without = await page(undefined);
    expect(without).not.toContain('"relationship"');
    expect(textOf(without)).not.toContain("Lock-in risk");
  });

  it("is left out of the report on a file, which says so", async () => {
    const run = await runIn({ "shop.csv": SHOP }, ARGS);
    const text = textOf(await run.read("report.html"));
    expect(text).not.toContain("What holds our customers?");
    expect(text).toContain(
      "no survey and no bonds: the chapters on members and on what holds customers are left out.",
    );
  });
});
