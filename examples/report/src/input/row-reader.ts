import type { TransactionRow } from "clientele";
import { type AmountStyle, amountReader } from "./amount-style.js";
import { dateReader } from "./date-format.js";
import type { FileLayout } from "./file-layout.js";
import type { Field, FileOptions } from "./options.js";
import { transactionType } from "./transaction-type.js";

/** One cell that cannot be read. */
export interface CellProblem {
  /** The column's name; `""` for the row as a whole. */
  readonly column: string;
  readonly value: string;
  /** A predicate that follows the value: `is not an amount`. */
  readonly reason: string;
}

/** A row of the log, or what is wrong with its cells. */
export type ReadRow =
  | { readonly row: TransactionRow; readonly problems: null }
  | { readonly row: null; readonly problems: readonly CellProblem[] };

/** Makes a reader of rows: text to the record that `transactionLog` takes. Rules beyond the cell are the log's. */
export function rowReader(
  layout: FileLayout,
  { zone, rounding }: Pick<FileOptions, "zone" | "rounding">,
): (cells: readonly string[]) => ReadRow {
  const { columns, header, datePattern, amountStyle, currency } = layout;
  const readDate = dateReader(datePattern, zone);
  const readAmount = amountReader(amountStyle, currency, rounding);

  return (cells) => {
    if (cells.length !== header.length) {
      const reason = `the row has ${cells.length} columns, the table ${header.length}`;
      return { row: null, problems: [{ column: "", value: "", reason }] };
    }
    const problems: CellProblem[] = [];
    const text = (field: Field): string => {
      const column = columns[field];
      return column === undefined ? "" : (cells[column.index] ?? "");
    };
    const complain = (field: Field, reason: string): undefined => {
      problems.push({ column: columns[field]?.name ?? field, value: text(field), reason });
    };
    const amountOf = (field: Field): number | undefined => {
      const amount = readAmount(text(field));
      return typeof amount === "number" ? amount : complain(field, amount);
    };
    const optional = (field: Field): string | null => text(field) || null;

    const customerId = text("customer");
    if (customerId === "") complain("customer", "is missing");
    // What bytes in another encoding turn into: it would make one customer of several.
    if (customerId.includes("\uFFFD")) complain("customer", "is not UTF-8: save the file as CSV, UTF-8");
    const at =
      readDate(text("at")) ?? complain("at", text("at") ? `is not a date ${datePattern}` : "is missing");
    const amount = text("amount") ? amountOf("amount") : complain("amount", "is missing");
    const cost = text("cost") ? amountOf("cost") : null;
    const quantity = text("quantity") ? readCount(text("quantity"), amountStyle) : null;
    if (Number.isNaN(quantity)) complain("quantity", "is not a number");
    const type = text("type") ? transactionType(text("type")) : undefined;
    if (text("type") && !type) complain("type", "is neither purchase nor refund");
    if (problems.length > 0 || at === undefined || amount === undefined) return { row: null, problems };
    const row: TransactionRow = {
      customerId,
      at,
      amount,
      type,
      id: optional("id"),
      cost,
      quantity,
      productId: optional("product"),
      channel: optional("channel"),
      refundOf: optional("refundOf"),
      currency: optional("currency")?.toUpperCase(),
    };
    return { row, problems: null };
  };
}

/** A count without grouping, its decimals marked as in the amounts; NaN for anything else. */
function readCount(text: string, style: AmountStyle): number {
  const plain = style === "comma" ? text.replace(",", ".") : text;
  return /^[+-]?\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
}
