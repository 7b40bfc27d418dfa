import { type Table, table } from "../core/table.js";
import { assertComparable, hasSameCuts } from "./comparable-scores.js";
import { type GroupMigration, migrationOf } from "./group-migration.js";
import type { RfmScores } from "./rfm.js";

/** One row a customer of {@link RfmMigration}: those scored first in their order, then the new ones. */
export interface RfmMigrationColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Scores before (`"5-4-5"`); `null` when not scored then. */
  readonly codeBefore: readonly (string | null)[];
  /** Scores after; `null` when not scored. */
  readonly codeAfter: readonly (string | null)[];
  /** Segment before; `null` when not scored then, and without a segment table. */
  readonly segmentBefore: readonly (string | null)[];
  /** Segment after; `null` when not scored, and without a segment table. */
  readonly segmentAfter: readonly (string | null)[];
  /** Recency score after less before; `null` when not scored at both dates. */
  readonly r: readonly (number | null)[];
  /** Frequency score after less before. */
  readonly f: readonly (number | null)[];
  /** Monetary score after less before. */
  readonly m: readonly (number | null)[];
}

/** How the scores of one dimension moved, of the customers scored at both dates. */
export interface ScoreMoves {
  /** Customers with a higher score than before. */
  readonly up: number;
  /** With the same score. */
  readonly same: number;
  /** With a lower score. */
  readonly down: number;
  /** Numbers of customers: `matrix[i][j]` had score i + 1 and have score j + 1. */
  readonly matrix: readonly (readonly number[])[];
}

/** Who moved between two scorings. */
export interface RfmMigration {
  /** Who moved from which segment to which, where not scored is not known; `null` without a segment table. */
  readonly segments: GroupMigration | null;
  /** How scores moved. */
  readonly scores: {
    /** Of recency. */
    readonly recency: ScoreMoves;
    /** Of frequency. */
    readonly frequency: ScoreMoves;
    /** Of money. */
    readonly monetary: ScoreMoves;
  };
  /** Everybody who was scored at either date. */
  readonly members: Table<RfmMigrationColumns>;
  /** Whether both were held against the same cuts. If not, a customer may move because others did. */
  readonly sameCuts: boolean;
  /** Instant of the first scores, epoch milliseconds; `null` when they are not of a log. */
  readonly before: number | null;
  /** Instant of the second scores, epoch milliseconds; `null` when they are not of a log. */
  readonly after: number | null;
}

/**
 * Who became a champion, and who fell asleep?
 *
 * Compare like with like: score the second date with the `cuts` and `atCut` of the first, or a customer moves only because
 * the others did; `sameCuts` says which it was.
 *
 * @param before - The scores of the first date.
 * @param after - The scores of a later date, with the same numbers of scores and the same segment table, of a window as long (or of as
 *   many whole months), if of one.
 * @returns The moves between segments and of each score, and everybody with what changed.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when bins, segment table, zone, kind of money or length of the window differ or `after`
 * is earlier; `CURRENCY_MISMATCH`.
 * @example
 * ```ts
 * import { rfm, rfmMigration } from "clientele";
 *
 * const cuts = { recency: [30, 90, 180, 365], frequency: [1, 2, 4, 8], monetary: [100, 200, 400, 800] };
 * const before = rfm([{ customerId: "ani", recency: 10, frequency: 5, monetary: 900 }], { cuts });
 * const after = rfm([{ customerId: "ani", recency: 200, frequency: 5, monetary: 900 }], { cuts });
 * const migration = rfmMigration(before, after);
 * migration.segments?.flows.columns.to; // => ["At Risk"]
 * migration.members.columns.r; // => [-3]
 * migration.sameCuts; // => true
 * ```
 */
export function rfmMigration(before: RfmScores, after: RfmScores): RfmMigration {
  assertComparable(before, after);
  const first = before.members.columns;
  const second = after.members.columns;
  const rowBefore = new Map(first.customerId.map((id, row) => [id, row]));
  const rowAfter = new Map(second.customerId.map((id, row) => [id, row]));
  const customerId = [...first.customerId, ...second.customerId.filter((id) => !rowBefore.has(id))];
  const from = customerId.map((id) => rowBefore.get(id) ?? -1);
  const to = customerId.map((id) => rowAfter.get(id) ?? -1);
  const change = (scores: "r" | "f" | "m") =>
    from.map((row, i) => (row === -1 || to[i] === -1 ? null : second[scores][to[i]] - first[scores][row]));
  const at = <T>(column: readonly T[], rows: readonly number[]) =>
    rows.map((row) => (row === -1 ? null : column[row]));
  const both = from.flatMap((row, i) => (row === -1 || to[i] === -1 ? [] : [[row, to[i]] as const]));
  const moves = (scores: "r" | "f" | "m", bins: number) =>
    movesOf(
      both.map(([row, next]) => [first[scores][row], second[scores][next]] as const),
      bins,
    );
  return {
    segments:
      before.segmentTable === null
        ? null
        : migrationOf(
            new Map(first.customerId.map((id, row) => [id, first.segment[row]])),
            new Map(second.customerId.map((id, row) => [id, second.segment[row]])),
            before.segments.map(({ name }) => name),
          ),
    scores: {
      recency: moves("r", before.bins.recency),
      frequency: moves("f", before.bins.frequency),
      monetary: moves("m", before.bins.monetary),
    },
    members: table({
      customerId,
      codeBefore: at(first.code, from),
      codeAfter: at(second.code, to),
      segmentBefore: at(first.segment, from),
      segmentAfter: at(second.segment, to),
      r: change("r"),
      f: change("f"),
      m: change("m"),
    }),
    sameCuts: hasSameCuts(before, after),
    before: before.asOf,
    after: after.asOf,
  };
}

function movesOf(pairs: readonly (readonly [from: number, to: number])[], bins: number): ScoreMoves {
  const matrix = Array.from({ length: bins }, () => new Array<number>(bins).fill(0));
  let up = 0;
  let down = 0;
  for (const [from, to] of pairs) {
    matrix[from - 1][to - 1]++;
    if (to > from) up++;
    if (to < from) down++;
  }
  return { up, same: pairs.length - up - down, down, matrix };
}
