import { assertArgument, assertInteger, assertOneOf, shown } from "../core/assert.js";
import { cellOf, cellsIn, type RfmBins, rangesOf, type SegmentTableRow } from "./rfm-segment-table.js";

/** Names for the cells of scores: rows that have each cell exactly once, or a table that is read from the top. */
export type SegmentTable = readonly SegmentTableRow[] | FirstMatchSegmentTable;

/**
 * Names for the cells of scores that are read from the top: the first row that has a cell names it.
 *
 * Hold it against {@link checkSegmentTable} before use: rows that come too late name nobody.
 */
export interface FirstMatchSegmentTable {
  /** How the rows are read. */
  readonly match: "first";
  /** For how many scores the rows are made, one number for all dimensions; scores of others are refused. */
  readonly bins: number | RfmBins;
  /** From the first to the last; a later row gets what the earlier ones left. */
  readonly rows: readonly SegmentTableRow[];
  /** The name of the cells that no row has; `null`: there must be none. */
  readonly otherwise: string | null;
}

/**
 * The ten rows of R's package `rfm` 0.3.0, read from the top as its `rfm_segment` does, for five scores each.
 *
 * 58 of the 125 cells are in several rows, so the order matters; 10 are in none and are called "Others".
 */
export const rPackageSegmentTable: FirstMatchSegmentTable = {
  match: "first",
  bins: 5,
  rows: [
    { name: "Champions", recency: [5, 5], frequency: [5, 5], monetary: [5, 5] },
    { name: "Potential Loyalist", recency: [3, 5], frequency: [3, 5], monetary: [2, 5] },
    { name: "Loyal Customers", recency: [2, 4], frequency: [2, 4], monetary: [2, 4] },
    { name: "Promising", recency: [3, 4], frequency: [1, 3], monetary: [3, 5] },
    { name: "New Customers", recency: [4, 5], frequency: [1, 3], monetary: [1, 5] },
    { name: "Can't Lose Them", recency: [1, 2], frequency: [3, 4], monetary: [4, 5] },
    { name: "At Risk", recency: [1, 2], frequency: [2, 5], monetary: [4, 5] },
    { name: "Need Attention", recency: [1, 3], frequency: [3, 5], monetary: [3, 5] },
    { name: "About To Sleep", recency: [2, 3], frequency: [1, 3], monetary: [1, 4] },
    { name: "Lost", recency: [1, 1], frequency: [1, 5], monetary: [1, 5] },
  ],
  otherwise: "Others",
};

/** A cell of three scores. */
export interface ScoreCell {
  /** Recency score. */
  readonly r: number;
  /** Frequency score. */
  readonly f: number;
  /** Monetary score. */
  readonly m: number;
}

/** One row of a table of segments, held against all cells. */
export interface SegmentTableRowCheck {
  /** Name of the segment. */
  readonly name: string;
  /** How many cells the row has. */
  readonly cells: number;
  /** How many of them no earlier row has: those that it names when the table is read from the top. 0: it never wins. */
  readonly wins: number;
}

/** What a table of segments names, once, twice or not at all. */
export interface SegmentTableCheck {
  /** How many cells of scores there are. */
  readonly cells: number;
  /** How many of them are in a row. */
  readonly covered: number;
  /** How many are in more than one. */
  readonly contested: number;
  /** Whether every cell is in a row. */
  readonly isCovering: boolean;
  /** Whether no cell is in two rows, so that the order does not matter. */
  readonly isDisjoint: boolean;
  /** Every cell that is in no row. */
  readonly gaps: readonly ScoreCell[];
  /** Every cell that is in several rows, and which (places from 0, ascending). */
  readonly overlaps: readonly { readonly cell: ScoreCell; readonly rows: readonly number[] }[];
  /** Every row, in order. */
  readonly rows: readonly SegmentTableRowCheck[];
  /** The places (from 0) of rows that name no cell when the table is read from the top. */
  readonly neverWin: readonly number[];
  /** The names that no cell gets so: all rows of the name come too late. */
  readonly unreachable: readonly string[];
}

/**
 * Does a table of segments name every customer, and is there a row that never names one?
 *
 * Proven, not sampled: all cells of scores are held against all rows.
 *
 * @param segmentTable - Rows `{ name, recency: [from, to], frequency: [from, to], monetary? }`, or a {@link FirstMatchSegmentTable}, whose
 *   `otherwise` is not counted.
 * @param bins - How many scores each dimension has, 1 to 100; one number for all. Default those of the table, or 5.
 * @returns Gaps, overlaps and rows that never win.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a row has no name or reaches beyond the scores, a table is made for
 * other ones, or is not one that is read from the top.
 * @example
 * ```ts
 * import { checkSegmentTable, rfmSegmentTable, rPackageSegmentTable } from "clientele";
 *
 * checkSegmentTable(rfmSegmentTable).isCovering; // => true
 * const { covered, contested, cells } = checkSegmentTable(rPackageSegmentTable);
 * [covered, contested, cells]; // => [115, 58, 125]
 * const late = checkSegmentTable([
 *   { name: "Recent", recency: [4, 5], frequency: [1, 5] },
 *   { name: "New", recency: [5, 5], frequency: [1, 1] },
 * ]);
 * late.unreachable; // => ["New"]
 * late.gaps[0]; // => { r: 1, f: 1, m: 1 }
 * ```
 */
