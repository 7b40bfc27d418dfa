import { assertArgument, assertInteger, shown } from "../../core/assert.js";
import { type RowProblem, throwRowProblems } from "../../core/row-problems.js";
import type { CellValue, Table } from "../../core/table.js";
import { idColumn, inputColumn } from "../../segmentation/valued-customers.js";
import { isId, NO_ID, textId, textIds } from "../text-ids.js";
import type { CustomerAmountColumns } from "./charge-tables.js";
import {
  type CostContext,
  type CostPlace,
  type NotePlace,
  type OwnPlace,
  placeOfCost,
} from "./cost-places.js";
import { type PricedCost, pricedCost, unroundedProblem } from "./priced-costs.js";

/** What was spent on one customer. */
export interface CustomerCost extends CostPlace {
  /** On whom, text or a whole number; a customer may have many rows. */
  readonly customerId: string | number;
  /** Whole minor units; negative where something came back. Default 0; `amount` or `hours` must stand there. */
  readonly amount?: number | null | undefined;
  /** The exact amount of which `amount` is the whole one, within a minor unit of it. Default: `amount`. */
  readonly unroundedAmount?: number | null | undefined;
  /** Hours of work, zero or more, priced at `hourlyRate`. Default 0. */
  readonly hours?: number | null | undefined;
}

/**
 * By what a pool of costs is dealt out: net revenue (customers without any bear nothing), orders (purchases made in the
 * window, returned or not), units, in equal parts among those with a transaction in the window or a cost of their own, or by
 * your own weights, zero or more. Whom a Map gives a weight above zero bears a part, with a transaction or without; a
 * function is asked of the same customers as `"equally"` and `null` is zero.
 */
export type CostDriver =
  | "revenue"
  | "orders"
  | "units"
  | "equally"
  | ReadonlyMap<string, number>
  | ((customerId: string) => number | null | undefined);

/** What was spent on many customers together, and by what they share it. */
export interface CostPool extends CostPlace {
  /** Whole minor units. Default 0; `amount` or `hours` must stand there. */
  readonly amount?: number | null | undefined;
  /** Hours of work, zero or more, priced at `hourlyRate`. Default 0. */
  readonly hours?: number | null | undefined;
  /** By what it is dealt out; the parts sum to the pool. */
  readonly driver: CostDriver;
}

/**
 * Where a line of costs comes from: rows of single customers, pools, both in one list, a single pool, or a table
 * `{ customerId, amount, hours? }` such as the `customers` of {@link activityBasedCosts}, whose unrounded amounts are then
 * what counts. Each may say when and where it arose: see {@link CostPlace}.
 */
export type CostSource =
  | readonly (CustomerCost | CostPool)[]
  | CostPool
  | Table<CustomerAmountColumns>
  | Table<CustomerCostColumns>;

/** The same as many {@link CustomerCost}s, column by column. */
export interface CustomerCostColumns extends CustomerAmountColumns {
  /** The exact amount, by row, within a minor unit of `amount`; the column may be left out. */
  readonly unroundedAmount?: readonly number[];
  /** Hours of work, zero or more, priced at `hourlyRate`; the column may be left out. */
  readonly hours?: readonly number[];
  /** When, by row: epoch milliseconds, text or `null`; the column may be left out. */
  readonly at?: readonly (number | string | null)[];
  /** In which channel, by row; the column may be left out. */
  readonly channel?: readonly (string | null)[];
  /** For which product, by row; the column may be left out. */
  readonly productId?: readonly (string | null)[];
}

/** A pool in money. @internal */
export interface PricedPool extends PricedCost {
  readonly driver: CostDriver;
  readonly path: string;
  readonly own: OwnPlace;
}

/** A source in money: rows of customers, and pools. @internal */
export interface ReadCosts {
  readonly customerId: readonly string[];
  readonly amount: readonly number[];
  /** What the exact amounts have beside the whole ones, by row; `null` where they have nothing. */
  readonly owed: readonly number[] | null;
  /** By row; `null` where no row has one. */
  readonly own: readonly OwnPlace[] | null;
  readonly pools: readonly PricedPool[];
}

