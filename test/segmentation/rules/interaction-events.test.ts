import { describe, expect, it } from "vitest";
import { interactionSchema } from "../../../src/model/interaction.js";
import { compileRule } from "../../../src/segmentation/rules/compile-rule.js";
import { interactionEventFields } from "../../../src/segmentation/rules/interaction-events.js";
import { ruleBuilder } from "../../../src/segmentation/rules/rule-builder.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { ruleFieldsFromSchema } from "../../../src/segmentation/rules/rule-fields-from-schema.js";

const fields = ruleFields({}, { interactions: { ...interactionEventFields, "attributes.topic": "text" } });
const { events, sequence } = ruleBuilder(fields);

const contact = (at: string, more: object = {}) =>
  interactionSchema.parse({
    id: at,
    customerId: "ani",
    at,
    channel: "callCenter",
    direction: "inbound",
    planned: false,
    purpose: "complaint",
    ...more,
  });

describe("interactions as events", () => {
  it("have the fields of the model's records, but for the ids and what is yours", () => {
    const { id: _, customerId: __, ...others } = ruleFieldsFromSchema(interactionSchema).fields;
    expect(interactionEventFields).toEqual({ ...others, at: "instant" });
  });

  it("are asked about as they come from the schema", () => {
    const interactions = [
      contact("2024-06-10T09:00:00+07:00", { outcome: "noAnswer", attributes: { topic: "bill" } }),
      contact("2024-06-12T09:00:00+07:00", { direction: "outbound", planned: true, outcome: "resolved" }),
    ];
    const holds = (rule: Parameters<typeof compileRule>[0]) =>
      compileRule(rule, { fields, asOf: "2024-07-01" }).matches({}, { interactions });
    const all = events("interactions");
    const ours = all.where((each) => each.field("direction").eq("outbound"));
    expect(holds(all.count().eq(2))).toBe(true);
    expect(holds(ours.count().eq(1))).toBe(true);
    expect(holds(all.where((each) => each.field("channel").in(["phone", "fax"])).did())).toBe(false);
    expect(holds(all.where((each) => each.field("attributes.topic").eq("bill")).did())).toBe(true);
    const unanswered = all.where((each) => each.field("outcome").eq("noAnswer")).step();
    expect(holds(sequence([unanswered, ours.step({ days: 3 })]))).toBe(true);
    expect(holds(sequence([unanswered, ours.step({ days: 1 })]))).toBe(false);
    expect(holds(sequence([unanswered], { notFollowedBy: ours.step() }))).toBe(false);
  });
});
