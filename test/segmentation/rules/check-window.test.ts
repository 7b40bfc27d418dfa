import { describe, expect, it } from "vitest";
import { compileRule } from "../../../src/segmentation/rules/compile-rule.js";
import { parseRule, ruleProblems } from "../../../src/segmentation/rules/parse-rule.js";
import type { RuleWindow } from "../../../src/segmentation/rules/rule.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { thrown } from "../../core/thrown.js";

const fields = ruleFields({ joinedAt: "instant" }, { visits: { page: "text", until: "instant" } });
const paths = (rule: unknown) =>
  ruleProblems(rule, { fields }).map(({ path, reason }) => `${path}: ${reason}`);
const within = (window: unknown) => paths({ op: "within", field: "joinedAt", window });
const did = (window: unknown) => paths({ op: "did", of: "visits", window });

const EMPTY = "is no time at all: nothing lies in it";
const FAR = "leads more than 1000 years away from asOf";
const LONG = "adds up to more than 1000 years";
const AHEAD = "lies ahead of asOf, and events are known up to asOf alone";
const TURNED = "is no longer ago than the end of the window: pass the longer one first";

describe("windows in which nothing can lie", () => {
  it.each<[window: object, problem: string]>([
    [{ last: { days: 0 } }, `last: ${EMPTY}`],
    [{ next: { weeks: 0, months: 0 } }, `next: ${EMPTY}`],
    [{ ago: [{ days: 1 }, { days: 30 }] }, `ago[0]: ${TURNED}`],
    [{ ago: [{ days: 30 }, { days: 30 }] }, `ago[0]: ${TURNED}`],
    [{ ago: [{ months: 12 }, { years: 1 }] }, `ago[0]: ${TURNED}`],
    [{ ago: [{ days: 360 }, { years: 1 }] }, `ago[0]: ${TURNED}`],
    [{ ago: [{ months: 11 }, { days: 400 }] }, `ago[0]: ${TURNED}`],
    [
      { from: "2024-07-01", until: "2024-01-01" },
      'until: is not after "2024-07-01", with which the window begins',
    ],
    [
      { from: "2024-07-01", until: "2024-07-01" },
      'until: is not after "2024-07-01", with which the window begins',
    ],
    [
      { from: "2024-07-01T10:00:00+07:00", until: "2024-07-01T03:00:00Z" },
      'until: is not after "2024-07-01T10:00:00+07:00", with which the window begins',
    ],
    [
      { from: "2024-07-03", until: "2024-07-02T00:00:00Z" },
      'until: is not after "2024-07-03", with which the window begins',
    ],
  ])("refuses %j", (window, problem) => {
    expect(within(window)).toEqual([`rule.window.${problem}`]);
    expect(did(window)).toContain(`rule.window.${problem}`);
    const rule = { op: "within", field: "joinedAt", window: window as RuleWindow } as const;
    const error = thrown(() => compileRule(rule, { fields, asOf: "2024-07-01" }));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: `rule.window.${problem.split(":")[0]}` });
  });

  it.each<object>([
    { last: { days: 1, months: 0 } },
    { next: { weeks: 1 } },
    { ago: [{ days: 60 }, { days: 0 }] },
    { ago: [{ months: 1 }, { days: 30 }] },
    { ago: [{ days: 31 }, { months: 1 }] },
    { ago: [{ years: 1 }, { days: 365 }] },
    { calendar: "month", offset: 3 },
    { from: "2024-07-01" },
    { until: "2024-07-01" },
    { from: "2024-07-01", until: "2024-07-02" },
    { from: "2024-07-01", until: "2024-06-30T17:00:00Z" },
    {},
  ])("lets in %j", (window) => {
    expect(within(window)).toEqual([]);
  });

  it("names what is no instant at both ends", () => {
    const reason = "is no civil day and no ISO 8601 instant with an offset";
    expect(within({ from: "yesterday" })).toEqual([`rule.window.from: ${reason}`]);
    expect(within({ from: "2024-01-01", until: "2024-02-30" })).toEqual([`rule.window.until: ${reason}`]);
    expect(did({ until: "tomorrow" })).toEqual([`rule.window.until: ${reason}`]);
  });

  it("refuses anniversaries and steps within no time", () => {
    expect(paths({ op: "anniversary", field: "joinedAt", within: { days: 0 } })).toEqual([
      `rule.within: ${EMPTY}`,
    ]);
    const none = { of: "visits", within: { days: 0 } };
    expect(paths({ op: "sequence", steps: [{ of: "visits" }, none], notFollowedBy: none })).toEqual([
      `rule.steps[1].within: ${EMPTY}`,
      `rule.notFollowedBy.within: ${EMPTY}`,
    ]);
  });
});

