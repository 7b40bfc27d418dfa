import {
  coerceInputType,
  defaultOperators,
  type Field,
  type FullField,
  formatQuery,
  getValueSelectorUpdate,
  joinWith,
  type RuleGroupType,
  resolveOperatorList,
  resolveValueEditorType,
  resolveValueList,
  toFullOptionList,
} from "@react-querybuilder/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fieldOperators } from "../../../src/segmentation/rules/field-operators.js";
import { toQueryBuilder } from "../../../src/segmentation/rules/query-builder-export.js";
import { queryBuilderFields } from "../../../src/segmentation/rules/query-builder-fields.js";
import { fromQueryBuilder } from "../../../src/segmentation/rules/query-builder-import.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { thrown } from "../../core/thrown.js";
import { combined, shopFields, somePlainLeaf } from "./some-rules.js";

const fields: Field[] = queryBuilderFields(shopFields);
const formed = toFullOptionList(fields) as FullField[];

/** The value that react-querybuilder's own editor for a field and an operator would put into the query. */
function edited(fieldData: FullField, operator: string): unknown {
  const place = { field: fieldData.name, operator, fieldData };
  if (operator === "null" || operator === "notNull") return "";
  const choices = (resolveValueList(place) as { name: string }[]).map(({ name }) => name);
  switch (resolveValueEditorType(place)) {
    case "checkbox":
      return true;
    case "select":
      return choices[0];
    case "multiselect":
      return getValueSelectorUpdate(choices.slice(0, 2), { multiple: true });
    default:
  }
  const texts: Readonly<Record<string, readonly string[]>> = {
    number: ["18", "19"],
    date: ["2024-02-01", "2024-02-02"],
    text: ["a,b", "c"],
  };
  const [one, two] = texts[fieldData.inputType ?? "text"];
  if (operator === "between" || operator === "notBetween") return joinWith([one, two], ",");
  if (operator === "in" || operator === "notIn") {
    expect(coerceInputType(fieldData.inputType, operator)).toBe("text");
    return joinWith([one, two], ", ");
  }
  return one;
}

function operatorsOffered(fieldData: FullField): string[] {
  const operators = defaultOperators as never;
  return resolveOperatorList({ field: fieldData.name, fieldData, operators }).map((operator) =>
    "name" in operator ? operator.name : "",
  );
}

describe("queryBuilderFields", () => {
  it("makes fields with which react-querybuilder offers all that is taken in, and nothing else", () => {
    for (const fieldData of formed) {
      const offered = operatorsOffered(fieldData);
      for (const { name: operator } of defaultOperators) {
        const rule = { field: fieldData.name, operator, value: edited(fieldData, operator) };
        const query: RuleGroupType = { combinator: "and", rules: [rule] };
        const outcome = fromQueryBuilder(query, { fields: shopFields });
        expect([fieldData.name, operator, outcome.ok]).toEqual([
          fieldData.name,
          operator,
          offered.includes(operator),
        ]);
        // Its own check of types takes the list that its inputs make for no number.
        if (!outcome.ok || /in$|between$/i.test(operator)) continue;
        const { diagnostics } = formatQuery(query, { format: "diagnostics", fields });
        expect(diagnostics.filter(({ code }) => code !== "UNREFERENCED_FIELD")).toEqual([]);
      }
    }
  });

  it("offers every operator that a rule without exact times is shown with", () => {
    fc.assert(
      fc.property(combined(somePlainLeaf), (made) => {
        const query = toQueryBuilder(made, { fields: shopFields });
        if (!query.ok) return;
        const visit = (node: typeof query.value | (typeof query.value.rules)[number]): void => {
          if ("rules" in node) {
            for (const part of node.rules) visit(part);
            return;
          }
          const field = fields.find(({ name }) => name === node.field);
          expect(field?.operators).toContainEqual(expect.objectContaining({ name: node.operator }));
        };
        visit(query.value);
      }),
    );
  });

  it("speaks English and Indonesian, by the labels of fields and choices", () => {
    const labeled = ruleFields({
      plan: {
        type: ["free", "pro"],
        label: { en: "Plan", id: "Paket" },
        choiceLabels: { free: { en: "Free", id: "Gratis" } },
      },
      "address.city": "text",
    });
    const [plan, city] = queryBuilderFields(labeled, { language: "id" });
    expect(plan).toMatchObject({
      name: "plan",
      label: "Paket",
      values: [
        { name: "free", label: "Gratis" },
        { name: "pro", label: "pro" },
      ],
    });
    expect(plan.operators).toContainEqual({ name: "in", label: "salah satu dari" });
    expect(city).toMatchObject({ name: "address.city", label: "address.city", inputType: "text" });
    expect(city.values).toBeUndefined();
    const [inEnglish] = queryBuilderFields(labeled);
    expect([inEnglish.label, inEnglish.values?.[0].label]).toEqual(["Plan", "Free"]);
    expect(inEnglish.operators).toContainEqual({ name: "in", label: "is one of" });
    for (const language of ["en", "id"] as const)
      for (const { operators } of queryBuilderFields(shopFields, { language })) {
        const labels = operators.map(({ label }) => label);
        expect(new Set(labels).size).toBe(labels.length);
      }
  });

  it("hands out arrays of the caller's own", () => {
    const [first] = queryBuilderFields(shopFields);
    first.operators.push({ name: "x", label: "x" });
    expect(queryBuilderFields(shopFields)[0].operators).not.toContainEqual({ name: "x", label: "x" });
  });

  it("refuses what are no fields, and options that are none", () => {
    expect(thrown(() => queryBuilderFields(null as never)).path).toBe("options.fields");
    expect(thrown(() => queryBuilderFields(shopFields, null as never)).path).toBe("options");
    expect(thrown(() => queryBuilderFields(shopFields, { lang: "id" } as never)).path).toBe("options.lang");
    const german = thrown(() => queryBuilderFields(shopFields, { language: "de" } as never));
    expect(german).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.language" });
    expect(german.message).toContain('"de"');
  });
});

describe("fieldOperators", () => {
  it("names the operators that parseRule takes for a field", () => {
    expect(fieldOperators(shopFields.fields, "isMember")).toEqual(["eq", "ne", "exists", "missing"]);
    expect(fieldOperators(shopFields.events.visits, "page")).toContain("startsWith");
    fieldOperators(shopFields.fields, "isMember").pop();
    expect(fieldOperators(shopFields.fields, "isMember")).toHaveLength(4);
  });

  it("refuses a field that there is not", () => {
    for (const field of ["aeg", "toString", 5 as never]) {
      const error = thrown(() => fieldOperators(shopFields.fields, field));
      expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "field" });
      expect(error.message).toContain(String(field));
    }
    expect(thrown(() => fieldOperators(null as never, "age")).path).toBe("fields");
  });
});