/** @internal */
export function readCosts(source: CostSource, path: string, context: CostContext): ReadCosts {
  const { hourlyRate } = context;
  if (hourlyRate !== undefined) assertInteger(hourlyRate, "options.hourlyRate", 0);
  if (isTable(source)) return readTable(source, path, context);
  const items = Array.isArray(source) ? (source as readonly (CustomerCost | CostPool)[]) : [source];
  const customerId: string[] = [];
  const amounts: number[] = [];
  const owed: number[] = [];
  const places: OwnPlace[] = [];
  const pools: PricedPool[] = [];
  const problems: RowProblem[] = [];
  items.forEach((given, row) => {
    const item = Object(given) as Partial<CustomerCost & CostPool>;
    const before = problems.length;
    const { amount, hours } = item;
    const note = (field: string, reason: string, value: unknown) =>
      problems.push({ row, field, reason, value });
    if (!Number.isSafeInteger(amount ?? 0)) note("amount", NOT_WHOLE, amount);
    if ((amount ?? hours ?? null) === null) note("", "has neither amount nor hours", given);
    const noExact = unroundedProblem(item);
    if (noExact !== null) note("unroundedAmount", noExact, item.unroundedAmount);
    const noHours = hoursProblem(hours ?? 0, hourlyRate);
    if (noHours !== null) note("hours", noHours, hours);
    const id = textId(item.customerId);
    if (item.driver === undefined && !isId(id))
      note("customerId", `${NO_ID}; a pool for many has a driver`, id);
    if (item.driver !== undefined && item.customerId !== undefined)
      note("", "has both customerId and driver: give one", undefined);
    if (item.driver !== undefined && !isDriver(item.driver))
      note("driver", 'is none of "revenue", "orders", "units", "equally", a Map or a function', item.driver);
    const own = placeOfCost(item, context, note);
    if (problems.length > before || own === undefined) return;
    const priced = pricedCost(item, hourlyRate);
    if (item.driver === undefined) {
      customerId.push(id as string);
      amounts.push(priced.amount);
      owed.push(priced.owed);
      places.push(own);
    } else {
      const at = Array.isArray(source) ? `${path}[${row}]` : path;
      pools.push({ ...priced, driver: item.driver, path: `${at}.driver`, own });
      // Rows of nothing put those whom a map names on the statement.
      for (const id of namedBy(item.driver)) {
        if (!isId(id)) note("driver", "has a key that is no id: text that is not empty", id);
        customerId.push(id);
        amounts.push(0);
        owed.push(0);
        places.push(null);
      }
    }
  });
  throwRowProblems(problems, path);
  return { customerId, amount: amounts, owed: anyOwed(owed), own: anyOf(places), pools };
}

function anyOwed(owed: readonly number[]): readonly number[] | null {
  return owed.some((fraction) => fraction !== 0) ? owed : null;
}

function anyOf(places: readonly OwnPlace[]): readonly OwnPlace[] | null {
  return places.some((place) => place !== null) ? places : null;
}

const NOT_WHOLE = "is not a whole number of minor units";

function hoursProblem(hours: number, hourlyRate: number | undefined): string | null {
  if (!(Number.isFinite(hours) && hours >= 0)) return "is not a number of hours, zero or more";
  return hours > 0 && hourlyRate === undefined
    ? "has no price: pass options.hourlyRate, minor units an hour"
    : null;
}

/** Whom a map of weights names; a weight that is wrong is told where the weights are read. */
function* namedBy(driver: CostDriver): Generator<string> {
  if (typeof driver !== "object") return;
  for (const [id, weight] of driver) if ((weight ?? 0) !== 0) yield id;
}

