import type * as z from "zod";
import { assertArgument, assertOneOf, shown } from "../core/assert.js";
import { invalidRows, type RejectedRow } from "../core/row-problems.js";
import { brokenRule, recordProblems } from "./record-problems.js";

/** How {@link parseRecords} works. */
export interface ParseRecordsOptions {
  /** What the records are, in the plural, as messages call them; default `"records"`. */
  readonly what?: string | undefined;
  /** `"throw"` (default): one bad record and there is no result. `"collect"`: the good ones, and the bad ones apart. */
  readonly onInvalid?: "throw" | "collect" | undefined;
}

/** The good records, parsed, and every one that was left out. */
export interface ParsedRecords<T> {
  /** The good records in the order of the input, as the schema gives them. */
  readonly valid: T[];
  /** The bad ones in the order of the input; none is dropped in silence. */
  readonly rejects: RejectedRow[];
}

/**
 * Are all of these records good, and what do they look like once parsed?
 *
 * Rows count the records, from 1 in messages and from 0 in data; with a file that has a heading, record 1 is on line 2. Every field of
 * every record is looked at: a million survey answers take some seconds. Functions that read columns check what they read, faster.
 *
 * @param schema - The schema of one record: one of the library's, or any of zod's that does not need to wait.
 * @param records - Records as they came in; any iterable.
 * @param options - What the records are called, and what to do with bad ones.
 * @returns With `onInvalid: "collect"`, `{ valid, rejects }`; otherwise the parsed records in the same order.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the records are no list; `INVALID_ROWS` when a record breaks a rule and `onInvalid` is not `"collect"`: the
 * message lists the first 20 problems with row, field, value and rule, and says how many there are; `error.problems`
 * has the same 20 as data.
 * @example
 * ```ts
 * import { customerSchema, parseRecords, rowProblemMessage, transactionSchema } from "clientele";
 *
 * const customers = parseRecords(customerSchema, [{ id: "C-1", kind: "person" }], { what: "customers" });
 * customers[0]?.segmentIds; // => []
 *
 * const rows = [
 *   { customerId: "C-1", at: "2024-03-01T09:00:00+07:00", amount: 25000 },
 *   { customerId: "C-2", at: "2024-03-02T09:00:00+07:00", amount: 10.5 },
 * ];
 * parseRecords(transactionSchema, rows); // throws INVALID_ROWS
 * const { valid, rejects } = parseRecords(transactionSchema, rows, { onInvalid: "collect" });
 * valid.length; // => 1
 * const messages = rejects.flatMap(({ problems }) => problems.map(rowProblemMessage));
 * messages; // => ["row 2, amount: 10.5 is not a whole number of minor units"]
 * ```
 */
export function parseRecords<S extends z.ZodType>(
  schema: S,
  records: Iterable<unknown>,
  options: ParseRecordsOptions & { readonly onInvalid: "collect" },
): ParsedRecords<z.output<S>>;
/**
 * Are all of these records good, and what do they look like once parsed? One bad record and there is no result.
 *
 * @param schema - The schema of one record.
 * @param records - Records as they came in; any iterable.
 * @param options - What the records are called in messages.
 * @returns The parsed records in the same order.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a record breaks a rule.
 * @example
 * ```ts
 * import { contactSchema, parseRecords } from "clientele";
 *
 * parseRecords(contactSchema, [{ id: "P-1", name: "Budi Santoso" }]).length; // => 1
 * parseRecords(contactSchema, [{ id: "P-1" }]); // throws INVALID_ROWS
 * ```
 */
export function parseRecords<S extends z.ZodType>(
  schema: S,
  records: Iterable<unknown>,
  options?: ParseRecordsOptions & { readonly onInvalid?: "throw" | undefined },
): z.output<S>[];
export function parseRecords<S extends z.ZodType>(
  schema: S,
  records: Iterable<unknown>,
  { what = "records", onInvalid = "throw" }: ParseRecordsOptions = {},
): z.output<S>[] | ParsedRecords<z.output<S>> {
  assertOneOf(onInvalid, "options.onInvalid", ["throw", "collect"]);
  // Text is iterable too, letter by letter.
  assertArgument(
    typeof records === "object" && records !== null && Symbol.iterator in records,
    "records",
    () => `records is ${shown(records)}: pass an array or another iterable of records`,
  );
  const valid: z.output<S>[] = [];
  const rejects: RejectedRow[] = [];
  let row = 0;
  for (const record of records) {
    const parsed = schema.safeParse(record, { error: brokenRule });
    if (parsed.success) valid.push(parsed.data);
    else rejects.push({ row, record, problems: recordProblems(row, record, parsed.error.issues) });
    row++;
  }
  if (onInvalid === "collect") return { valid, rejects };
  if (rejects.length === 0) return valid;
  const problems = rejects.flatMap((reject) => reject.problems);
  throw invalidRows(problems, problems.length, what);
}
