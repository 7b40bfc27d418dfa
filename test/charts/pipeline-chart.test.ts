import { describe, expect, it } from "vitest";
import { pipelineChart } from "../../src/charts/pipeline-chart.js";
import type { ChartOptions } from "../../src/charts/vega-lite-spec.js";
import { formatMoney } from "../../src/core/format-money.js";
import { money } from "../../src/core/money.js";
import { pipelineForecast } from "../../src/profitability/pipeline/pipeline-forecast.js";
import { salesforcePipeline } from "../../src/profitability/pipeline/sales-pipeline.js";
import { answerOf, itIsReadable, rowsOf } from "./readable.js";

const { stages } = salesforcePipeline;
const deals = Array.from({ length: 60 }, (_, i) => ({
  id: `${i}`,
  amount: 500_000_000 + ((i * 7919) % 97) * 90_000_000,
  currency: "IDR",
  stage: stages[Math.floor((i * i) / 500) % stages.length].name,
  openedAt: "2024-01-01",
  expectedCloseAt: i % 9 === 0 ? "2024-02-01" : "2024-04-01",
}));
const forecast = (count: number, pipeline = salesforcePipeline) =>
  pipelineForecast(deals.slice(0, count), { pipeline, asOf: "2024-03-01" });
const longNames = {
  stages: stages.map((stage) => ({
    ...stage,
    name: `${stage.name} and everything that has to be done in it`,
  })),
};
const formatAmount = (amount: number) => formatMoney(money(amount, "IDR"), { locale: "id-ID" });

const CHARTS: Record<string, (options: ChartOptions) => ReturnType<typeof pipelineChart>> = {
  "a pipeline": (options) => pipelineChart(forecast(60), options),
  "a pipeline in rupiah": (options) => pipelineChart(forecast(60), { ...options, formatAmount }),
  "one deal": (options) => pipelineChart(forecast(1), options),
  nothing: (options) => pipelineChart(forecast(0), options),
  "long names": (options) =>
    pipelineChart(
      pipelineForecast(
        deals.map((deal) => ({ ...deal, stage: `${deal.stage} and everything that has to be done in it` })),
        { pipeline: longNames, asOf: "2024-03-01" },
      ),
      options,
    ),
};

describe.each(Object.entries(CHARTS))("%s", (_, chart) => {
  itIsReadable(chart);
});

describe("what it says", () => {
  const two = pipelineForecast(
    [
      { id: "1", amount: 1000, stage: "lead", openedAt: "2024-01-01", expectedCloseAt: "2024-01-15" },
      { id: "2", amount: 600, stage: "proposal", openedAt: "2024-01-01" },
    ],
    {
      pipeline: {
        stages: [
          { name: "lead", probability: 0.2 },
          { name: "proposal", probability: 0.5 },
        ],
      },
      asOf: "2024-02-01",
    },
  );

  it("in a sentence, with the overdue", () => {
    const answer = answerOf(pipelineChart(two));
    expect(answer).toContain("2 open opportunities are worth 1,600 and bring 500 (31%) on average");
    expect(answer).toContain("n = 2 open opportunities on 2024-02-01. Of these, 1 (1,000) overdue.");
  });

  it("bars are as long as the amounts, the dark part as the weighted", () => {
    const bars = rowsOf(pipelineChart(two)).filter((row) => "fill" in row);
    const width = (i: number) => Number(bars[i].right) - Number(bars[i].left);
    expect(width(1) / width(0)).toBeCloseTo(0.6, 9);
    expect([width(2) / width(0), width(3) / width(0)]).toEqual([
      expect.closeTo(0.2, 9),
      expect.closeTo(0.3, 9),
    ]);
  });
});
