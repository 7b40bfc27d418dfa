import { type ValueSource, valueSources } from "../../model/value-source.js";
import { isFiniteNumber, isScale, type ValueScale } from "../checked-rows.js";
import { assertValueItems, type ValueItem, type ValueItems, type ValueSide } from "./value-item.js";
import { assertScales, placesIn, unitOfScales } from "./weigh-items.js";

/** Checked reports: what is named, and in which unit all of it is. @internal */
export interface ReadReports {
  readonly unit: "points" | "pomp";
  /** Every item that anybody names, in the order of the first to do so. */
  readonly names: readonly { readonly id: string; readonly side: ValueSide }[];
  /** Of every item of every report, benefits before sacrifices, its place in `names`. */
  readonly placeOf: Int32Array;
}

const SIDES = ["benefit", "sacrifice"] as const;

/**
 * Checks the items of every report and numbers their names.
 *
 * At survey size that is millions of items. What is in order, as nearly all is, gets one look; a report that is not goes through
 * the check that says why.
 *
 * @internal
 */
export function readReports(
  reports: readonly ValueItems[],
  asked: "points" | "pomp" | undefined,
): ReadReports {
  const names: { id: string; side: ValueSide }[] = [];
  const numbers = { benefit: new Map<string, number>(), sacrifice: new Map<string, number>() };
  /** The last report that named it, by number: a second time in one report is one too many. */
  const lastBy: number[] = [];
  let placeOf = new Int32Array(1024);
  let length = 0;
  let first: ValueScale | undefined;
  let isMixed = false;
  let hasMissing = false;
  for (let i = 0; i < reports.length; i++) {
    const report = reports[i];
    for (const side of SIDES) {
      const items = side === "benefit" ? report.benefits : report.sacrifices;
      if (!Array.isArray(items)) fault(report, i);
      for (const item of items) {
        if (!isPlain(item, side)) fault(report, i);
        const { id, scale } = item;
        let place = numbers[side].get(id);
        if (place === undefined) {
          place = names.length;
          numbers[side].set(id, place);
          names.push({ id, side });
          lastBy.push(-1);
        }
        if (lastBy[place] === i) fault(report, i);
        lastBy[place] = i;
        if (length === placeOf.length) placeOf = grown(placeOf);
        placeOf[length++] = place;
        if (scale === undefined) hasMissing = true;
        else if (first === undefined) first = scale;
        else if (scale.min !== first.min || scale.max !== first.max) isMixed = true;
      }
    }
  }
  const unit = unitOfScales(isMixed, asked);
  if (unit === "pomp" && hasMissing)
    for (const [i, report] of reports.entries()) assertScales(report, asked, placesIn("reports", pathOf(i)));
  return { unit, names, placeOf };
}

/** Whether an item with this side has nothing wrong with it that its own fields show. */
function isPlain(item: ValueItem, side: ValueSide): boolean {
  if (typeof item !== "object" || item === null) return false;
  const { id, score, weight, scale, source } = item;
  if (typeof id !== "string" || id === "" || !isFiniteNumber(score)) return false;
  if (weight !== undefined && !(isFiniteNumber(weight) && weight >= 0)) return false;
  if (source !== undefined && !valueSources.includes(source as ValueSource)) return false;
  if (scale === undefined) return side === "benefit" || score >= 0;
  return isScale(scale) && score >= scale.min && score <= scale.max;
}

/** Throws with what is wrong in a report. */
function fault(report: unknown, i: number): void {
  assertValueItems(report, pathOf(i));
}

function pathOf(i: number): string {
  return `reports[${i}].`;
}

function grown(list: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(2 * list.length);
  longer.set(list);
  return longer;
}
