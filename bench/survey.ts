/**
 * A survey of the stated size, 100,000 respondents x 40 items: scores and reliability from a matrix, from columns and from rows,
 * then what is drawn from ratings: shares, scores, gaps, drivers, trends of every item; value from the same answers, asked and
 * reported; and the check of the answers themselves, in the orders in which they are stored, beside parsing them, of which only
 * 40,000 are parsed and the time is stated for as many.
 * The alpha of a dimension is held against one computed by hand from its covariance matrix, and the net value against the
 * weighted sum of the answers; the script ends with an error when they differ.
 *
 * Options: --respondents N (100000), --items N (40), --dimensions N (5), --passes N (5), --json FILE.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import {
  acsi,
  ces,
  checkSurveyAnswers,
  csat,
  customerValue,
  derivedImportance,
  disconfirmation,
  itemRatings,
  nps,
  parseRecords,
  penaltyReward,
  satisfactionTrend,
  scaleScore,
  seededRandom,
  selfReportedValue,
  servqualGaps,
  surveyAnswerSchema,
  surveyedValue,
  worthItRatio,
} from "clientele";
import { machine, median, printTable } from "./report.js";

const { values: options } = parseArgs({
  options: {
    respondents: { type: "string", default: "100000" },
    items: { type: "string", default: "40" },
    dimensions: { type: "string", default: "5" },
    passes: { type: "string", default: "5" },
    json: { type: "string" },
  },
});
const [respondents, items, dimensions, passes] = [
  options.respondents,
  options.items,
  options.dimensions,
  options.passes,
].map(Number);
const facts = machine();
console.log(
  `${respondents} respondents x ${items} items, ${passes} passes. ` +
    `${facts.processor}, ${facts.cores} cores, node ${facts.node}, load ${facts.load[0]}.`,
);

const draw = seededRandom(1);
const itemIds = Array.from({ length: items }, (_, i) => `item-${i}`);
const respondentIds = Array.from({ length: respondents }, (_, i) => `respondent-${i}`);
const scale = {
  id: "survey",
  min: 1,
  max: 7,
  step: 1,
  items: itemIds.map((id, i) => ({ id, dimension: `dimension-${i % dimensions}`, reverse: i % 7 === 3 })),
};
/** Answers of 1 to 7 about what a respondent thinks of a dimension; 3 % are missing. */
function answers(): Float64Array {
  const values = new Float64Array(respondents * items);
  const traits = new Float64Array(dimensions);
  for (let r = 0; r < respondents; r++) {
    for (let d = 0; d < dimensions; d++) traits[d] = 2 + 4 * draw();
    for (let i = 0; i < items; i++) {
      const answer = Math.min(7, Math.max(1, Math.round((traits[i % dimensions] ?? 4) + 4 * (draw() - 0.5))));
      values[r * items + i] = draw() < 0.03 ? Number.NaN : i % 7 === 3 ? 8 - answer : answer;
    }
  }
  return values;
}
const matrix = { respondentIds, itemIds, values: answers() };
const later = { respondentIds, itemIds, values: answers() };
const columnsOf = () => ({
  respondentId: respondentIds.flatMap((id) => new Array<string>(items).fill(id)),
  itemId: respondentIds.flatMap(() => itemIds),
  value: matrix.values,
});
const rowsOf = () =>
  respondentIds.flatMap((respondentId, r) =>
    itemIds.map((itemId, i) => {
      const value = matrix.values[r * items + i] ?? Number.NaN;
      return { respondentId, itemId, value: Number.isNaN(value) ? null : value };
    }),
  );
const overall = Float64Array.from(respondentIds, (_, r) => 1 + Math.floor(10 * draw() ** (1 + (r % 2))));
const recommend = Float64Array.from(respondentIds, () => Math.floor(11 * Math.sqrt(draw())));
const drivers = { itemIds, values: matrix.values.map((value) => (Number.isNaN(value) ? 4 : value)), overall };
const pairs = respondentIds.map((_, r) => ({
  performance: Math.ceil(7 * draw()),
  expectation: 1 + (r % 7),
}));
const waves = [1, 2].map((wave) => ({
  waveId: `${wave}`,
  respondentIds,
  ratings: recommend.map((value) => (wave === 1 ? value : Math.min(10, value + (draw() < 0.1 ? 1 : 0)))),
}));

