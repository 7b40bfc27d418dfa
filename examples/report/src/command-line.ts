import { parseArgs } from "node:util";
import { assertTimeZone, dayNumber, type RoundingMode, roundingModes } from "clientele";
import { readColumnMap } from "./input/column-map.js";
import { datePatterns } from "./input/date-format.js";
import { readDelimiter } from "./input/delimiter.js";
import { inputError } from "./input/input-error.js";
import { type FileOptions, fields } from "./input/options.js";

/** What the user asked for. */
export interface Command {
  readonly help: boolean;
  /** The user's own file; `null`: the sample. */
  readonly file: FileOptions | null;
  /** Civil day; absent: the sample's end, or the day after the file's last transaction. */
  readonly asOf?: string;
  /** Folder, or file that ends in `.html`. */
  readonly out: string;
  readonly title?: string;
  readonly seed: number;
}

export const helpText = `From a file of transactions to a report on the customer base.

  npm run demo                                  a generated shop in Indonesia
  npm run demo -- --transactions FILE           your own file: CSV, or columns separated by blanks

Options for your own file; what is left out is detected, and said in the report:
  --map FIELD=COLUMN,...   which column holds what, by name or number (from 1): customer=2,at=3,amount=5
                           fields: ${fields.join(", ")};
                           FIELD=none: no column, whatever its name, such as type=none
  --currency CODE          ISO 4217 code of the amounts; needed unless a column says it
  --zone NAME              IANA time zone of dates and times without an offset (default UTC)
  --delimiter CHARACTER    comma, semicolon, tab, bar, blanks, or the character itself
  --header yes|no          whether the first line names the columns
  --date-format FORMAT     ${datePatterns.slice(0, 5).join(", ")},
                           ${datePatterns.slice(5).join(", ")}, epochSeconds, epochMilliseconds
  --decimal point|comma    what stands before the decimals of amounts
  --rounding MODE          how to round amounts with too many decimals (${roundingModes.join(", ")})
  --unlinked-refunds accept
                           negative amounts that name no purchase count at their own date
  --strict                 stop at bad rows instead of writing them beside the report

Options for every report:
  --as-of YYYY-MM-DD       the day of the report; that day and later do not exist yet
                           (default: the day after the last transaction)
  --out PATH               folder, or file that ends in .html (default report.html)
  --title TEXT             whose customer base it is (default: the file's name)
  --seed NUMBER            another generated shop
  --help                   this text
`;

const options = {
  transactions: { type: "string" },
  map: { type: "string" },
  currency: { type: "string" },
  zone: { type: "string" },
  delimiter: { type: "string" },
  header: { type: "string" },
  "date-format": { type: "string" },
  decimal: { type: "string" },
  rounding: { type: "string" },
  "unlinked-refunds": { type: "string" },
  strict: { type: "boolean" },
  "as-of": { type: "string" },
  out: { type: "string" },
  title: { type: "string" },
  seed: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** Options that mean something for a file alone. */
const fileOptions = [
  "map",
  "currency",
  "zone",
  "delimiter",
  "header",
  "date-format",
  "decimal",
  "rounding",
  "unlinked-refunds",
  "strict",
] as const;

/** Reads the arguments; what cannot be understood is an error that says what can. */
export function readCommand(args: readonly string[]): Command {
  const values = parsed(args);
  const { transactions, map, delimiter, zone = "UTC", seed = "2024", out = "report.html" } = values;
  const misplaced = fileOptions.find((name) => values[name] !== undefined);
  if (transactions === undefined && misplaced !== undefined && !values.help) {
    throw inputError(`--${misplaced} says how to read a file: give the file with --transactions FILE`);
  }
  if (transactions !== undefined && values.seed !== undefined) {
    throw inputError("--seed is for the generated shop: leave it out with --transactions");
  }
  if (!/^-?\d{1,15}$/.test(seed)) throw inputError(`--seed is "${seed}": pass a whole number`);
  check(() => assertTimeZone(zone, "--zone"), `--zone is "${zone}": pass an IANA name such as Asia/Jakarta`);
  const asOf = values["as-of"];
  if (asOf !== undefined) {
    check(() => dayNumber(asOf), `--as-of is "${asOf}": pass a day that exists, written YYYY-MM-DD`);
  }
  const header = oneOf("header", values.header, ["yes", "no"]);
  const file: FileOptions | null =
    transactions === undefined
      ? null
      : {
          transactions,
          map: map === undefined ? undefined : readColumnMap(map),
          delimiter: delimiter === undefined ? undefined : readDelimiter(delimiter),
          header: header === undefined ? undefined : header === "yes",
          dateFormat: values["date-format"],
          decimal: oneOf("decimal", values.decimal, ["point", "comma"]),
          rounding: oneOf<RoundingMode>("rounding", values.rounding, roundingModes),
          currency: values.currency,
          zone,
          unlinkedRefunds:
            oneOf("unlinked-refunds", values["unlinked-refunds"], ["reject", "accept"]) ?? "reject",
          strict: values.strict ?? false,
        };
  return { help: values.help ?? false, file, asOf, out, title: values.title, seed: Number(seed) };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    // Node's message goes on about "--" after its first sentence.
    const reason = error instanceof Error ? error.message.split(". ")[0] : String(error);
    throw inputError(`${reason}; see npm run demo -- --help`);
  }
}

function oneOf<T extends string>(
  name: string,
  value: string | undefined,
  allowed: readonly T[],
): T | undefined {
  const found = allowed.find((each) => each === value);
  if (value !== undefined && found === undefined) {
    throw inputError(`--${name} is "${value}": pass ${allowed.join(" or ")}`);
  }
  return found;
}

function check(attempt: () => unknown, message: string): void {
  try {
    attempt();
  } catch {
    throw inputError(message);
  }
}
