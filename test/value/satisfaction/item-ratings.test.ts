import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { table } from "../../../src/core/table.js";
import { parseRecords } from "../../../src/model/parse-records.js";
import { surveyAnswerSchema } from "../../../src/model/survey-answer.js";
import { acsi } from "../../../src/value/satisfaction/acsi.js";
import { ces } from "../../../src/value/satisfaction/ces.js";
import { csat } from "../../../src/value/satisfaction/csat.js";
import { derivedImportance } from "../../../src/value/satisfaction/derived-importance.js";
import { itemRatings } from "../../../src/value/satisfaction/item-ratings.js";
import { nps } from "../../../src/value/satisfaction/nps.js";
import { penaltyReward } from "../../../src/value/satisfaction/penalty-reward.js";
import { satisfactionTrend } from "../../../src/value/satisfaction/satisfaction-trend.js";
import { thrown } from "../../core/thrown.js";

const row = (respondentId: string, itemId: string, value: number | null, waveId?: string) => ({
  ...{ respondentId, itemId, value, waveId, customerId: `C-${respondentId}` },
  at: "2024-03-02T09:00:00Z",
});
const stored = parseRecords(surveyAnswerSchema, [
  row("ani", "overall", 5),
  row("ani", "speed", 4),
  row("budi", "speed", 2),
  row("citra", "overall", 3),
  row("budi", "overall", null),
  row("dewi", "speed", 1),
]);

describe("stored answers as lists", () => {
  test("everyone of the wave is there, with null where there is no answer", () => {
    expect(itemRatings(stored, ["overall", "speed"])).toEqual({
      waveId: null,
      respondentIds: ["ani", "budi", "citra", "dewi"],
      customerIds: ["C-ani", "C-budi", "C-citra", "C-dewi"],
      ratings: { overall: [5, null, 3, null], speed: [4, 2, null, 1] },
    });
    expect(itemRatings(stored, ["overall"]).respondentIds).toHaveLength(4);
  });

  test("rows, columns, a table and a matrix say the same", () => {
    const columns = {
      respondentId: stored.map(({ respondentId }) => respondentId),
      customerId: stored.map(({ customerId = null }) => customerId),
      itemId: stored.map(({ itemId }) => itemId),
      value: stored.map(({ value }) => value),
    };
    const expected = itemRatings(stored, ["overall", "speed"]);
    expect(itemRatings(columns, ["overall", "speed"])).toEqual(expected);
    expect(itemRatings(table(columns), ["overall", "speed"])).toEqual(expected);
    const matrix = {
      respondentIds: expected.respondentIds,
      customerIds: expected.customerIds,
      itemIds: ["speed", "overall", "other"],
      values: [4, 5, 9, 2, null, 9, null, 3, 9, 1, null, 9],
    };
    expect(itemRatings(matrix, ["overall", "speed"])).toEqual(expected);
    expect(JSON.parse(JSON.stringify(expected))).toEqual(expected);
  });

  test("every function for satisfaction takes the lists", () => {
    const { ratings } = itemRatings(stored, ["overall", "speed"]);
    expect(csat(ratings.overall)).toMatchObject({ n: 2, missing: 2, mean: 4 });
    expect(nps(ratings.overall)).toMatchObject({ nps: -100, n: 2, missing: 2 });
    expect(ces(ratings.speed, { highMeans: "ease" })).toMatchObject({ n: 3, missing: 1 });
    const { overall, ...items } = ratings;
    expect(derivedImportance({ items, overall })).toMatchObject({ n: 1, dropped: 3 });
    expect(penaltyReward({ items, overall }, { lowUpTo: 2, highFrom: 5 })).toMatchObject({
      n: 1,
      dropped: 3,
    });
    const index = Object.entries(ratings).map(([id, list]) => ({ id, ratings: list, weight: 1 }));
    expect(acsi(index, { max: 5 })).toMatchObject({ n: 1, missing: 3, score: 87.5 });
  });

  test("waves are taken one at a time, and go into a trend with their respondents", () => {
    const both = [
      ...["ani", "budi"].map((id, i) => row(id, "overall", 3 + i, "2023")),
      ...["budi", "ani", "citra"].map((id, i) => row(id, "overall", 5 - i, "2024")),
    ].map((answer) => surveyAnswerSchema.parse(answer));
    const waves = ["2023", "2024"].map((waveId) => {
      const { respondentIds, ratings } = itemRatings(both, ["overall"], { waveId });
      return { waveId, respondentIds, ratings: ratings.overall };
    });
    // ani 3 to 4, budi 4 to 5.
    const { overall } = satisfactionTrend(waves, { measure: "mean", design: "paired", min: 1, max: 5 });
    expect(overall).toMatchObject({ difference: 1, inBoth: 2 });
    expect(thrown(() => itemRatings(both, ["overall"]))).toMatchObject({ path: "options.waveId" });
    expect(thrown(() => itemRatings(both, ["overall"], { waveId: "2025" }))).toMatchObject({
      path: "options.waveId",
    });
  });

  test("whatever the order of the answers, each stands with its respondent", () => {
    const cells = fc.uniqueArray(fc.tuple(fc.nat(4), fc.nat(2), fc.nat(9)), {
      selector: ([person, item]) => `${person} ${item}`,
    });
    fc.assert(
      fc.property(cells, (all) => {
        const answers = all.map(([person, item, value]) => ({
          respondentId: `r${person}`,
          itemId: `q${item}`,
          value,
        }));
        const asked = [...new Set(answers.map(({ itemId }) => itemId))];
        fc.pre(asked.length > 0);
        const { respondentIds, ratings } = itemRatings(answers, asked);
        expect(respondentIds).toEqual([...new Set(answers.map(({ respondentId }) => respondentId))]);
        for (const itemId of asked)
          for (const [i, respondentId] of respondentIds.entries()) {
            const given = answers.find((one) => one.respondentId === respondentId && one.itemId === itemId);
            expect(ratings[itemId]?.[i]).toBe(given?.value ?? null);
          }
      }),
    );
  });
});

