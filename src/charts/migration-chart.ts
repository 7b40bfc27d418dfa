import type { GroupMigration } from "../segmentation/group-migration.js";
import { chartFrame, chartSizes, EMPTY_HEIGHT, emptyNote } from "./chart-frame.js";
import { drawnMatrix } from "./labelled-matrix.js";
import { counted, type NumberText, numberText } from "./number-text.js";
import type { ChartOptions, VegaLiteSpec } from "./vega-lite-spec.js";

/** How a migration is drawn. */
export interface MigrationChartOptions extends ChartOptions {
  /** What those are called who are in no group; default `"not there"`. */
  readonly none?: string;
}

/**
 * Who stays in their segment, and where do the others go?
 *
 * A heat map: groups before as rows, after as columns, each cell with its customers, the darker the larger their share of
 * the row. Those who stay are on the framed diagonal. The last row came, the last column went.
 *
 * @param migration - The result of {@link groupMigration}, or the `segments` of {@link rfmMigration}.
 * @param options - Width, locale of the numbers, title, and what those in no group are called.
 * @returns A Vega-Lite specification; without customers, a frame that says so. A count that does not fit its cell is left to
 * the tooltip.
 * @throws RangeError when `locale` is no BCP 47 language tag.
 * @example
 * ```ts
 * import { groupMigration, migrationChart } from "clientele";
 *
 * const before = ["ani", "budi", "citra"].map((customerId) => ({ customerId, group: "New" }));
 * const after = ["ani", "budi"].map((customerId) => ({ customerId, group: "Loyal" }));
 * migrationChart(groupMigration(before, after)).title.subtitle[0];
 * // => "0% of the customers stay where they were, 67% move and 33% leave; the largest move is New to Loyal with 2 customers."
 * ```
 */
export function migrationChart(migration: GroupMigration, options: MigrationChartOptions = {}): VegaLiteSpec {
  const sizes = chartSizes(options);
  const text = numberText(options.locale);
  const none = options.none ?? "not there";
  const before = migration.stayed + migration.moved + migration.left;
  const everybody = before + migration.entered;
  const answer = answerOf(migration, before, none, text);
  const names = migration.groups.map((name) => name ?? none);
  const rowSums = migration.matrix.map((cells) => cells.reduce((sum, cell) => sum + cell, 0));
  const frame = {
    sizes,
    title: options.title ?? "Where customers moved",
    answer,
    note: `n = ${counted(text, before, "customer")} before, ${text.count(migration.entered)} new. Darker: a larger share of the row; framed: those who stay.`,
    description: `Matrix of ${names.length} groups before by the same after, with the number of customers in each cell. ${answer}`,
  };
  if (everybody === 0) {
    return chartFrame({
      ...frame,
      above: 0,
      margin: { left: 30, top: 30, right: 8, bottom: 40 },
      height: EMPTY_HEIGHT,
      layer: [emptyNote("Nobody was or is in a group", sizes)],
    });
  }
  const last = names.length - 1;
  const drawn = drawnMatrix(
    {
      names,
      rowTitle: "before",
      columnTitle: "after (numbers as in the rows)",
      cells: migration.matrix.flatMap((cells, row) =>
        cells.map((customers, column) => {
          const share =
            rowSums[row] === 0 || (row === last && column === last) ? 0 : customers / rowSums[row];
          return {
            row,
            column,
            label: customers === 0 || (row === last && column === last) ? "" : text.count(customers),
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

function answerOf(migration: GroupMigration, before: number, none: string, text: NumberText): string {
  const { stayed, moved, left, entered } = migration;
  if (before === 0)
    return entered === 0
      ? "Nobody was or is in a group."
      : `${counted(text, entered, "customer")} ${entered === 1 ? "is" : "are"} new; there was nobody before.`;
  const share = (customers: number) => text.percent(customers / before);
  const largest = migration.flows.find(({ from, to }) => from !== to && from !== null && to !== null);
  const ways = `${share(stayed)} of the customers stay where they were, ${share(moved)} move and ${share(left)} leave`;
  return largest === undefined
    ? `${ways}.`
    : `${ways}; the largest move is ${largest.from ?? none} to ${largest.to ?? none} with ${counted(text, largest.customers, "customer")}.`;
}
