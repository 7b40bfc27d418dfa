import { describe, expect, test } from "vitest";
import { column, rows, table } from "../../../src/core/table.js";
import { scaleScore } from "../../../src/statistics/scales/scale-score.js";
import { thrown } from "../../core/thrown.js";

/** Trust and emotional bond, asked for in one survey: an instrument with a dimension for each construct. */
const relationship = {
  ...{ id: "relationship", min: 1, max: 5, step: 1 },
  items: [
    { id: "keepsWord", dimension: "trust" },
    { id: "hidesFaults", dimension: "trust", reverse: true },
    { id: "wouldMiss", dimension: "emotionalBond" },
    { id: "partOfMe", dimension: "emotionalBond" },
    { id: "indifferent", dimension: "emotionalBond", reverse: true },
  ],
};
const itemIds = relationship.items.map(({ id }) => id);
const given: Record<string, (number | null)[]> = {
  ani: [5, 1, 2, 1, 4],
  budi: [2, 4, 5, 4, 1],
  citra: [4, null, 3, null, null],
};
const answers = Object.entries(given).flatMap(([respondentId, values]) =>
  values.map((value, i) => ({
    respondentId,
    customerId: `C-${respondentId}`,
    itemId: itemIds[i] ?? "",
    value,
  })),
);

describe("trust and emotional bond", () => {
  const { respondents, dimensions } = scaleScore(answers, relationship);
  const pomps = (dimension: string) =>
    rows(respondents).flatMap((row) => (row.dimension === dimension ? [row.pomp] : []));

  test("are two scores: one may trust without being attached, and the other way round", () => {
    // ani: (5 + 5) / 2 of 1 to 5, (2 + 1 + 2) / 3; budi: (2 + 2) / 2, (5 + 4 + 5) / 3; citra: 4, and 1 of 3 items is too few.
    expect(pomps("trust")).toEqual([100, 25, 75]);
    expect(pomps("emotionalBond")).toEqual([
      expect.closeTo((100 * (5 / 3 - 1)) / 4, 10),
      expect.closeTo((100 * (14 / 3 - 1)) / 4, 10),
      null,
    ]);
    expect(dimensions.map(({ dimension, n, tooFew }) => [dimension, n, tooFew])).toEqual([
      ["trust", 3, 0],
      ["emotionalBond", 2, 1],
    ]);
  });
  test("each has its own reliability, and no total is made of them", () => {
    const [trust, bond] = dimensions;
    expect([trust?.completeN, bond?.completeN]).toEqual([2, 2]);
    // Of two respondents: items of trust move 5 to 2 and 5 to 2, variances 4.5, of the sum 18; bond 2 to 5, 1 to 4 and 2 to 5.
    expect(trust?.alpha).toBeCloseTo(1, 12);
    expect(bond?.alpha).toBeCloseTo(1, 12);
    expect(new Set(column(respondents, "dimension"))).toEqual(new Set(["trust", "emotionalBond"]));
  });
});

describe("the customer of a respondent", () => {
  const trust = { id: "trust", min: 1, max: 5, items: [{ id: "a" }, { id: "b" }] };
  const row = (respondentId: string, itemId: string, customerId?: string | null) => ({
    ...{ respondentId, itemId, value: 3, customerId },
  });
  const customersOf = (given: Parameters<typeof scaleScore>[0]) =>
    column(scaleScore(given, trust).respondents, "customerId");

  test("stands beside each score, so that scores can be joined to what else is known", () => {
    expect(column(scaleScore(answers, relationship).respondents, "customerId")).toEqual(
      ["ani", "budi", "citra"].flatMap((id) => [`C-${id}`, `C-${id}`]),
    );
  });
  test("one answer that says it is enough; where none does, it is null", () => {
    const some = [row("r1", "a", null), row("r1", "b", "C-1"), row("r2", "a"), row("r3", "a", "C-1")];
    expect(customersOf(some)).toEqual(["C-1", null, "C-1"]);
    expect(customersOf([row("r1", "a"), row("r2", "a")])).toEqual([null, null]);
  });
  test("from columns, a table and a matrix", () => {
    const columns = {
      respondentId: ["r1", "r1", "r2"],
      customerId: ["C-1", null, null],
      itemId: ["a", "b", "a"],
      value: [3, 3, 3],
    };
    expect(customersOf(columns)).toEqual(["C-1", null]);
    expect(customersOf(table(columns))).toEqual(["C-1", null]);
    const matrix = { respondentIds: ["r1", "r2"], itemIds: ["a"], values: [3, 3] };
    expect(customersOf({ ...matrix, customerIds: ["C-1", null] })).toEqual(["C-1", null]);
    expect(customersOf(matrix)).toEqual([null, null]);
  });
  test.each<[unknown, string, string]>([
    [[row("r1", "a", "C-1"), row("r2", "a"), row("r1", "b", "C-2")], "answers[2].customerId", "INVALID_ROWS"],
    [[row("r1", "a", "")], "answers[0].customerId", "INVALID_ROWS"],
    [[{ ...row("r1", "a"), customerId: 7 }], "answers[0].customerId", "INVALID_ROWS"],
    [
      { respondentIds: ["r1"], itemIds: ["a"], values: [3], customerIds: [""] },
      "answers[0].customerId",
      "INVALID_ROWS",
    ],
    [
      { respondentIds: ["r1"], itemIds: ["a"], values: [3], customerIds: [] },
      "answers.customerIds",
      "INVALID_ARGUMENT",
    ],
    [
      { respondentId: ["r1"], itemId: ["a"], value: [3], customerId: [] },
      "answers.customerId",
      "INVALID_ARGUMENT",
    ],
  ])("is refused where it cannot be: %j", (given, path, code) => {
    expect(thrown(() => scaleScore(given as never, trust))).toMatchObject({ code, path });
  });
  test("in another wave a respondent may answer for another customer", () => {
    const waves = [
      { ...row("r1", "a", "C-1"), waveId: "1" },
      { ...row("r1", "a", "C-2"), waveId: "2" },
    ];
    const { respondents } = scaleScore(waves, trust, { waveId: "2" });
    expect(column(respondents, "customerId")).toEqual(["C-2"]);
  });
});
