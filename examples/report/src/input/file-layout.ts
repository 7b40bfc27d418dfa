import { minorUnitDigits } from "clientele";
import { type AmountStyle, detectAmountStyle, looksLikeAmount } from "./amount-style.js";
import { type DatePattern, datePatterns, dateReader, readDatePattern } from "./date-format.js";
import { BLANKS, delimiterName, detectDelimiter } from "./delimiter.js";
import { type ChosenColumn, detectColumns, type TableSample } from "./detect-columns.js";
import { detectDatePattern } from "./detect-date-format.js";
import { inputError } from "./input-error.js";
import type { Field, FileOptions, Finding } from "./options.js";
import { type FileRecord, readHead, readRecords } from "./read-records.js";

/** How a file is to be read, and how that was found out. */
export interface FileLayout {
  readonly delimiter: string;
  readonly hasHeader: boolean;
  /** Names of the columns; `column 1`, `column 2` ... for a file without a header. */
  readonly header: readonly string[];
  readonly columns: Readonly<Partial<Record<Field, ChosenColumn>>>;
  readonly datePattern: DatePattern;
  readonly amountStyle: AmountStyle;
  readonly currency: string;
  readonly findings: readonly Finding[];
  readonly leftOut: readonly string[];
}

/** How many rows are looked at before the file is read. */
const SAMPLE_ROWS = 20_000;

/** Looks at the first rows of a file; what it cannot be sure of is an error that says what to type. */
export async function findLayout(options: FileOptions): Promise<FileLayout> {
  const head = await readHead(options.transactions);
  const delimiter = options.delimiter ?? detectDelimiter(head);
  if (delimiter === null) {
    throw inputError(
      `${options.transactions}: no delimiter found; pass --delimiter (comma, semicolon, tab, bar, blanks or a character)`,
    );
  }
  const { sample, hasHeader } = await readSample(options, delimiter);
  const { columns, leftOut } = detectColumns(sample, options.map);
  const cells = (field: Field) => sample.rows.map((row) => row[columns[field]?.index ?? -1] ?? "");
  const date = chooseDate(options.dateFormat, cells("at"), columns.at?.name ?? "");
  const amount = chooseAmount(options.decimal, cells("amount"), columns.amount?.name ?? "");
  const currency = chooseCurrency(options.currency, columns.currency ? cells("currency") : null);
  return {
    delimiter,
    hasHeader,
    header: sample.header,
    columns,
    datePattern: date.pattern,
    amountStyle: amount.style,
    currency: currency.value,
    leftOut,
    findings: [
      {
        what: "Separator",
        value: delimiterName(delimiter),
        why: options.delimiter === undefined ? "nearly all lines split alike" : "as --delimiter says",
      },
      {
        what: "Header",
        value: hasHeader ? "first line" : "none",
        why:
          options.header === undefined
            ? `the first line has ${hasHeader ? "no" : "a"} number or date`
            : "as --header says",
      },
      ...Object.entries(columns).map(([field, column]) => ({
        what: `Column of ${fieldWords[field as Field]}`,
        value: hasHeader ? column.name : String(column.index + 1),
        why: column.why,
      })),
      { what: "Date format", value: date.pattern, why: date.why },
      { what: "Decimals", value: amount.style === "whole" ? "none" : amount.style, why: amount.why },
      { what: "Currency", value: currency.value, why: currency.why },
    ],
  };
}

/** How the fields are called in the report. */
const fieldWords: Readonly<Record<Field, string>> = {
  customer: "the customer",
  at: "the date",
  amount: "the amount",
  id: "the transaction's id",
  cost: "the cost",
  quantity: "the quantity",
  product: "the product",
  channel: "the channel",
  type: "the type",
  refundOf: "the refunded purchase",
  currency: "the currency",
};

function firstRows(count: number): string {
  return count >= SAMPLE_ROWS ? `the first ${SAMPLE_ROWS.toLocaleString("en-US")} rows` : "the rows";
}

