import { assertBetween, assertInRange, assertOptions } from "../../core/assert.js";
import { type Rate, ratio } from "../../core/rate.js";
import { type RowProblem, throwRowProblems } from "../../core/row-problems.js";
import { safeSum } from "../../core/safe-integer.js";
import { type Table, table } from "../../core/table.js";
import { inputColumn } from "../../segmentation/valued-customers.js";

/** What a group of customers earns and costs; a row of {@link profitAndLossBy} fits. */
export interface ProfitLeverRow {
  /** Which group; `null` for those of none. */
  readonly group: string | null;
  /** Whole minor units. */
  readonly netRevenue: number;
  /** Whole minor units. */
  readonly costOfGoods: number;
  /** Whole minor units. */
  readonly costToServe: number;
  /** What is left of it in the end, whole minor units, after costs that no lever moves. Default: `netRevenue - costOfGoods - costToServe`. */
  readonly profit?: number;
}

/** The same as many {@link ProfitLeverRow}s, column by column; the `groups` of {@link profitAndLossBy} fit. */
export type ProfitLeverRowColumns = {
  /** Which group, by row. */
  readonly group: readonly (string | null)[];
  /** Minor units, by row. */
  readonly netRevenue: readonly number[];
  /** Minor units, by row. */
  readonly costOfGoods: readonly number[];
  /** Minor units, by row. */
  readonly costToServe: readonly number[];
  /** Minor units, by row; the column may be left out. */
  readonly profit?: readonly number[];
};

/** How far each lever is pulled, and what moves with volume. */
export interface ProfitLeverOptions {
  /** The improvement of each, above 0 and below 1; default 0.01. */
  readonly change?: number;
  /** Share of the cost to serve that grows with volume, 0 to 1; default 1, all of it. Cost of goods always does. */
  readonly variableCostToServe?: number;
}

/** What can be pulled: the first two raise revenue, the others take cost out. */
export type ProfitLever = "price" | "volume" | "costOfGoods" | "costToServe";

/** What each lever is worth to one group: amounts in minor units, not rounded. */
export interface ProfitLeverWorth {
  /** Prices up by `change`, volume as it is. */
  readonly price: number;
  /** Units up by `change`, prices as they are: revenue less the costs that grow with it. */
  readonly volume: number;
  /** Cost of goods down by `change`. */
  readonly costOfGoods: number;
  /** Cost to serve down by `change`. */
  readonly costToServe: number;
}

/** What the levers of one group, or of all, are worth. */
export interface ProfitLeverGroup extends ProfitLeverWorth {
  /** Which group; `null`: none, or all together. */
  readonly group: string | null;
  /** Profit as it is, minor units. */
  readonly profit: number;
  /** What each raises profit by, as a share of it; `null` where profit is zero or less. */
  readonly shareOfProfit: { readonly [Lever in ProfitLever]: Rate };
  /** The lever that is worth the most; of equals the first. `null` where none is worth anything. */
  readonly strongest: ProfitLever | null;
  /**
   * Which change of each is worth as much as prices up by `change`: volume up 0.04, cost of goods down 0.02. `null` where none
   * is, since nothing is there to be changed or more volume earns nothing; above 1, a cost cannot fall so far.
   */
  readonly worthThePrice: { readonly [Lever in Exclude<ProfitLever, "price">]: Rate };
  /**
   * The share of units that may be lost when prices rise by `change` before profit falls (Nagle & Holden 1995); `null` where
   * units earn nothing as it is.
   */
  readonly breakEvenLoss: Rate;
  /** The share of units that must be won to make up for prices cut by `change`; `null` where no volume does. */
  readonly breakEvenGain: Rate;
}

/** What the levers of all groups are worth. */
export interface ProfitLevers {
  /** Each group, in the order given. */
  readonly groups: readonly ProfitLeverGroup[];
  /** All groups together. */
  readonly total: ProfitLeverGroup;
  /** The same as a table of money, to be sorted and shown. */
  readonly table: Table<ProfitLeverColumns>;
  /** How far each lever is pulled. */
  readonly change: number;
}

/** One row a group of {@link ProfitLevers}, in the order given; minor units, not rounded. */
export type ProfitLeverColumns = {
  /** Which group. */
  readonly group: readonly (string | null)[];
} & { readonly [Lever in ProfitLever]: readonly number[] };

/**
 * Take cost out or raise revenue: what is one per cent of price, volume, cost of goods and cost to serve worth?
 *
 * Each lever is pulled alone, the others staying as they are (Marn & Rosiello 1992, "Managing price, gaining profit"): nobody
 * leaves for a higher price and nobody for a poorer service, which is what `breakEvenLoss` is for. The two routes to customer
 * profitability are those of Buttle (2004).
 *
 * @param groups - One row a group, or a table of these columns: the `groups` of {@link profitAndLossBy}.
 * @param options - `change` (default 0.01), `variableCostToServe` (default 1).
 * @returns The worth of each lever for each group and for all, and which changes are worth the same.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an amount is no whole number; `INVALID_ARGUMENT`, `UNKNOWN_COLUMN`, `UNSAFE_INTEGER`.
 * @example
 * ```ts
 * import { profitLevers } from "clientele";
 *
 * const { groups } = profitLevers([{ group: "retail", netRevenue: 100_000, costOfGoods: 50_000, costToServe: 20_000 }]);
 * const [retail] = groups;
 * [retail?.price, retail?.volume, retail?.costOfGoods, retail?.costToServe]; // => [1000, 300, 500, 200]
 * retail?.strongest; // => "price"
 * retail?.worthThePrice.costOfGoods.value; // ~> 0.02
 * retail?.breakEvenLoss.value; // ~> 0.0322580645
 * ```
 */
