import { type SalesData, type SalesOptions, salesData } from "../log/sales-data.js";
import { FIRST_YEAR, MONTHS } from "./counts.js";

/** The sales of the log's bench, moved so that they fill the local months of the zone and no others. */
export function localSales(options: SalesOptions, timeZone: string): SalesData {
  const data = salesData(options);
  const starts = monthStarts(timeZone);
  const shift = starts[0] - Date.UTC(FIRST_YEAR, 0, 1);
  return { ...data, at: data.at.map((at) => at + shift), asOf: starts[MONTHS] };
}

/** Epoch milliseconds of the first instant of each local month, and of the one after them. */
export function monthStarts(timeZone: string): Float64Array {
  const ahead = clockReader(timeZone);
  return Float64Array.from({ length: MONTHS + 1 }, (_, i) => {
    const midnight = Date.UTC(FIRST_YEAR, i, 1);
    // Asked twice, since a change of clocks may lie between the two.
    return midnight - ahead(midnight - ahead(midnight));
  });
}

/** How far the clock of the zone is ahead of UTC at an instant, in milliseconds, by Intl. */
export function clockReader(timeZone: string): (at: number) => number {
  const clock = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  return (at) => Date.parse(`${clock.format(at).replace(" ", "T")}Z`) - at;
}
