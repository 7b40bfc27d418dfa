import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { rows } from "../../../src/core/table.js";
import type { SalesActivityRow } from "../../../src/profitability/pipeline/sales-activities.js";
import {
  overdueActivities,
  salesActivityReport,
} from "../../../src/profitability/pipeline/sales-activity-report.js";
import { day } from "./deals.js";

const task = (
  id: string,
  dueAt: number | string,
  fields: Partial<SalesActivityRow> = {},
): SalesActivityRow => ({
  id,
  kind: "call",
  ownerId: "ani",
  dueAt,
  ...fields,
});

describe("overdueActivities", () => {
  it("the longest overdue first; done, called off and today's are not", () => {
    const overdue = overdueActivities(
      [
        task("yesterday", day(9)),
        task("long ago", day(1), { ownerId: undefined, accountId: "A-1" }),
        task("done", day(1), { doneAt: day(3) }),
        task("called off", day(1), { canceledAt: day(3) }),
        task("today", day(10)),
        task("done later", day(8), { doneAt: day(12) }),
        task("planned later", day(2), { createdAt: day(11) }),
      ],
      { asOf: day(10) + 3_600_000 },
    );
    expect(rows(overdue).map(({ activityId, daysOverdue }) => [activityId, daysOverdue])).toEqual([
      ["long ago", 9],
      ["done later", 2],
      ["yesterday", 1],
    ]);
    expect(rows(overdue)[0]).toMatchObject({ ownerId: null, accountId: "A-1", dueAt: day(1) });
  });

  it("days begin in the zone of the call", () => {
    // 18:00 UTC on 1 January is 2 January in Jakarta; so is 00:30 UTC on the 2nd.
    const one = [task("1", "2024-01-01T18:00:00Z")];
    const asOf = "2024-01-02T00:30:00Z";
    expect(overdueActivities(one, { asOf }).length).toBe(1);
    expect(overdueActivities(one, { asOf, timeZone: "Asia/Jakarta" }).length).toBe(0);
  });
});

