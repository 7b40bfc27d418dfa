import * as z from "zod";
import { DAY_MS, FIRST_DAY, LAST_DAY } from "../core/civil-day.js";
import type { Instant } from "../core/instant.js";
import { isDate } from "../core/is-date.js";

/**
 * Is this an instant, and which?
 *
 * Accepts a `Date`, epoch milliseconds, or ISO 8601 text with an offset, years 0001 to 9999, and gives epoch
 * milliseconds: they survive JSON, sort as they are, and parsing them again changes nothing. A civil day
 * (`"2024-03-01"`) is refused, because a record does not say in which zone the day begins: write the offset.
 *
 * As JSON Schema (`z.toJSONSchema(instantSchema, { io: "input" })`): an integer or a `date-time`.
 *
 * @example
 * ```ts
 * import { instantSchema } from "clientele";
 *
 * instantSchema.parse("2024-03-01T09:00:00+07:00"); // => 1709258400000
 * instantSchema.parse(new Date("2024-03-01T02:00:00Z")); // => 1709258400000
 * instantSchema.parse(1709258400000); // => 1709258400000
 * instantSchema.safeParse("2024-03-01").success; // => false
 * ```
 */
export const instantSchema: z.ZodType<number, Instant> = /* @__PURE__ */ (() => {
  const rule = {
    error: (issue: { readonly input?: unknown }) =>
      issue.input === undefined
        ? undefined
        : "is not an instant: pass a Date, epoch milliseconds or ISO 8601 with an offset (2024-03-01T09:00:00+07:00)",
  };
  const minimum = FIRST_DAY * DAY_MS;
  const maximum = (LAST_DAY + 1) * DAY_MS - 1;
  const isInRange = (value: unknown) =>
    Number.isInteger(value) && (value as number) >= minimum && (value as number) <= maximum;
  // Not z.int(): zod's class for numbers adds 1.2 kB gzip to a bundle, and this is all that most records need of it.
  const milliseconds = z.custom<number>(isInRange, rule);
  milliseconds._zod.toJSONSchema = () => ({ type: "integer", minimum, maximum });
  const toTheSecond = z.iso.datetime({ offset: true, ...rule });
  const toTheMinute = z.iso.datetime({ offset: true, precision: -1, ...rule });
  // The last step says that a number comes out, in JSON Schema and where an offset leads out of the years 0001 to 9999.
  const sent = z
    .union([milliseconds, toTheSecond, toTheMinute], rule)
    .transform((value) => (typeof value === "string" ? Date.parse(value) : value + 0))
    .pipe(milliseconds);
  // A Date has no JSON Schema, so it becomes milliseconds before the schema is asked: what is left is what JSON can send.
  return z.preprocess((value) => (isDate(value) ? value.getTime() : value), sent) as unknown as z.ZodType<
    number,
    Instant
  >;
})();
