import { describe, expect, it } from "vitest";
import { rows } from "../../src/core/table.js";
import { associationRules } from "../../src/profitability/selling/association-rules.js";
import { correctedPValues } from "../../src/profitability/selling/corrected-p-values.js";

// Tan, Steinbach & Kumar (2005), Introduction to Data Mining, table 6.1: five market baskets. The measures as fractions,
// from their definitions: support and confidence Agrawal, Imielinski & Swami (1993), lift and conviction Brin, Motwani,
// Ullman & Tsur (1997), leverage Piatetsky-Shapiro (1991).
const baskets = [
  ["bread", "milk"],
  ["bread", "diaper", "beer", "egg"],
  ["milk", "diaper", "beer", "cola"],
  ["bread", "milk", "diaper", "beer"],
  ["bread", "milk", "diaper", "cola"],
];

describe("Tan's five baskets", () => {
  const { rules } = associationRules(baskets, { minimumCount: 1, maximumSize: 4 });
  const rule = (antecedent: string, consequent: string) =>
    rows(rules).find((row) => row.antecedent === antecedent && row.consequent === consequent);

  it("{diaper} -> {beer}", () => {
    expect(rule("diaper", "beer")).toMatchObject({
      count: 3,
      support: 3 / 5,
      confidence: 3 / 4,
      lift: 5 / 4,
      leverage: 3 / 25,
      conviction: 8 / 5,
      jaccard: 3 / 4,
    });
  });

  it("{milk, diaper} -> {beer}", () => {
    expect(rule("diaper + milk", "beer")).toMatchObject({ support: 2 / 5, confidence: 2 / 3, lift: 10 / 9 });
  });

  it("{beer} -> {diaper} never fails", () => {
    expect(rule("beer", "diaper")).toMatchObject({ confidence: 1, lift: 5 / 4, conviction: null });
  });
});

// Benjamini & Hochberg (1995), section 4: fifteen p-values of a trial of two treatments after a heart attack. At 0.05,
// Bonferroni and Holm reject the first three, the new procedure the first four.
it("Benjamini & Hochberg's example", () => {
  const pValues = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
    0.759, 1,
  ];
  const rejected = (correction: "holm" | "benjaminiHochberg") =>
    [...correctedPValues(Float64Array.from(pValues), 15, correction)].filter((p) => p <= 0.05).length;
  expect(rejected("holm")).toBe(3);
  expect(rejected("benjaminiHochberg")).toBe(4);
  // The fourth: 15 / 4 times 0.0095; Holm's: 12 times.
  expect(correctedPValues(Float64Array.from(pValues), 15, "benjaminiHochberg")[3]).toBeCloseTo(0.035625, 15);
  expect(correctedPValues(Float64Array.from(pValues), 15, "holm")[3]).toBeCloseTo(0.114, 15);
});
