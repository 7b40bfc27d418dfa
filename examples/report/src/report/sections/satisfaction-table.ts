import type { RelationshipAnalysis } from "../../relationship/relationship-analysis.js";
import { dataTable } from "../data-table.js";
import { count, interval, NONE, oneDigit, percent, pointInterval } from "../formats.js";
import type { Html } from "../html.js";

/** Each measure wave by wave, and its change; nothing with one wave. */
export function satisfactionTable({ satisfaction }: RelationshipAnalysis): Html | null {
  const { satisfied, promoters } = satisfaction;
  const rows = [
    { name: "Satisfied", trend: satisfied, written: percent, limits: interval },
    { name: "Would recommend us (NPS)", trend: promoters, written: points, limits: pointInterval },
  ].flatMap(({ name, trend, ...how }) =>
    trend.overall === null ? [] : [{ name, ...how, change: trend.overall, waves: trend.waves }],
  );
  const [first] = rows;
  if (first === undefined) return null;
  return dataTable<(typeof rows)[number]>({
    caption: "Satisfaction wave by wave; change is that of the customers who answered both times",
    rows,
    columns: [
      { head: "Measure", kind: "text", cell: ({ name }) => name },
      ...first.waves.map(({ waveId }, place) => ({
        head: waveId,
        unit: "interval, n",
        cell: ({ waves, written, limits }: (typeof rows)[number]) => {
          const wave = waves[place];
          return wave === undefined
            ? NONE
            : `${written(wave.estimate)} (${limits(wave.interval)}), ${count(wave.n)}`;
        },
      })),
      {
        head: "Change",
        unit: "interval, n",
        cell: ({ change, written, limits }) =>
          `${written(change.difference)} (${limits(change.interval)}), ${count(change.inBoth ?? 0)}`,
      },
    ],
  });
}

function points(value: number | null): string {
  return value === null ? NONE : oneDigit(value);
}
