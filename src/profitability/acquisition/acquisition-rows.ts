import { type Instant, instantOrNaN } from "../../core/instant.js";
import { type RowProblem, throwRowProblems } from "../../core/row-problems.js";
import type { WithColumns } from "../../core/table.js";
import { customerIdProblems, idColumn, inputColumn } from "../../segmentation/valued-customers.js";
import { isId, NO_ID, textId, textIds } from "../text-ids.js";

/** One customer acquired, or how many at once. */
export interface AcquisitionRow {
  /** When: of a count, any instant of the period. */
  readonly at: Instant;
  /** From where; `null` or left out: not known. */
  readonly source?: string | null | undefined;
  /** How many, a whole number from 0; default 1. */
  readonly customers?: number | null | undefined;
  /** Who, where the row is one customer; each once. */
  readonly customerId?: string | number | null | undefined;
}

/** Customers acquired, column by column: the result of {@link acquiredCustomers} has them. */
export interface AcquisitionColumns {
  /** Who, by row; each customer once. */
  readonly customerId: readonly string[];
  /** When, by row: epoch milliseconds or text. */
  readonly at: readonly (number | string)[];
  /** From where, by row; `null`: not known. */
  readonly source: readonly (string | null)[];
}

/** A table of customers acquired; the result of {@link acquiredCustomers} is one. */
export interface AcquisitionTable extends WithColumns<AcquisitionColumns> {
  /** IANA zone in which they were acquired; left out: not said. */
  readonly timeZone?: string;
}

/** Checked acquisitions, one by one. @internal */
export function eachAcquisition(
  acquired: readonly AcquisitionRow[] | AcquisitionTable,
  timeZone: string,
  visit: (at: number, source: string | null, customers: number) => void,
): void {
  const isRows = Array.isArray(acquired);
  const given = acquired as readonly AcquisitionRow[];
  const ats = isRows ? null : inputColumn<number | string>(acquired, "at", "acquired");
  const sources = isRows ? null : inputColumn<string | null>(acquired, "source", "acquired");
  const problems = isRows ? repeatedCustomers(given) : tableIdProblems(acquired);
  const length = ats === null ? given.length : ats.length;
  for (let row = 0; row < length; row++) {
    const item = isRows ? (Object(given[row]) as AcquisitionRow) : null;
    const value = item ? item.at : ats?.[row];
    const source = (item ? item.source : sources?.[row]) ?? null;
    const customers = item?.customers ?? 1;
    const at = instantOrNaN(value, timeZone);
    const isName = source === null || (typeof source === "string" && source !== "");
    const isCount = Number.isSafeInteger(customers) && customers >= 0;
    if (!Number.isNaN(at) && isName && isCount && problems.length === 0) visit(at, source, customers);
    if (Number.isNaN(at)) problems.push({ row, field: "at", reason: "is no instant", value });
    if (!isName)
      problems.push({
        row,
        field: "source",
        reason: "is not a name: text that is not empty, or null",
        value: source,
      });
    if (!isCount)
      problems.push({
        row,
        field: "customers",
        reason: "is not a whole number of customers, zero or more",
        value: customers,
      });
  }
  throwRowProblems(problems, "acquired");
}

function tableIdProblems(acquired: unknown): RowProblem[] {
  return customerIdProblems(textIds(idColumn(acquired, "acquired")), "customerId", NO_ID);
}

/** Of the rows that name a customer: one of two equal rows would count a customer who was won once. */
function repeatedCustomers(rows: readonly (AcquisitionRow | null | undefined)[]): RowProblem[] {
  const problems: RowProblem[] = [];
  const seen = new Set<unknown>();
  for (let row = 0; row < rows.length; row++) {
    const value = rows[row]?.customerId ?? null;
    if (value === null) continue;
    const id = textId(value);
    const field = "customerId";
    if (!isId(id)) problems.push({ row, field, reason: `${NO_ID}; or leave it out`, value });
    else if (seen.size === seen.add(id).size)
      problems.push({ row, field, reason: "comes a second time", value });
  }
  return problems;
}