async function readSample(
  { transactions, header: headerGiven }: FileOptions,
  delimiter: string,
): Promise<{ sample: TableSample; hasHeader: boolean }> {
  const records: FileRecord[] = [];
  for await (const record of readRecords(transactions, delimiter)) {
    records.push(record);
    if (records.length > SAMPLE_ROWS) break;
  }
  const cells = records.map((record) => record.cells);
  const [first = [], second] = cells;
  const hasHeader = headerGiven ?? !first.some((cell) => looksLikeAmount(cell) || looksLikeDate(cell));
  const rows = hasHeader ? cells.slice(1) : cells;
  if (rows.length === 0 || (hasHeader && !second)) {
    throw inputError(`${transactions} has no rows${hasHeader ? " below its header" : ""}`);
  }
  // Column names with blanks in them fall apart where blanks separate.
  const broken = delimiter === BLANKS && hasHeader && first.length !== rows[0]?.length;
  const names = hasHeader && !broken ? first : (rows[0] ?? []).map((_, index) => `column ${index + 1}`);
  const header = names.map((name, index) => (name === "" ? `column ${index + 1}` : name));
  return { sample: { header, rows }, hasHeader };
}

function looksLikeDate(cell: string): boolean {
  return datePatterns.some((pattern) => dateReader(pattern, "UTC")(cell) !== null);
}

function chooseDate(
  given: string | undefined,
  cells: readonly string[],
  name: string,
): { pattern: DatePattern; why: string } {
  if (given !== undefined) {
    const pattern = readDatePattern(given);
    if (pattern) return { pattern, why: "as --date-format says" };
    throw inputError(`--date-format is "${given}": pass one of ${datePatterns.join(", ")}`);
  }
  const found = detectDatePattern(cells, true);
  switch (found.kind) {
    case "certain":
      return {
        pattern: found.pattern,
        why: `fits ${Math.floor(100 * found.share)}% of ${firstRows(cells.length)}; no other form fits as many`,
      };
    case "ambiguous":
      throw inputError(
        `column "${name}": dates such as ${found.example} may be ${found.patterns.join(" or ")}, and no day above 12 tells which: pass --date-format ${found.patterns[0]} (or ${found.patterns[1]})`,
      );
    case "mixed":
      throw inputError(
        `column "${name}": ${found.examples[0]} reads as ${found.patterns[0]} only, ${found.examples[1]} as ${found.patterns[1]} only: pass --date-format with the right one; rows of the other form are then rejected`,
      );
    default:
      throw inputError(
        `column "${name}" (${cells[0] ?? ""}, ...) holds no dates that can be read: the forms are ${datePatterns.join(", ")}; pass another column with --map at=...`,
      );
  }
}

function chooseAmount(
  given: FileOptions["decimal"],
  cells: readonly string[],
  name: string,
): { style: AmountStyle; why: string } {
  if (given !== undefined) return { style: given, why: "as --decimal says" };
  const style = detectAmountStyle(cells);
  if (style === "ambiguous" || style === "mixed") {
    const example = cells.find((cell) => /\d[.,]\d/.test(cell)) ?? cells[0];
    throw inputError(
      `column "${name}": in ${example} the separator may stand before decimals or group thousands${style === "mixed" ? ", and the rows disagree" : ""}: pass --decimal point or --decimal comma`,
    );
  }
  const why = style === "whole" ? "no amount has a separator" : `fits ${firstRows(cells.length)}`;
  return { style, why };
}

function chooseCurrency(
  given: string | undefined,
  cells: readonly string[] | null,
): { value: string; why: string } {
  const found = [...new Set(cells?.map((cell) => cell.toUpperCase()).filter((cell) => cell !== ""))];
  const [only] = found;
  const value = given?.toUpperCase() ?? (found.length === 1 ? only : undefined);
  if (value === undefined) {
    throw inputError(
      found.length === 0
        ? "which currency are the amounts in? Pass --currency with its ISO 4217 code, for example --currency IDR"
        : `the file has amounts in ${found.join(", ")}: pass --currency to choose one; rows in the others are then rejected`,
    );
  }
  try {
    minorUnitDigits(value);
  } catch {
    throw inputError(
      `currency "${value}" is not an ISO 4217 code: pass three letters, for example --currency IDR`,
    );
  }
  return { value, why: given === undefined ? "the only one in its column" : "as --currency says" };
}
