import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { RejectedRow } from "clientele";
import type { FileLayout } from "./file-layout.js";
import { type Field, fields } from "./options.js";
import type { FileRecord } from "./read-records.js";
import type { CellProblem, ReadRow } from "./row-reader.js";

/** A row that was left out, as it stands in the file, and why. */
export interface RejectedLine extends FileRecord {
  readonly problems: readonly CellProblem[];
}

/**
 * Goes through a file once more and picks out the rows that were rejected: so they need not be kept in memory.
 *
 * @param refused - The rows that the log refused; `row` counts the rows that could be read.
 */
export async function* rejectedLines(
  records: AsyncIterable<FileRecord>,
  readRow: (cells: readonly string[]) => ReadRow,
  layout: FileLayout,
  refused: readonly RejectedRow[],
): AsyncGenerator<RejectedLine> {
  const byRow = new Map(refused.map((reject) => [reject.row, reject]));
  let row = 0;
  for await (const record of records) {
    const read = readRow(record.cells);
    if (read.problems) {
      yield { ...record, problems: read.problems };
      continue;
    }
    const reject = byRow.get(row++);
    if (reject) yield { ...record, problems: reject.problems.map(inFile(layout, record)) };
  }
}

/** `row 5, column "amount": "abc" is not an amount`, the row being the line of the file. */
export function describeReject({ line, problems }: RejectedLine): string {
  const what = problems.map(({ column, value, reason }) => {
    if (column === "") return reason;
    return `column "${column}": ${value === "" ? "" : `"${value}" `}${reason}`;
  });
  return `row ${line}, ${what.join("; ")}`;
}

/** Writes rejected rows as CSV: line, column, reason, then the row as it was. */
export async function writeRejects(
  path: string,
  header: readonly string[],
  rejects: AsyncIterable<RejectedLine>,
): Promise<void> {
  async function* lines() {
    yield csvLine(["row (line in file)", "column", "reason", ...header]);
    for await (const { line, problems, cells } of rejects) {
      const columns = problems.map(({ column }) => column).join("; ");
      const reasons = problems.map(({ reason }) => reason).join("; ");
      yield csvLine([String(line), columns, reasons, ...cells]);
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(path));
}

function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\n`;
}

/** Quoted where needed; what a spreadsheet would run as a formula is shown as text. */
function csvCell(cell: string): string {
  const harmless = /^[=@\t\r]|^[+-](?![\d.,]+$)/.test(cell) ? `'${cell}` : cell;
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** The log's names of fields are not the file's names of columns. */
const fieldNames: Readonly<Record<string, Field>> = { customerId: "customer", productId: "product" };

function inFile(layout: FileLayout, { cells }: FileRecord) {
  return ({ field, reason }: RejectedRow["problems"][number]): CellProblem => {
    const name = fieldNames[field] ?? fields.find((each) => each === field);
    const column = name && layout.columns[name];
    return {
      column: column?.name ?? field,
      value: column ? (cells[column.index] ?? "") : "",
      reason,
    };
  };
}
