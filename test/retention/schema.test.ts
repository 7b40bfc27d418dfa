import { describe, expect, expectTypeOf, test } from "vitest";
import * as z from "zod";
import { rowProblemMessage } from "../../src/core/row-problems.js";
import { parseRecords } from "../../src/model/parse-records.js";
import { evaluateRetentionPlan } from "../../src/retention/plan/evaluate-retention-plan.js";
import {
  type RetentionPlan,
  type RetentionPlanInput,
  type RetentionStrategy,
  retentionPlanSchema,
  retentionStrategySchema,
} from "../../src/retention/schema.js";

const plan: RetentionPlanInput = {
  name: "Keep the gold customers",
  targets: [
    { name: "gold", segmentIds: ["gold"], reasons: ["value", "benchmark"] },
    { name: "by name", customerIds: ["C-1", "C-7"] },
  ],
  objective: { metric: "yearly retention", from: 0.8, to: 0.85, by: "2025-12-31" },
  strategies: [
    { sign: "positive", name: "Named adviser", means: "socialBonds" },
    { sign: "positive", name: "Tea club", means: "addValue", addValue: "customerClub" },
    { sign: "negative", name: "Yearly contract", switchingCost: "contractual" },
  ],
  kpis: [
    { id: "shareOfWallet", target: 0.4, direction: "increase" },
    { id: "churnByProduct", target: 0.05, direction: "decrease", tolerance: 0.01 },
  ],
  attributes: { owner: "dewi" },
};

function said(schema: z.ZodType, record: unknown): string[] {
  const { rejects } = parseRecords(schema, [record], { onInvalid: "collect" });
  return rejects.flatMap(({ problems }) => problems.map(rowProblemMessage));
}

describe("retentionPlanSchema", () => {
  test("keeps what was sent, fills empty lists, parses to itself and survives JSON", () => {
    const before = structuredClone(plan);
    const parsed = retentionPlanSchema.parse(plan);
    expect(plan).toEqual(before);
    expect(parsed).toEqual({
      ...plan,
      targets: [
        { name: "gold", segmentIds: ["gold"], customerIds: [], reasons: ["value", "benchmark"] },
        { name: "by name", segmentIds: [], customerIds: ["C-1", "C-7"], reasons: [] },
      ],
    });
    expect(retentionPlanSchema.parse(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
    expectTypeOf<RetentionPlan>().toExtend<RetentionPlanInput>();
    expectTypeOf(parsed.strategies).toEqualTypeOf<RetentionStrategy[]>();
    const [first, second] = [retentionPlanSchema.parse(plan), retentionPlanSchema.parse(plan)];
    expect(first.targets[0].customerIds).not.toBe(second.targets[0].customerIds);
  });

  test("a target names a segment, customers or a reason", () => {
    const aimed = (target: object) =>
      said(retentionPlanSchema, { ...plan, targets: [{ name: "all", ...target }] });
    expect(aimed({})).toEqual([
      "row 1, targets[0]: an object names nobody: give segmentIds, customerIds or reasons",
    ]);
    expect(aimed({ segmentIds: [] })).toHaveLength(1);
    for (const target of [{ segmentIds: ["a"] }, { customerIds: ["C-1"] }, { reasons: ["volume"] }])
      expect(aimed(target)).toEqual([]);
  });

  test("an objective may be tolerant", () => {
    const tolerant = (tolerance: number) =>
      said(retentionPlanSchema, { ...plan, objective: { ...plan.objective, tolerance } });
    expect(tolerant(0.01)).toEqual([]);
    expect(tolerant(-1)).toHaveLength(1);
  });

  test("is evaluated as it is", () => {
    const { status } = evaluateRetentionPlan(
      retentionPlanSchema.parse(plan),
      { objective: 0.85, kpis: { shareOfWallet: 0.5, churnByProduct: 0.06 } },
      { asOf: "2026-01-01" },
    );
    expect(status).toBe("met");
  });

  test("has a JSON Schema of what is sent and of what comes out", () => {
    const sent = z.toJSONSchema(retentionPlanSchema, { io: "input" });
    expect(sent.required).toEqual(["name", "targets", "objective", "strategies", "kpis"]);
    expect(z.toJSONSchema(retentionPlanSchema, { io: "output" })).toMatchObject({ type: "object" });
  });

  test.each<[string, object, string[]]>([
    ["nobody to keep", { targets: [] }, ["row 1, targets: an array of 0 has fewer than 1 items"]],
    ["nothing to do", { strategies: [] }, ["row 1, strategies: an array of 0 has fewer than 1 items"]],
    ["nothing to measure", { kpis: [] }, ["row 1, kpis: an array of 0 has fewer than 1 items"]],
    ["a plan without a name", { name: "" }, ['row 1, name: "" is empty']],
    [
      "an objective that is reached already",
      { objective: { ...plan.objective, to: 0.8 } },
      ["row 1, objective.to: 0.8 is where it stands already"],
    ],
    [
      "a day that does not exist",
      { objective: { ...plan.objective, by: "2025-02-29" } },
      ['row 1, objective.by: "2025-02-29" is not a day of the calendar YYYY-MM-DD'],
    ],
    [
      "a measure twice",
      { kpis: [plan.kpis[0], plan.kpis[1], plan.kpis[0]] },
      ['row 1, kpis[2].id: "shareOfWallet" comes a second time'],
    ],
    [
      "a reason that is none",
      { targets: [{ name: "gold", reasons: ["famous"] }] },
      [
        'row 1, targets[0].reasons[0]: "famous" is not one of "value", "volume", "benchmark", "inspiration", "doorOpener"',
      ],
    ],
    ["a field of another name", { goals: [] }, ["row 1, goals: an array of 0 is not a known field"]],
  ])("refuses %s", (_, more, messages) => {
    expect(said(retentionPlanSchema, { ...plan, ...more })).toEqual(messages);
  });
});

describe("retentionStrategySchema", () => {
  test.each<[string, object, string[]]>([
    [
      "a reward by a barrier's means",
      { sign: "positive", name: "x", switchingCost: "financial" },
      ["row 1, means: is missing", 'row 1, switchingCost: "financial" is not a known field'],
    ],
    [
      "value added by other means",
      { sign: "positive", name: "x", means: "commitment", addValue: "customerClub" },
      ['row 1, addValue: "customerClub" is given, but means is not "addValue"'],
    ],
    [
      "a barrier of no kind",
      { sign: "negative", name: "x", switchingCost: "emotional" },
      [
        'row 1, switchingCost: "emotional" is not one of "procedural", "financial", "relational", "contractual"',
      ],
    ],
    [
      "a third sign",
      { sign: "neutral", name: "x" },
      ['row 1, sign: "neutral" is not one of "positive", "negative"'],
    ],
  ])("refuses %s", (_, record, messages) => {
    expect(said(retentionStrategySchema, record)).toEqual(messages);
  });
});
