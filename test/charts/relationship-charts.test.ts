import { describe, expect, test } from "vitest";
import { bondCoverageChart } from "../../src/charts/bond-coverage-chart.js";
import { commitmentChart } from "../../src/charts/commitment-chart.js";
import type { ChartOptions, VegaLiteSpec } from "../../src/charts/vega-lite-spec.js";
import { seededRandom } from "../../src/core/random.js";
import { bondClassOf, bondKinds } from "../../src/model/bond-kind.js";
import { bondCoverage } from "../../src/relationship/bonds/bond-coverage.js";
import type { Bond } from "../../src/relationship/bonds/current-bonds.js";
import { commitmentDimensions } from "../../src/relationship/commitment/commitment-dimension.js";
import { commitmentProfile } from "../../src/relationship/commitment/commitment-profile.js";
import { answerOf, itIsReadable, rowsOf } from "./readable.js";

const draw = seededRandom(3);
const asOf = "2024-01-01";
const bonds: Bond[] = Array.from({ length: 60 }, (_, i) => {
  const kind = bondKinds[Math.floor(draw() * bondKinds.length)];
  return {
    id: `b${i}`,
    customerId: `C-${Math.floor(draw() * 30)}`,
    class: bondClassOf(kind),
    kind,
    strength: draw(),
    since: "2023-01-01",
  };
});
const wave = (shift: number, dimensions: readonly (typeof commitmentDimensions)[number][]) =>
  commitmentProfile(
    Array.from({ length: 40 }, (_, i) => ({
      respondentId: `r${i}`,
      ...Object.fromEntries(dimensions.map((dimension) => [dimension, Math.round(20 + shift + 50 * draw())])),
    })),
  );
const all = wave(0, commitmentDimensions);
const few = commitmentProfile([
  { respondentId: "a", affective: 90, calculative: 40 },
  { respondentId: "b", affective: 100, calculative: null },
]);

const CHARTS: Record<string, (options: ChartOptions) => VegaLiteSpec> = {
  "many customers": (options) => bondCoverageChart(bondCoverage(bonds, { asOf, minStrength: 0.3 }), options),
  "one customer": (options) =>
    bondCoverageChart(
      bondCoverage(bonds.slice(0, 1), {
        asOf,
        customers: ["C-long name of a company", bonds[0].customerId ?? ""],
      }),
      options,
    ),
  "no bonds": (options) => bondCoverageChart(bondCoverage([], { asOf }), options),
  "no name": (options) =>
    bondCoverageChart(
      bondCoverage([{ id: "a", class: "social", kind: "social", strength: 1, since: 0 }], { asOf }),
      options,
    ),
  "six dimensions": (options) => commitmentChart([{ name: "All", profile: all }], options),
  "three waves": (options) =>
    commitmentChart(
      [0, 10, 20].map((shift) => ({
        name: `Wave after ${shift} months and the autumn campaign`,
        profile: wave(shift, ["affective", "calculative", "normative"]),
      })),
      options,
    ),
  "two respondents": (options) => commitmentChart([{ name: "Few", profile: few }], options),
  nobody: (options) => commitmentChart([], options),
};

describe.each(Object.entries(CHARTS))("%s", (_, chart) => {
  itIsReadable(chart);
});

describe("what coverage says", () => {
  const coverage = bondCoverage(
    [
      { id: "a", customerId: "ani", class: "structural", kind: "legal", strength: 0.8, since: "2023-01-01" },
      { id: "b", customerId: "budi", class: "structural", kind: "legal", strength: 0.2, since: "2023-01-01" },
    ],
    { asOf, kinds: ["legal", "values"], minStrength: 0.5, customers: ["ani", "budi", "citra", "dian"] },
  );

  test("how many are held, by what most, by what never", () => {
    expect(answerOf(bondCoverageChart(coverage))).toContain(
      "1 of 4 customers covered by at least one kind of bond. Most common: legal (25%). With no customer: values-based.",
    );
  });

  test("the stronger, the darker; what is too weak is drawn and not outlined", () => {
    const cells = rowsOf(bondCoverageChart(coverage)).filter((row) => "edge" in row && row.kind === "legal");
    expect(cells.map(({ customer, strength }) => [customer, strength])).toEqual([
      ["ani", "0.8"],
      ["budi", "0.2"],
      ["citra", "none"],
      ["dian", "none"],
    ]);
    const lightness = cells.map(({ fill }) => Number.parseInt(String(fill).slice(1, 3), 16));
    expect(lightness[0]).toBeLessThan(lightness[1]);
    expect(lightness[1]).toBeLessThan(lightness[2]);
    expect(cells[0].edge).not.toBe(cells[1].edge);
    expect(cells[1].edge).toBe(cells[2].edge);
  });
});

describe("what commitment says", () => {
  test("where the last group is highest and lowest", () => {
    const spec = commitmentChart([
      { name: "before", profile: all },
      { name: "after", profile: few },
    ]);
    expect(answerOf(spec)).toContain("after: highest in affective (95), lowest in calculative (40), of 100.");
  });

  test("what is printed says how many have a score, of how many, where dimensions differ", () => {
    const noted = (people: readonly object[], name = "w1") =>
      answerOf(commitmentChart([{ name, profile: commitmentProfile(people as never) }]));
    const people = (answered: (i: number) => object) =>
      Array.from({ length: 100 }, (_, i) => ({ respondentId: `r${i}`, ...answered(i) }));
    // 30 of 100 said something of the one, 80 of the other.
    const some = people((i) => ({ affective: i < 30 ? 60 : null, calculative: i < 80 ? 40 : null }));
    expect(noted(some)).toContain("n = 30 to 80 of 100 (w1).");
    const alike = people((i) =>
      i < 30 ? { affective: 60, calculative: 40 } : { affective: null, calculative: null },
    );
    expect(noted(alike)).toContain("n = 30 of 100 (w1).");
    expect(noted(people((i) => ({ affective: 60, calculative: i < 80 ? 40 : null })))).toContain(
      "n = 80 to 100 of 100 (w1).",
    );
    expect(noted(people(() => ({ affective: 60, calculative: 40 })))).toContain("n = 100 (w1).");
    expect(noted([{ respondentId: "a", affective: null }], "w")).toContain("n = 0 of 1 (w).");
  });

  test("an interval that leaves the scale is drawn to its ends, and no further", () => {
    // t.test(c(90, 100)) of R 4.2: 31.5 to 158.5.
    const lines = rowsOf(commitmentChart([{ name: "Few", profile: few }])).filter((row) => row.y === row.y2);
    const scale = rowsOf(commitmentChart([{ name: "Few", profile: few }])).filter(
      (row) => row.x === row.x2 && row.y !== row.y2,
    );
    expect(lines).toHaveLength(1);
    const right = Math.max(...scale.map(({ x }) => Number(x)));
    expect(lines[0].x2).toBe(right);
    // Places are rounded to hundredths of a pixel.
    expect(Number(lines[0].x) / right).toBeCloseTo(0.3147, 3);
  });

  test("dots lie as far along as their means", () => {
    const dots = rowsOf(commitmentChart([{ name: "Few", profile: few }])).filter((row) => "mean" in row);
    expect(dots.map(({ dimension, mean, n }) => [dimension, mean, n])).toEqual([
      ["affective", "95", "2"],
      ["calculative", "40", "1"],
    ]);
    // Places are rounded to hundredths of a pixel.
    expect(Number(dots[0].x) / Number(dots[1].x)).toBeCloseTo(95 / 40, 3);
  });
});
