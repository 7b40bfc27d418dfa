import { describe, expect, test } from "vitest";
import type { TransactionModel } from "../../src/lifetime/models/lifetime-model.js";
import { discountedTransactions } from "../../src/lifetime/predictions/discounted-transactions.js";
import { expectedTransactions } from "../../src/lifetime/predictions/expected-transactions.js";
import { newCustomerTransactions } from "../../src/lifetime/predictions/new-customer-transactions.js";
import { predictLifetimeValue } from "../../src/lifetime/predictions/predict-lifetime-value.js";
import { probabilityAlive } from "../../src/lifetime/predictions/probability-alive.js";
import { transactionProbabilities } from "../../src/lifetime/predictions/transaction-probabilities.js";
import { relativeError } from "../statistics/relative-error.js";

// All models through the functions that users call, many customers at once and one by one. Parameters as published: Fader,
// Hardie & Lee (2005, BG/NBD; 2005, Gamma-Gamma), Batislam, Denizel & Filiztekin (2007, MBG/NBD), Fader & Hardie (2005,
// Pareto/NBD). Values: an independent program with 40-digit arithmetic; Python's lifetimes agrees to 6.5e-14. Weeks.

const bgNbd: TransactionModel = {
  model: "bgNbd",
  parameters: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 },
  unit: "week",
};
const mbgNbd: TransactionModel = {
  model: "mbgNbd",
  parameters: { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 },
  unit: "week",
};
const paretoNbd: TransactionModel = {
  model: "paretoNbd",
  parameters: { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 },
  unit: "week",
};
const gammaGamma = { model: "gammaGamma", parameters: { p: 6.25, q: 3.74, v: 15.44 } } as const;

// Customers of the CDNOW sample: x, tx, T, mean spend; P(alive) and purchases expected in 39 weeks by BG/NBD, MBG/NBD and
// Pareto/NBD; of the last also DERT at .0027 a week; expected spend.
// biome-ignore format: a line for each customer
const CUSTOMERS: readonly (readonly number[])[] = [
  [2, 30.43, 38.86, 22.35, 0.72657857008067291, 1.2260281747671444, 0.70620226511848728, 1.2629606232673657, 0.86916755915301119, 1.4551231932576024, 6.4837735677307385, 24.663713910761155],
  [1, 1.71, 38.86, 11.77, 0.21210098537737908, 0.20318698707975406, 0.17083648431040803, 0.18883654136434289, 0.1680023267243449, 0.17109298055378315, 0.76236029367068345, 18.916852057842047],
  [0, 0, 38.86, 0, 1, 0.19509805201126264, 0.3897350809187629, 0.15401274667514668, 0.29528660461689415, 0.10708146821530885, 0.47713622903219526, 35.218978102189781],
  [7, 29.43, 38.86, 73.74, 0.64175634594610725, 3.3370532748514165, 0.62272381416911191, 3.1675724322986937, 0.74950140766703427, 3.7122513804705443, 16.541140632623964, 71.46967089696709],
  [1, 5, 38.86, 11.77, 0.31478577122090809, 0.30155622481504297, 0.25953777957607116, 0.28688378156667893, 0.25530439669044875, 0.26000110254380534, 1.1585192814364942, 18.916852057842047],
  [2, 35.71, 38.86, 25.55, 0.78479061261420606, 1.3242551349277376, 0.77156451664037936, 1.3798534088015452, 0.95846111392341928, 1.6046146476803335, 7.1498812521377298, 27.288385826771654],
  [0, 0, 38.86, 0, 1, 0.19509805201126264, 0.3897350809187629, 0.15401274667514668, 0.29528660461689415, 0.10708146821530885, 0.47713622903219526, 35.218978102189781],
  [0, 0, 38.71, 0, 1, 0.19570962765912565, 0.39015168071906537, 0.15463111225988998, 0.29616938403271045, 0.10768056241733105, 0.47945891819569631, 35.218978102189781],
  [0, 0, 38.29, 0, 1, 0.19744283449898679, 0.39132646840353544, 0.15638555481916394, 0.29866716347542664, 0.10938441548233161, 0.48605544252567519, 35.218978102189781],
  [6, 37.43, 38.29, 50.87, 0.89186272377250771, 4.0614657299918887, 0.8826725845761743, 3.9536414980753281, 0.98890527369706185, 4.2917824808379934, 19.070762720166481, 49.804299204771372],
  [29, 37.71, 38, 26.26, 0.96912951815933952, 20.05294898649679, 0.96585636324178277, 18.952405115846896, 0.99612604497230845, 19.595770174100203, 86.951795233742602, 26.39341812055003],
  [8, 36.14, 37.71, 49.25, 0.89681333573467283, 5.402187881843754, 0.88776528903071838, 5.2000128732062551, 0.9776490478719817, 5.5945265317669539, 24.789179043704296, 48.521046643913538],
];
const column = (at: number) => CUSTOMERS.map((row) => row[at]);
const columns = { x: column(0), tx: column(1), T: column(2), meanSpend: column(3) };

