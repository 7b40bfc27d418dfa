import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { bgBbObjective } from "../../../src/lifetime/bg-bb/bg-bb-likelihood.js";
import { fitBgBb } from "../../../src/lifetime/bg-bb/fit-bg-bb.js";
import { opportunityCells } from "../../../src/lifetime/bg-bb/opportunity-cells.js";
import { opportunitySummary } from "../../../src/lifetime/bg-bb/opportunity-summary.js";
import type { BgBbParameters } from "../../../src/lifetime/models/lifetime-model.js";
import { type PurchaseHistory, readHistories } from "../../../src/lifetime/models/purchase-histories.js";
import { drawCustomer } from "../../../src/lifetime/predictions/draw-customer.js";
import { relativeError } from "../../statistics/relative-error.js";
import { expectDerivatives } from "../derivatives.js";
import { thrown } from "../thrown.js";

const YEARLY = { unit: "year" } as const;

function fitted(...args: Parameters<typeof fitBgBb>) {
  const fit = fitBgBb(...args);
  if (!fit.converged) throw new Error(fit.reason);
  return fit;
}

function simulated(
  parameters: BgBbParameters,
  customers: number,
  T: number,
  seed: number,
): PurchaseHistory[] {
  const random = seededRandom(seed);
  const model = { model: "bgBb", parameters, unit: "year" } as const;
  return Array.from({ length: customers }, () => {
    const { times } = drawCustomer(model, random, T);
    return { x: times.length, tx: times.at(-1) ?? 0, T };
  });
}

const DONORS: BgBbParameters = { alpha: 1.2, beta: 0.75, gamma: 0.66, delta: 2.78 };
const SOME = simulated(DONORS, 3000, 7, 1);