// Half of the items are got, half are given, with weights 1, 2, 3.
const valueItems = itemIds.map((id, i) => ({
  id,
  weight: 1 + (i % 3),
  side: i % 2 === 0 ? ("benefit" as const) : ("sacrifice" as const),
  scale: { min: 1, max: 7 },
}));
const reportsOf = () =>
  respondentIds.map((respondentId, r) => {
    const ofSide = (side: "benefit" | "sacrifice") =>
      valueItems.flatMap((item, i) => {
        const score = matrix.values[r * items + i] ?? Number.NaN;
        return item.side === side && !Number.isNaN(score)
          ? [{ id: item.id, weight: item.weight, score }]
          : [];
      });
    return {
      respondentId,
      benefits: ofSide("benefit"),
      sacrifices: ofSide("sacrifice"),
      overall: overall[r] ?? null,
    };
  });

// Stored answers: who, in which wave, to what, when.
const spring = { id: "spring", startsAt: Date.UTC(2024, 2, 1), endsAt: Date.UTC(2024, 3, 1) };
const stored = (r: number, i: number) => {
  const value = matrix.values[r * items + i] ?? Number.NaN;
  const [respondentId = "", itemId = ""] = [respondentIds[r], itemIds[i]];
  return {
    respondentId,
    waveId: spring.id,
    itemId,
    value: value > 0 ? value : null,
    at: spring.startsAt + r,
  };
};
const storedOf = (count = respondents) =>
  Array.from({ length: count * items }, (_, row) => stored(Math.floor(row / items), row % items));
const storedByItem = () =>
  Array.from({ length: respondents * items }, (_, row) =>
    stored(row % respondents, Math.floor(row / respondents)),
  );
const storedColumns = () => ({
  ...columnsOf(),
  waveId: new Array<string>(respondents * items).fill(spring.id),
  at: Float64Array.from({ length: respondents * items }, (_, row) => spring.startsAt + row),
});
/** The ratings of every item in two waves, of the same respondents in two orders. */
const trendsOf = () => {
  const backwards = [...respondentIds].reverse();
  const column = (answers: Float64Array, i: number) =>
    Float64Array.from(respondentIds, (_, r) => answers[r * items + i] ?? Number.NaN);
  return itemIds.map((_, i) => [
    { waveId: "1", respondentIds, ratings: column(matrix.values, i) },
    { waveId: "2", respondentIds: backwards, ratings: column(later.values, i).reverse() },
  ]);
};
type TrendOptions = Parameters<typeof satisfactionTrend>[1];
const trendOfEach = (options: TrendOptions) => (pairs: ReturnType<typeof trendsOf>) => {
  for (const pair of pairs) satisfactionTrend(pair, options);
};
const ofSeven = { min: 1, max: 7 } as const;
const part = (id: string, score: number) => ({ id, score, weight: 3 });
const ownValues = respondentIds.map((_, r) => {
  return { benefits: [part("product", r % 10), part("service", r % 7)], sacrifices: [part("cost", r % 9)] };
});

/** Millions of rows live only as long as they are measured: the collector of garbage walks through all that live. */
const given =
  <Input>(make: () => Input, run: (input: Input) => unknown) =>
  () => {
    const input = make();
    return () => run(input);
  };

const work: Record<string, () => () => unknown> = {
  "scaleScore, matrix": () => () => scaleScore(matrix, scale),
  "scaleScore, columns": given(columnsOf, (input) => scaleScore(input, scale)),
  "scaleScore, rows": given(rowsOf, (input) => scaleScore(input, scale)),
  "servqualGaps, two matrices": () => () => servqualGaps({ expectations: matrix, perceptions: later }, scale),
  "derivedImportance, correlation": () => () => derivedImportance(drivers),
  "derivedImportance, regression": () => () => derivedImportance(drivers, { method: "regression" }),
  penaltyReward: () => () => penaltyReward(drivers, { lowUpTo: 2, highFrom: 6 }),
  "satisfactionTrend, paired": () => () => satisfactionTrend(waves, { measure: "nps", design: "paired" }),
  "satisfactionTrend, means of every item, paired": given(
    trendsOf,
    trendOfEach({ measure: "mean", design: "paired", ...ofSeven }),
  ),
  "satisfactionTrend, top boxes of every item, paired": given(
    trendsOf,
    trendOfEach({ measure: "topBox", design: "paired", from: 6, ...ofSeven }),
  ),
  "checkSurveyAnswers, rows": given(storedOf, (input) => checkSurveyAnswers(input, [spring])),
  "checkSurveyAnswers, rows by item": given(storedByItem, (input) => checkSurveyAnswers(input, [spring])),
  "checkSurveyAnswers, columns": given(storedColumns, (input) => checkSurveyAnswers(input, [spring])),
  "parseRecords, 40,000 rows of them": given(
    () => storedOf(Math.ceil(40_000 / items)),
    (input) => parseRecords(surveyAnswerSchema, input),
  ),
  "itemRatings, rows, every item": given(rowsOf, (input) => itemRatings(input, itemIds)),
  "acsi, three items": given(
    () => Object.entries(itemRatings(matrix, itemIds.slice(0, 3)).ratings),
    (lists) =>
      acsi(
        lists.map(([id, ratings]) => ({ id, weight: 1, ratings })),
        ofSeven,
      ),
  ),
  "customerValue, three items, one by one": () => () => {
    for (const own of ownValues) customerValue(own);
  },
  "disconfirmation, one item": () => () => disconfirmation(pairs, { tolerance: 1 }),
  "nps, one item": () => () => nps(recommend),
  "csat, one item": () => () => csat(overall, { max: 10 }),
  "ces, one item": () => () => ces(overall, { max: 10, highMeans: "ease" }),
  "surveyedValue, matrix": () => () => surveyedValue(matrix, valueItems),
  "surveyedValue, columns": given(columnsOf, (input) => surveyedValue(input, valueItems)),
  "surveyedValue, rows": given(rowsOf, (input) => surveyedValue(input, valueItems)),
  "selfReportedValue, reports": given(reportsOf, (input) => selfReportedValue(input)),
  "worthItRatio, two suppliers": () => () => worthItRatio(overall, [overall]),
};

