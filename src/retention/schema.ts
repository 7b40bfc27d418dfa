import * as z from "zod";
import { civilDaySchema } from "../model/civil-day-schema.js";
import { kpiSchema } from "../model/kpi.js";
import { openRecordSchema, textSchema } from "../model/text-schema.js";
import {
  addValueMeans,
  retentionMeans,
  strategicReasons,
  switchingCostKinds,
} from "./plan/retention-strategy.js";

/**
 * Is this a way to keep customers: by rewarding those who stay, or by making it dear to leave?
 *
 * @example
 * ```ts
 * import { retentionStrategySchema } from "clientele";
 *
 * const club = { sign: "positive", name: "Tea club", means: "addValue", addValue: "customerClub" };
 * retentionStrategySchema.parse(club).sign; // => "positive"
 * const fee = { sign: "negative", name: "Exit fee", switchingCost: "contractual" };
 * retentionStrategySchema.parse(fee).sign; // => "negative"
 * retentionStrategySchema.safeParse({ ...fee, means: "commitment" }).success; // => false
 * ```
 */
export const retentionStrategySchema = /* @__PURE__ */ (() =>
  z.discriminatedUnion("sign", [
    z
      .strictObject({
        /** Staying is rewarded. */
        sign: z.literal("positive"),
        /** As people call it. */
        name: textSchema,
        /** By which means. */
        means: z.enum(retentionMeans),
        /** How value is added, where that is the means. */
        addValue: z.enum(addValueMeans).optional(),
      })
      .refine(({ means, addValue }) => addValue === undefined || means === "addValue", {
        path: ["addValue"],
        error: 'is given, but means is not "addValue"',
      }),
    z.strictObject({
      /** Leaving is made dear. */
      sign: z.literal("negative"),
      /** As people call it. */
      name: textSchema,
      /** By which kind of switching cost. */
      switchingCost: z.enum(switchingCostKinds),
    }),
  ]))();

/** A way to keep customers, positive or negative. */
export type RetentionStrategy = z.output<typeof retentionStrategySchema>;

/**
 * Does this plan say whom to keep, what for, how, and by which measures?
 *
 * The four questions of a retention plan (Buttle 2009, chapter 9). Nothing is made up but empty lists; a target names
 * segments, customers or a reason, the objective has to go somewhere (`from` and `to` differ), and each measure has an id
 * of its own.
 *
 * @example
 * ```ts
 * import { parseRecords, retentionPlanSchema } from "clientele";
 *
 * const plan = {
 *   name: "Keep the gold customers",
 *   targets: [{ name: "gold", segmentIds: ["gold"], reasons: ["value"] }],
 *   objective: { metric: "yearly retention of gold", from: 0.8, to: 0.85, by: "2025-12-31" },
 *   strategies: [{ sign: "positive", name: "Named adviser", means: "socialBonds" }],
 *   kpis: [{ id: "shareOfWallet", target: 0.4, direction: "increase" }],
 * };
 * retentionPlanSchema.parse(plan).targets[0]?.customerIds; // => []
 * parseRecords(retentionPlanSchema, [{ ...plan, kpis: [] }], { what: "plans" }); // throws INVALID_ROWS
 * ```
 */
export const retentionPlanSchema = /* @__PURE__ */ (() =>
  z.strictObject({
    /** As people call it. */
    name: textSchema,
    /** Who is to be kept; at least one group. */
    targets: z
      .array(
        z
          .strictObject({
            /** As people call the group. */
            name: textSchema,
            /** The segments that make it up; absent: none. */
            segmentIds: z.array(textSchema).default(() => []),
            /** Customers who belong to it by name; absent: none. */
            customerIds: z.array(textSchema).default(() => []),
            /** Why these: lifetime value, volume, a strategic reason; absent: none. */
            reasons: z.array(z.enum(["value", "volume", ...strategicReasons])).default(() => []),
          })
          .refine(
            ({ segmentIds, customerIds, reasons }) =>
              segmentIds.length + customerIds.length + reasons.length > 0,
            { error: "names nobody: give segmentIds, customerIds or reasons" },
          ),
      )
      .min(1),
    /** What is to be achieved. */
    objective: z
      .strictObject({
        /** Which measure, in your words. */
        metric: textSchema,
        /** Where it stands when the plan begins, in the measure's own unit. */
        from: z.number(),
        /** Where it is to be; above or below `from`. */
        to: z.number(),
        /** By the end of which day. */
        by: civilDaySchema,
        /** How far short of `to` still counts as met; absent: not at all. */
        tolerance: z.number().min(0, "is below 0").optional(),
      })
      .refine(({ from, to }) => from !== to, { path: ["to"], error: "is where it stands already" }),
    /** How; at least one strategy. */
    strategies: z.array(retentionStrategySchema).min(1),
    /** By which measures; at least one, each id once. */
    kpis: z
      .array(kpiSchema)
      .min(1)
      .superRefine((kpis, context) => {
        for (const [i, { id }] of kpis.entries()) {
          const first = kpis.findIndex((kpi) => kpi.id === id);
          if (first < i)
            context.addIssue({ code: "custom", path: [i, "id"], message: "comes a second time", input: id });
        }
      }),
    /** Your own fields, as they come. */
    attributes: openRecordSchema.optional(),
  }))();

/** Whom to keep, what for, how, and by which measures. */
export interface RetentionPlan extends z.output<typeof retentionPlanSchema> {}

/** A retention plan as sent, before parsing. */
export type RetentionPlanInput = z.input<typeof retentionPlanSchema>;