describe("fitBgBb", () => {
  test("is a plain model that says how sure it is", () => {
    const fit = fitted(SOME, YEARLY);
    expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
    expect([fit.model, fit.unit, fit.customers]).toEqual(["bgBb", "year", 3000]);
    // Of seven opportunities: x from 1 to each last one, and none.
    expect(fit.histories).toBe(29);
    expect(fit.gradientNorm).toBeLessThan(1e-6);
  });

  test("finds what it was simulated with, within four standard errors", () => {
    for (const [i, parameters] of [DONORS, { alpha: 0.6, beta: 1.8, gamma: 1.1, delta: 9 }].entries()) {
      for (let seed = 1; seed <= 8; seed++) {
        const fit = fitted(simulated(parameters, 6000, i === 0 ? 8 : 20, seed), YEARLY);
        for (const [k, name] of (["alpha", "beta", "gamma", "delta"] as const).entries()) {
          const away = Math.log(fit.parameters[name] / parameters[name]);
          expect(Math.abs(away)).toBeLessThan(4 * Math.sqrt(fit.covariance[k][k]));
        }
      }
    }
  });

  test("a weight is so many customers, whatever the order", () => {
    const cells = opportunityCells(readHistories(SOME, {}));
    const rows = Array.from(cells.x, (x, i) => ({
      x,
      tx: cells.tx[i],
      T: cells.T[i],
      weight: cells.weight[i],
    }));
    const one = fitted(rows.reverse(), YEARLY);
    const other = fitted(SOME, YEARLY);
    expect(one.customers).toBe(other.customers);
    for (const name of ["alpha", "beta", "gamma", "delta"] as const) {
      expect(relativeError(one.parameters[name], other.parameters[name])).toBeLessThan(1e-9);
      expect(relativeError(one.standardErrors[name], other.standardErrors[name])).toBeLessThan(1e-8);
    }
    expect(relativeError(one.logLikelihood, other.logLikelihood)).toBeLessThan(1e-13);
  });

  test("columns, typed or not, say the same as rows", () => {
    const columns = {
      x: Int32Array.from(SOME, ({ x }) => x),
      tx: SOME.map(({ tx }) => tx),
      T: SOME.map(({ T }) => T),
    };
    expect(fitted(columns, YEARLY)).toEqual(fitted(SOME, YEARLY));
  });

  test("a log is read by the unit, or by campaigns", () => {
    const log = transactionLog(
      SOME.slice(0, 300).flatMap(({ x, tx, T }, i) => [
        { customerId: `c${i}`, at: "2010-03-05", amount: 100 },
        // The last where it was, the others before it.
        ...Array.from({ length: x }, (_, k) => ({
          customerId: `c${i}`,
          at: `${2010 + (k === x - 1 ? tx : k + 1)}-06-01`,
          amount: 100 * T,
        })),
      ]),
      { currency: "USD" },
    );
    const fromLog = fitted(log, { ...YEARLY, through: "2017-12-31" });
    const summary = opportunitySummary(log, { through: "2017-12-31", by: "year" });
    expect(fitted(summary, {})).toEqual(fromLog);
    expect(fitted(SOME.slice(0, 300), YEARLY).parameters).toEqual(fromLog.parameters);
    const campaigns = Array.from({ length: 7 }, (_, i) => ({
      from: `${2011 + i}-05-15`,
      through: `${2011 + i}-06-15`,
    }));
    const byCampaign = fitted(log, { ...YEARLY, through: "2017-12-31", campaigns });
    expect(byCampaign).toEqual(fromLog);
    expect(thrown(() => fitBgBb(log, YEARLY)).path).toBe("options.through");
    expect(thrown(() => fitBgBb(log, { through: "2017-12-31" })).path).toBe("options.by");
    expect(thrown(() => fitBgBb(log, { through: "2017-12-31", campaigns })).path).toBe("options.unit");
    expect(thrown(() => fitBgBb(summary, { unit: "month" })).path).toBe("options.unit");
    expect(thrown(() => fitBgBb(SOME, { ...YEARLY, through: "2017-12-31" })).path).toBe("options.through");
    expect(thrown(() => fitBgBb(SOME, { ...YEARLY, campaigns })).path).toBe("options.campaigns");
  });

  // biome-ignore format: a line for each
  test.each([
    ["nobody bought again", [[0, 0, 5, 9], [0, 0, 3, 2]], "NO_REPEAT_PURCHASES", "nobody bought again"],
    ["everyone bought always", [[5, 5, 5, 9], [3, 3, 3, 2]], "BOUNDARY", "everyone bought at every opportunity"],
    ["everyone bought at the last", [[4, 5, 5, 9], [2, 5, 5, 2], [1, 3, 3, 2], [3, 5, 5, 3]], "BOUNDARY", "everyone bought at the last opportunity"],
    ["too few", [[0, 0, 5, 9], [2, 3, 5, 2], [4, 5, 5, 2]], "TOO_FEW_HISTORIES", "3 different histories"],
  ] as const)("%s", (_, cells, code, reason) => {
    const fit = fitBgBb(cells.map(([x, tx, T, weight]) => ({ x, tx, T, weight })), YEARLY);
    if (fit.converged) throw new Error("fitted");
    expect(fit.code).toBe(code);
    expect(fit.reason).toContain(reason);
    expect("parameters" in fit).toBe(false);
  });

  test("customers more alike than chance allows: the end to which the parameters run is named", () => {
    // All buy at three of ten opportunities while they are there.
    // biome-ignore format: one line
    const alike = ([[3, 10, 90], [3, 9, 60], [3, 8, 40], [2, 8, 20], [2, 6, 20], [1, 3, 25], [1, 4, 25], [0, 0, 30]] as const).map(
      ([x, tx, weight]) => ({ x, tx, T: 10, weight }),
    );
    const fit = fitBgBb(alike, YEARLY);
    if (fit.converged) throw new Error("fitted");
    expect([fit.code, fit.names.slice(0, 2)]).toEqual(["BOUNDARY", ["alpha", "beta"]]);
    expect(fit.reason).toContain("grow without end: customers do not differ in their chance to");
    const prior = {
      alpha: { median: 1, logSd: 1 },
      beta: { median: 1, logSd: 1 },
      gamma: { median: 1, logSd: 1 },
      delta: { median: 1, logSd: 1 },
    };
    const held = fitted(alike, { ...YEARLY, prior });
    expect(held.warnings).toHaveLength(1);
  });

  test("any histories give a fit or a reason", () => {
    const cell = fc
      .tuple(fc.integer({ min: 0, max: 6 }), fc.nat(6), fc.nat(6), fc.integer({ min: 1, max: 500 }))
      .map(([T, last, bought, weight]) => {
        const tx = Math.min(last, T);
        const x = tx === 0 ? 0 : 1 + (bought % tx);
        return { x, tx, T, weight };
      });
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 12 }), (rows) => {
        const fit = fitBgBb(rows, YEARLY);
        if (fit.converged) {
          for (const value of [...Object.values(fit.parameters), ...Object.values(fit.standardErrors)]) {
            expect(value).toBeGreaterThan(0);
            expect(Number.isFinite(value)).toBe(true);
          }
        } else expect(fit.reason.length).toBeGreaterThan(10);
      }),
      { numRuns: 100 },
    );
  });

  test("derivatives", () => {
    const rows = [...SOME.slice(0, 200), { x: 30, tx: 50, T: 80 }, { x: 1, tx: 1, T: 80 }];
    const cells = opportunityCells(readHistories(rows, {}));
    for (const point of [
      [0, 0, 0, 0],
      [0.2, -0.3, -0.4, 1],
      [2, 3, 1, 4],
      [-2, -1, -3, -2],
    ])
      expectDerivatives((at) => bgBbObjective(cells, at), point);
  });

  test("names each row that it cannot read", () => {
    // biome-ignore format: a line for each
    const rows: readonly [PurchaseHistory, string, string][] = [
      [{ x: 1, tx: 2, T: 4.5 }, "T", "4.5 is no whole number of opportunities"],
      [{ x: 1, tx: 2, T: 1e6 }, "T", "1000000 is no whole number of opportunities, at most 100000"],
      [{ x: 1, tx: 1.5, T: 4 }, "tx", "1.5 is not the whole number"],
      [{ x: 3, tx: 2, T: 4 }, "x", "3 is more than the 2 opportunities"],
      [{ x: 1, tx: 5, T: 4 }, "tx", "is after T"],
    ];
    for (const [bad, field, message] of rows) {
      const error = thrown(() => fitBgBb([{ x: 0, tx: 0, T: 4 }, bad], YEARLY));
      expect([error.code, error.path]).toEqual(["INVALID_ROWS", `customers[1].${field}`]);
      expect(error.message).toContain(message);
    }
    expect(thrown(() => fitBgBb([], YEARLY)).path).toBe("customers");
    expect(thrown(() => fitBgBb(SOME, {})).path).toBe("options.unit");
    expect(thrown(() => fitBgBb(SOME, null as never)).path).toBe("options");
  });
});

