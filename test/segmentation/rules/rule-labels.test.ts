import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, expectTypeOf, it } from "vitest";
import * as z from "zod";
import { describeRule } from "../../../src/segmentation/rules/describe-rule.js";
import { transactionEventFields } from "../../../src/segmentation/rules/event-columns.js";
import { OWN_EVENTS } from "../../../src/segmentation/rules/event-labels.js";
import { interactionEventFields } from "../../../src/segmentation/rules/interaction-events.js";
import { ruleProblems } from "../../../src/segmentation/rules/parse-rule.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { ruleBuilder } from "../../../src/segmentation/rules/rule-builder.js";
import { fieldKind, type RuleFieldMap, ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { ruleFieldsFromSchema } from "../../../src/segmentation/rules/rule-fields-from-schema.js";
import { ruleJsonSchema } from "../../../src/segmentation/rules/rule-json-schema.js";
import { thrown } from "../../core/thrown.js";

const fields = ruleFields(
  {
    plan: {
      type: ["free", "pro"],
      label: { en: "plan", id: "paket" },
      choiceLabels: { pro: { en: "paid", id: "berbayar" } },
    },
    age: { type: "number", label: { en: "age" } },
    note: { type: "text", label: { id: "catatan" } },
  },
  { visits: { page: { type: "text", label: { en: "page", id: "halaman" } } }, transactions: {}, calls: {} },
  {
    events: {
      visits: { en: { one: "visit", many: "visits" }, id: "kunjungan" },
      calls: { en: { one: "call", many: "calls" } },
    },
    segments: { s1: { en: "loyal customers", id: "pelanggan setia" }, s2: { id: "baru" }, s3: "VIP" },
  },
);

const say = (rule: SegmentRule, language?: "id") => describeRule(rule, { fields, language });

describe("labels", () => {
  it.each<[SegmentRule, string, string]>([
    [{ op: "eq", field: "plan", value: "pro" }, 'plan is "paid"', 'paket adalah "berbayar"'],
    [
      { op: "in", field: "plan", values: ["pro", "free"] },
      'plan is one of "paid", "free"',
      'paket adalah salah satu dari "berbayar", "free"',
    ],
    // Part of a text is no choice.
    [{ op: "contains", field: "plan", value: "pro" }, 'plan contains "pro"', 'paket mengandung "pro"'],
    [{ op: "exists", field: "age" }, "age is given", "age ada datanya"],
    [{ op: "exists", field: "note" }, "catatan is given", "catatan ada datanya"],
    [{ op: "didNot", of: "visits" }, "there are no visits", "tidak ada kunjungan"],
    [{ op: "did", of: "calls" }, "there are calls", "ada call"],
    [
      { op: "first", of: "visits", is: { op: "lt", value: "2024-01-01" } },
      "the first visit is before 1 January 2024",
      "kunjungan pertama sebelum 1 Januari 2024",
    ],
    [
      {
        op: "sequence",
        steps: [{ of: "visits", where: { op: "eq", field: "page", value: "a" } }, { of: "calls" }],
      },
      'there were, one after the other: visit (only where page is "a"), then call',
      'secara berurutan: kunjungan (hanya yang halaman adalah "a"), lalu call',
    ],
    [
      { op: "did", of: "visits", where: { op: "not", of: { op: "any", of: [] } } },
      "there are visits (only where it is not true that (no visits are meant))",
      "ada kunjungan (hanya yang tidak benar bahwa (tidak ada kunjungan yang dimaksud))",
    ],
    [
      { op: "segment", segment: "s1" },
      'the customer is in segment "loyal customers"',
      'pelanggan termasuk segmen "pelanggan setia"',
    ],
    [
      { op: "segment", segment: "s2" },
      'the customer is in segment "baru"',
      'pelanggan termasuk segmen "baru"',
    ],
    [{ op: "segment", segment: "s3" }, 'the customer is in segment "VIP"', 'pelanggan termasuk segmen "VIP"'],
    [
      { op: "segment", segment: "toString" },
      'the customer is in segment "toString"',
      'pelanggan termasuk segmen "toString"',
    ],
  ])("%j", (rule, english, indonesian) => {
    expect(say(rule)).toBe(english);
    expect(say(rule, "id")).toBe(indonesian);
  });

  it("has words of its own for the events that the library knows, and for all that they hold", () => {
    const own = { transactions: transactionEventFields, interactions: interactionEventFields };
    for (const [kind, map] of Object.entries<RuleFieldMap>(own)) {
      const { fields: names, choices } = OWN_EVENTS[kind];
      expect(Object.keys({ at: 1, ...names }).sort()).toEqual(Object.keys(map).sort());
      for (const path of Object.keys(map)) {
        const given = fieldKind(map, path)?.choices;
        if (given) expect(Object.keys(choices[path]).sort()).toEqual([...given].sort());
      }
    }
    const known = ruleFields({}, own);
    const refunded = { op: "eq", field: "type", value: "refund" } as const;
    expect(
      describeRule({ op: "did", of: "transactions", where: refunded }, { fields: known, language: "id" }),
    ).toBe('ada transaksi (hanya yang jenis adalah "pengembalian dana")');
    const renamed = ruleFields({}, own, { events: { transactions: { one: "sale", many: "sales" } } });
    expect(describeRule({ op: "did", of: "transactions" }, { fields: renamed })).toBe("there are sales");
  });

  it("stay plain JSON that nobody can change", () => {
    expect(JSON.parse(JSON.stringify(fields))).toEqual(fields);
    expect(Object.isFrozen(fields.labels?.events?.visits)).toBe(true);
    expect("labels" in ruleFields({})).toBe(false);
  });

  it.each<[field: unknown, path: string]>([
    [{ type: "text", label: { fr: "âge" } }, "fields.a.label.fr"],
    [{ type: "text", label: "" }, "fields.a.label"],
    [{ type: "text", label: " " }, "fields.a.label"],
    [{ type: "text", label: {} }, "fields.a.label"],
    [{ type: "text", label: { en: "" } }, "fields.a.label"],
    [{ type: "text", label: null }, "fields.a.label"],
    [{ type: "text", label: ["a"] }, "fields.a.label"],
    [{ type: "text", label: { one: "a", many: "b" } }, "fields.a.label.one"],
    [{ type: "text", choiceLabels: { x: "X" } }, "fields.a.choiceLabels.x"],
    [{ type: ["x"], choiceLabels: { y: "Y" } }, "fields.a.choiceLabels.y"],
    [{ type: ["x"], choiceLabels: { x: "" } }, "fields.a.choiceLabels.x"],
    [{ type: ["x"], choiceLabels: "x" }, "fields.a.choiceLabels"],
  ])("of a field %j are refused", (field, path) => {
    expect(thrown(() => ruleFields({ a: field } as never))).toMatchObject({ code: "INVALID_ARGUMENT", path });
  });

  it.each<[labels: unknown, path: string]>([
    [null, "labels"],
    ["a", "labels"],
    [{ event: {} }, "labels.event"],
    [{ events: { gone: "x" } }, "labels.events.gone"],
    [{ events: { visits: "" } }, "labels.events.visits"],
    [{ events: { visits: { en: { one: "visit" } } } }, "labels.events.visits"],
    [{ events: { visits: { fr: "visites" } } }, "labels.events.visits.fr"],
    [{ events: [] }, "labels.events"],
    [{ segments: { a: 5 } }, "labels.segments.a"],
    [{ segments: { a: { en: { one: "x", many: "y" } } } }, "labels.segments.a"],
  ])("%j of what is no field are refused", (labels, path) => {
    expect(thrown(() => ruleFields({}, { visits: {} }, labels as never))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path,
    });
  });
});