holdAlpha();
holdNet();
const measured = Object.entries(work).map(([name, prepared]) => {
  const run = prepared();
  run();
  const taken = Array.from({ length: passes }, () => {
    const [start, used] = [performance.now(), process.cpuUsage()];
    run();
    const { user, system } = process.cpuUsage(used);
    return { seconds: (performance.now() - start) / 1000, cpuSeconds: (user + system) / 1e6 };
  });
  const seconds = taken.map((pass) => pass.seconds);
  // Of all threads: what a busy machine changes less than the time on the wall.
  const cpuSeconds = median(taken.map((pass) => pass.cpuSeconds));
  return { name, median: median(seconds), slowest: Math.max(...seconds), cpuSeconds };
});
printTable(
  "Seconds: on the wall, median and slowest of the passes, and of the processor, median",
  measured.map(({ name, median: middle, slowest, cpuSeconds }) => ({
    what: name,
    median: middle.toFixed(3),
    slowest: slowest.toFixed(3),
    processor: cpuSeconds.toFixed(3),
  })),
);
if (options.json !== undefined)
  writeFileSync(options.json, JSON.stringify({ machine: facts, options, measured }, null, 2));

/** Weight times answer, benefits less sacrifices, over those who answered all. */
function holdNet(): void {
  let [sum, n] = [0, 0];
  for (let r = 0; r < respondents; r++) {
    const answers = matrix.values.subarray(r * items, (r + 1) * items);
    if (answers.some(Number.isNaN)) continue;
    n++;
    answers.forEach((answer, i) => {
      sum += (i % 2 === 0 ? 1 : -1) * (1 + (i % 3)) * answer;
    });
  }
  const { net } = surveyedValue(matrix, valueItems);
  if (net.n !== n || !(Math.abs((net.mean ?? Number.NaN) - sum / n) < 1e-9))
    throw new Error(`net value is ${net.mean} of ${net.n}, by hand it is ${sum / n} of ${n}`);
  console.log(`net value: ${sum / n}, n = ${n}`);
}

/** k/(k-1) (1 - trace / sum) of the covariance matrix of the first dimension, by respondents who answered all of it. */
function holdAlpha(): void {
  const places = itemIds.flatMap((_, i) => (i % dimensions === 0 ? [i] : []));
  const complete = respondentIds
    .map((_, r) =>
      places.map((i) => (i % 7 === 3 ? 8 : 0) + (i % 7 === 3 ? -1 : 1) * (matrix.values[r * items + i] ?? 0)),
    )
    .filter((row) => row.every((value) => !Number.isNaN(value)));
  const means = places.map((_, j) => complete.reduce((sum, row) => sum + (row[j] ?? 0), 0) / complete.length);
  const covariance = (a: number, b: number) =>
    complete.reduce(
      (sum, row) => sum + ((row[a] ?? 0) - (means[a] ?? 0)) * ((row[b] ?? 0) - (means[b] ?? 0)),
      0,
    );
  let [trace, total] = [0, 0];
  for (let a = 0; a < places.length; a++)
    for (let b = 0; b < places.length; b++) {
      total += covariance(a, b);
      if (a === b) trace += covariance(a, a);
    }
  const expected = (places.length / (places.length - 1)) * (1 - trace / total);
  const [first] = scaleScore(matrix, scale).dimensions;
  if (!(Math.abs((first?.alpha ?? Number.NaN) - expected) < 1e-10))
    throw new Error(`alpha is ${first?.alpha}, by hand it is ${expected}`);
  console.log(`alpha of ${first?.dimension}: ${expected}, n = ${first?.completeN}`);
}