test("a summary knows its unit, so that no options are needed", () => {
  const log = transactionLog(
    SOME.slice(0, 200).flatMap(({ x }, i) =>
      Array.from({ length: x + 1 }, (_, k) => ({
        customerId: `c${i}`,
        at: `${2012 + k}-03-01`,
        amount: 100,
      })),
    ),
    { currency: "USD" },
  );
  const summary = opportunitySummary(log, { through: "2023-12-31", by: "year" });
  expect(fitBgBb(summary)).toEqual(fitBgBb(summary, YEARLY));
  expect(thrown(() => fitBgBb(SOME)).path).toBe("options.unit");
});

test("who buys always beside who never does: a higher boundary is not hidden by a maximum inside", () => {
  const cells = [
    ...[
      [2, 3, 8, 1],
      [0, 0, 9, 15],
      [5, 5, 5, 2],
      [0, 0, 5, 1],
      [7, 8, 9, 1],
    ],
    ...[
      [9, 9, 9, 1],
      [4, 4, 9, 1],
      [1, 2, 9, 1],
    ],
  ].map(([x, tx, T, weight]) => ({ x, tx, T, weight }) as PurchaseHistory);
  const fit = fitBgBb(cells, YEARLY);
  expect(fit).toMatchObject({ converged: false, code: "BOUNDARY", names: ["gamma", "delta"] });
  // The maximum inside is at -36.700.
  expect(fit.logLikelihood).toBeGreaterThan(-35.75);
});
