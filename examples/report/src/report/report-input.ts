import type { Finding } from "../input/options.js";
import type { Analysis } from "./analysis.js";

/** Where the data came from and what was done with them: what a reader needs to trust the figures. */
export interface DataNotes {
  /** `CDNOW_master.txt`, or the sample. */
  readonly source: string;
  readonly rowsRead: number;
  readonly rowsRejected: number;
  /** File name of the rejected rows; `null` when there are none. */
  readonly rejectsFile: string | null;
  /** Good rows at `asOf` or later, which do not exist yet: they count in nothing below. */
  readonly rowsAfterAsOf: number;
  /** Rows with an amount of zero. */
  readonly zeroAmounts: number;
  readonly refunds: number;
  /** Who have a row, if only a refund. */
  readonly customers: number;
  /** Epoch milliseconds. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** Sales less refunds before `asOf`, minor units. */
  readonly revenue: number;
  /** Other records, such as `4,000 marketing efforts`. */
  readonly alsoRead: readonly string[];
  readonly findings: readonly Finding[];
  readonly leftOut: readonly string[];
  /** Options of the command, given or default. */
  readonly options: readonly (readonly [name: string, value: string])[];
  readonly versions: readonly string[];
}

/** All that the report is made of. */
export interface ReportInput {
  /** Whose customer base it is. */
  readonly title: string;
  readonly analysis: Analysis;
  readonly notes: DataNotes;
  /** How a customer is called; the id where there is no name. */
  readonly nameOf: (customerId: string) => string;
  /** How a product is called; absent: by its id. */
  readonly productName?: (productId: string) => string;
}

/** Rows that the figures are computed from. */
export function rowsCounted({ rowsRead, rowsRejected, rowsAfterAsOf }: DataNotes): number {
  return rowsRead - rowsRejected - rowsAfterAsOf;
}

const WEEK_MS = 7 * 86_400_000;

/**
 * Whether the history covers the 12 months before the last 12, so that the two can be compared.
 *
 * A shop may have sold nothing in the first days of a year that it was open for.
 */
export function coversYearBefore({ before }: Analysis, { firstAt }: DataNotes): boolean {
  return firstAt < before.window.start + WEEK_MS;
}