// Continuous compounding of .0027 a week, as an effective rate per year.
const discountRate = Math.expm1((0.0027 * 365.25) / 7);

/** Fifteen figures, of which the last is off by a few units after some hundred roundings. */
const CLOSE = 2e-13;

function expectColumn(got: ArrayLike<number>, at: number) {
  expect(got.length).toBe(CUSTOMERS.length);
  for (const [i, want] of column(at).entries()) expect(relativeError(got[i], want)).toBeLessThan(CLOSE);
}

describe.each([
  { model: bgNbd, at: 4 },
  { model: mbgNbd, at: 6 },
  { model: paretoNbd, at: 8 },
])("$model.model", ({ model, at }) => {
  test("all customers at once", () => {
    expectColumn(probabilityAlive(model, columns), at);
    expectColumn(expectedTransactions(model, columns, { horizon: 39 }), at + 1);
  });

  test("one by one, to the last bit the same", () => {
    const [alive, expected] = [
      probabilityAlive(model, columns),
      expectedTransactions(model, columns, { horizon: 39 }),
    ];
    for (const [i, [x, tx, T]] of CUSTOMERS.entries()) {
      expect(probabilityAlive(model, { x, tx, T })).toBe(alive[i]);
      expect(expectedTransactions(model, { x, tx, T }, { horizon: 39 })).toBe(expected[i]);
    }
  });
});

test("DERT and value by Pareto/NBD with Gamma-Gamma", () => {
  expectColumn(discountedTransactions(paretoNbd, columns, { discountRate }), 10);
  const options = { marginShare: 1, discountRate, horizon: null };
  const { columns: values } = predictLifetimeValue(paretoNbd, gammaGamma, columns, options);
  expectColumn(values.spend, 11);
  const expected = CUSTOMERS.map((row) => row[10] * row[11]);
  for (const [i, want] of expected.entries())
    expect(relativeError(values.value[i], want)).toBeLessThan(CLOSE);
});

test.each([
  [0, 0, 38.86, 1.01570193112],
  [2, 30.43, 38.86, 5.15637982615],
  [7, 29.43, 38.86, 12.6706578178],
  [26, 30.86, 31, 70.9064865256],
])("DERT by BG/NBD: x %d, tx %d, T %d", (x, tx, T, expected) => {
  // The values have 12 digits.
  expect(relativeError(discountedTransactions(bgNbd, { x, tx, T }, { discountRate }), expected)).toBeLessThan(
    1e-11,
  );
});

test("new customers: expectations and counts", () => {
  const weeks = [1, 39, 520];
  const expected = {
    bgNbd: [0.0532678911716583, 1.19672319332082, 4.97461786184966],
    mbgNbd: [0.0530847952637018, 1.18295366559717, 4.41444532679905],
    paretoNbd: [0.050979843245991, 1.21300284428102, 5.42357448521289],
  };
  const none = {
    bgNbd: 0.57378635209600941,
    mbgNbd: 0.58247318949328897,
    paretoNbd: 0.59362503160238387,
  };
  for (const model of [bgNbd, mbgNbd, paretoNbd]) {
    const name = model.model as keyof typeof none;
    const got = newCustomerTransactions(model, { horizon: weeks });
    for (const [i, want] of expected[name].entries()) expect(relativeError(got[i], want)).toBeLessThan(1e-13);
    expect(relativeError(transactionProbabilities(model, { to: 39, upTo: 0 })[0], none[name])).toBeLessThan(
      CLOSE,
    );
  }
});

describe("bgBb", () => {
  // Fader, Hardie & Shang (2010), donations of 11,104 people in 6 years; at their parameters,
  // values with 13 digits from the same program. Of (x, tx) after 6 opportunities: P(alive at the 7th), gifts expected in 5, DERT at 10 %.
  const bgBb: TransactionModel = {
    model: "bgBb",
    parameters: { alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 },
    unit: "year",
  };

  test.each([
    [6, 6, 0.9304025423729, 3.7521156075999, 5.908678319555],
    [5, 5, 0.5219082862804, 1.8125817366916, 2.854379643399],
    [2, 4, 0.5895141164337, 1.0573489419097, 1.665069902594],
    [1, 1, 0.0694080932065, 0.0856353983379, 0.134855125604],
    [0, 0, 0.1080165841687, 0.072802877475, 0.114646996182],
  ])("%d gifts, the last in year %d", (x, tx, alive, expected, dert) => {
    const donor = { x, tx, T: 6 };
    expect(relativeError(probabilityAlive(bgBb, donor, { after: 1 }), alive)).toBeLessThan(1e-11);
    expect(relativeError(expectedTransactions(bgBb, donor, { horizon: 5 }), expected)).toBeLessThan(1e-11);
    expect(relativeError(discountedTransactions(bgBb, donor, { discountRate: 0.1 }), dert)).toBeLessThan(
      1e-11,
    );
  });
});
