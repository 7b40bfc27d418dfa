import { expect, test } from "vitest";
import { ClienteleError } from "../../../src/core/errors.js";
import { economicValue } from "../../../src/value/worth/economic-value.js";
import { customerValueInMoney, type MoneyValueItem } from "../../../src/value/worth/value-in-money.js";

test("hours by the value of an hour, risks by their expected loss, rounded item by item", () => {
  const value = customerValueInMoney({
    currency: "IDR",
    valueOfTime: 3_000_000,
    benefits: [
      { id: "product", amount: 20_000_000, source: "survey" },
      { id: "service", hours: 1.5 },
    ],
    sacrifices: [
      { id: "monetary", amount: 15_000_000 },
      { id: "time", hours: 2 / 3 },
      { id: "insecurity", amount: 5_000_001, probability: 0.5 },
    ],
  });
  // 4,500,000 for 1.5 hours; 2,000,000 for 40 minutes; 2,500,000.5 is rounded up.
  expect(value.contributions.map(({ contribution }) => contribution)).toEqual([
    20_000_000, 4_500_000, 15_000_000, 2_000_000, 2_500_001,
  ]);
  expect(value).toMatchObject({
    benefit: 24_500_000,
    sacrifice: 19_500_001,
    net: 4_999_999,
    unit: "money",
    currency: "IDR",
  });
  expect(value.contributions[0]).toMatchObject({ score: null, source: "survey" });
});

test("hours and probabilities count by their decimals, halves upwards", () => {
  const worth = (item: Omit<MoneyValueItem, "id">, valueOfTime?: number) =>
    customerValueInMoney({
      currency: "USD",
      valueOfTime,
      benefits: [{ id: "a", ...item }],
      sacrifices: [],
    }).benefit;
  // 100.5, 0.5 and 2.5: in doubles 1.005 * 100 is 100.49999999999999.
  expect(worth({ hours: 1.005 }, 100)).toBe(101);
  expect(worth({ amount: 5, probability: 0.1 })).toBe(1);
  expect(worth({ hours: 0.5, probability: 0.05 }, 100)).toBe(3);
  expect(worth({ hours: 0.5, probability: 0.049 }, 100)).toBe(2);
  expect(worth({ hours: 1e-9 }, 100)).toBe(0);
  // The largest amount stays what it is.
  expect(worth({ amount: Number.MAX_SAFE_INTEGER, probability: 1 })).toBe(Number.MAX_SAFE_INTEGER);
  expect(() => worth({ hours: 1e300 }, 100)).toThrow(expect.objectContaining({ path: "benefits[0]" }));
});

function errorOf(run: () => unknown): ClienteleError {
  try {
    run();
  } catch (error) {
    if (error instanceof ClienteleError) return error;
  }
  throw new Error("nothing was thrown");
}

test.each<[string, MoneyValueItem, number | undefined, string, string]>([
  ["both amount and hours", { id: "a", amount: 1, hours: 1 }, 5, "amount", "1 stands beside hours"],
  ["neither", { id: "a" }, 5, "amount", "is missing, and so is hours"],
  ["hours without a price", { id: "a", hours: 1 }, undefined, "hours", "pass valueOfTime"],
  ["half a minor unit", { id: "a", amount: 0.5 }, 5, "amount", "0.5 is not a whole number"],
  ["a negative amount", { id: "a", amount: -1 }, 5, "amount", "-1 is not a whole number"],
  ["negative hours", { id: "a", hours: -1 }, 5, "hours", "-1 is not a finite number"],
  [
    "a probability above 1",
    { id: "a", amount: 1, probability: 1.1 },
    5,
    "probability",
    "1.1 is not a number",
  ],
])("refuses %s", (_, item, valueOfTime, field, words) => {
  const error = errorOf(() =>
    customerValueInMoney({ currency: "USD", valueOfTime, benefits: [], sacrifices: [item] }),
  );
  expect(error).toMatchObject({ code: "INVALID_ROWS", path: `sacrifices[0].${field}` });
  expect(error.message).toContain(words);
});

