import { describe, expect, it } from "vitest";
import { estimateRedemption } from "../../../src/loyalty/liability/estimate-redemption.js";
import { liabilityRollForward } from "../../../src/loyalty/liability/liability-roll-forward.js";
import type { CohortMovement } from "../../../src/loyalty/liability/point-movement.js";
import { pointRollForward } from "../../../src/loyalty/liability/point-roll-forward.js";
import { redemptionCurve } from "../../../src/loyalty/liability/redemption-curve.js";

const at = Date.UTC(2025, 0, 1);
const issued: CohortMovement = { at, issuedAt: at, kind: "issued", points: 10 };
const failing = (call: () => unknown, code: string, path: string, named: string) => {
  expect(call).toThrow(expect.objectContaining({ code, path }) as Error);
  expect(call).toThrow(named);
};

describe("movements", () => {
  const rolled = (rows: unknown, options: object = {}) =>
    pointRollForward(rows as CohortMovement[], { by: "month", asOf: "2025-06-01", ...options });
  it.each<[object, string, string]>([
    [{ kind: "spent" }, "movements[1].kind", '"spent"'],
    [{ kind: "toString" }, "movements[1].kind", '"toString"'],
    [{ points: -10 }, "movements[1].points", "-10"],
    [{ kind: "redeemed" }, "movements[1].points", "10 is above 0, but the kind is redeemed"],
    [{ points: 1.5 }, "movements[1].points", "1.5"],
    [{ points: 0 }, "movements[1].points", "0"],
    [{ at: Number.NaN }, "movements[1].at", "NaN"],
    [{ issuedAt: undefined }, "movements[1].issuedAt", "row 2, issuedAt"],
  ])("a row with %j", (change, path, named) => {
    failing(() => rolled([issued, { ...issued, ...change }]), "INVALID_ROWS", path, named);
  });
  it("no rows, columns of different lengths", () => {
    failing(() => rolled(null), "INVALID_ARGUMENT", "movements", "null");
    const columns = { at: [at], kind: ["issued"], points: [1], issuedAt: [] };
    failing(
      () => rolled({ length: 1, columns }),
      "INVALID_ARGUMENT",
      "movements.columns.issuedAt",
      "an array of 0",
    );
  });
  it("points of several types need one that is meant", () => {
    const two = [
      { ...issued, pointType: "points" },
      { ...issued, pointType: "miles", points: 7 },
    ];
    failing(() => rolled(two), "INVALID_ARGUMENT", "options.pointType", '"miles"');
    expect(rolled(two, { pointType: "miles" }).periods.columns.closing[0]).toBe(7);
    failing(
      () => rolled([issued], { pointType: "miles" }),
      "INVALID_ARGUMENT",
      "options.pointType",
      '"miles"',
    );
  });
  it("more points left than came: history is missing", () => {
    const short: CohortMovement = { ...issued, kind: "redeemed", points: -11 };
    failing(() => rolled([issued, short]), "INVALID_ARGUMENT", "movements", "issued in 2025-01 come to -1");
  });
  it("sums beyond the safe integers", () => {
    const many = { ...issued, points: Number.MAX_SAFE_INTEGER };
    failing(() => rolled([many, many]), "UNSAFE_INTEGER", "movements", "issued points");
  });
  it("a period that is none, no asOf, no options", () => {
    failing(() => rolled([issued], { by: "fortnight" }), "INVALID_ARGUMENT", "spec", "fortnight");
    failing(() => rolled([issued], { asOf: undefined }), "INVALID_ARGUMENT", "options.asOf", "undefined");
    failing(() => pointRollForward([issued], null as never), "INVALID_ARGUMENT", "options", "null");
  });
  it("a start after asOf", () => {
    failing(
      () => rolled([issued], { start: "2025-07-01" }),
      "INVALID_ARGUMENT",
      "options.start",
      "2025-07-01",
    );
  });
});

describe("allocations and estimates", () => {
  const allocation = { cohort: "2025-01", amount: 100 };
  const estimate = { at: "2025-01-01", redemptionRate: 0.9 };
  it.each<[object, string, string]>([
    [{ allocations: [] }, "options.allocations", "2025-01"],
    [{ allocations: [allocation, allocation] }, "options.allocations[1].cohort", "2025-01"],
    [{ allocations: [{ ...allocation, amount: 1.5 }] }, "options.allocations[0].amount", "1.5"],
    [{ allocations: [{ ...allocation, points: 0 }] }, "options.allocations[0].points", "0"],
    [{ estimates: [] }, "options.estimates", "2025-01"],
    [{ estimates: undefined }, "options.estimates", "undefined"],
    [{ estimates: [{ ...estimate, at: "2025-06-01" }] }, "options.estimates", "2025-01"],
    [{ estimates: [{ ...estimate, redemptionRate: 90 }] }, "options.estimates[0].redemptionRate", "90"],
    [{ estimates: [estimate, estimate] }, "options.estimates[1].at", "2025-01-01"],
    [{ breakage: "whenRemote" }, "options.estimates", "whenRemote"],
    [{ breakage: "never" }, "options.breakage", "never"],
  ])("%j", (change, path, named) => {
    const options = {
      by: "month" as const,
      asOf: "2025-06-01",
      allocations: [allocation],
      estimates: [estimate],
    };
    failing(
      () => liabilityRollForward([issued], { ...options, ...change } as never),
      "INVALID_ARGUMENT",
      path,
      named,
    );
  });
});

it("points that came and went within a period need an estimate too", () => {
  const gone: CohortMovement = { ...issued, at: at + 1, kind: "redeemed", points: -10 };
  const options = {
    by: "month",
    asOf: "2025-06-01",
    allocations: [{ cohort: "2025-01", amount: 1 }],
  } as const;
  const call = () => liabilityRollForward([issued, gone], { ...options, estimates: [] });
  failing(call, "INVALID_ARGUMENT", "options.estimates", "2025-01");
});

describe("results", () => {
  it("survive JSON", () => {
    const redeemed: CohortMovement = { at: at + 1, issuedAt: at, kind: "redeemed", points: -4 };
    const options = {
      by: "month",
      asOf: "2025-03-01",
      allocations: [{ cohort: "2025-01", amount: 100 }],
    } as const;
    const estimates = [{ at: "2025-01-01", redemptionRate: 0.9 }];
    const found = [
      pointRollForward([issued, redeemed], { by: "month", asOf: "2025-03-01" }),
      liabilityRollForward([issued, redeemed], { ...options, estimates }),
      estimateRedemption([issued, redeemed], { by: "month", asOf: "2025-03-01" }),
      redemptionCurve(
        [issued, redeemed].map((row) => ({ ...row, accountId: "a" })),
        { asOf: "2025-03-01" },
      ),
    ];
    for (const result of found) expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });
});
