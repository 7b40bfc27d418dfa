import { describe, expect, test } from "vitest";
import * as z from "zod";
import { rowProblemMessage } from "../../src/core/row-problems.js";
import { checkSurveyAnswers } from "../../src/model/check-survey-answers.js";
import { parseRecords } from "../../src/model/parse-records.js";
import { surveyAnswerSchema } from "../../src/model/survey-answer.js";
import { surveyWaveSchema } from "../../src/model/survey-wave.js";
import { scaleScore } from "../../src/statistics/scales/scale-score.js";
import { thrown } from "../core/thrown.js";

const start = Date.UTC(2024, 2, 1);
const wave = {
  id: "spring",
  surveyId: "relationship",
  name: "Spring 2024",
  startsAt: start,
  endsAt: start + 14 * 86_400_000,
  invited: 1200,
  population: 5000,
};
const answer = {
  respondentId: "R-1",
  customerId: "C-1",
  waveId: "spring",
  itemId: "trust-1",
  value: 6,
  at: start,
};

/** What the library says about one record. */
function said(schema: z.ZodType, record: unknown): string[] {
  const { rejects } = parseRecords(schema, [record], { onInvalid: "collect" });
  return rejects.flatMap(({ problems }) => problems.map(rowProblemMessage));
}

describe("records", () => {
  test.each([
    ["a wave", surveyWaveSchema, wave],
    ["an answer", surveyAnswerSchema, answer],
  ])("%s: parsing is idempotent, JSON holds it, JSON Schema says the same", (_, schema, record) => {
    const parsed = (schema as z.ZodType).parse(record);
    expect(parsed).toEqual(record);
    expect((schema as z.ZodType).parse(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
    expect(z.toJSONSchema(schema as z.ZodType, { io: "input" })).toMatchObject({ type: "object" });
  });

  test.each<[string, z.ZodType, object, string]>([
    ["a day instead of an instant", surveyAnswerSchema, { ...answer, at: "2024-03-01" }, "row 1, at:"],
    ["a day that is none", surveyAnswerSchema, { ...answer, at: "2024-02-30T00:00:00Z" }, "row 1, at:"],
    ["text for a number", surveyAnswerSchema, { ...answer, value: "6" }, "row 1, value:"],
    ["no value", surveyAnswerSchema, { ...answer, value: undefined }, "row 1, value: is missing"],
    [
      "no respondent",
      surveyAnswerSchema,
      { ...answer, respondentId: "" },
      'row 1, respondentId: "" is empty',
    ],
    ["an unknown field", surveyAnswerSchema, { ...answer, score: 6 }, "row 1, score: 6 is not a known field"],
    ["a wave that ends as it starts", surveyWaveSchema, { ...wave, endsAt: start }, "is not after startsAt"],
    [
      "more invited than there are",
      surveyWaveSchema,
      { ...wave, invited: 5001 },
      "row 1, invited: 5001 is more than the population",
    ],
    ["half an invitation", surveyWaveSchema, { ...wave, invited: 0.5 }, "row 1, invited: 0.5"],
  ])("refuses %s", (_, schema, record, message) => {
    expect(said(schema, record)).toEqual([expect.stringContaining(message)]);
  });

  test("what was seen and not answered is null", () => {
    expect(said(surveyAnswerSchema, { ...answer, value: null })).toEqual([]);
  });

  test("stored answers are scored as they are", () => {
    const stored = [answer, { ...answer, respondentId: "R-2", value: null }].map((row) =>
      surveyAnswerSchema.parse(row),
    );
    const scores = scaleScore(stored, { id: "trust", min: 1, max: 7, items: [{ id: "trust-1" }] });
    expect(scores).toMatchObject({ waveId: "spring", n: 2, unanswered: 1, dimensions: [{ mean: 6 }] });
  });
});

describe("checkSurveyAnswers", () => {
  const check = (...changes: object[]) =>
    checkSurveyAnswers(
      changes.map((change) => ({ ...answer, ...change })),
      [wave],
    );
  test("takes each item once in a wave, from its first instant until before its last", () => {
    expect(() =>
      check({}, { itemId: "trust-2" }, { respondentId: "R-2", at: wave.endsAt - 1 }),
    ).not.toThrow();
    // Ids that look alike when joined are told apart.
    expect(() =>
      check({ respondentId: "a,b", itemId: "c" }, { respondentId: "a", itemId: "b,c" }),
    ).not.toThrow();
  });
  test("a wave in the field has no end; without waves no date is checked", () => {
    const { endsAt: _, ...open } = wave;
    expect(() => checkSurveyAnswers([{ ...answer, at: wave.endsAt }], [open])).not.toThrow();
    expect(() => checkSurveyAnswers([{ ...answer, at: -1 }])).not.toThrow();
  });
  test.each<[string, object[], string, string]>([
    [
      "twice",
      [{}, { value: 7 }],
      "answers[1].itemId",
      'row 2, itemId: "trust-1" is answered by this respondent in row 1',
    ],
    ["too early", [{ at: start - 1 }], "answers[0].at", "is before its wave"],
    ["too late", [{}, { itemId: "x", at: wave.endsAt }], "answers[1].at", "is after its wave"],
    [
      "an unknown wave",
      [{ waveId: "autumn" }],
      "answers[0].waveId",
      '"autumn" is not the id of any of these waves',
    ],
  ])("refuses %s", (_, changes, path, message) => {
    const error = thrown(() => check(...changes));
    expect(error).toMatchObject({ code: "INVALID_ROWS", path });
    expect(error.message).toContain(message);
  });
  test.each<[string, unknown, string, string]>([
    ["null", null, "answers[1]", "row 2: null is not an object"],
    ["a number for a respondent", { respondentId: 7 }, "answers[1].respondentId", "7 is not an id"],
    ["no item", { itemId: undefined }, "answers[1].itemId", "row 2, itemId: is not an id"],
    ["an empty wave", { waveId: "" }, "answers[1].waveId", '"" is not an id'],
    ["a date as text", { at: "2024-03-02T00:00:00Z" }, "answers[1].at", "is not epoch milliseconds"],
    ["no date", { at: Number.NaN }, "answers[1].at", "NaN is not epoch milliseconds"],
  ])("an answer that was not parsed: %s", (_, change, path, message) => {
    const second = change === null ? null : { ...answer, itemId: "x", ...(change as object) };
    // With waves and without.
    for (const waves of [[wave], undefined]) {
      const error = thrown(() => checkSurveyAnswers([answer, second] as never, waves));
      expect(error).toMatchObject({ code: "INVALID_ROWS", path });
      expect(error.message).toContain(message);
    }
  });
  test.each<[unknown, string]>([
    [null, "waves[0].id"],
    [{ ...wave, id: 4 }, "waves[0].id"],
    [{ ...wave, startsAt: "2024-03-01" }, "waves[0].startsAt"],
    [{ ...wave, endsAt: null }, "waves[0].endsAt"],
  ])("a wave that was not parsed: %j", (given, path) => {
    const error = thrown(() => checkSurveyAnswers([], [given as never]));
    expect(error).toMatchObject({ code: "INVALID_ROWS", path });
  });
  test("one respondent may answer in two waves, row after row", () => {
    expect(() => checkSurveyAnswers([answer, { ...answer, waveId: "autumn" }])).not.toThrow();
  });
  test("answers are told apart in whatever order they come; all faults are counted", () => {
    const ids = ["a", "b", "c"];
    const all = ids.flatMap((respondentId) =>
      ids.flatMap((itemId) =>
        [undefined, "spring"].map((waveId) => ({ ...answer, respondentId, itemId, waveId })),
      ),
    );
    const mixed = all.map((_, i) => all[(i * 7) % all.length] ?? answer);
    expect(new Set(mixed).size).toBe(18);
    expect(() => checkSurveyAnswers(mixed)).not.toThrow();
    const error = thrown(() => checkSurveyAnswers([...mixed, ...all]));
    expect(error.message).toContain("18 problems in answers");
    const row = mixed.indexOf(all[0] ?? answer) + 1;
    expect(error.problems?.[0]).toMatchObject({
      row: 18,
      reason: expect.stringContaining(`in row ${row} of`),
    });
    const many = Array.from({ length: 300 }, () => answer);
    expect(thrown(() => checkSurveyAnswers(many)).message).toContain("299 problems in answers, the first 20");
  });
  test("a wave stands once", () => {
    expect(thrown(() => checkSurveyAnswers([], [wave, wave]))).toMatchObject({
      code: "INVALID_ROWS",
      path: "waves[1].id",
    });
  });
});
