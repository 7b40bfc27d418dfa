import { ClienteleError } from "../../../src/core/errors.js";
import { parseRule } from "../../../src/segmentation/rules/parse-rule.js";
import type { RuleFields } from "../../../src/segmentation/rules/rule-fields.js";

/** Whether the rule is refused, when it is made or when it is read. */
export function refused(fields: RuleFields, make: () => unknown): boolean {
  try {
    parseRule(make(), { fields });
    return false;
  } catch (error) {
    if (error instanceof ClienteleError) return true;
    throw error;
  }
}
