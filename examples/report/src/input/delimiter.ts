import { inputError } from "./input-error.js";

/** A run of blanks between columns, as in tables made for reading. */
export const BLANKS = "blanks";

/** Tried in this order: a comma may stand inside amounts where another character separates. */
const candidates = ["\t", ";", "|", ","] as const;

const names: Readonly<Record<string, string>> = {
  "\t": "tab",
  ";": "semicolon",
  "|": "bar",
  ",": "comma",
  [BLANKS]: "blanks",
};

/** Of how many lines must the number of columns agree? A few may be broken. */
const AGREEING = 0.7;

/** The word for a delimiter in the report. */
export function delimiterName(delimiter: string): string {
  return names[delimiter] ?? `"${delimiter}"`;
}

/** Reads the option `--delimiter`: a character, or its name. */
export function readDelimiter(given: string): string {
  const named = Object.entries(names).find(([, name]) => name === given)?.[0];
  if (named !== undefined) return named;
  if (given === "\\t") return "\t";
  if (given.trim() === "") return given === "\t" ? "\t" : BLANKS;
  if (given.length > 1) {
    throw inputError(
      `--delimiter is "${given}": pass one character, or comma, semicolon, tab, bar or blanks`,
    );
  }
  return given;
}

/** Which character separates the columns in these lines? `null` when there is but one column. */
export function detectDelimiter(text: string): string | null {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const blanks = agreedCount(lines.map((line) => line.trim().split(/\s+/).length - 1));
  for (const candidate of candidates) {
    const count = agreedCount(lines.map((line) => countOutsideQuotes(line, candidate)));
    // A comma may stand before decimals in a table whose columns are separated by blanks.
    if (count > 0 && (candidate !== "," || count >= blanks)) return candidate;
  }
  return blanks > 0 ? BLANKS : null;
}

/** The number of delimiters that nearly all lines have, the first one (a header, perhaps) among them; otherwise 0. */
function agreedCount(counts: readonly number[]): number {
  const [first = 0] = counts;
  return counts.filter((count) => count === first).length >= AGREEING * counts.length ? first : 0;
}

function countOutsideQuotes(line: string, character: string): number {
  let count = 0;
  let quoted = false;
  for (const each of line) {
    if (each === '"') quoted = !quoted;
    else if (each === character && !quoted) count++;
  }
  return count;
}
