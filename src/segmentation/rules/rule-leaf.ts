import { ClienteleError } from "../../core/errors.js";
import type { EventRule, FieldRule } from "./rule.js";

/**
 * Makes a condition of a rule ready; what its dates are refused for is told with its path.
 *
 * A rule is checked without a clock: only from an `asOf` on does it show that a window leaves the years of the calendar.
 *
 * @internal
 */
export function ruleLeaf<Made>(rule: EventRule | FieldRule, path: string, make: () => Made): Made {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ClienteleError) || !CALENDAR_PATHS.includes(error.path)) throw error;
    const where = `${path}${datePart(rule)}`;
    throw new ClienteleError(error.code, where, `${where}: ${error.message}`);
  }
}

/** What dates are called where they are computed. */
const CALENDAR_PATHS: readonly string[] = ["duration", "index", "value"];

/** The part of a condition that speaks of dates; none where there are several. */
function datePart(rule: EventRule | FieldRule): string {
  const parts = [
    ...("window" in rule ? [".window"] : []),
    ...("within" in rule ? [".within"] : []),
    ...("outOf" in rule ? [".outOf"] : []),
    ...("is" in rule && rule.is.op === "within" ? [".is.window"] : []),
  ];
  return parts.length === 1 ? parts[0] : "";
}
