import * as z from "zod";
import { instantSchema } from "./instant-schema.js";
import { openRecordSchema, textSchema } from "./text-schema.js";

/**
 * Is this the record of one answer to one item of a survey?
 *
 * The value is a number on the item's own scale, which the record does not hold: {@link scaleScore} refuses what is not on
 * it, and {@link checkSurveyAnswers} what is answered twice or outside its wave. An item that was seen and not answered has
 * the value `null`. Millions of answers need not be parsed: those two functions take them as columns, within a second.
 *
 * @example
 * ```ts
 * import { surveyAnswerSchema } from "clientele";
 *
 * const answer = surveyAnswerSchema.parse({
 *   respondentId: "R-17",
 *   customerId: "C-4",
 *   waveId: "2024-spring",
 *   itemId: "trust-1",
 *   value: 6,
 *   at: "2024-03-02T10:15:00+07:00",
 * });
 * answer.at; // => 1709349300000
 * surveyAnswerSchema.safeParse({ ...answer, value: "6" }).success; // => false
 * ```
 */
export const surveyAnswerSchema = /* @__PURE__ */ (() =>
  z.strictObject({
    /** Who answered: the same in every wave, so that change can be told. */
    respondentId: textSchema,
    /** Which customer the respondent is, or answers for; absent: not known. */
    customerId: textSchema.optional(),
    /** In which wave; absent: the survey was taken once. */
    waveId: textSchema.optional(),
    /** Which item. */
    itemId: textSchema,
    /** The answer, on the item's scale; `null`: seen and not answered. */
    value: z.number().nullable(),
    /** When; epoch milliseconds after parsing. */
    at: instantSchema,
    /** Your own fields, as they come. */
    attributes: openRecordSchema.optional(),
  }))();

/** One answer to one item of a survey. */
export interface SurveyAnswer extends z.output<typeof surveyAnswerSchema> {}

/** An answer as sent, before parsing. */
export type SurveyAnswerInput = z.input<typeof surveyAnswerSchema>;
