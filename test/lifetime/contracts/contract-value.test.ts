import { describe, expect, test } from "vitest";
import { discountedContractLifetime } from "../../../src/lifetime/contracts/contract-lifetime.js";
import type { ContractModel } from "../../../src/lifetime/contracts/contract-model.js";
import { contractRetention } from "../../../src/lifetime/contracts/contract-survival.js";
import { contractBaseValue, contractLifetimeValue } from "../../../src/lifetime/contracts/contract-value.js";
import { relativeError } from "../../statistics/relative-error.js";
import { thrown } from "../thrown.js";

/** Customers who hardly differ: retention of 0.8 in each period, to 1e-9. */
const ALIKE: ContractModel = {
  model: "shiftedBetaGeometric",
  parameters: { alpha: 2e11, beta: 8e11 },
  period: "year",
};
const SIMPLE: ContractModel = {
  model: "shiftedBetaGeometric",
  parameters: { alpha: 0.668, beta: 3.806 },
  period: "year",
};
const TERMS = { margin: 100, discountRate: 0.1, timing: "begin" } as const;

describe("contractLifetimeValue", () => {
  test("the three textbooks' values of a constant retention of 0.8 at 10 %", () => {
    // Gupta & Lehmann (2003) and note 24 of Fader & Hardie: m r / (1 + i - r), m (1 + i) / (1 + i - r), m / (1 + i - r).
    const value = (options: object) => contractLifetimeValue(ALIKE, { ...TERMS, ...options }).value;
    expect(value({ timing: "end", survivorsAt: "end" })).toBeCloseTo(266.666666667, 6);
    expect(value({})).toBeCloseTo(366.666666667, 6);
    expect(value({ timing: "end", survivorsAt: "begin" })).toBeCloseTo(333.333333333, 6);
    // Truncated after five periods, the first margin after one renewal.
    expect(value({ timing: "end", survivorsAt: "end", horizon: 5 })).toBeCloseTo(212.409733563, 6);
  });

  test("is the margin times the discounted lifetime", () => {
    const { value, multiple, reason } = contractLifetimeValue(SIMPLE, {
      ...TERMS,
      tenure: 3,
      timing: "middle",
    });
    const { periods } = discountedContractLifetime(SIMPLE, {
      discountRate: 0.1,
      tenure: 3,
      timing: "middle",
    });
    expect(multiple).toBe(periods);
    expect(value).toBe(100 * (periods ?? Number.NaN));
    expect(reason).toBeNull();
    expect(contractLifetimeValue(SIMPLE, { ...TERMS, margin: -5 }).value).toBeLessThan(0);
  });

  test("survivors at the end: a period that only they pay for whom it ends with a renewal", () => {
    // What comes with the first renewal and after is what comes without the first period, one period later.
    const begin = contractLifetimeValue(SIMPLE, TERMS).multiple ?? Number.NaN;
    const end = contractLifetimeValue(SIMPLE, { ...TERMS, survivorsAt: "end" }).multiple ?? Number.NaN;
    expect(relativeError(end, (begin - 1) * 1.1)).toBeLessThan(1e-13);
    const kept = contractRetention(SIMPLE, 4);
    const beginLater = contractLifetimeValue(SIMPLE, { ...TERMS, tenure: 4 }).multiple ?? Number.NaN;
    const endLater =
      contractLifetimeValue(SIMPLE, { ...TERMS, tenure: 4, survivorsAt: "end" }).multiple ?? Number.NaN;
    expect(relativeError(endLater, (beginLater - kept) * 1.1)).toBeLessThan(1e-13);
  });

  test("null where it has no limit", () => {
    const value = contractLifetimeValue(SIMPLE, { ...TERMS, discountRate: 0 });
    expect([value.value, value.multiple]).toEqual([null, null]);
    expect(value.reason).toContain("alpha is 0.668");
  });

  test("refuses what it cannot reckon with", () => {
    // biome-ignore format: a line for each
    const calls: readonly [() => unknown, string, string][] = [
      [() => contractLifetimeValue(SIMPLE, { ...TERMS, margin: Number.NaN }), "options.margin", "NaN"],
      [() => contractLifetimeValue(SIMPLE, { ...TERMS, margin: 1e308 }), "options.margin", "leaves the range of numbers"],
      [() => contractLifetimeValue(SIMPLE, { ...TERMS, timing: undefined as never }), "options.timing", "undefined"],
      [() => contractLifetimeValue(SIMPLE, { ...TERMS, survivorsAt: "middle" as never }), "options.survivorsAt", '"middle"'],
      [() => contractLifetimeValue(SIMPLE, { ...TERMS, tenure: 1.5 }), "options.tenure", "1.5"],
      [() => contractLifetimeValue(SIMPLE, null as never), "options", "null"],
    ];
    for (const [call, path, message] of calls) {
      const error = thrown(call);
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", path]);
      expect(error.message).toContain(message);
    }
  });
});

describe("contractBaseValue", () => {
  const base = [
    { tenure: 0, customers: 20 },
    { tenure: 1, customers: 50 },
    { tenure: 5, customers: 100 },
  ];

  test("adds up what its customers are worth", () => {
    const value = contractBaseValue(SIMPLE, base, TERMS);
    const each = base.map(({ tenure }) => contractLifetimeValue(SIMPLE, { ...TERMS, tenure }));
    expect(value.byTenure.columns.multiple).toEqual(each.map(({ multiple }) => multiple));
    expect(value.customers).toBe(170);
    const sum = base.reduce((total, row, i) => total + row.customers * (each[i].value ?? 0), 0);
    expect(value.total).toBe(sum);
    expect(JSON.parse(JSON.stringify(value))).toEqual(value);
  });

  test("without limit, and without customers", () => {
    const endless = contractBaseValue(SIMPLE, base, { ...TERMS, discountRate: 0 });
    expect([endless.total, endless.byTenure.columns.value]).toEqual([null, [null, null, null]]);
    expect(endless.reason).toContain("no limit");
    expect(contractBaseValue(SIMPLE, [], TERMS)).toMatchObject({ total: 0, customers: 0, reason: null });
  });

  test("names each row that it cannot read", () => {
    const error = thrown(() =>
      contractBaseValue(SIMPLE, [{ tenure: 0.5, customers: -2 }, null as never], TERMS),
    );
    expect([error.code, error.path]).toEqual(["INVALID_ROWS", "base[0].tenure"]);
    expect(error.problems).toHaveLength(4);
    expect(thrown(() => contractBaseValue(SIMPLE, {} as never, TERMS)).path).toBe("base");
  });
});

test("a base beyond the range of numbers is refused, not summed to null", () => {
  const base = [{ tenure: 0, customers: 1e300 }];
  const error = thrown(() => contractBaseValue(SIMPLE, base, { ...TERMS, margin: 1e20 }));
  expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "options.margin"]);
  expect(error.message).toContain("1e+300 customers");
});
