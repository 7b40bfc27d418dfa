import { describe, expect, test } from "vitest";
import type { ScaleAnswers } from "../../../src/statistics/scales/scale-answers.js";
import type { ScaleDefinition } from "../../../src/statistics/scales/scale-definition.js";
import { type ScaleScoreOptions, scaleScore } from "../../../src/statistics/scales/scale-score.js";
import { thrown } from "../../core/thrown.js";

const scale: ScaleDefinition = {
  id: "trust",
  min: 1,
  max: 5,
  items: [{ id: "a" }, { id: "b", reverse: true }],
};
const row = (respondentId: string, itemId: string, value: number | null, waveId?: string) => ({
  respondentId,
  itemId,
  value,
  ...(waveId === undefined ? {} : { waveId }),
});
const good = [row("ani", "a", 4), row("ani", "b", 2)];

function refusal(answers: unknown, options?: ScaleScoreOptions) {
  const { code, path, message, problems } = thrown(() => scaleScore(answers as ScaleAnswers, scale, options));
  return { code, path, message, rows: problems?.map(({ row: at, field }) => [at, field]) };
}

describe("rows that break a rule are told with their row", () => {
  test.each<[string, unknown[], string, string]>([
    [
      "above the scale",
      [...good, row("budi", "a", 6)],
      "answers[2].value",
      "row 3, value: 6 is not on the item's scale, 1 to 5",
    ],
    [
      "below the scale",
      [row("budi", "a", 0)],
      "answers[0].value",
      "row 1, value: 0 is not on the item's scale, 1 to 5",
    ],
    [
      "text",
      [{ ...row("budi", "a", 1), value: "5" }],
      "answers[0].value",
      'row 1, value: "5" is not on the item\'s scale',
    ],
    ["NaN in a row", [row("budi", "a", Number.NaN)], "answers[0].value", "row 1, value: NaN is not on"],
    [
      "no value",
      [{ respondentId: "budi", itemId: "a" }],
      "answers[0].value",
      "row 1, value: is missing: pass null",
    ],
    [
      "an unknown item",
      [...good, row("budi", "c", 1)],
      "answers[2].itemId",
      'row 3, itemId: "c" is no item of the scale "trust"',
    ],
    [
      "a second answer",
      [...good, row("ani", "a", 4)],
      "answers[2].itemId",
      'row 3, itemId: "a" is answered a second time',
    ],
    [
      "a second answer after none",
      [row("ani", "a", null), row("ani", "a", 4)],
      "answers[1].itemId",
      "row 2, itemId",
    ],
    ["no respondent", [row("", "a", 1)], "answers[0].respondentId", 'row 1, respondentId: "" is not an id'],
    ["no row", [null], "answers[0].respondentId", "row 1, respondentId: is not an id"],
  ])("%s", (_, answers, path, message) => {
    const found = refusal(answers);
    expect(found).toMatchObject({ code: "INVALID_ROWS", path });
    expect(found.message).toContain(message);
  });

  test("all of them in one error, in the order of the rows", () => {
    const found = refusal([row("x", "c", 1), row("x", "a", 9), row("x", "a", 1), row("", "b", 1)]);
    expect(found.rows).toEqual([
      [0, "itemId"],
      [1, "value"],
      [2, "itemId"],
      [3, "respondentId"],
    ]);
    expect(found.message).toMatch(/^4 problems in answers:/);
  });

  test("a file on another scale is told in twenty lines", () => {
    const answers = Array.from({ length: 500 }, (_, i) => row(`${i}`, "a", 50));
    expect(refusal(answers).message).toMatch(/^500 problems in answers, the first 20:/);
  });

  test("the first rows at fault are told, whatever their faults", () => {
    const strange = Array.from({ length: 300 }, (_, i) => row(`${i}`, "c", 1));
    const found = refusal([row("x", "a", 9), row("y", "a", 1), row("y", "a", 1), ...strange]);
    expect(found.message).toMatch(/^302 problems in answers, the first 20:/);
    expect(found.rows?.slice(0, 3)).toEqual([
      [0, "value"],
      [2, "itemId"],
      [3, "itemId"],
    ]);
  });

  test("a step refuses what lies between", () => {
    const stepped = { ...scale, step: 0.5 };
    expect(scaleScore([row("x", "a", 3.5)], stepped).dimensions[0]?.mean).toBe(3.5);
    expect(thrown(() => scaleScore([row("x", "a", 3.4)], stepped)).message).toContain("3.4 is not on a step");
  });
});

