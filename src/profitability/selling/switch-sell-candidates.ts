import { assertArgument, assertOptions, shown } from "../../core/assert.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { type Table, table } from "../../core/table.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { WindowedMetricOptions } from "../../history/metric-options.js";
import type { HoldingInput } from "./basket-rows.js";
import { customerHoldings, type HoldingsOrigin } from "./customer-holdings.js";
import { growingNumbers, picked } from "./growing-numbers.js";
import {
  expectedGain,
  marginReader,
  type ProductMargins,
  probabilityReader,
  type ReplacementProbability,
} from "./product-margins.js";

/** A product that could serve a customer in place of another. */
export interface ProductReplacement {
  /** What the customer has. */
  readonly from: string;
  /** What they could have in its place. */
  readonly to: string;
}

/** What a replacement is worth. */
export interface SwitchSellOptions {
  /** What a sale of each product earns. */
  readonly margin: ProductMargins;
  /** How likely a customer takes the one in place of the other. */
  readonly probability?: ReplacementProbability;
}

/** The same for the holdings of a log. */
export interface SwitchSellLogOptions extends WindowedMetricOptions, SwitchSellOptions {}

/** One row a candidate of {@link SwitchSellCandidates}: customers as they come, the best candidate of each first. */
export interface SwitchSellColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** The product that earns more. */
  readonly productId: readonly string[];
  /** The product held, whose place it takes. */
  readonly replaces: readonly string[];
  /** Margin of the one less that of the other, minor units: what the switch adds. */
  readonly marginGain: readonly number[];
  /** How likely the customer switches; `null` where unknown. */
  readonly probability: readonly (number | null)[];
  /** `probability` times `marginGain`, minor units, not rounded; `null` where the probability is unknown. */
  readonly expectedMargin: readonly (number | null)[];
}

/** Who could switch to what earns more. */
export interface SwitchSellCandidates extends HoldingsOrigin {
  /** Who, from what, to what, and what it is worth. */
  readonly candidates: Table<SwitchSellColumns>;
  /** Replacements of a product held by one not held that are no candidates: each counted once. */
  readonly leftOut: {
    /** The margin of either product is unknown. */
    readonly unknownMargin: number;
    /** The replacement earns no more. */
    readonly noGain: number;
    /** Another candidate takes the place of the same product, or offers the same product, to this customer. */
    readonly alternative: number;
  };
}

/**
 * Which customers could have something that earns us more in place of what they have?
 *
 * A replacement, not an addition: the gain is the difference of the two margins. Each product held is replaced once, and
 * each product offered once to a customer, the best first (by expected margin where all probabilities are known, else by
 * gain), so that the gains of a customer's candidates may be added up.
 *
 * @param log - A transaction log with products.
 * @param replacements - What could take the place of what: rows `{ from, to }`.
 * @param options - `asOf`, a `window`, the margins, and probabilities.
 * @returns A table of candidates, and how many were left out by which rule.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a replacement names no two products or comes twice; `INVALID_ARGUMENT`
 * when the log has no products or an option is unusable; `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { rows, switchSellCandidates, transactionLog } from "clientele";
 *
 * const log = transactionLog([{ customerId: "ani", productId: "brand", at: "2024-01-31", amount: 900 }], { currency: "IDR" });
 * const { candidates } = switchSellCandidates(log, [{ from: "brand", to: "ours" }], {
 *   asOf: "2025-01-01",
 *   margin: new Map([["brand", 100], ["ours", 250]]),
 * });
 * rows(candidates).map(({ replaces, productId, marginGain }) => [replaces, productId, marginGain]); // => [["brand", "ours", 150]]
 * ```
 */
export function switchSellCandidates(
  log: TransactionLog,
  replacements: readonly ProductReplacement[],
  options: SwitchSellLogOptions,
): SwitchSellCandidates;
/**
 * The same from holdings as they are.
 *
 * @param holdings - Rows `{ customerId, productId }`, or a table of these columns.
 * @param replacements - What could take the place of what: rows `{ from, to }`.
 * @param options - The margins, and probabilities.
 * @returns A table of candidates, and how many were left out by which rule.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an id is no text, a replacement names no two products or comes twice;
 * `INVALID_ARGUMENT`.
 * @example
 * ```ts
 * import { switchSellCandidates } from "clientele";
 *
 * const { candidates } = switchSellCandidates(
 *   [{ customerId: "ani", productId: "brand" }],
 *   [{ from: "brand", to: "ours" }],
 *   { margin: (productId) => (productId === "ours" ? 250 : 100), probability: 0.2 },
 * );
 * candidates.columns.expectedMargin; // => [30]
 * ```
 */
