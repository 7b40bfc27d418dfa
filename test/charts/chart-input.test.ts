import { describe, expect, it } from "vitest";
import * as charts from "../../src/charts/index.js";
import type { VegaLiteSpec } from "../../src/charts/vega-lite-spec.js";
import { whaleCurve } from "../../src/profitability/whale-curve.js";

/** A chart called as JavaScript may call it. */
type AnyChart = (given?: unknown, options?: unknown) => VegaLiteSpec;

const all = Object.entries(charts).filter(([name]) => name.endsWith("Chart")) as [string, AnyChart][];

function thrownBy(call: () => unknown): Error {
  try {
    call();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("nothing was thrown");
}

describe("what is no result is named, whatever the chart", () => {
  it("finds the charts", () => {
    expect(all.map(([name]) => name)).toContain("whaleCurveChart");
    expect(all.length).toBeGreaterThan(20);
  });

  it.each(all)("%s", (_, chart) => {
    for (const [given, shown] of [
      [undefined, "undefined"],
      [null, "null"],
      [5, "5"],
      ["x", "x"],
    ] as const) {
      const error = thrownBy(() => chart(given));
      expect([given, error.name]).toEqual([given, "RangeError"]);
      // The argument, what it is, and what to pass.
      expect(error.message).toMatch(new RegExp(`^\\w+ is "?${shown}"?: pass `));
    }
    for (const given of [{}, [null], [5], [{}]]) {
      const error = thrownBy(() => chart(given));
      expect([given, error.name]).toEqual([given, "RangeError"]);
      expect(error.message).toMatch(/^[\w[\].]+ (is|has) .*: pass /);
    }
  });

  it("a field that a result would have is missing", () => {
    const { top, ...rest } = whaleCurve([{ customerId: "ani", profit: 5 }]);
    expect(top.customers).toBe(1);
    expect(thrownBy(() => charts.whaleCurveChart(rest as never)).message).toBe(
      "whale has no top: pass the result of whaleCurve()",
    );
  });

  it("of several, which one", () => {
    const named = { name: "2024", profile: {} };
    expect(thrownBy(() => charts.commitmentChart([named] as never)).message).toBe(
      "profiles[0].profile has no dimensions: pass the result of commitmentProfile()",
    );
    expect(thrownBy(() => charts.survivalCurveChart([{ name: "all", curve: null }] as never)).message).toBe(
      "curves[0] has no curve: pass an array of { name, curve }",
    );
  });

  it("options that are null", () => {
    const whale = whaleCurve([]);
    const error = thrownBy(() => charts.whaleCurveChart(whale, null as never));
    expect([error.name, error.message]).toEqual(["RangeError", "options is null: pass { ... }, or nothing"]);
  });
});
