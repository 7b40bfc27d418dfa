import { channels } from "../../model/channels.js";
import type { RuleFieldMap } from "./rule-fields.js";

/**
 * What may rules ask of an interaction: of a contact between a customer and us?
 *
 * The fields of a kind of event made of {@link Interaction} records: when, through which channel, who came to whom, whether
 * it was planned, what for, and what came of it. Fields of your own stand beside them: `"attributes.topic"`.
 *
 * @example
 * ```ts
 * import { compileRule, interactionEventFields, interactionSchema, ruleBuilder, ruleFields } from "clientele";
 *
 * const fields = ruleFields({ plan: "text" }, { interactions: interactionEventFields });
 * const { events } = ruleBuilder(fields);
 * const complained = events("interactions").where((contact) => contact.field("purpose").eq("complaint"));
 * const call = interactionSchema.parse({
 *   id: "I-1",
 *   customerId: "ani",
 *   at: "2024-06-20T09:00:00+07:00",
 *   channel: "callCenter",
 *   direction: "inbound",
 *   planned: false,
 *   purpose: "complaint",
 * });
 * const rule = complained.within({ last: { days: 30 } }).did();
 * compileRule(rule, { fields, asOf: "2024-07-01" }).matches({}, { interactions: [call] }); // => true
 * ```
 */
export const interactionEventFields = {
  at: "instant",
  channel: channels,
  direction: ["inbound", "outbound"],
  planned: "boolean",
  purpose: "text",
  department: "text",
  staffId: "text",
  outcome: "text",
  visibility: ["company", "department", "staff"],
} as const satisfies RuleFieldMap;