test("refuses sums that are no longer exact, and a currency that is none", () => {
  const big = { id: "a", amount: Number.MAX_SAFE_INTEGER };
  const over = { currency: "USD", benefits: [big, { id: "b", amount: 1 }], sacrifices: [] };
  expect(errorOf(() => customerValueInMoney(over)).code).toBe("UNSAFE_INTEGER");
  expect(errorOf(() => customerValueInMoney({ ...over, currency: "usd" })).path).toBe("currency");
  expect(errorOf(() => customerValueInMoney({ ...over, valueOfTime: -1 })).path).toBe("valueOfTime");
});

test("economic value is the reference price and what sets us apart", () => {
  const value = economicValue({
    currency: "USD",
    referencePrice: 30_000,
    differentiation: [
      { id: "uptime", amount: 12_000, note: "40 hours a year" },
      { id: "training", amount: -4_000 },
    ],
    price: 34_000,
  });
  expect(value).toMatchObject({
    positiveDifferentiation: 12_000,
    negativeDifferentiation: -4_000,
    differentiationValue: 8_000,
    economicValue: 38_000,
    incentive: 4_000,
    captured: { value: 0.5, numerator: 4_000, denominator: 8_000 },
  });
  expect(value.differences[0]).toEqual({
    id: "uptime",
    amount: 12_000,
    from: "differentiation",
    note: "40 hours a year",
  });
});

test("life-cycle costs: alternative's whole cost less our own cost beside the price, plus incremental value", () => {
  // Forbis & Mehta's (1981) form: 300 + 200 + 500 against 100 + 300, and 100 of incremental value: 600 + 100.
  const value = economicValue({
    currency: "USD",
    referencePrice: 300,
    lifeCycleCosts: [
      { id: "startUp", reference: 200, ours: 100 },
      { id: "postPurchase", reference: 500, ours: 300 },
    ],
    differentiation: [{ id: "features", amount: 100 }],
  });
  expect(value.economicValue).toBe(300 + 200 + 500 - (100 + 300) + 100);
  expect(value).toMatchObject({ price: null, incentive: null, captured: null });
});

test("no differentiation value to share: no share, and why", () => {
  const { captured, economicValue: worth } = economicValue({
    currency: "USD",
    referencePrice: 100,
    price: 90,
  });
  expect(worth).toBe(100);
  expect(captured).toMatchObject({ value: null, reason: "differentiation value: 0" });
});

test("refuses what would count twice or is no whole amount", () => {
  const base = { currency: "USD", referencePrice: 100 };
  const cost = { id: "a", reference: 5, ours: 3 };
  const cases: [() => unknown, string, string][] = [
    [
      () => economicValue({ ...base, lifeCycleCosts: [cost], differentiation: [{ id: "a", amount: 2 }] }),
      "INVALID_ARGUMENT",
      "differentiation",
    ],
    [
      () => economicValue({ ...base, differentiation: [{ id: "a", amount: 0.5 }] }),
      "INVALID_ROWS",
      "differentiation[0].amount",
    ],
    [
      () => economicValue({ ...base, lifeCycleCosts: [{ ...cost, ours: -1 }] }),
      "INVALID_ROWS",
      "lifeCycleCosts[0].ours",
    ],
    [() => economicValue({ ...base, lifeCycleCosts: [cost, cost] }), "INVALID_ROWS", "lifeCycleCosts[1].id"],
    [() => economicValue({ ...base, referencePrice: -1 }), "INVALID_ARGUMENT", "referencePrice"],
    [() => economicValue({ ...base, price: 1.5 }), "INVALID_ARGUMENT", "price"],
    [
      () => economicValue({ ...base, differentiation: [{ id: "a", amount: Number.MAX_SAFE_INTEGER }] }),
      "UNSAFE_INTEGER",
      "input",
    ],
  ];
  for (const [run, code, path] of cases) expect(errorOf(run)).toMatchObject({ code, path });
});