describe("windows of events", () => {
  it("lie before asOf, up to which events are known", () => {
    expect(did({ next: { days: 30 } })).toEqual([`rule.window.next: ${AHEAD}`]);
    expect(did({ calendar: "month", offset: 1 })).toEqual([`rule.window.offset: ${AHEAD}`]);
    expect(did({ calendar: "month", offset: 2, count: 2 })).toEqual([`rule.window.offset: ${AHEAD}`]);
    expect(did({ calendar: "month", offset: 1, count: 2 })).toEqual([]);
    expect(did({ calendar: "month" })).toEqual([]);
    const next = { op: "within", window: { next: { days: 1 } } };
    expect(paths({ op: "last", of: "visits", is: next })).toEqual([`rule.is.window.next: ${AHEAD}`]);
    expect(paths({ op: "sequence", steps: [{ of: "visits" }], window: next.window })).toEqual([
      `rule.window.next: ${AHEAD}`,
    ]);
    const where = (field: string) => paths({ op: "did", of: "visits", where: { ...next, field } });
    expect(where("at")).toEqual([`rule.where.window.next: ${AHEAD}`]);
    expect(where("until")).toEqual([]);
  });
});

describe("windows that leave the calendar", () => {
  it.each<[rule: object, problem: string]>([
    [{ op: "within", window: { last: { years: 999, months: 13 } } }, `rule.window.last: ${LONG}`],
    [
      { op: "within", window: { ago: [{ years: 1000, days: 1 }, { days: 0 }] } },
      `rule.window.ago[0]: ${LONG}`,
    ],
    [{ op: "within", window: { calendar: "year", offset: -1001 } }, `rule.window.offset: ${FAR}`],
    [{ op: "within", window: { calendar: "year", offset: 1001 } }, `rule.window.offset: ${FAR}`],
    [
      { op: "within", window: { calendar: "quarter", offset: -2000, count: 3000 } },
      `rule.window.count: ${FAR}`,
    ],
    [{ op: "anniversary", within: { years: 1000, weeks: 1 } }, `rule.within: ${LONG}`],
  ])("refuses %j, with its place in the rule", (rule, problem) => {
    expect(paths({ ...rule, field: "joinedAt" })).toEqual([problem]);
  });

  it("refuses parts that are longer by themselves", () => {
    const problems = within({ last: { years: 1001 } });
    expect(problems).toEqual(["rule.window.last.years: is not a whole number from 0 to 1000"]);
    expect(within({ last: { days: 365_243 } })).toHaveLength(1);
    expect(within({ last: { years: 1000 } })).toEqual([]);
    expect(within({ last: { days: 365_242 } })).toEqual([]);
  });

  it("refuses frequencies over more periods than that", () => {
    const often = (unit: string, outOf: number) =>
      paths({ op: "frequency", of: "visits", unit, atLeast: 1, outOf });
    expect(often("year", 1001)).toEqual([`rule.outOf: ${FAR}`]);
    expect(often("year", 1000)).toEqual([]);
    expect(often("halfYear", 2001)).toEqual([`rule.outOf: ${FAR}`]);
    expect(often("day", 10_000)).toEqual([]);
  });

  it("leaves none that fails for an asOf from the year 1001 to 8998", () => {
    const windows: RuleWindow[] = [
      { last: { years: 1000 } },
      { next: { days: 365_242 } },
      { calendar: "year", offset: -1000 },
      { calendar: "halfYear", offset: 2000 },
      { calendar: "week", offset: -52_177 },
    ];
    for (const asOf of ["1002-01-01", "8998-01-01"])
      for (const window of windows) {
        const rule = parseRule({ op: "within", field: "joinedAt", window }, { fields });
        expect(compileRule(rule, { fields, asOf }).matches({})).toBe(false);
      }
  });
});

describe("numbers that cannot be met", () => {
  it("refuses atLeast of fewer rules, and of fewer periods", () => {
    const any = { op: "all", of: [] };
    expect(paths({ op: "atLeast", count: 3, of: [any, any] })).toEqual([
      "rule.count: is more than the 2 rules there are: nobody can meet it",
    ]);
    expect(paths({ op: "atLeast", count: 2, of: [any, any] })).toEqual([]);
    expect(paths({ op: "frequency", of: "visits", unit: "month", atLeast: 5, outOf: 2 })).toEqual([
      "rule.atLeast: is more than the 2 periods of outOf",
    ]);
  });
});