function readTable(
  source: Table<CustomerAmountColumns> | Table<CustomerCostColumns>,
  path: string,
  context: CostContext,
): ReadCosts {
  const { hourlyRate } = context;
  const customerId = textIds(idColumn(source, path));
  const amount = Array.from(inputColumn<number>(source, "amount", path));
  const optional = <Cell extends CellValue>(name: string) =>
    Object.hasOwn(source.columns, name) ? inputColumn<Cell>(source, name, path) : null;
  const exact = optional<number | null>("unroundedAmount");
  const hours = optional<number>("hours");
  const [at, channel, productId] = [
    optional<number | string | null>("at"),
    optional<string | null>("channel"),
    optional<string | null>("productId"),
  ];
  const owed = hours === null && exact === null ? [] : new Array<number>(amount.length).fill(0);
  const problems: RowProblem[] = [];
  for (let row = 0; row < amount.length; row++) {
    if (!isId(customerId[row]))
      problems.push({ row, field: "customerId", reason: NO_ID, value: customerId[row] });
    if (!Number.isSafeInteger(amount[row]))
      problems.push({ row, field: "amount", reason: NOT_WHOLE, value: amount[row] });
    if (hours === null && exact === null) continue;
    const given = { amount: amount[row], unroundedAmount: exact?.[row], hours: hours?.[row] };
    const noHours = hours === null ? null : hoursProblem(hours[row], hourlyRate);
    if (noHours !== null) problems.push({ row, field: "hours", reason: noHours, value: given.hours });
    const noExact = unroundedProblem(given);
    if (noExact !== null)
      problems.push({ row, field: "unroundedAmount", reason: noExact, value: given.unroundedAmount });
    if (problems.length > 0) continue;
    const priced = pricedCost(given, hourlyRate);
    amount[row] = priced.amount;
    owed[row] = priced.owed;
  }
  if (at === null && channel === null && productId === null) {
    throwRowProblems(problems, path);
    return { customerId, amount, owed: anyOwed(owed), own: null, pools: [] };
  }
  const inside = {
    customerId: [] as string[],
    amount: [] as number[],
    owed: [] as number[],
    own: [] as OwnPlace[],
  };
  // One object and one function for all rows, of which there may be a million.
  const place: { -readonly [Name in keyof CostPlace]: CostPlace[Name] } = {};
  let row = 0;
  const note: NotePlace = (field, reason, value) => problems.push({ row, field, reason, value });
  for (; row < amount.length; row++) {
    place.at = at?.[row];
    place.channel = channel?.[row];
    place.productId = productId?.[row];
    const own = placeOfCost(place, context, note);
    if (own === undefined) continue;
    inside.customerId.push(customerId[row]);
    inside.amount.push(amount[row]);
    if (owed.length > 0) inside.owed.push(owed[row]);
    inside.own.push(own);
  }
  throwRowProblems(problems, path);
  return { ...inside, owed: anyOwed(inside.owed), own: anyOf(inside.own), pools: [] };
}

/** @internal */
export function isTable(source: unknown): source is Table<CustomerAmountColumns> {
  return typeof source === "object" && source !== null && "columns" in source;
}

function isDriver(driver: unknown): driver is CostDriver {
  return (
    ["revenue", "orders", "units", "equally"].includes(driver as string) ||
    typeof driver === "function" ||
    isWeightMap(driver)
  );
}

function isWeightMap(driver: unknown): driver is ReadonlyMap<string, number> {
  const map = Object(driver) as Partial<ReadonlyMap<string, number>>;
  return typeof map.get === "function" && typeof map[Symbol.iterator] === "function";
}

/** The weights of a driver of one's own; zero for those who are not `asked`. @internal */
export function ownWeights(
  customerIds: readonly string[],
  driver: Exclude<CostDriver, string>,
  path: string,
  asked: readonly boolean[] | null,
): Float64Array {
  const weightOf = typeof driver === "function" ? driver : (id: string) => driver.get(id);
  return Float64Array.from(customerIds, (id, i) => {
    if (asked !== null && !asked[i]) return 0;
    const weight = weightOf(id) ?? 0;
    assertArgument(
      Number.isFinite(weight) && weight >= 0,
      path,
      () => `${path} gives ${shown(weight)} for customer ${shown(id)}: give a number of at least 0`,
    );
    return weight;
  });
}