describe("labels of fields that come from a schema", () => {
  const customer = z.object({ plan: z.enum(["free", "pro"]), address: z.object({ city: z.string() }) });
  const purchase = z.object({ at: z.iso.datetime(), amount: z.number() });
  const options = {
    events: { purchases: purchase },
    labels: {
      fields: {
        plan: { label: { en: "plan", id: "paket" }, choiceLabels: { pro: "paid" } },
        "address.city": { en: "city", id: "kota" },
        "purchases.amount": "worth",
      },
      events: { purchases: { id: "pembelian" } },
      segments: { a: "A" },
    },
  } as const;
  const named = ruleFieldsFromSchema(customer, options);

  it("stand beside the types, for the compiler too", () => {
    expect(named.fields["address.city"]).toEqual({ type: "text", label: { en: "city", id: "kota" } });
    expect(named.fields.plan).toEqual({ type: ["free", "pro"], ...options.labels.fields.plan });
    expect(named.events.purchases).toEqual({ at: "instant", amount: { type: "number", label: "worth" } });
    expect(named.labels).toEqual({ events: options.labels.events, segments: { a: "A" } });
    expectTypeOf(named.fields["address.city"].type).toEqualTypeOf<"text">();
    expectTypeOf(named.events.purchases.at).toEqualTypeOf<"instant">();
    const { field, events } = ruleBuilder(named);
    const paid = field("plan").eq("pro");
    expect(describeRule(paid, { fields: named, language: "id" })).toBe('paket adalah "paid"');
    const rich = events("purchases").sum("amount").gt(5);
    expect(describeRule(rich, { fields: named, language: "id" })).toBe(
      "total worth dari pembelian lebih dari 5",
    );
    // @ts-expect-error A label makes no other choice.
    expect(ruleProblems(field("plan").eq("gold"), { fields: named })).toHaveLength(1);
  });

  it("are refused where there is nothing to be named", () => {
    const failing = (labels: object) =>
      thrown(() => ruleFieldsFromSchema(customer, { events: options.events, labels } as never));
    expect(failing({ fields: { gone: "x" } })).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "options.labels.fields.gone",
    });
    expect(failing({ fields: { plan: "" } }).path).toBe("fields.plan.label");
    expect(failing({ events: { sales: "x" } }).path).toBe("options.labels.events.sales");
    expect(failing({ field: {} }).path).toBe("options.labels.field");
    expect(thrown(() => ruleFieldsFromSchema(customer, { labels: "x" as never })).path).toBe(
      "options.labels",
    );
  });
});

describe("labels in the JSON Schema", () => {
  it("title kinds of events, choices and segments, and change nothing else", () => {
    const options = { fields, segments: ["s1", "s2"] };
    const schema = (language?: "id") => JSON.stringify(ruleJsonSchema({ ...options, language }));
    expect(schema()).toContain('{"const":"visits"}');
    expect(schema("id")).toContain('{"const":"visits","title":"kunjungan"}');
    expect(schema()).toContain('{"oneOf":[{"const":"free"},{"const":"pro","title":"paid"}]}');
    expect(schema("id")).toContain(
      '{"oneOf":[{"const":"s1","title":"pelanggan setia"},{"const":"s2","title":"baru"}]}',
    );
    const fits = new Ajv2020({ strict: true }).compile(ruleJsonSchema(options));
    expect(fits({ op: "eq", field: "plan", value: "pro" })).toBe(true);
    expect(fits({ op: "eq", field: "plan", value: "paid" })).toBe(false);
    expect(fits({ op: "segment", segment: "s2" })).toBe(true);
    expect(fits({ op: "segment", segment: "baru" })).toBe(false);
    expect(fits({ op: "did", of: "visits" })).toBe(true);
  });
});