export function profitLevers(
  groups: readonly ProfitLeverRow[] | Table<ProfitLeverRowColumns>,
  options: ProfitLeverOptions = {},
): ProfitLevers {
  assertOptions(options);
  const { change = 0.01, variableCostToServe = 1 } = options;
  assertBetween(change, "options.change", 0, 1);
  assertInRange(variableCostToServe, "options.variableCostToServe", 0, 1);
  const rows = readGroups(groups);
  const found = rows.map((row) => leversOf(row, change, variableCostToServe));
  const sum = (line: "netRevenue" | "costOfGoods" | "costToServe" | "profit") =>
    safeSum(
      rows.map((row) => row[line]),
      "groups",
      `the sum of ${line}`,
    );
  const all = {
    group: null,
    netRevenue: sum("netRevenue"),
    costOfGoods: sum("costOfGoods"),
    costToServe: sum("costToServe"),
    profit: sum("profit"),
  };
  const column = (lever: ProfitLever) => found.map((group) => group[lever]);
  return {
    groups: found,
    total: leversOf(all, change, variableCostToServe),
    table: table<ProfitLeverColumns>({
      group: found.map(({ group }) => group),
      price: column("price"),
      volume: column("volume"),
      costOfGoods: column("costOfGoods"),
      costToServe: column("costToServe"),
    }),
    change,
  };
}

const LEVERS = ["price", "volume", "costOfGoods", "costToServe"] as const satisfies readonly ProfitLever[];

function leversOf(
  { group, netRevenue, costOfGoods, costToServe, profit }: Required<ProfitLeverRow>,
  change: number,
  variable: number,
): ProfitLeverGroup {
  const contribution = netRevenue - costOfGoods - variable * costToServe;
  // Divided where that is exact: 0.01 of 70 is 0.7, and 0.01 x 70 is 0.7000000000000001.
  const per = Math.round(1 / change);
  const part = (amount: number): number => (1 / per === change ? amount / per : amount * change) + 0;
  const raised = part(netRevenue);
  const worth: ProfitLeverWorth = {
    price: raised,
    volume: part(contribution),
    costOfGoods: part(costOfGoods),
    costToServe: part(costToServe),
  };
  const shareOf = (lever: ProfitLever): Rate => ratio(worth[lever], profit, "profit");
  const equal = (amount: number, base: string): Rate => ratio(raised, amount, base);
  const strongest = LEVERS.reduce((best, lever) => (worth[lever] > worth[best] ? lever : best));
  return {
    group,
    profit,
    ...worth,
    shareOfProfit: {
      price: shareOf("price"),
      volume: shareOf("volume"),
      costOfGoods: shareOf("costOfGoods"),
      costToServe: shareOf("costToServe"),
    },
    strongest: worth[strongest] > 0 ? strongest : null,
    worthThePrice: {
      volume: equal(contribution, "contribution of all units"),
      costOfGoods: equal(costOfGoods, "cost of goods"),
      costToServe: equal(costToServe, "cost to serve"),
    },
    // Units v at the new price earn what all did at the old one: v (M + change R) = M.
    breakEvenLoss:
      contribution > 0
        ? ratio(raised, contribution + raised, "contribution at the raised price")
        : { value: null, numerator: raised, denominator: contribution + raised, reason: LOSING },
    breakEvenGain: ratio(raised, contribution - raised, "contribution at the cut price"),
  };
}

const LOSING = "every unit costs what it brings or more: losing units loses no profit";

function readGroups(
  input: readonly ProfitLeverRow[] | Table<ProfitLeverRowColumns>,
): Required<ProfitLeverRow>[] {
  const rows = Array.isArray(input) ? (input as readonly ProfitLeverRow[]) : rowsOfTable(input);
  const problems: RowProblem[] = [];
  const read = rows.map((row, index) => {
    const given = Object(row) as Partial<ProfitLeverRow>;
    const { group, netRevenue = Number.NaN, costOfGoods = Number.NaN, costToServe = Number.NaN } = given;
    const note = (field: string, reason: string, value: unknown) =>
      problems.push({ row: index, field, reason, value });
    if (group !== null && typeof group !== "string") note("group", "is neither text nor null", group);
    for (const field of ["netRevenue", "costOfGoods", "costToServe"] as const) {
      const value = given[field];
      if (!Number.isSafeInteger(value)) note(field, "is not a whole number of minor units", value);
    }
    const { profit = netRevenue - costOfGoods - costToServe } = given;
    if (given.profit !== undefined && !Number.isSafeInteger(profit))
      note("profit", "is not a whole number of minor units", profit);
    return { group: group ?? null, netRevenue, costOfGoods, costToServe, profit };
  });
  throwRowProblems(problems, "groups");
  return read;
}

function rowsOfTable(input: unknown): ProfitLeverRow[] {
  // The reader of columns asks for ids, which are names of groups here.
  const { columns } = Object(input) as { readonly columns?: object };
  const keyed = columns && { columns: { ...columns, customerId: Object(columns).group as unknown } };
  const column = <Cell extends string | number | null>(name: string) =>
    inputColumn<Cell>(keyed ?? input, name, "groups");
  const group = column<string | null>("group");
  const [revenue, goods, service] = ["netRevenue", "costOfGoods", "costToServe"].map((name) =>
    column<number>(name),
  );
  const profit = columns && Object.hasOwn(columns, "profit") ? column<number>("profit") : null;
  return Array.from(group, (name, i) => ({
    group: name,
    netRevenue: revenue[i],
    costOfGoods: goods[i],
    costToServe: service[i],
    ...(profit && { profit: profit[i] }),
  }));
}
