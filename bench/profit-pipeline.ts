import { parseArgs } from "node:util";
import {
  lostReasons,
  type OpportunityRow,
  overdueActivities,
  pipelineForecast,
  salesActivityReport,
  salesCycle,
  salesforcePipeline,
  salesPerformance,
  salesVelocity,
  seededRandom,
  stageCalibration,
  stageConversion,
  stageDurations,
  winRate,
} from "clientele";
import { machine, median, printTable } from "./report.js";

// How long do the measures of the pipeline take on many opportunities, each with a history of stages?

const { values } = parseArgs({
  options: {
    opportunities: { type: "string", default: "1000000" },
    passes: { type: "string", default: "5" },
  },
});
const [size, passes] = [values.opportunities, values.passes].map(Number);
const facts = machine();
console.log(
  `${size} opportunities, ${passes} passes. ${facts.processor}, ${facts.cores} cores, node ${facts.node}, load ${facts.load[0]}.`,
);

const DAY = 86_400_000;
const asOf = Date.UTC(2025, 0, 1);
const draw = seededRandom(1);
const { stages } = salesforcePipeline;
const deals = Array.from({ length: size }, (_, i): OpportunityRow => {
  const openedAt = asOf - Math.ceil(700 * draw()) * DAY;
  const last = Math.floor(stages.length * draw() ** 2);
  const from = Math.floor((last + 1) * draw());
  const stageHistory = Array.from({ length: last - from + 1 }, (_, step) => ({
    stage: stages[from + step].name,
    at: openedAt + step * 12 * DAY,
  }));
  const isWon = draw() < 0.3;
  const closing =
    draw() < 0.6
      ? {
          closedAt: openedAt + (stageHistory.length * 12 + Math.floor(20 * draw())) * DAY,
          outcome: isWon ? ("won" as const) : ("lost" as const),
          ...(isWon ? {} : { lostReason: `reason ${Math.floor(8 * draw())}` }),
        }
      : { expectedCloseAt: asOf + Math.floor(400 * draw() - 60) * DAY };
  return {
    id: `O-${i}`,
    ownerId: `owner-${i % 200}`,
    amount: 1000 + Math.floor(1e7 * draw() ** 3),
    currency: "IDR",
    stage: stages[last].name,
    openedAt,
    stageHistory,
    ...closing,
  };
});
const activities = deals.map(({ id, ownerId, openedAt }, i) => ({
  id,
  kind: i % 3 === 0 ? "visit" : "call",
  ownerId,
  dueAt: Number(openedAt) + 7 * DAY,
  ...(i % 4 === 0 ? {} : { doneAt: Number(openedAt) + (5 + (i % 5)) * DAY }),
}));

const timed = (what: string, run: () => unknown) => {
  const wall: number[] = [];
  const processor: number[] = [];
  for (let pass = 0; pass < passes; pass++) {
    const start = performance.now();
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    wall.push(performance.now() - start);
    processor.push((user + system) / 1000);
  }
  const ms = (times: number[]) => median(times).toFixed(0);
  return {
    what,
    "best ms": Math.min(...wall).toFixed(0),
    "median ms": ms(wall),
    "processor ms": ms(processor),
  };
};
const pipeline = salesforcePipeline;
printTable("Pipeline, ms", [
  timed("pipelineForecast, normal limits", () => pipelineForecast(deals, { pipeline, asOf })),
  timed("stageConversion", () => stageConversion(deals, { pipeline, asOf })),
  timed("stageCalibration", () => stageCalibration(deals, { pipeline, asOf })),
  timed("stageDurations", () => stageDurations(deals, { pipeline, asOf })),
  timed("salesCycle", () => salesCycle(deals, { asOf })),
  timed("salesVelocity", () => salesVelocity(deals, { asOf })),
  timed("winRate by owner", () => winRate(deals, { asOf, groupBy: "ownerId" })),
  timed("lostReasons", () => lostReasons(deals, { asOf })),
  timed("salesPerformance by owner and month", () => salesPerformance(deals, { asOf })),
  timed("overdueActivities", () => overdueActivities(activities, { asOf })),
  timed("salesActivityReport by owner", () => salesActivityReport(activities, { asOf })),
]);
printTable("1,000 opportunities, 10,000 drawn outcomes, ms", [
  timed("pipelineForecast, simulated limits", () =>
    pipelineForecast(deals.slice(0, 1000), { pipeline, asOf, seed: 1 }),
  ),
]);
printTable(`${size} opportunities, 10,000 drawn outcomes, ms`, [
  timed("pipelineForecast, simulated limits", () => pipelineForecast(deals, { pipeline, asOf, seed: 1 })),
]);
