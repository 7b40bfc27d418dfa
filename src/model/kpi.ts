import * as z from "zod";
import { textSchema } from "./text-schema.js";

/**
 * Is this a measure of success with its target, as `evaluateKpis` takes it?
 *
 * @example
 * ```ts
 * import { kpiSchema } from "clientele";
 *
 * const kpi = kpiSchema.parse({ id: "churn", unit: "share", target: 0.05, direction: "decrease" });
 * kpi.target; // => 0.05
 * kpiSchema.safeParse({ id: "churn", target: 0.05, direction: "down" }).success; // => false
 * ```
 */
export const kpiSchema = /* @__PURE__ */ (() =>
  z.strictObject({
    /** Your identifier: actual values are given under it. */
    id: textSchema,
    /** As people call it. */
    name: textSchema.optional(),
    /** Of target and actual, for the reader: `share`, `IDR`, `days`. */
    unit: textSchema.optional(),
    /** The value to reach, in the measure's own unit. */
    target: z.number(),
    /** Whether the target or more is good (`increase`), or the target or less (`decrease`). */
    direction: z.enum(["increase", "decrease"]),
    /** How far on the bad side of the target still counts as met; absent: not at all. */
    tolerance: z.number().min(0, "is below 0").optional(),
  }))();
