import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { column } from "../../src/core/table.js";
import { scaleScore } from "../../src/statistics/scales/scale-score.js";
import { derivedImportance } from "../../src/value/satisfaction/derived-importance.js";
import { penaltyReward } from "../../src/value/satisfaction/penalty-reward.js";
import { satisfactionTrend } from "../../src/value/satisfaction/satisfaction-trend.js";
import { surveyResponse } from "../../src/value/satisfaction/survey-response.js";

// Values of base R: see r-survey.R, which makes them. They have 15 digits; R works from covariance matrices and QR
// factors, the library from sums over the answers and Cholesky factors of small well-conditioned systems: 1e-11 relative.

interface Reliability {
  readonly completeN: [number];
  readonly alpha: [number];
  readonly feldt: [number, number];
  readonly standardized: [number];
  readonly itemTotal: number[];
  readonly ifDropped: number[];
}
interface Scoring {
  readonly scores: (number | null)[];
  readonly mean: [number];
  readonly sd: [number];
  readonly interval: [number, number];
  readonly reliability: Reliability;
}
interface Tested {
  readonly difference: [number];
  readonly interval: [number, number];
  readonly p: [number];
}
const r = JSON.parse(readFileSync(new URL("r-survey.json", import.meta.url), "utf8")) as {
  attitude: { values: number[][]; reliability: Reliability; mean: [number]; sd: [number] };
  scale: { raw: (number | null)[][]; equal: Scoring; weighted: Scoring; weights: number[] };
  drivers: {
    ratings: number[][];
    overall: number[];
    correlations: { estimate: [number]; interval: [number, number]; p: [number] }[];
    betas: number[];
    betaIntervals: [number, number][];
    betaP: number[];
    rSquared: [number];
    vif: number[];
    effects: number[];
    errors: number[];
    effectIntervals: [number, number][];
    effectP: number[];
    asymmetry: { effect: [number]; error: [number]; p: [number] }[];
    contrastRSquared: [number];
  };
  waves: { before: number[]; after: number[]; welch: Tested; paired: Tested; mcnemar: { p: [number] } };
  response: { statistic: [number]; p: [number] };
};

const near = (expected: number) =>
  expect.closeTo(expected, 11 - Math.ceil(Math.log10(Math.abs(expected) || 1)));
/** Relative, for p-values that are far below 1. */
function expectClose(actual: number | null | undefined, expected: number): void {
  expect(Math.abs((actual ?? Number.NaN) / expected - 1)).toBeLessThan(1e-9);
}
const limits = ([lower, upper]: readonly [number, number]) => ({
  lower: near(lower),
  upper: near(upper),
  confidenceLevel: 0.95,
});
const ids = (count: number, letter: string) => Array.from({ length: count }, (_, i) => `${letter}${i}`);

function expectReliability(
  dimension: ReturnType<typeof scaleScore>["dimensions"][number],
  wanted: Reliability,
) {
  expect(dimension).toMatchObject({
    completeN: wanted.completeN[0],
    alpha: near(wanted.alpha[0]),
    alphaInterval: limits(wanted.feldt),
    standardizedAlpha: near(wanted.standardized[0]),
    alphaReason: null,
    warning: null,
  });
  expect(dimension.items.map(({ itemTotal }) => itemTotal)).toEqual(wanted.itemTotal.map(near));
  expect(dimension.items.map(({ alphaIfDropped }) => alphaIfDropped)).toEqual(wanted.ifDropped.map(near));
}

describe("scaleScore", () => {
  test("the attitude data of Chatterjee & Price: as psych::alpha prints them, and to 11 digits", () => {
    const { values, reliability, mean, sd } = r.attitude;
    const itemIds = ids(7, "q");
    const { dimensions } = scaleScore(
      { respondentIds: ids(values.length, "r"), itemIds, values: values.flat() },
      { id: "attitude", min: 0, max: 100, items: itemIds.map((id) => ({ id })) },
    );
    const [whole] = dimensions;
    // psych's help page prints raw_alpha 0.84, std.alpha 0.84, mean 60, sd 8.2.
    const printed = [
      whole?.alpha?.toFixed(2),
      whole?.standardizedAlpha?.toFixed(2),
      whole?.mean?.toFixed(0),
      whole?.sd?.toFixed(1),
    ];
    expect(printed).toEqual(["0.84", "0.84", "60", "8.2"]);
    expect(whole).toMatchObject({ n: 30, mean: near(mean[0]), sd: near(sd[0]) });
    if (whole !== undefined) expectReliability(whole, reliability);
  });

  test.each([
    ["equal", [1, 1, 1, 1, 1], r.scale.equal],
    ["weighted", r.scale.weights, r.scale.weighted],
  ] as const)("an item reversed, answers missing, weights %s", (_, weights, wanted) => {
    const itemIds = ids(5, "q");
    const items = itemIds.map((id, i) => ({ id, reverse: i === 2, weight: weights[i] }));
    const respondentIds = ids(r.scale.raw.length, "r");
    const matrix = { respondentIds, itemIds, values: r.scale.raw.flat() };
    const { respondents, dimensions } = scaleScore(matrix, { id: "s", min: 1, max: 7, items });
    expect(column(respondents, "score")).toEqual(
      wanted.scores.map((score) => (score === null ? null : near(score))),
    );
    const [whole] = dimensions;
    expect(whole).toMatchObject({
      mean: near(wanted.mean[0]),
      sd: near(wanted.sd[0]),
      interval: limits(wanted.interval),
    });
    if (whole !== undefined) expectReliability(whole, wanted.reliability);
  });
});

