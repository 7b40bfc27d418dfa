import { assertArgument, assertInteger, shown } from "../core/assert.js";

/** From this score to that one, both included. */
export type ScoreRange = readonly [from: number, to: number];

/** One row of a {@link SegmentTable}: a block of scores, and the name of the customers in it. */
export interface SegmentTableRow {
  /** Name of the segment; several rows with one name make one segment. */
  readonly name: string;
  /** Recency scores, 1 the longest ago. */
  readonly recency: ScoreRange;
  /** Frequency scores, 1 the fewest. */
  readonly frequency: ScoreRange;
  /** Monetary scores, 1 the least; default all of them. */
  readonly monetary?: ScoreRange;
}

/**
 * The ten customary names for five recency by five frequency scores, as blocks that cover each of the 25 cells once.
 *
 * The well-known list of eleven names in R, F and M leaves cells without a name and names others twice, so that "New
 * Customers", "Promising", "Can't Lose Them" and "Lost" are never reached; this table, which looks at R and F alone, has
 * neither fault.
 */
export const rfmSegmentTable: readonly SegmentTableRow[] = [
  { name: "Champions", recency: [5, 5], frequency: [4, 5] },
  { name: "Loyal", recency: [3, 4], frequency: [4, 5] },
  { name: "Potential Loyalist", recency: [4, 5], frequency: [2, 3] },
  { name: "New", recency: [5, 5], frequency: [1, 1] },
  { name: "Promising", recency: [4, 4], frequency: [1, 1] },
  { name: "Need Attention", recency: [3, 3], frequency: [3, 3] },
  { name: "About to Sleep", recency: [3, 3], frequency: [1, 2] },
  { name: "Can't Lose", recency: [1, 2], frequency: [5, 5] },
  { name: "At Risk", recency: [1, 2], frequency: [3, 4] },
  { name: "Hibernating", recency: [1, 2], frequency: [1, 2] },
];

/** A number of scores for each dimension. */
export interface RfmBins {
  /** Recency scores. */
  readonly recency: number;
  /** Frequency scores. */
  readonly frequency: number;
  /** Monetary scores. */
  readonly monetary: number;
}

/** The place of a cell in a row of all cells; scores from 1. @internal */
export function cellOf(r: number, f: number, m: number, bins: RfmBins): number {
  return ((r - 1) * bins.frequency + (f - 1)) * bins.monetary + (m - 1);
}

/** The distinct names, and for each cell the place of its name among them. @internal */
export interface NamedCells {
  readonly names: readonly string[];
  readonly nameOfCell: Int32Array;
}

/** Reads a table; every cell must be named once. @internal */
export function namedCells(
  table: readonly SegmentTableRow[],
  bins: RfmBins,
  order?: readonly string[],
): NamedCells {
  const path = "options.segmentTable";
  assertArgument(
    Array.isArray(table) && table.length > 0,
    path,
    () => `${path} is ${shown(table)}: pass rows { name, recency: [from, to], frequency: [from, to] }`,
  );
  const names = order ?? [...new Set(table.map((row) => row?.name))];
  const nameOfCell = new Int32Array(bins.recency * bins.frequency * bins.monetary).fill(-1);
  for (const [i, row] of table.entries()) {
    const rowPath = `${path}[${i}]`;
    const [r, f, m] = rangesOf(row, bins, rowPath);
    for (const cell of cellsIn(r, f, m)) {
      const place = cellOf(...cell, bins);
      assertArgument(
        nameOfCell[place] === -1,
        rowPath,
        () =>
          `${rowPath} (${shown(row.name)}) takes cell ${cellName(cell)}, which ${shown(names[nameOfCell[place]])} has already: pass blocks that do not overlap`,
      );
      nameOfCell[place] = names.indexOf(row.name);
    }
  }
  for (const cell of cellsIn([1, bins.recency], [1, bins.frequency], [1, bins.monetary])) {
    assertArgument(
      nameOfCell[cellOf(...cell, bins)] !== -1,
      path,
      () => `${path} leaves cell ${cellName(cell)} without a name: pass blocks that cover every cell`,
    );
  }
  return { names, nameOfCell };
}

type Cell = [r: number, f: number, m: number];

function cellName([r, f, m]: Cell): string {
  return `R ${r}, F ${f}, M ${m}`;
}

/** The scores that a row has, checked, and its name with them. @internal */
export function rangesOf(
  row: SegmentTableRow,
  bins: RfmBins,
  path: string,
): [r: ScoreRange, f: ScoreRange, m: ScoreRange] {
  assertArgument(
    typeof row?.name === "string" && row.name !== "",
    `${path}.name`,
    () => `${path}.name is ${shown(row?.name)}: pass the segment's name`,
  );
  return [
    scoreRange(row.recency, bins.recency, `${path}.recency`),
    scoreRange(row.frequency, bins.frequency, `${path}.frequency`),
    scoreRange(row.monetary ?? [1, bins.monetary], bins.monetary, `${path}.monetary`),
  ];
}

function scoreRange(range: ScoreRange, bins: number, path: string): ScoreRange {
  assertArgument(
    Array.isArray(range) && range.length === 2,
    path,
    () => `${path} is ${shown(range)}: pass [from, to], both included`,
  );
  assertInteger(range[0], `${path}[0]`, 1, bins);
  assertInteger(range[1], `${path}[1]`, range[0], bins);
  return range;
}

/** Every cell of these scores, M running first. @internal */
export function* cellsIn(recency: ScoreRange, frequency: ScoreRange, monetary: ScoreRange): Generator<Cell> {
  for (let r = recency[0]; r <= recency[1]; r++) {
    for (let f = frequency[0]; f <= frequency[1]; f++) {
      for (let m = monetary[0]; m <= monetary[1]; m++) yield [r, f, m];
    }
  }
}
