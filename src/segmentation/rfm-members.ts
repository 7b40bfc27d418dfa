import { type Rate, ratio } from "../core/rate.js";
import { groupSums } from "./group-sums.js";
import { cellOf, type NamedCells, type RfmBins } from "./rfm-segment-grid.js";
import type { ScorableCustomers } from "./rfm-values.js";
import { binsOf, type ScoreCuts } from "./score-cuts.js";

/** One row a customer of {@link RfmScores}, in the order of the input. */
export interface RfmMemberColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Time since the last purchase: civil days, on a log. */
  readonly recency: readonly number[];
  /** Number of purchases. */
  readonly frequency: readonly number[];
  /** Money: minor units net of refunds, on a log. */
  readonly monetary: readonly number[];
  /** Recency score, from 1; the highest for the most recent. */
  readonly r: readonly number[];
  /** Frequency score, from 1; the highest for the most purchases. */
  readonly f: readonly number[];
  /** Monetary score, from 1; the highest for the most money. */
  readonly m: readonly number[];
  /** The three scores: `"5-4-5"`. */
  readonly code: readonly string[];
  /** Name of the segment; `null` when there is no grid. */
  readonly segment: readonly (string | null)[];
}

/** One segment of {@link RfmScores}. */
export interface RfmSegment {
  /** What the segment is called. */
  readonly name: string;
  /** Number of customers. */
  readonly customers: number;
  /** Of all customers scored; `null` when there are none. */
  readonly share: Rate;
  /** Their money, in the unit of the input. */
  readonly monetary: number;
  /** Of the money of all customers scored; `null` when that is zero or negative. */
  readonly shareOfMonetary: Rate;
}

/** @internal */
export type CutsByDimension = { readonly [Name in keyof RfmBins]: ScoreCuts };

/** @internal */
export function memberColumns(
  customers: ScorableCustomers,
  cuts: CutsByDimension | null,
  bins: RfmBins,
  cells: NamedCells | null,
): RfmMemberColumns {
  const f = cuts ? binsOf(customers.frequency, cuts.frequency) : [];
  const m = cuts ? binsOf(customers.monetary, cuts.monetary) : [];
  const r = cuts ? binsOf(customers.recency, cuts.recency).map((bin) => bins.recency + 1 - bin) : [];
  const code: string[] = new Array(r.length);
  const segment: (string | null)[] = new Array(r.length);
  // One text for all customers of a cell: a million copies would cost more than the scores.
  const codeOfCell: string[] = [];
  for (let row = 0; row < r.length; row++) {
    const cell = cellOf(r[row], f[row], m[row], bins);
    codeOfCell[cell] ??= `${r[row]}-${f[row]}-${m[row]}`;
    code[row] = codeOfCell[cell];
    segment[row] = cells ? cells.names[cells.nameOfCell[cell]] : null;
  }
  return {
    customerId: customers.customerIds,
    recency: Array.from(customers.recency),
    frequency: Array.from(customers.frequency),
    monetary: Array.from(customers.monetary),
    r,
    f,
    m,
    code,
    segment,
  };
}

/** @internal */
export function segmentsOf(names: readonly string[], members: RfmMemberColumns): RfmSegment[] {
  const place = new Map<string | null, number>(names.map((name, i) => [name, i]));
  const groupOf = members.segment.map((name) => place.get(name) ?? 0);
  const { counts, sums, total } = groupSums(members.monetary, groupOf, names.length, "monetary");
  return names.map((name, i) => ({
    name,
    customers: counts[i],
    share: ratio(counts[i], members.customerId.length, "customers scored"),
    monetary: sums[i],
    shareOfMonetary: ratio(sums[i], total, "money of all customers scored"),
  }));
}
