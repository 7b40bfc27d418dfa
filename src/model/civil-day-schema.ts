import * as z from "zod";

/**
 * Is this a day of the calendar, such as a birthday?
 *
 * Text `YYYY-MM-DD`, years 0001 to 9999, kept as it is: a civil day has no zone and is not an instant.
 *
 * @example
 * ```ts
 * import { civilDaySchema } from "clientele";
 *
 * civilDaySchema.parse("2024-02-29"); // => "2024-02-29"
 * civilDaySchema.safeParse("2023-02-29").success; // => false
 * ```
 */
export const civilDaySchema = /* @__PURE__ */ (() => {
  const reason = "is not a day of the calendar YYYY-MM-DD";
  return (
    z.iso
      .date({ abort: true, error: (issue) => (issue.input === undefined ? undefined : reason) })
      // zod has a year 0000; the calendar of the library begins with 0001. A second pattern would cost the format in JSON Schema.
      .refine((day) => !day.startsWith("0000"), reason)
  );
})();