export function checkSegmentTable(segmentTable: SegmentTable, bins?: number | RfmBins): SegmentTableCheck {
  const counts = scoreCounts(
    bins ?? (isFirstMatch(segmentTable) ? segmentTable.bins : 5),
    bins === undefined ? "segmentTable.bins" : "bins",
  );
  if (isFirstMatch(segmentTable)) assertFirstMatch(segmentTable, counts, "segmentTable");
  const [list, path] = isFirstMatch(segmentTable)
    ? [segmentTable.rows, "segmentTable.rows"]
    : [segmentTable, "segmentTable"];
  const rowsOf = rowsByCell(list, counts, path);
  const gaps: ScoreCell[] = [];
  const overlaps: { cell: ScoreCell; rows: readonly number[] }[] = [];
  const rows = list.map(({ name }) => ({ name, cells: 0, wins: 0 }));
  for (const [r, f, m] of cellsIn([1, counts.recency], [1, counts.frequency], [1, counts.monetary])) {
    const own = rowsOf[cellOf(r, f, m, counts)];
    for (const row of own) rows[row].cells++;
    if (own.length === 0) gaps.push({ r, f, m });
    else rows[own[0]].wins++;
    if (own.length > 1) overlaps.push({ cell: { r, f, m }, rows: own });
  }
  const reached = new Set(rows.filter(({ wins }) => wins > 0).map(({ name }) => name));
  return {
    cells: rowsOf.length,
    covered: rowsOf.length - gaps.length,
    contested: overlaps.length,
    isCovering: gaps.length === 0,
    isDisjoint: overlaps.length === 0,
    gaps,
    overlaps,
    rows,
    neverWin: rows.flatMap(({ wins }, row) => (wins === 0 ? [row] : [])),
    unreachable: [...new Set(rows.map(({ name }) => name))].filter((name) => !reached.has(name)),
  };
}

/** @internal */
export function isFirstMatch(table: SegmentTable): table is FirstMatchSegmentTable {
  return typeof table === "object" && table !== null && !Array.isArray(table);
}

/** The same names as blocks that name each cell once. @internal */
export function disjointRows(
  segments: FirstMatchSegmentTable,
  bins: RfmBins,
  path: string,
): { readonly rows: SegmentTableRow[]; readonly names: readonly string[] } {
  assertFirstMatch(segments, bins, path);
  const { otherwise } = segments;
  const rowsOf = rowsByCell(segments.rows, bins, `${path}.rows`);
  const rows: SegmentTableRow[] = [];
  for (const [r, f, m] of cellsIn([1, bins.recency], [1, bins.frequency], [1, bins.monetary])) {
    const [first] = rowsOf[cellOf(r, f, m, bins)];
    const name = first === undefined ? otherwise : segments.rows[first].name;
    assertArgument(
      name !== null,
      `${path}.rows`,
      () =>
        `${path}.rows leave cell R ${r}, F ${f}, M ${m} without a name: add a row, or set ${path}.otherwise`,
    );
    const last = rows.at(-1);
    // The cells run through M first: one block for as long as the name lasts.
    if (m > 1 && last?.name === name && last.monetary)
      rows[rows.length - 1] = { ...last, monetary: [last.monetary[0], m] };
    else rows.push({ name, recency: [r, r], frequency: [f, f], monetary: [m, m] });
  }
  const names = [...segments.rows.map(({ name }) => name), ...(otherwise === null ? [] : [otherwise])];
  return { rows, names: [...new Set(names)] };
}

function assertFirstMatch(segments: FirstMatchSegmentTable, bins: RfmBins, path: string): void {
  const { match, otherwise } = segments;
  assertOneOf(match, `${path}.match`, ["first"]);
  const made = scoreCounts(segments.bins, `${path}.bins`);
  for (const name of DIMENSIONS) {
    assertArgument(
      made[name] === bins[name],
      `${path}.bins`,
      () =>
        `${path}.bins says ${made[name]} scores of ${name}, and there are ${bins[name]}: pass a table that is made for these`,
    );
  }
  assertArgument(
    otherwise === null || (typeof otherwise === "string" && otherwise !== ""),
    `${path}.otherwise`,
    () => `${path}.otherwise is ${shown(otherwise)}: pass a name, or null where every cell is in a row`,
  );
}

/** How many scores each dimension has, of one number for all or one for each. */
function scoreCounts(bins: number | RfmBins, path: string): RfmBins {
  const isEach = typeof bins === "object" && bins !== null;
  const { recency, frequency, monetary } = isEach ? bins : { recency: bins, frequency: bins, monetary: bins };
  const counts = { recency, frequency, monetary };
  for (const name of DIMENSIONS) assertInteger(counts[name], isEach ? `${path}.${name}` : path, 1, 100);
  return counts;
}

const DIMENSIONS = ["recency", "frequency", "monetary"] as const;

/** For each cell the rows that have it, in their order. */
function rowsByCell(rows: readonly SegmentTableRow[], bins: RfmBins, path: string): number[][] {
  assertArgument(
    Array.isArray(rows) && rows.length > 0,
    path,
    () => `${path} is ${shown(rows)}: pass rows { name, recency: [from, to], frequency: [from, to] }`,
  );
  const rowsOf: number[][] = Array.from({ length: bins.recency * bins.frequency * bins.monetary }, () => []);
  for (const [i, row] of rows.entries()) {
    for (const cell of cellsIn(...rangesOf(row, bins, `${path}[${i}]`)))
      rowsOf[cellOf(...cell, bins)].push(i);
  }
  return rowsOf;
}
