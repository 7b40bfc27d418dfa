import type { SegmentMembership } from "../segmentation/rules/segment-membership.js";
import { chartFrame, chartSizes, EMPTY_HEIGHT, emptyNote } from "./chart-frame.js";
import { drawnMatrix } from "./labelled-matrix.js";
import { counted, numberText } from "./number-text.js";
import type { ChartOptions, VegaLiteSpec } from "./vega-lite-spec.js";

/** A segment and who is in it. */
export interface SegmentCustomers {
  /** What the segment is called. */
  readonly name: string;
  /** Ids of its customers; an id that comes twice counts once. */
  readonly customers: readonly string[];
}

/**
 * How large are the segments, and which of them hold the same customers?
 *
 * A heat map: on the framed diagonal the size of each segment, elsewhere how many of the row's customers are in the
 * column's segment too, the darker the larger their share of the row.
 *
 * @param segments - Each segment with its customers, or what a `segmentSet` evaluates to.
 * @param options - Width, locale of the numbers, title.
 * @returns A Vega-Lite specification; without segments, a frame that says so. A count that does not fit its cell is left to
 * the tooltip.
 * @throws RangeError when segments are neither, or `locale` is no BCP 47 language tag.
 * @example
 * ```ts
 * import { segmentOverlapChart } from "clientele";
 *
 * const segments = [
 *   { name: "Loyal", customers: ["ani", "budi", "citra"] },
 *   { name: "At risk", customers: ["citra", "dewi"] },
 * ];
 * segmentOverlapChart(segments).title.subtitle[0];
 * // => "Loyal is the largest segment with 3 of 4 customers; most in common have At risk and Loyal: 1 customer, 50% of At risk."
 * ```
 */
export function segmentOverlapChart(
  segments: readonly SegmentCustomers[] | SegmentMembership,
  options: ChartOptions = {},
): VegaLiteSpec {
  const sizes = chartSizes(options);
  const text = numberText(options.locale);
  const { names, common, everybody } = isMembership(segments) ? countsOf(segments) : countsIn(segments);
  const sizeOf = (segment: number) => common[segment][segment];
  const largest = names.reduce((best, _, i) => (sizeOf(i) > sizeOf(best) ? i : best), 0);
  let most = { row: -1, column: -1, share: 0 };
  common.forEach((cells, row) => {
    cells.forEach((both, column) => {
      const share = both / Math.max(1, sizeOf(row));
      if (row !== column && share > most.share) most = { row, column, share };
    });
  });
  const overlap =
    most.row === -1
      ? "no two have a customer in common"
      : `most in common have ${names[most.row]} and ${names[most.column]}: ${counted(text, common[most.row][most.column], "customer")}, ${text.percent(most.share)} of ${names[most.row]}`;
  const answer =
    everybody === 0
      ? "Nobody is in a segment."
      : `${names[largest]} is the largest segment with ${text.count(sizeOf(largest))} of ${counted(text, everybody, "customer")}; ${overlap}.`;
  const frame = {
    sizes,
    title: options.title ?? "Sizes and overlaps of segments",
    answer,
    note: `n = ${counted(text, everybody, "customer")} in ${counted(text, names.length, "segment")}. Framed: size; darker: a larger share of the row.`,
    description: `Matrix of ${names.length} segments with the number of customers that each two have in common. ${answer}`,
  };
  if (names.length === 0) {
    return chartFrame({
      ...frame,
      above: 0,
      margin: { left: 30, top: 30, right: 8, bottom: 40 },
      height: EMPTY_HEIGHT,
      layer: [emptyNote("There are no segments", sizes)],
    });
  }
  const drawn = drawnMatrix(
    {
      names,
      rowTitle: "of the customers of",
      columnTitle: "are also in (numbers as in the rows)",
      cells: common.flatMap((cells, row) =>
        cells.map((both, column) => {
          const share = row === column ? both / Math.max(1, everybody) : both / Math.max(1, sizeOf(row));
          return {
            row,
            column,
            labels: both === 0 && row !== column ? [] : text.shorterCounts(both),
            shade: row === column ? 0 : share,
            facts: {
              segment: names[row],
              also: names[column],
              customers: both,
              share: text.percent(share),
            },
          };
        }),
      ),
    },
    sizes,
  );
  return chartFrame({ ...frame, ...drawn });
}

/** How many customers each two segments have in common, and all of them once. */
interface Counts {
  readonly names: readonly string[];
  readonly common: readonly (readonly number[])[];
  readonly everybody: number;
}

function isMembership(
  segments: readonly SegmentCustomers[] | SegmentMembership,
): segments is SegmentMembership {
  return Array.isArray((segments as SegmentMembership | null)?.overlaps);
}

function countsIn(segments: readonly SegmentCustomers[]): Counts {
  if (!Array.isArray(segments))
    throw new RangeError(
      `segments is ${String(segments)}: pass { name, customers } of each, or what a segment set evaluates to`,
    );
  for (const [i, segment] of segments.entries()) {
    if (typeof segment?.name !== "string" || !Array.isArray(segment.customers))
      throw new RangeError(
        `segments[${i}] is no { name, customers }: pass the customers as an array of their ids`,
      );
  }
  const sets = segments.map(({ customers }) => new Set(customers));
  const common = sets.map((own) =>
    sets.map((other) => {
      let both = 0;
      for (const id of own) if (other.has(id)) both++;
      return both;
    }),
  );
  const everybody = new Set(segments.flatMap(({ customers }) => customers)).size;
  return { names: segments.map(({ name }) => name), common, everybody };
}

function countsOf({ segments, overlaps, unassigned, customers }: SegmentMembership): Counts {
  const names = segments.map(({ segment }) => segment);
  const common = segments.map(({ members }, row) =>
    names.map((_, column) => (row === column ? members.numerator : 0)),
  );
  for (const { segment, other, ofSegment } of overlaps) {
    const [a, b] = [names.indexOf(segment), names.indexOf(other)];
    common[a][b] = ofSegment.numerator;
    common[b][a] = ofSegment.numerator;
  }
  return { names, common, everybody: customers - unassigned.numerator };
}
