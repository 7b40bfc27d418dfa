import type { GroupMigration } from "../segmentation/group-migration.js";
import type { SegmentMigration } from "../segmentation/rules/segment-migration.js";
import { chartFrame, chartSizes, EMPTY_HEIGHT, emptyNote } from "./chart-frame.js";
import { drawnMatrix } from "./labelled-matrix.js";
import { counted, type NumberText, numberText } from "./number-text.js";
import type { ChartOptions, VegaLiteSpec } from "./vega-lite-spec.js";

/** How a migration is drawn. */
export interface MigrationChartOptions extends ChartOptions {
  /** What those are called who are known and in no group; default `"in none"`. */
  readonly none?: string;
  /** What those are called who are not known at one of the dates; default `"not there"`. */
  readonly unknown?: string;
}

/**
 * Who stays in their segment, and where do the others go?
 *
 * A heat map: groups before as rows, after as columns, each cell with its customers, the darker the larger their share of
 * the row. In narrow cells numbers are short ("12.3K", "12K"); the pointer shows them in full. Those who stay are on the framed diagonal. Who is in no group, and who is not known at one of the dates (joined or
 * gone), has the last rows and columns, where there are any.
 *
 * @param migration - The result of {@link groupMigration}, the `segments` of {@link rfmMigration}, or the result of
 *   {@link segmentMigration}, drawn by the one segment to which each customer is assigned.
 * @param options - Width, locale of the numbers, title, and what those in no group and those not known are called.
 * @returns A Vega-Lite specification; without customers, a frame that says so. A number that does not fit its cell even so is left to the
 * tooltip.
 * @throws RangeError when it is no migration, or `locale` is no BCP 47 language tag.
 * @example
 * ```ts
 * import { groupMigration, migrationChart } from "clientele";
 *
 * const before = ["ani", "budi", "citra"].map((customerId) => ({ customerId, group: "New" }));
 * const after = ["ani", "budi"].map((customerId) => ({ customerId, group: "Loyal" }));
 * migrationChart(groupMigration(before, after)).title.subtitle[0];
 * // => "0% of those in a group stay, 67% move and 33% are gone; the largest move is New to Loyal with 2 customers."
 * ```
 */
export function migrationChart(
  migration: GroupMigration | SegmentMigration,
  options: MigrationChartOptions = {},
): VegaLiteSpec {
  const sizes = chartSizes(options);
  const text = numberText(options.locale);
  const flows = flowsOf(migration);
  const ends = endsOf(migration, flows, options);
  const names = ends.map(({ name }) => name);
  const rowOf = new Map(ends.map(({ key }, i) => [key, i]));
  const matrix = ends.map(() => ends.map(() => 0));
  for (const { from, to, change, customers } of flows) {
    const row = rowOf.get(change === "joined" ? UNKNOWN : from) ?? 0;
    matrix[row][rowOf.get(change === "gone" ? UNKNOWN : to) ?? 0] += customers;
  }
  const rowSums = matrix.map((cells) => cells.reduce((sum, cell) => sum + cell, 0));
  const answer = answerOf(flows, text);
  const before = sumOf(flows, ({ change }) => change !== "joined");
  const joined = sumOf(flows, ({ change }) => change === "joined");
  const frame = {
    sizes,
    title: options.title ?? "Where customers moved",
    answer,
    note: `n = ${counted(text, before, "customer")} before, ${text.count(joined)} new. Darker: a larger share of the row; framed: those who stay.`,
    description: `Matrix of ${names.length} groups before by the same after, with the number of customers in each cell. ${answer}`,
  };
  if (before + joined === 0) {
    return chartFrame({
      ...frame,
      above: 0,
      margin: { left: 30, top: 30, right: 8, bottom: 40 },
      height: EMPTY_HEIGHT,
      layer: [emptyNote("Nobody was or is in a group", sizes)],
    });
  }
  const drawn = drawnMatrix(
    {
      names,
      rowTitle: "before",
      columnTitle: "after (numbers as in the rows)",
      cells: matrix.flatMap((cells, row) =>
        cells.map((customers, column) => {
          const share = rowSums[row] === 0 ? 0 : customers / rowSums[row];
          return {
            row,
            column,
            labels: customers === 0 ? [] : text.shorterCounts(customers),
            shade: share,
            facts: { before: names[row], after: names[column], customers, share: text.percent(share) },
          };
        }),
      ),
    },
    sizes,
  );
  return chartFrame({ ...frame, ...drawn });
}

type Flow = {
  readonly from: string | null;
  readonly to: string | null;
  readonly change: string;
  readonly customers: number;
};

function flowsOf(migration: GroupMigration | SegmentMigration): readonly Flow[] {
  const columns = migration?.flows?.columns;
  if (!Array.isArray(columns?.customers) || !Array.isArray(columns.change))
    throw new RangeError(
      `migration is ${String(migration)}: pass the result of groupMigration() or segmentMigration()`,
    );
  const { from, to, change, customers } = columns;
  return customers.map((count, i) => ({ from: from[i], to: to[i], change: change[i], customers: count }));
}

/** No name of a group. */
const UNKNOWN = Symbol("not known");

/** The rows, which are the columns too: the groups, and none and not known where somebody is. */
function endsOf(
  migration: GroupMigration | SegmentMigration,
  flows: readonly Flow[],
  { none = "in none", unknown = "not there" }: MigrationChartOptions,
): readonly { readonly key: string | null | typeof UNKNOWN; readonly name: string }[] {
  const groups =
    "groups" in migration
      ? migration.groups.map(({ group }) => group)
      : migration.segments.map(({ segment }) => segment);
  const isInNone = ({ from, to, change }: Flow) =>
    (from === null && change !== "joined") || (to === null && change !== "gone");
  return [
    ...groups.map((name) => ({ key: name, name })),
    ...(flows.some(isInNone) ? [{ key: null, name: none }] : []),
    ...(flows.some(({ change }) => change === "joined" || change === "gone")
      ? [{ key: UNKNOWN as typeof UNKNOWN, name: unknown }]
      : []),
  ];
}

function sumOf(flows: readonly Flow[], isMeant: (flow: Flow) => boolean): number {
  return flows.reduce((sum, flow) => sum + (isMeant(flow) ? flow.customers : 0), 0);
}

function answerOf(flows: readonly Flow[], text: NumberText): string {
  const inGroup = sumOf(flows, ({ from }) => from !== null);
  if (inGroup === 0) {
    const now = sumOf(flows, ({ to }) => to !== null);
    return now === 0
      ? "Nobody was or is in a group."
      : `${counted(text, now, "customer")} ${now === 1 ? "is" : "are"} in a group now; there was nobody in one before.`;
  }
  const share = (meant: string) =>
    text.percent(sumOf(flows, ({ change, from }) => change === meant && from !== null) / inGroup);
  const ways = [
    `${share("stayed")} of those in a group stay`,
    `${share("moved")} move`,
    ...(flows.some(({ change }) => change === "left") ? [`${share("left")} leave for none`] : []),
    ...(flows.some(({ change }) => change === "gone") ? [`${share("gone")} are gone`] : []),
  ];
  const listed = `${ways.slice(0, -1).join(", ")} and ${ways.at(-1)}`;
  // The flows come with the largest first.
  const largest = flows.find(({ change }) => change === "moved");
  return largest === undefined
    ? `${listed}.`
    : `${listed}; the largest move is ${largest.from} to ${largest.to} with ${counted(text, largest.customers, "customer")}.`;
}