describe("drivers", () => {
  const { drivers } = r;
  const data = { itemIds: ids(3, "a"), values: drivers.ratings.flat(), overall: drivers.overall };

  test("correlations as cor.test", () => {
    const { attributes, n } = derivedImportance(data);
    expect(n).toBe(120);
    for (const [i, { estimate, interval, p }] of drivers.correlations.entries()) {
      expect(attributes[i]).toMatchObject({ importance: near(estimate[0]), interval: limits(interval) });
      expectClose(attributes[i]?.pValue, p[0]);
    }
  });

  test("standardized coefficients as lm of scaled columns, variance inflation from the inverse correlations", () => {
    const { attributes, rSquared } = derivedImportance(data, { method: "regression" });
    expect(rSquared).toEqual(near(drivers.rSquared[0]));
    for (const [i, beta] of drivers.betas.entries()) {
      expect(attributes[i]).toMatchObject({
        importance: near(beta),
        interval: limits(drivers.betaIntervals[i] ?? [0, 0]),
        varianceInflation: near(drivers.vif[i] ?? 0),
      });
      expectClose(attributes[i]?.pValue, drivers.betaP[i] ?? 0);
    }
  });

  test("penalties and rewards as lm of dummies, asymmetry from vcov", () => {
    const { attributes, rSquared } = penaltyReward(data, { lowUpTo: 2, highFrom: 5 });
    expect(rSquared).toEqual(near(drivers.contrastRSquared[0]));
    for (const [i, { id, penalty, reward, asymmetry, reason }] of attributes.entries()) {
      expect([id, reason]).toEqual([`a${i}`, null]);
      for (const [k, effect] of [penalty, reward].entries()) {
        const place = 2 * i + k;
        expect(effect).toMatchObject({
          effect: near(drivers.effects[place] ?? 0),
          standardError: near(drivers.errors[place] ?? 0),
          interval: limits(drivers.effectIntervals[place] ?? [0, 0]),
        });
        expectClose(effect.pValue, drivers.effectP[place] ?? 0);
      }
      const wanted = drivers.asymmetry[i];
      expect(asymmetry).toMatchObject({
        effect: near(wanted?.effect[0] ?? 0),
        standardError: near(wanted?.error[0] ?? 0),
      });
      expectClose(asymmetry.pValue, wanted?.p[0] ?? 0);
    }
    // The data were made so: the first hurts when low, the second delights when high, the third is a straight line.
    expect(attributes.map(({ kind }) => kind)).toEqual(["basic", "excitement", "performance"]);
  });
});

describe("waves", () => {
  const respondentIds = ids(30, "r");
  const waves = [
    { waveId: "before", respondentIds, ratings: r.waves.before },
    { waveId: "after", respondentIds, ratings: r.waves.after },
  ];
  test.each([
    ["independent", "welch", r.waves.welch],
    ["paired", "pairedT", r.waves.paired],
  ] as const)("means of %s respondents as t.test", (design, name, wanted) => {
    const { overall } = satisfactionTrend(waves, { measure: "mean", design, min: 1, max: 5 });
    expect(overall).toMatchObject({
      test: name,
      difference: near(wanted.difference[0]),
      interval: limits(wanted.interval),
      pValue: near(wanted.p[0]),
    });
  });

  test("paired shares as binom.test of those who changed sides", () => {
    const { overall } = satisfactionTrend(waves, {
      measure: "topBox",
      design: "paired",
      min: 1,
      max: 5,
      from: 4,
    });
    expect(overall).toMatchObject({ test: "mcnemar", pValue: near(r.waves.mcnemar.p[0]), inBoth: 30 });
  });
});

test("response rates as chisq.test", () => {
  const counts = [
    [60, 100],
    [60, 300],
    [33, 100],
  ] as const;
  const groups = counts.map(([responded, invited], i) => ({ group: `${i}`, invited, responded }));
  const { chiSquare, pValue, degreesOfFreedom } = surveyResponse(groups).test;
  expect(degreesOfFreedom).toBe(2);
  expect(chiSquare).toEqual(near(r.response.statistic[0]));
  expectClose(pValue, r.response.p[0]);
});