describe("salesActivityReport", () => {
  const activities = [
    task("1", day(1), { doneAt: day(1) + 40_000_000, response: "yes" }),
    task("2", day(1), { doneAt: day(2) }),
    task("3", day(1)),
    task("4", day(20), { kind: "visit" }),
    task("5", day(2), { kind: "visit", canceledAt: day(2) }),
    task("6", day(2), { kind: "mail", ownerId: "budi", doneAt: day(2), response: "no", respondedAt: day(9) }),
  ];

  it("planned, done, on time, overdue, ahead, called off, answered", () => {
    const report = salesActivityReport(activities, { asOf: day(5) });
    expect(report).toMatchObject({
      planned: 6,
      done: 3,
      onTime: 2,
      overdue: 1,
      ahead: 1,
      canceled: 1,
      responses: 1,
      completion: { value: 3 / 4 },
      punctuality: { value: 2 / 4 },
      responseRate: { value: 1 / 3 },
    });
    expect(report.groups.map(({ group, kind, planned }) => [group, kind, planned])).toEqual([
      ["ani", null, 5],
      ["ani", "call", 3],
      ["ani", "visit", 2],
      ["budi", null, 1],
      ["budi", "mail", 1],
    ]);
    expect(salesActivityReport(activities, { asOf: day(10) }).responses).toBe(2);
  });

  it("a window of due instants, also after asOf", () => {
    const window = { start: day(2), end: day(30) };
    expect(salesActivityReport(activities, { asOf: day(5), window })).toMatchObject({ planned: 3, ahead: 1 });
  });

  it("what happens at asOf or later does not count yet", () => {
    const later = [
      task("done at asOf", day(1), { doneAt: day(5), response: "yes" }),
      task("called off later", day(1), { canceledAt: day(6) }),
      task("answered later", day(1), { doneAt: day(1), response: "yes", respondedAt: day(5) }),
      task("done and answered later", day(9), { doneAt: day(6), response: "yes", respondedAt: day(6) }),
    ];
    expect(salesActivityReport(later, { asOf: day(5) })).toMatchObject({
      done: 1,
      overdue: 2,
      ahead: 1,
      canceled: 0,
      responses: 0,
    });
    expect(salesActivityReport(later, { asOf: day(7) })).toMatchObject({
      done: 3,
      canceled: 1,
      responses: 3,
    });
  });

  it("groups by name, nobody last; whole numbers are names", () => {
    const owned = [
      task("1", day(1), { ownerId: undefined }),
      task("2", day(1), { ownerId: "citra" }),
      task("3", day(1), { ownerId: "ani" }),
      task("4", day(1), { ownerId: 12, accountId: 7 }),
    ];
    const { groups } = salesActivityReport(owned, { asOf: day(0) });
    expect(groups.filter(({ kind }) => kind === null).map(({ group }) => group)).toEqual([
      "12",
      "ani",
      "citra",
      null,
    ]);
    const late = overdueActivities([{ ...owned[3], id: 4 }], { asOf: day(5) });
    expect(rows(late)[0]).toMatchObject({ activityId: "4", ownerId: "12", accountId: "7" });
    expect(() => salesActivityReport(owned, { asOf: day(0), groupBy: "owner" as "ownerId" })).toThrow(
      /options\.groupBy is "owner": pass one of "ownerId", "accountId"/,
    );
  });

  it.each([
    ["response", { doneAt: day(1), respondedAt: day(2) }, /is missing although respondedAt is known/],
    ["respondedAt", { doneAt: day(2), response: "yes", respondedAt: day(1) }, /is before doneAt/],
  ] as const)("refuses an answer without its %s in order", (field, fields, message) => {
    const run = () => salesActivityReport([task("1", day(1), fields)], { asOf: day(5) });
    expect(run).toThrow(expect.objectContaining({ code: "INVALID_ROWS", path: `activities[0].${field}` }));
    expect(run).toThrow(message);
  });

  it("names what is wrong", () => {
    const bad = [task("1", day(1), { response: "yes" }), task("1", "soon")];
    expect(() => salesActivityReport(bad, { asOf: day(5) })).toThrow(
      expect.objectContaining({ code: "INVALID_ROWS", path: "activities[0].doneAt" }),
    );
    expect(() => salesActivityReport(bad, { asOf: day(5) })).toThrow(
      /row 2, id: "1" comes a second time\n.*"soon" is no instant/,
    );
  });

  const anyTasks = fc
    .array(
      fc.record({
        due: fc.integer({ min: 0, max: 30 }),
        done: fc.option(fc.integer({ min: 0, max: 30 })),
        off: fc.boolean(),
        kind: fc.constantFrom("call", "visit"),
        ownerId: fc.constantFrom("ani", "budi", undefined),
      }),
      { maxLength: 15 },
    )
    .map((list) =>
      list.map(({ due, done, off, kind, ownerId }, i) =>
        task(`${i}`, day(due), {
          kind,
          ownerId,
          ...(done === null ? (off ? { canceledAt: day(due) } : {}) : { doneAt: day(done) }),
        }),
      ),
    );

  test("any activities: parts add up, and the overdue are those of overdueActivities", () => {
    fc.assert(
      fc.property(anyTasks, fc.integer({ min: 0, max: 31 }), (list, at) => {
        const report = salesActivityReport(list, { asOf: day(at) });
        expect(report.done + report.overdue + report.ahead + report.canceled).toBe(list.length);
        expect(report.overdue).toBe(overdueActivities(list, { asOf: day(at) }).length);
        for (const field of ["planned", "done", "onTime", "responses"] as const) {
          const ofKind = (all: boolean) =>
            report.groups
              .filter(({ kind }) => (kind === null) === all)
              .reduce((sum, one) => sum + one[field], 0);
          expect([ofKind(true), ofKind(false)]).toEqual([report[field], report[field]]);
        }
      }),
    );
  });
});
