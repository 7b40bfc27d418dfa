import { createReadStream, type ReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { createInterface } from "node:readline";
import { parse } from "csv-parse";
import { BLANKS } from "./delimiter.js";
import { inputError } from "./input-error.js";

/** One line of a table, and where it stands in the file. */
export interface FileRecord {
  /** 1-based, as an editor counts; of a record on several lines, the last one. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Enough of the file's start to see how its columns are separated. */
const HEAD_BYTES = 65_536;

/** Bytes; a quote that is never closed would take the rest of the file for one row. */
const LONGEST_ROW = 1_000_000;

/** The first lines of the file as text; friendly errors for what is no text file. */
export async function readHead(path: string): Promise<string> {
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw inputError(
      error.code === "ENOENT" ? `${path}: there is no such file` : `${path}: ${error.message}`,
    );
  });
  if (info.isDirectory()) throw inputError(`${path} is a folder: pass a file`);
  const file = await open(path).catch((error: Error) => {
    throw inputError(`${path}: ${error.message}`);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const head = buffer.subarray(0, bytesRead);
    const text = utf8Text(head, bytesRead === HEAD_BYTES);
    if (text === null) {
      throw inputError(
        `${path} is no UTF-8 text (a spreadsheet, UTF-16, Windows-1252?): save it as CSV, UTF-8`,
      );
    }
    if (text.trim() === "") throw inputError(`${path} is empty`);
    // What stands behind the last line break may be cut off.
    return bytesRead < HEAD_BYTES ? text : text.slice(0, text.lastIndexOf("\n") + 1);
  } finally {
    await file.close();
  }
}

/**
 * Text without its byte order mark; `null` for bytes that are none.
 *
 * @param isCut - Whether the last character may be cut off.
 */
function utf8Text(bytes: Uint8Array, isCut: boolean): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return null;
  }
}

/**
 * Reads a table line by line, never the whole file at once; blank lines are skipped.
 *
 * @param onBytes - Called with the number of bytes read so far.
 */
export async function* readRecords(
  path: string,
  delimiter: string,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<FileRecord> {
  const source = createReadStream(path);
  if (onBytes) source.on("data", () => onBytes(source.bytesRead));
  try {
    yield* delimiter === BLANKS ? blankSeparated(source) : delimited(source, delimiter);
  } catch (error) {
    if (!isCsvError(error)) throw error;
    const hint = error.code === "CSV_MAX_RECORD_SIZE" ? " (a quote that is never closed?)" : "";
    throw inputError(`${path}: ${error.message}${hint}`);
  } finally {
    source.destroy();
  }
}

async function* blankSeparated(source: ReadStream): AsyncGenerator<FileRecord> {
  let line = 0;
  for await (const text of createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    const trimmed = text.trim();
    if (trimmed !== "") yield { line, cells: trimmed.split(/\s+/) };
  }
}

async function* delimited(source: ReadStream, delimiter: string): AsyncGenerator<FileRecord> {
  const parser = parse({
    delimiter,
    bom: true,
    trim: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
  });
  source.on("error", (error) => parser.destroy(error));
  for await (const { info, record } of source.pipe(parser)) yield { line: info.lines, cells: record };
}

function isCsvError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && "code" in error && String(error.code).startsWith("CSV_");
}