export function switchSellCandidates(
  holdings: HoldingInput,
  replacements: readonly ProductReplacement[],
  options: SwitchSellOptions,
): SwitchSellCandidates;
export function switchSellCandidates(
  input: TransactionLog | HoldingInput,
  replacements: readonly ProductReplacement[],
  options: SwitchSellLogOptions | SwitchSellOptions,
): SwitchSellCandidates {
  assertOptions(options, "{ margin }");
  assertReplacements(replacements);
  const { customerIds, products, offsets, items, origin } = customerHoldings(input, options);
  const switches = bestSwitches(products, replacements, options);

  const found = { customer: growingNumbers(), option: growingNumbers() };
  const leftOut = { unknownMargin: 0, noGain: 0, alternative: 0 };
  const possible: Switch[] = [];
  // By product, the customer at hand (from 1) where they hold it; by code, where it is replaced or offered.
  const heldBy = new Uint32Array(products.length);
  const replacedBy = new Uint32Array(switches.codes);
  const offeredTo = new Uint32Array(switches.codes);
  for (let customer = 0; customer < customerIds.length; customer++) {
    const mark = customer + 1;
    const held = items.subarray(offsets[customer], offsets[mark]);
    for (const item of held) heldBy[item] = mark;
    possible.length = 0;
    for (const item of held) {
      for (const option of switches.byProduct[item]) {
        if (option.place !== null && heldBy[option.place] === mark) continue;
        const { gain } = option;
        if (gain === null) leftOut.unknownMargin++;
        else if (gain <= 0) leftOut.noGain++;
        else possible.push(option);
      }
    }
    if (possible.length > 1) possible.sort((a, b) => a.rank - b.rank);
    for (const option of possible) {
      if (replacedBy[option.fromCode] === mark || offeredTo[option.toCode] === mark) {
        leftOut.alternative++;
        continue;
      }
      replacedBy[option.fromCode] = mark;
      offeredTo[option.toCode] = mark;
      found.customer.add(customer);
      found.option.add(option.rank);
    }
  }
  const option = found.option.taken();
  const { ranked } = switches;
  const columnOf = <Cell>(cell: (option: Switch) => Cell) => picked(ranked.map(cell), option);
  return {
    candidates: table<SwitchSellColumns>({
      customerId: picked(customerIds, found.customer.taken()),
      productId: columnOf(({ to }) => to),
      replaces: columnOf(({ from }) => from),
      // Those without a gain are no candidates.
      marginGain: columnOf(({ gain }) => gain ?? 0),
      probability: columnOf(({ probability }) => probability),
      expectedMargin: columnOf(({ probability, gain }) => expectedGain(probability, gain)),
    }),
    leftOut,
    ...origin,
  };
}

/** A replacement and what it is worth. */
interface Switch extends ProductReplacement {
  /** `to` among the products held by anybody; `null` when nobody holds it. */
  readonly place: number | null;
  /** Numbers of both products among those that replacements name. */
  readonly fromCode: number;
  readonly toCode: number;
  readonly gain: number | null;
  readonly probability: number | null;
  /** Among all replacements, the best 0. */
  rank: number;
}

function bestSwitches(
  products: readonly string[],
  replacements: readonly ProductReplacement[],
  options: SwitchSellOptions,
) {
  const marginOf = marginReader(options.margin);
  const probabilityOf = probabilityReader(options.probability);
  const placeOf = new Map(products.map((product, place) => [product, place]));
  const codes = new Map<string, number>();
  const codeOf = (product: string) => {
    const code = codes.get(product) ?? codes.size;
    codes.set(product, code);
    return code;
  };
  const switches = replacements.map(({ from, to }): Switch => {
    const [before, after] = [marginOf(from), marginOf(to)];
    const gain = before === null || after === null ? null : after - before;
    const place = placeOf.get(to) ?? null;
    const probability = probabilityOf(from, to);
    return { from, to, fromCode: codeOf(from), toCode: codeOf(to), place, gain, probability, rank: 0 };
  });
  const allKnown = switches.every(({ probability }) => probability !== null);
  const worth = ({ gain, probability }: Switch) => (gain ?? 0) * (allKnown ? (probability ?? 0) : 1);
  switches.sort(
    (a, b) =>
      worth(b) - worth(a) || (a.from < b.from ? -1 : a.from > b.from ? 1 : 0) || (a.to < b.to ? -1 : 1),
  );
  const byProduct = products.map((): Switch[] => []);
  switches.forEach((option, rank) => {
    option.rank = rank;
    const place = placeOf.get(option.from);
    if (place !== undefined) byProduct[place].push(option);
  });
  return { byProduct, ranked: switches, codes: codes.size };
}

/** Holds replacements against their rules: two products, each pair once. @internal */
export function assertReplacements(replacements: readonly ProductReplacement[], path = "replacements"): void {
  assertArgument(
    Array.isArray(replacements),
    path,
    () => `${path} is ${shown(replacements)}: pass an array of { from, to }`,
  );
  const problems: RowProblem[] = [];
  const seen = new Map<string, Set<string>>();
  replacements.forEach((replacement, row) => {
    const { from, to } = replacement ?? {};
    for (const [field, value] of [["from", from] as const, ["to", to] as const]) {
      if (typeof value !== "string" || value === "")
        problems.push({ row, field, reason: "is not an id: text that is not empty", value });
    }
    if (from === to)
      problems.push({ row, field: "to", reason: "is the product that it replaces", value: to });
    const targets = seen.get(from) ?? new Set();
    seen.set(from, targets);
    if (targets.size === targets.add(to).size)
      problems.push({ row, field: "to", reason: `comes a second time for ${shown(from)}`, value: to });
  });
  if (problems.length > 0) throw invalidRows(problems, problems.length, path);
}