describe("what is refused", () => {
  test.each<[string, object, string, string]>([
    ["a second answer", { ...row("ani", "speed", 3) }, "answers[6].itemId", "is answered a second time"],
    [
      "text for an answer",
      { ...row("dewi", "overall", 3), value: "3" },
      "answers[6].value",
      "is not a number from",
    ],
    ["no respondent", { ...row("", "speed", 3) }, "answers[6].respondentId", "is not an id"],
    [
      "two customers",
      { ...row("dewi", "overall", 3), customerId: "C-ani" },
      "answers[6].customerId",
      'row 7, customerId: "C-ani" is another customer than this respondent\'s, "C-dewi"',
    ],
  ])("%s, with its row", (_, more, path, message) => {
    const error = thrown(() => itemRatings([...stored, more] as never, ["overall", "speed"]));
    expect(error).toMatchObject({ code: "INVALID_ROWS", path });
    expect(error.message).toContain(message);
  });
  test.each<[unknown, string]>([
    [[], "itemIds"],
    ["overall", "itemIds"],
    [["overall", "overall"], "itemIds[1]"],
    [[""], "itemIds[0]"],
    // Mistyped, or not asked in this wave.
    [["overall", "sped"], "itemIds[1]"],
  ])("items %j", (itemIds, path) => {
    const error = thrown(() => itemRatings(stored, itemIds as never));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
  });
  test("an item that was seen by all and answered by none was asked", () => {
    const seen = [{ respondentId: "ani", itemId: "new", value: null }];
    expect(itemRatings(seen, ["new"]).ratings).toEqual({ new: [null] });
    expect(itemRatings([], ["new"])).toMatchObject({ respondentIds: [], ratings: { new: [] } });
  });
});