describe("a matrix", () => {
  const matrix = { respondentIds: ["x", "y"], itemIds: ["a", "b"], values: [1, 2, 3, 4] };
  test.each<[string, object, string, string, string]>([
    ["a value off the scale", { values: [1, 2, 3, 7] }, "INVALID_ROWS", "answers[1].b", "7 is not on"],
    ["infinity", { values: Float64Array.of(1, 2, 3, Infinity) }, "INVALID_ROWS", "answers[1].b", "Infinity"],
    ["NaN in a plain array", { values: [1, 2, 3, Number.NaN] }, "INVALID_ROWS", "answers[1].b", "NaN"],
    [
      "a respondent twice",
      { respondentIds: ["x", "x"] },
      "INVALID_ROWS",
      "answers[1].respondentId",
      '"x" comes a second time',
    ],
    [
      "an unknown item",
      { itemIds: ["a", "z"] },
      "INVALID_ARGUMENT",
      "answers.itemIds[1]",
      '"z", no item of the scale',
    ],
    ["an item twice", { itemIds: ["a", "a"] }, "INVALID_ARGUMENT", "answers.itemIds[1]", '"a" a second time'],
    [
      "too few values",
      { values: [1, 2, 3] },
      "INVALID_ARGUMENT",
      "answers.values",
      "has 3 values: pass 2 respondents x 2 items",
    ],
    ["text for values", { values: "1234" }, "INVALID_ARGUMENT", "answers.values", '"1234"'],
  ])("%s", (_, change, code, path, message) => {
    const found = refusal({ ...matrix, ...change });
    expect(found).toMatchObject({ code, path });
    expect(found.message).toContain(message);
  });

  test("is one wave, and is not changed", () => {
    expect(refusal(matrix, { waveId: "2024" })).toMatchObject({ path: "options.waveId" });
    const values = Float64Array.of(1, 2, Number.NaN, 4);
    scaleScore({ ...matrix, values }, scale);
    expect([...values]).toEqual([1, 2, Number.NaN, 4]);
  });

  test("other items are skipped on demand, and counted", () => {
    const wider = { respondentIds: ["x", "y"], itemIds: ["a", "z"], values: [1, 99, 3, null] };
    expect(scaleScore(wider, scale, { unknownItems: "skip" })).toMatchObject({ skipped: 1, n: 2 });
    const answers = [...good, row("ani", "z", 99), row("citra", "z", 7)];
    expect(scaleScore(answers, scale, { unknownItems: "skip" })).toMatchObject({
      skipped: 2,
      n: 2,
      unanswered: 1,
    });
  });
});

describe("waves", () => {
  const answers = [row("ani", "a", 1, "w1"), row("ani", "a", 5, "w2"), row("budi", "a", 3, "w2")];
  test("are scored one by one: the same respondent may answer in each", () => {
    expect(scaleScore(answers, scale, { waveId: "w2" })).toMatchObject({
      waveId: "w2",
      n: 2,
      dimensions: [{ mean: 4 }],
    });
    expect(scaleScore(answers.slice(0, 1), scale)).toMatchObject({ waveId: "w1", n: 1 });
  });
  test("are never pooled", () => {
    const found = refusal(answers);
    expect(found).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.waveId" });
    expect(found.message).toContain('of 2 waves: pass one of "w1", "w2"');
  });
  test("one that has no name is not offered", () => {
    const found = refusal([...answers.slice(0, 1), row("budi", "a", 2)]);
    expect(found.message).toContain('of 2 waves, null among them: pass one of "w1"');
    expect(refusal([row("budi", "a", 2)], { waveId: "w1" }).message).toContain(
      "they name no wave, leave it out",
    );
  });
  test("must exist", () => {
    expect(refusal(answers, { waveId: "w3" }).message).toContain('"w3", of which there is no answer');
  });
});

describe("a scale that is none", () => {
  const broken = (change: object) =>
    thrown(() => scaleScore(good, { ...scale, ...change } as ScaleDefinition));
  test.each<[object, string]>([
    [{ id: "" }, "scale.id"],
    [{ min: 5 }, "scale.max"],
    [{ max: Number.NaN }, "scale.max"],
    [{ minAnswered: 1.5 }, "scale.minAnswered"],
    [{ step: 0 }, "scale.step"],
    [{ items: [] }, "scale.items"],
    [{ items: [{ id: "a" }, { id: "a" }] }, "scale.items[1].id"],
    [{ items: [{ id: "a", weight: 0 }] }, "scale.items[0].weight"],
    [{ items: [{ id: "a", weight: 1e200 }] }, "scale.items[0].weight"],
    [{ items: [{ id: "a", weight: 1e-200 }] }, "scale.items[0].weight"],
    [{ max: 1e308 }, "scale.max"],
    [{ min: -1e308 }, "scale.min"],
    [{ items: [{ id: "a", min: 0, max: 1e-320 }] }, "scale.items[0].max"],
    [{ items: [{ id: "a", min: 9 }] }, "scale.items[0].max"],
    [{ items: [{ id: "a", reverse: "yes" }] }, "scale.items[0].reverse"],
  ])("%j", (change, path) => {
    expect(broken(change)).toMatchObject({ code: "INVALID_ARGUMENT", path });
  });
});
