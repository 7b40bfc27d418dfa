import { assertOptions } from "../../core/assert.js";
import { type Table, table } from "../../core/table.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { WindowedMetricOptions } from "../../history/metric-options.js";
import type { HoldingInput } from "./basket-rows.js";
import { customerHoldings, type HoldingsOrigin } from "./customer-holdings.js";
import { growingNumbers, picked, pickedNumbers, pickedOrNull, repeated } from "./growing-numbers.js";
import { NO_GAIN, UNKNOWN_MARGIN, verdictOf } from "./margin-verdict.js";
import { dealRows } from "./product-baskets.js";
import {
  expectedGain,
  marginReader,
  type ProductMargins,
  probabilityReader,
  type ReplacementProbability,
} from "./product-margins.js";
import { type ProductReplacement, readReplacements, type TextReplacement } from "./product-replacements.js";
import { sortRange } from "./sort-range.js";

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
  const checked = readReplacements(replacements);
  const { customerIds, products, offsets, items, origin } = customerHoldings(input, options);
  const { ranked, starts, rank, place, verdict, from, to, codes } = bestSwitches(products, checked, options);

  const found = growingNumbers();
  const counts = new Uint32Array(customerIds.length);
  const leftOut = { unknownMargin: 0, noGain: 0, alternative: 0 };
  const possible = new Uint32Array(ranked.length);
  // By product, the customer at hand (from 1) where they hold it; by code, where it is replaced or offered.
  const heldBy = new Uint32Array(products.length);
  const replacedBy = new Uint32Array(codes);
  const offeredTo = new Uint32Array(codes);
  for (let customer = 0; customer < customerIds.length; customer++) {
    const mark = customer + 1;
    const first = offsets[customer];
    const last = offsets[mark];
    for (let i = first; i < last; i++) heldBy[items[i]] = mark;
    let size = 0;
    for (let i = first; i < last; i++) {
      for (let next = starts[items[i]]; next < starts[items[i] + 1]; next++) {
        const option = rank[next];
        if (place[option] >= 0 && heldBy[place[option]] === mark) continue;
        if (verdict[option] === UNKNOWN_MARGIN) leftOut.unknownMargin++;
        else if (verdict[option] === NO_GAIN) leftOut.noGain++;
        else possible[size++] = option;
      }
    }
    sortRange(possible, 0, size);
    for (let i = 0; i < size; i++) {
      const option = possible[i];
      if (replacedBy[from[option]] === mark || offeredTo[to[option]] === mark) {
        leftOut.alternative++;
        continue;
      }
      replacedBy[from[option]] = mark;
      offeredTo[to[option]] = mark;
      counts[customer]++;
      found.add(option);
    }
  }
  const option = found.taken();
  const gains = Float64Array.from(ranked, ({ gain }) => gain ?? 0);
  return {
    candidates: table<SwitchSellColumns>({
      customerId: repeated(customerIds, counts, option.length),
      productId: picked(
        ranked.map((one) => one.to),
        option,
      ),
      replaces: picked(
        ranked.map((one) => one.from),
        option,
      ),
      // Those without a gain are no candidates.
      marginGain: pickedNumbers(gains, option),
      probability: pickedOrNull(
        ranked.map(({ probability }) => probability),
        option,
      ),
      expectedMargin: pickedOrNull(
        ranked.map(({ probability, gain }) => expectedGain(probability, gain)),
        option,
      ),
    }),
    leftOut,
    ...origin,
  };
}

/** A replacement and what it is worth. */
interface Switch extends TextReplacement {
  readonly gain: number | null;
  readonly probability: number | null;
}

/** Replacements by rank, the best 0, and those of each product held. */
interface BestSwitches {
  readonly ranked: readonly Switch[];
  /** The ranks of product p are `rank[starts[p]]` up to, not including, `rank[starts[p + 1]]`. */
  readonly starts: Uint32Array;
  readonly rank: Uint32Array;
  /** By rank, `to` among the products held by anybody; -1 when nobody holds it. */
  readonly place: Int32Array;
  /** By rank, what speaks against it. */
  readonly verdict: Uint8Array;
  /** By rank, numbers of both products among those that replacements name. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** How many such numbers there are. */
  readonly codes: number;
}

function bestSwitches(
  products: readonly string[],
  replacements: readonly TextReplacement[],
  options: SwitchSellOptions,
): BestSwitches {
  const marginOf = marginReader(options.margin);
  const probabilityOf = probabilityReader(options.probability);
  const ranked = replacements.map(({ from, to }): Switch => {
    const [before, after] = [marginOf(from), marginOf(to)];
    const gain = before === null || after === null ? null : after - before;
    return { from, to, gain, probability: probabilityOf(from, to) };
  });
  const allKnown = ranked.every(({ probability }) => probability !== null);
  const worth = ({ gain, probability }: Switch) => (gain ?? 0) * (allKnown ? (probability ?? 0) : 1);
  ranked.sort(
    (a, b) =>
      worth(b) - worth(a) || (a.from < b.from ? -1 : a.from > b.from ? 1 : 0) || (a.to < b.to ? -1 : 1),
  );
  const placeOf = new Map(products.map((product, place) => [product, place]));
  const held = ranked.map(({ from }) => placeOf.get(from) ?? products.length);
  const dealt = dealRows(Uint32Array.from(held), Uint32Array.from(ranked.keys()), products.length + 1);
  const codes = new Map<string, number>();
  const codeOf = (product: string) => {
    const code = codes.get(product) ?? codes.size;
    codes.set(product, code);
    return code;
  };
  return {
    ranked,
    starts: dealt.offsets,
    rank: dealt.codes,
    place: Int32Array.from(ranked, ({ to }) => placeOf.get(to) ?? -1),
    verdict: Uint8Array.from(ranked, ({ gain }) => verdictOf(gain)),
    from: Uint32Array.from(ranked, ({ from }) => codeOf(from)),
    to: Uint32Array.from(ranked, ({ to }) => codeOf(to)),
    codes: codes.size,
  };
}
