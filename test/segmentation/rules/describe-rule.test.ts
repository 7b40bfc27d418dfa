import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeRule } from "../../../src/segmentation/rules/describe-rule.js";
import type { FieldRule, RuleWindow, SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { RULE_SHAPES } from "../../../src/segmentation/rules/rule-shapes.js";
import { thrown } from "../../core/thrown.js";
import { shopFields, someRule } from "./some-rules.js";

const operators = { near: { holds: () => true } };
const options = { fields: shopFields, operators };

const bought = { of: "transactions" } as const;
const big: SegmentRule = { op: "gt", field: "amount", value: 1_500_000.5 };
const last90: RuleWindow = { last: { days: 90 } };
const adult: SegmentRule = { op: "gte", field: "age", value: 18 };
const pro: SegmentRule = { op: "eq", field: "plan", value: "pro" };
const member: SegmentRule = { op: "eq", field: "isMember", value: true };

/** Every operator, in English and in Indonesian. */
const sentences: readonly (readonly [SegmentRule, string, string])[] = [
  [pro, 'plan is "pro"', 'plan adalah "pro"'],
  [
    { op: "ne", field: "plan", value: "pro" },
    'plan is given, but not "pro"',
    'plan ada datanya, tetapi bukan "pro"',
  ],
  [member, "isMember is true", "isMember adalah ya"],
  [{ op: "eq", field: "isMember", value: false }, "isMember is false", "isMember adalah tidak"],
  [{ op: "lt", field: "age", value: 18 }, "age is less than 18", "umur kurang dari 18"],
  [{ op: "lte", field: "age", value: -1234.5 }, "age is at most -1234.5", "umur paling banyak -1234,5"],
  [{ op: "gt", field: "age", value: 1e21 }, "age is more than 1e+21", "umur lebih dari 1e+21"],
  [{ op: "lte", field: "age", value: -12345.5 }, "age is at most -12,345.5", "umur paling banyak -12.345,5"],
  [adult, "age is at least 18", "umur paling sedikit 18"],
  [{ op: "between", field: "age", from: 18, to: 30 }, "age is from 18 to 30", "umur dari 18 sampai 30"],
  [
    { op: "in", field: "plan", values: ["pro", "team"] },
    'plan is one of "pro", "team"',
    'plan adalah salah satu dari "pro", "team"',
  ],
  [
    { op: "in", field: "age", values: [] },
    "age is one of an empty list",
    "umur adalah salah satu dari daftar kosong",
  ],
  [
    { op: "notIn", field: "age", values: [1, 2] },
    "age is given, but none of 1, 2",
    "umur ada datanya, tetapi bukan salah satu dari 1, 2",
  ],
  [
    { op: "in", field: "age", values: [1.5, 2, 1234] },
    "age is one of 1.5, 2, 1234",
    "umur adalah salah satu dari 1,5; 2; 1234",
  ],
  [
    { op: "hasAny", field: "scores", values: [1_000_000, 5] },
    "scores has at least one of 1,000,000; 5",
    "scores memuat paling sedikit satu dari 1.000.000, 5",
  ],
  [
    { op: "contains", field: "address.city", value: 'a"b' },
    'city contains "a\\"b"',
    'city mengandung "a\\"b"',
  ],
  [
    { op: "startsWith", field: "name", value: "Bu", ignoreCase: true },
    'name begins with "Bu" (in upper or lower case)',
    'name diawali "Bu" (huruf besar/kecil diabaikan)',
  ],
  [
    { op: "endsWith", field: "name", value: "Bu", ignoreCase: false },
    'name ends with "Bu"',
    'name diakhiri "Bu"',
  ],
  [{ op: "exists", field: "name" }, "name is given", "name ada datanya"],
  [{ op: "missing", field: "joinedAt" }, "joining is missing", "bergabung tidak ada datanya"],
  [
    { op: "hasAny", field: "tags", values: ["a", "b"] },
    'tags has at least one of "a", "b"',
    'tags memuat paling sedikit satu dari "a", "b"',
  ],
  [{ op: "hasAll", field: "scores", values: [1] }, "scores has all of 1", "scores memuat semua dari 1"],
  [
    { op: "hasNone", field: "tags", values: ["a"] },
    'tags is given, but has none of "a"',
    'tags ada datanya, tetapi tidak memuat satu pun dari "a"',
  ],
  [
    { op: "size", field: "tags", is: { op: "between", from: 2, to: 4 } },
    "the number of items in tags is from 2 to 4",
    "banyaknya isi tags dari 2 sampai 4",
  ],
  [
    { op: "eq", field: "joinedAt", value: "2024-02-29" },
    "joining is on 29 February 2024",
    "bergabung pada 29 Februari 2024",
  ],
  [
    { op: "ne", field: "joinedAt", value: "2024-02-29" },
    "joining is given, but not on 29 February 2024",
    "bergabung ada datanya, tetapi tidak pada 29 Februari 2024",
  ],
  [
    { op: "lt", field: "joinedAt", value: "2024-05-01" },
    "joining is before 1 May 2024",
    "bergabung sebelum 1 Mei 2024",
  ],
  [
    { op: "lte", field: "joinedAt", value: "2024-08-17T10:00:00+07:00" },
    "joining is at or before 17 August 2024, 10:00:00 UTC+07:00",
    "bergabung pada atau sebelum 17 Agustus 2024, 10:00:00 UTC+07:00",
  ],
  [
    { op: "gt", field: "joinedAt", value: "2024-05-01T09:30Z" },
    "joining is after 1 May 2024, 09:30 UTC",
    "bergabung setelah 1 Mei 2024, 09:30 UTC",
  ],
  [
    { op: "gte", field: "joinedAt", value: "2024-12-31" },
    "joining is on or after 31 December 2024",
    "bergabung pada atau setelah 31 Desember 2024",
  ],
  [
    { op: "between", field: "joinedAt", from: "2024-01-01", to: "2024-03-31" },
    "joining is from 1 January 2024 to 31 March 2024",
    "bergabung dari 1 Januari 2024 sampai 31 Maret 2024",
  ],
  [
    { op: "within", field: "joinedAt", window: last90 },
    "joining is in the last 90 days",
    "bergabung dalam 90 hari terakhir",
  ],
  [
    { op: "anniversary", field: "joinedAt", within: { days: 7 } },
    "an anniversary of joining is within the next 7 days, today included",
    "ulang tahun bergabung dalam 7 hari ke depan, termasuk hari ini",
  ],
  [
    { op: "anniversary", field: "joinedAt", within: { months: 1, days: 1 }, direction: "last" },
    "an anniversary of joining was within the last 1 month 1 day, today included",
    "ulang tahun bergabung dalam 1 bulan 1 hari terakhir, termasuk hari ini",
  ],
  [{ op: "did", ...bought }, "there are transactions", "ada transaksi"],
  [
    { op: "didNot", ...bought, window: last90, where: big },
    "there are no transactions in the last 90 days (only where amount is more than 1,500,000.5)",
    "tidak ada transaksi dalam 90 hari terakhir (hanya yang nilai lebih dari 1.500.000,5)",
  ],
  [
    { op: "count", ...bought, is: { op: "gte", value: 3 } },
    "the number of transactions is at least 3",
    "banyaknya transaksi paling sedikit 3",
  ],
  [
    { op: "count", ...bought, is: { op: "ne", value: 3 } },
    "the number of transactions is not 3",
    "banyaknya transaksi bukan 3",
  ],
  [
    { op: "sum", ...bought, field: "amount", is: { op: "eq", value: 0 } },
    "the sum of amount over transactions is 0",
    "total nilai dari transaksi adalah 0",
  ],
  [
    { op: "average", ...bought, field: "amount", is: { op: "lt", value: 5 } },
    "the average of amount over transactions is less than 5",
    "rata-rata nilai dari transaksi kurang dari 5",
  ],
  [
    { op: "min", ...bought, field: "amount", is: { op: "ne", value: 5 } },
    "the lowest amount over transactions is given, but not 5",
    "nilai terendah dari transaksi ada datanya, tetapi bukan 5",
  ],
  [
    { op: "max", ...bought, field: "amount", is: { op: "gt", value: 5 } },
    "the highest amount over transactions is more than 5",
    "nilai tertinggi dari transaksi lebih dari 5",
  ],
  [
    { op: "distinct", ...bought, field: "productId", is: { op: "gte", value: 2 } },
    "the number of different values of product over transactions is at least 2",
    "banyaknya produk berbeda dalam transaksi paling sedikit 2",
  ],
  [
    { op: "first", ...bought, is: { op: "gte", value: "2024-01-01" } },
    "the first transaction is on or after 1 January 2024",
    "transaksi pertama pada atau setelah 1 Januari 2024",
  ],
  [
    { op: "last", ...bought, is: { op: "within", window: { calendar: "month", offset: -1 } } },
    "the last transaction is in the previous calendar month",
    "transaksi terakhir pada bulan kalender sebelumnya",
  ],
  [
    { op: "last", of: "visits", window: last90, is: { op: "lt", value: "2024-01-01" } },
    "the last of the visits in the last 90 days is before 1 January 2024",
    "visits terakhir dalam 90 hari terakhir sebelum 1 Januari 2024",
  ],
  [
    {
      op: "sequence",
      window: last90,
      steps: [
        { of: "visits", where: { op: "eq", field: "page", value: "price" } },
        { of: "transactions", within: { days: 7 } },
      ],
      notFollowedBy: { of: "visits", within: { weeks: 1 } },
    },
    'in the last 90 days there were, one after the other: visits (only where page is "price"), then transaction within 7 days, not followed by visits within 1 week',
    'secara berurutan dalam 90 hari terakhir: visits (hanya yang page adalah "price"), lalu transaksi dalam 7 hari, tidak diikuti visits dalam 1 minggu',
  ],
  [
    { op: "frequency", ...bought, unit: "month", atLeast: 6, outOf: 12 },
    "in at least 6 of the last 12 complete calendar months there are transactions",
    "paling sedikit pada 6 dari 12 bulan kalender lengkap terakhir ada transaksi",
  ],
  [
    { op: "frequency", of: "visits", unit: "week", atLeast: 2, outOf: 4, minimum: 3 },
    "in at least 2 of the last 4 complete calendar weeks there are at least 3 visits",
    "paling sedikit pada 2 dari 4 minggu kalender lengkap terakhir, tiap minggu ada paling sedikit 3 visits",
  ],
  [
    { op: "frequency", of: "visits", unit: "week", atLeast: 1, outOf: 1, minimum: 3 },
    "in the last complete calendar week there are at least 3 visits",
    "pada minggu kalender lengkap terakhir ada paling sedikit 3 visits",
  ],
  [
    { op: "frequency", of: "visits", unit: "year", atLeast: 1, outOf: 1 },
    "in the last complete calendar year there are visits",
    "pada tahun kalender lengkap terakhir ada visits",
  ],
  [
    { op: "segment", segment: "loyal" },
    'the customer is in segment "loyal"',
    'pelanggan termasuk segmen "loyal"',
  ],
  [
    { op: "custom", name: "near", field: "address.city", value: { km: 5 } },
    'condition "near" holds for city with {"km":5}',
    'syarat "near" terpenuhi untuk city dengan {"km":5}',
  ],
  [{ op: "all", of: [] }, "everybody is meant", "semua pelanggan dimaksud"],
  [{ op: "any", of: [] }, "nobody is meant", "tidak ada pelanggan yang dimaksud"],
  [
    { op: "all", of: [adult, pro] },
    'age is at least 18 and plan is "pro"',
    'umur paling sedikit 18 dan plan adalah "pro"',
  ],
  [
    { op: "any", of: [adult, pro] },
    'age is at least 18 or plan is "pro"',
    'umur paling sedikit 18 atau plan adalah "pro"',
  ],
  [
    { op: "not", of: adult },
    "it is not true that (age is at least 18)",
    "tidak benar bahwa (umur paling sedikit 18)",
  ],
  [
    { op: "atLeast", count: 2, of: [adult, pro, member] },
    'at least 2 of these are true: (age is at least 18), (plan is "pro"), (isMember is true)',
    'paling sedikit 2 dari syarat ini terpenuhi: (umur paling sedikit 18), (plan adalah "pro"), (isMember adalah ya)',
  ],
];

describe("describeRule", () => {
  it.each(sentences)("%j", (rule, english, indonesian) => {
    expect(describeRule(rule, options)).toBe(english);
    expect(describeRule({ version: 1, rule }, { ...options, language: "id" })).toBe(indonesian);
  });

  it("has a sentence for every operator", () => {
    const used = new Set(sentences.map(([{ op }]) => op));
    expect(Object.keys(RULE_SHAPES).filter((op) => !used.has(op as FieldRule["op"]))).toEqual([]);
  });

  it("puts groups in groups in parentheses, and leaves out those of a single rule", () => {
    const say = (rule: SegmentRule) => describeRule(rule, options);
    expect(say({ op: "all", of: [adult, { op: "any", of: [pro, member] }] })).toBe(
      'age is at least 18 and (plan is "pro" or isMember is true)',
    );
    expect(
      say({
        op: "any",
        of: [
          { op: "all", of: [adult, pro] },
          { op: "any", of: [{ op: "all", of: [member] }] },
        ],
      }),
    ).toBe('(age is at least 18 and plan is "pro") or isMember is true');
    expect(say({ op: "all", of: [{ op: "atLeast", count: 1, of: [adult, pro] }, member] })).toBe(
      '(at least 1 of these is true: (age is at least 18), (plan is "pro")) and isMember is true',
    );
    expect(say({ op: "not", of: { op: "all", of: [adult, pro] } })).toBe(
      'it is not true that (age is at least 18 and plan is "pro")',
    );
  });

  it.each<[RuleWindow, string, string]>([
    [{ next: { weeks: 2 } }, "in the next 2 weeks", "dalam 2 minggu ke depan"],
    [
      { ago: [{ days: 60 }, { days: 30 }] },
      "between 60 days and 30 days ago",
      "antara 60 hari dan 30 hari yang lalu",
    ],
    [{ last: { days: 2 } }, "in the last 2 days", "dalam 2 hari terakhir"],
    [{ calendar: "quarter" }, "in this calendar quarter", "pada triwulan kalender ini"],
    [
      { calendar: "halfYear", offset: 1 },
      "in the next calendar half-year",
      "pada semester kalender berikutnya",
    ],
    [
      { calendar: "week", offset: -3 },
      "in the calendar week 3 weeks ago",
      "pada minggu kalender 3 minggu yang lalu",
    ],
    [
      { calendar: "year", offset: 2 },
      "in the calendar year 2 years ahead",
      "pada tahun kalender 2 tahun ke depan",
    ],
    [
      { calendar: "month", offset: -1, count: 3 },
      "in the 3 calendar months that end with the previous calendar month",
      "pada 3 bulan kalender yang berakhir dengan bulan kalender sebelumnya",
    ],
    [{ from: "2024-01-01" }, "from 1 January 2024 on", "mulai 1 Januari 2024"],
    [{ until: "2024-07-01" }, "before 1 July 2024", "sebelum 1 Juli 2024"],
    [
      { from: "2024-01-01", until: "2024-07-01" },
      "from 1 January 2024 until before 1 July 2024",
      "mulai 1 Januari 2024 sampai sebelum 1 Juli 2024",
    ],
    [{}, "at any time", "kapan saja"],
  ])("window %j", (window, english, indonesian) => {
    const rule = { op: "within", field: "joinedAt", window } as const;
    expect(describeRule(rule, options)).toBe(`joining is ${english}`);
    expect(describeRule(rule, { ...options, language: "id" })).toBe(`bergabung ${indonesian}`);
  });

  it("shows to which dates a relative window comes, in the zone", () => {
    const within = (window: RuleWindow, asOf: string) =>
      describeRule(
        { op: "within", field: "joinedAt", window },
        { ...options, asOf, timeZone: "Asia/Jakarta" },
      );
    expect(within(last90, "2024-07-01")).toBe(
      "joining is in the last 90 days (2 April 2024 to 30 June 2024)",
    );
    expect(within(last90, "2024-07-01T02:30:00Z")).toBe(
      "joining is in the last 90 days (2 April 2024, 09:30 to 1 July 2024, 09:30, time of Asia/Jakarta)",
    );
    expect(within({ calendar: "month", offset: -1 }, "2024-06-30T18:00:00Z")).toBe(
      "joining is in the previous calendar month (1 June 2024 to 30 June 2024)",
    );
    expect(within({ from: "2024-01-01" }, "2024-07-01")).toBe("joining is from 1 January 2024 on");
  });

  it("shows the dates of habits and anniversaries, of a single day and of no time", () => {
    const dated = (rule: SegmentRule, more: object = {}) =>
      describeRule(rule, { ...options, asOf: "2024-07-15", ...more }).match(/ \((.*)\)/)?.[1];
    const habit = { op: "frequency", ...bought, unit: "month", atLeast: 6, outOf: 12 } as const;
    expect(dated(habit)).toBe("1 July 2023 to 30 June 2024");
    expect(dated(habit, { language: "id" })).toBe("1 Juli 2023 sampai 30 Juni 2024");
    const birthday = { op: "anniversary", field: "joinedAt", within: { days: 7 } } as const;
    expect(dated(birthday)).toBe("15 July 2024 to 21 July 2024");
    expect(dated({ ...birthday, direction: "last" })).toBe("9 July 2024 to 15 July 2024");
    expect(dated({ ...birthday, within: { days: 1 } })).toBe("15 July 2024");
    const joined = (window: RuleWindow) => dated({ op: "within", field: "joinedAt", window });
    expect(joined({ calendar: "day", offset: -1 })).toBe("14 July 2024");
    // From one month before 15 July to 30 days before it, both the 15th of June.
    expect(joined({ ago: [{ months: 1 }, { days: 30 }] })).toBe("which is no time at all");
  });

  it("checks the calendar also where it shows no date", () => {
    expect(thrown(() => describeRule(adult, { ...options, timeZone: "Mars" })).code).toBe(
      "UNKNOWN_TIME_ZONE",
    );
  });

  it("leaves out a condition on events that all of them meet", () => {
    const say = (where: SegmentRule, language?: "id") =>
      describeRule({ op: "did", of: "visits", where }, { ...options, language });
    expect(say({ op: "all", of: [] })).toBe("there are visits");
    expect(say({ op: "all", of: [{ op: "atLeast", count: 0, of: [] }] })).toBe("there are visits");
    expect(say({ op: "any", of: [] })).toBe("there are visits (only where no visits are meant)");
    expect(say({ op: "any", of: [] }, "id")).toBe("ada visits (hanya yang tidak ada visits yang dimaksud)");
    expect(say({ op: "gt", field: "at", value: "2024-01-01" })).toBe(
      "there are visits (only where its time is after 1 January 2024)",
    );
  });

  it("speaks of every rule, and only of what is in it", () => {
    fc.assert(
      fc.property(someRule, fc.constantFrom("en" as const, "id" as const), (rule, language) => {
        const words = describeRule(rule, { ...options, language });
        expect(words).not.toMatch(/undefined|null|NaN|\[object|\s\s|\( | \)/);
        // Parentheses of values stand between quotation marks, and these rules have none.
        expect(words.split("(").length).toBe(words.split(")").length);
      }),
    );
  });

  it("lets a custom operator speak for itself", () => {
    const near = {
      holds: () => true,
      describe: (label: string, value: unknown, language: string) => `${label} ~ ${value} ${language}`,
    };
    const rule = { op: "custom", name: "near", field: "age", value: 5 } as const;
    const own = { ...options, operators: { near } };
    expect(describeRule(rule, { ...own, language: "id" })).toBe("umur ~ 5 id");
    expect(describeRule({ op: "any", of: [rule, pro] }, own)).toBe('(age ~ 5 en) or plan is "pro"');
  });

  it("refuses what does not fit the fields, another language, a zone that is none", () => {
    expect(thrown(() => describeRule({ op: "exists", field: "x" }, options)).path).toBe("rule.field");
    expect(thrown(() => describeRule(adult, { ...options, language: "de" as never })).path).toBe(
      "options.language",
    );
    expect(
      thrown(() => describeRule({ op: "segment", segment: "a" }, { ...options, segments: ["b"] })).path,
    ).toBe("rule.segment");
    expect(thrown(() => describeRule(adult, { ...options, asOf: "2024-01-01", timeZone: "Mars" })).code).toBe(
      "UNKNOWN_TIME_ZONE",
    );
  });
});
