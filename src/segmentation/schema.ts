import * as z from "zod";
import { brokenRule } from "../model/record-problems.js";
import type { RuleWindow, SegmentRule } from "./rules/rule.js";
import { MOST_LENGTH, MOST_PERIODS } from "./rules/rule-shapes.js";

// The shape of stored rules. What needs to know the fields (is there such a field, has it an order) is checked apart.

/** The shape of a rule of the segment rule language. @internal */
export const ruleSchema: z.ZodType<SegmentRule> = /* @__PURE__ */ (() => {
  const text = z.string();
  const name = z.string().min(1, "is empty");
  const scalar = z.union([text, z.number(), z.boolean()], "is not text, a number, true or false");
  const ordered = z.union([text, z.number()], "is not a number or the text of an instant");
  const count = z.number().int("is not a whole number");
  const part = (most: number) => count.min(0).max(most).optional();

  const duration = z
    .strictObject({
      years: part(MOST_LENGTH.years),
      months: part(MOST_LENGTH.months),
      weeks: part(MOST_LENGTH.weeks),
      days: part(MOST_LENGTH.days),
    })
    .refine((given) => Object.values(given).some((length) => length !== undefined), "has no length");
  const periodUnit = z.enum(["day", "week", "month", "quarter", "halfYear", "year"]);
  const none = "is none of { last }, { next }, { ago }, { calendar } and { from, until }";
  const forms = {
    last: z.strictObject({ last: duration }),
    next: z.strictObject({ next: duration }),
    ago: z.strictObject({ ago: z.tuple([duration, duration]) }),
    calendar: z.strictObject({
      calendar: periodUnit,
      offset: count.min(-MOST_PERIODS.window).max(MOST_PERIODS.window).optional(),
      count: count.min(1).max(MOST_PERIODS.window).optional(),
    }),
    fixed: z.strictObject({ from: text.optional(), until: text.optional() }),
  };
  // Told apart by their keys: a union would try each form in turn, and its error would name none of the keys.
  const window = z.custom<RuleWindow>().superRefine((given: unknown, context) => {
    if (typeof given !== "object" || given === null || Array.isArray(given)) {
      context.addIssue({ code: "custom", message: none });
      return;
    }
    const form = (["last", "next", "ago", "calendar"] as const).find((key) => key in given) ?? "fixed";
    for (const { path, message } of forms[form].safeParse(given, { error: brokenRule }).error?.issues ?? [])
      context.addIssue({ code: "custom", path, message });
  });
  const is = z.discriminatedUnion("op", [
    z.strictObject({ op: z.enum(["eq", "ne", "lt", "lte", "gt", "gte"]), value: ordered }),
    z.strictObject({ op: z.literal("between"), from: ordered, to: ordered }),
    z.strictObject({ op: z.literal("within"), window }),
  ]);

  const field = name;
  const rules = z.array(z.lazy(() => rule));
  const where = z.lazy(() => rule).optional();
  const events = { of: name, where, window: window.optional() };
  const values = z.array(scalar);
  const step = z.strictObject({ of: name, where, within: duration.optional() });

  const rule: z.ZodType<SegmentRule> = z.discriminatedUnion("op", [
    z.strictObject({ op: z.enum(["all", "any"]), of: rules }),
    z.strictObject({ op: z.literal("not"), of: z.lazy(() => rule) }),
    z.strictObject({ op: z.literal("atLeast"), count: count.min(0), of: rules }),
    z.strictObject({ op: z.enum(["eq", "ne", "lt", "lte", "gt", "gte"]), field, value: scalar }),
    z.strictObject({ op: z.literal("between"), field, from: ordered, to: ordered }),
    z.strictObject({ op: z.enum(["in", "notIn", "hasAny", "hasAll", "hasNone"]), field, values }),
    z.strictObject({
      op: z.enum(["contains", "startsWith", "endsWith"]),
      field,
      value: text,
      ignoreCase: z.boolean().optional(),
    }),
    z.strictObject({ op: z.enum(["exists", "missing"]), field }),
    z.strictObject({ op: z.literal("size"), field, is }),
    z.strictObject({ op: z.literal("within"), field, window }),
    z.strictObject({
      op: z.literal("anniversary"),
      field,
      within: duration,
      direction: z.enum(["next", "last"]).optional(),
    }),
    z.strictObject({ op: z.enum(["did", "didNot"]), ...events }),
    z.strictObject({ op: z.enum(["count", "first", "last"]), ...events, is }),
    z.strictObject({ op: z.enum(["sum", "average", "min", "max", "distinct"]), ...events, field, is }),
    z.strictObject({
      op: z.literal("sequence"),
      steps: z.array(step).min(1, "has no step"),
      window: window.optional(),
      notFollowedBy: step.optional(),
    }),
    z.strictObject({
      op: z.literal("frequency"),
      of: name,
      where,
      unit: periodUnit,
      atLeast: count.min(1),
      outOf: count.min(1).max(MOST_PERIODS.frequency),
      minimum: count.min(1).optional(),
    }),
    z.strictObject({ op: z.literal("segment"), segment: name }),
    // Whatever plain JSON: what is given to this schema was made sure to be that, and z.json() tries each type on each part.
    z.strictObject({ op: z.literal("custom"), name, field: field.optional(), value: z.unknown().optional() }),
  ]);
  return rule;
})();
