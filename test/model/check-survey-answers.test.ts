import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { table } from "../../src/core/table.js";
import type { AnswerPlace } from "../../src/model/answer-places.js";
import { checkSurveyAnswers } from "../../src/model/check-survey-answers.js";
import { thrown } from "../core/thrown.js";

const wave = { id: "spring", startsAt: 1000, endsAt: 2000 };
const answer: AnswerPlace = { respondentId: "R-1", waveId: "spring", itemId: "trust", at: 1500 };
const columnsOf = (rows: readonly AnswerPlace[]) => ({
  respondentId: rows.map(({ respondentId }) => respondentId),
  waveId: rows.map(({ waveId }) => waveId ?? null),
  itemId: rows.map(({ itemId }) => itemId),
  at: Float64Array.from(rows, ({ at }) => at),
});

describe("columns say the same as rows", () => {
  const few = fc.constantFrom("a", "b", "c");
  const places = fc.array(
    fc.record({
      respondentId: few,
      waveId: fc.constantFrom("spring", "autumn", null),
      itemId: fc.constantFrom("x", "y"),
      at: fc.constantFrom(999, 1000, 1999, 2000),
    }),
    { maxLength: 12 },
  );
  const said = (check: () => void) => {
    try {
      check();
    } catch (error) {
      return (error as Error).message;
    }
    return "";
  };

  test("and both what a comparison of every two rows says", () => {
    fc.assert(
      fc.property(places, (rows) => {
        const expected = rows.flatMap(({ respondentId, waveId, itemId, at }, row) => {
          const first = rows.findIndex(
            (other) =>
              other.respondentId === respondentId && other.waveId === waveId && other.itemId === itemId,
          );
          const found: string[] = [];
          if (first < row)
            found.push(
              `row ${row + 1}, itemId: "${itemId}" is answered by this respondent in row ${first + 1} of`,
            );
          if (waveId === "autumn") found.push(`row ${row + 1}, waveId: "autumn" is not the id`);
          if (waveId === "spring" && at < 1000) found.push(`row ${row + 1}, at: ${at} is before`);
          if (waveId === "spring" && at >= 2000) found.push(`row ${row + 1}, at: ${at} is after`);
          return found;
        });
        const lines = said(() => checkSurveyAnswers(rows, [wave]))
          .split("\n")
          .slice(1);
        expect(lines).toHaveLength(Math.min(20, expected.length));
        for (const [i, line] of lines.entries()) expect(line).toContain(expected[i]);
        const { respondentId, waveId, itemId, at } = columnsOf(rows);
        const columns = { respondentId, waveId, itemId, at };
        expect(said(() => checkSurveyAnswers(columns, [wave]))).toBe(
          said(() => checkSurveyAnswers(rows, [wave])),
        );
        const asTable = table({ respondentId, waveId, itemId, at: [...at] });
        expect(said(() => checkSurveyAnswers(asTable, [wave]))).toBe(
          said(() => checkSurveyAnswers(rows, [wave])),
        );
      }),
    );
  });

  test("a survey that was taken once needs no column of waves", () => {
    const { respondentId, itemId, at } = columnsOf([answer, { ...answer, itemId: "y" }]);
    expect(() => checkSurveyAnswers({ respondentId, itemId, at })).not.toThrow();
    const twice = { respondentId, itemId: ["y", "y"], at };
    expect(thrown(() => checkSurveyAnswers(twice))).toMatchObject({ path: "answers[1].itemId" });
  });

  test.each<[unknown, string, string]>([
    ["text", "answers", 'answers is "text": pass rows, or columns'],
    [{ respondentId: ["a"], at: [1] }, "answers.itemId", "answers.itemId is undefined"],
    [
      { respondentId: ["a"], itemId: ["x", "y"], at: [1] },
      "answers.itemId",
      "answers.itemId has 2 values, answers.respondentId has 1: pass one for each row",
    ],
    [{ columns: { respondentId: ["a"], itemId: ["x"] } }, "answers.columns.at", "is undefined"],
  ])("columns that are none: %j", (given, path, message) => {
    const error = thrown(() => checkSurveyAnswers(given as never));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
    expect(error.message).toContain(message);
  });

  test("an answer of a column that was not parsed", () => {
    const columns = { ...columnsOf([answer, answer, answer]), at: [1500, Number.NaN, 1e300] };
    const { problems } = thrown(() => checkSurveyAnswers({ ...columns, itemId: ["x", "y", ""] }));
    expect(problems?.map(({ row, field }) => [row, field])).toEqual([
      [1, "at"],
      [2, "itemId"],
    ]);
  });
});

describe("times", () => {
  test.each([1e300, -5.5, 1500.5, 253_402_300_800_000, "1500", null, undefined])(
    "%s is no instant: refused with its row, with waves and without",
    (at) => {
      for (const waves of [[wave], undefined]) {
        const error = thrown(() =>
          checkSurveyAnswers([answer, { ...answer, itemId: "y", at } as never], waves),
        );
        expect(error).toMatchObject({ code: "INVALID_ROWS", path: "answers[1].at" });
      }
    },
  );
  test("the last millisecond of the year 9999 is one", () => {
    expect(() => checkSurveyAnswers([{ ...answer, at: 253_402_300_799_999 }])).not.toThrow();
  });
  test.each<[object, string, string]>([
    [{ startsAt: 200, endsAt: 100 }, "waves[1].endsAt", "row 2, endsAt: 100 is not after startsAt, 200"],
    [{ startsAt: 200, endsAt: 200 }, "waves[1].endsAt", "200 is not after startsAt"],
    [{ startsAt: 1e300 }, "waves[1].startsAt", "is not epoch milliseconds"],
    [{ startsAt: 0, endsAt: 0.5 }, "waves[1].endsAt", "0.5 is not epoch milliseconds"],
  ])("a wave that cannot be is the wave's fault, not its answers': %j", (change, path, message) => {
    const waves = [wave, { id: "autumn", ...change } as never];
    const error = thrown(() => checkSurveyAnswers([{ ...answer, waveId: "autumn", at: 150 }], waves));
    expect(error).toMatchObject({ code: "INVALID_ROWS", path });
    expect(error.message).toContain(message);
  });
  test("an answer without a wave, absent or null, is held against none", () => {
    const rows = [
      { ...answer, waveId: undefined, at: 1 },
      { ...answer, waveId: null, itemId: "y", at: 1 },
      answer,
      { ...answer, waveId: null, itemId: "z", at: 1 },
    ];
    expect(() => checkSurveyAnswers(rows, [wave])).not.toThrow();
    // Both mean that the survey was taken once.
    const same = [rows[0] ?? answer, { ...answer, waveId: null }];
    expect(thrown(() => checkSurveyAnswers(same)).path).toBe("answers[1].itemId");
  });
});
