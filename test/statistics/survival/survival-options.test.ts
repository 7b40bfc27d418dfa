import { expect, test } from "vitest";
import { coxBaseline } from "../../../src/statistics/cox/cox-baseline.js";
import { coxLifetime } from "../../../src/statistics/cox/cox-lifetime.js";
import { coxRegression } from "../../../src/statistics/cox/cox-regression.js";
import { coxRisk } from "../../../src/statistics/cox/cox-risk.js";
import { coxSurvival } from "../../../src/statistics/cox/cox-survival.js";
import { proportionalityTest } from "../../../src/statistics/cox/proportionality-test.js";
import { hazardByTenure } from "../../../src/statistics/survival/hazard-by-tenure.js";
import { kaplanMeier } from "../../../src/statistics/survival/kaplan-meier.js";
import { logRankTest } from "../../../src/statistics/survival/log-rank-test.js";
import { nelsonAalen } from "../../../src/statistics/survival/nelson-aalen.js";
import { thrown } from "../../core/thrown.js";
import { fitted } from "../cox/cox-fit.js";

const rows = [3, 5, 6, 8, 9, 11].map((duration, at) => ({
  duration,
  event: at !== 3,
  covariates: { a: (at * 3) % 5 },
  group: at % 2 === 0 ? "x" : "y",
}));
const fit = fitted(rows);
const baseline = coxBaseline(fit, rows);

test.each<[string, (options: never) => unknown]>([
  ["kaplanMeier", (options) => kaplanMeier(rows, options)],
  ["nelsonAalen", (options) => nelsonAalen(rows, options)],
  ["logRankTest", (options) => logRankTest(rows, options)],
  ["hazardByTenure", (options) => hazardByTenure(rows, options)],
  ["coxRegression", (options) => coxRegression(rows, options)],
  ["coxBaseline", (options) => coxBaseline(fit, rows, options)],
  ["coxRisk", (options) => coxRisk(fit, rows, options)],
  ["coxSurvival", (options) => coxSurvival(baseline, rows, options)],
  ["coxLifetime", (options) => coxLifetime(baseline, rows, options)],
  ["proportionalityTest", (options) => proportionalityTest(fit, rows, options)],
])("%s refuses options that are none", (_, call) => {
  for (const options of [null, "log"]) {
    const error = thrown(() => call(options as never));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "options" });
    expect(error.message).toContain(String(options));
  }
});
