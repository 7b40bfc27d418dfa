import * as z from "zod";
import { instantSchema } from "./instant-schema.js";
import { openRecordSchema, textSchema } from "./text-schema.js";

/**
 * Is this the record of a wave: one time at which a survey was in the field?
 *
 * `startsAt` and `endsAt` are half-open: an answer at `endsAt` belongs to no wave. `invited` and `population` are what
 * response rates and finite-population corrections are measured against.
 *
 * @example
 * ```ts
 * import { surveyWaveSchema } from "clientele";
 *
 * const wave = surveyWaveSchema.parse({
 *   id: "2024-spring",
 *   surveyId: "relationship",
 *   startsAt: "2024-03-01T00:00:00+07:00",
 *   endsAt: "2024-03-15T00:00:00+07:00",
 *   invited: 1200,
 * });
 * surveyWaveSchema.safeParse({ ...wave, endsAt: wave.startsAt }).success; // => false
 * ```
 */
export const surveyWaveSchema = /* @__PURE__ */ (() =>
  z
    .strictObject({
      /** Your identifier: answers name it. */
      id: textSchema,
      /** Of which survey, where there are several. */
      surveyId: textSchema.optional(),
      /** As people call it. */
      name: textSchema.optional(),
      /** First instant at which it can be answered; epoch milliseconds after parsing. */
      startsAt: instantSchema,
      /** First instant at which it no longer can; absent: it is in the field. */
      endsAt: instantSchema.optional(),
      /** How many were asked to answer; absent: not recorded. */
      invited: z.int().min(0, "is below 0").optional(),
      /** How many the invited were drawn from; absent: not recorded. */
      population: z.int().min(0, "is below 0").optional(),
      /** Your own fields, as they come. */
      attributes: openRecordSchema.optional(),
    })
    .refine(({ startsAt, endsAt }) => endsAt === undefined || endsAt > startsAt, {
      path: ["endsAt"],
      error: "is not after startsAt",
    })
    .refine(
      ({ invited, population }) => invited === undefined || population === undefined || invited <= population,
      { path: ["invited"], error: "is more than the population" },
    ))();

/** One time at which a survey was in the field. */
export interface SurveyWave extends z.output<typeof surveyWaveSchema> {}

/** A wave as sent, before parsing. */
export type SurveyWaveInput = z.input<typeof surveyWaveSchema>;
