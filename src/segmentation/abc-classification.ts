import { assertArgument, assertOneOf, assertOptions, shown } from "../core/assert.js";
import { type Rate, ratio } from "../core/rate.js";
import { type Table, table, type WithColumns } from "../core/table.js";
import { groupSums } from "./group-sums.js";
import type { TierTies } from "./tier-by.js";
import {
  baseName,
  type CutCrossing,
  isWithinShare,
  NEGATIVE_VALUES,
  type NegativeValues,
  type RankedValues,
  rankedValues,
  reaches,
} from "./value-ranking.js";
import type { ValuedCustomer, ValuedCustomerColumns } from "./valued-customers.js";

/** How customers or products are put in classes. */
export interface AbcOptions {
  /** Shares of the whole at which classes end, ascending, above 0 and below 1; default `[0.8, 0.95]`. One fewer than classes. */
  readonly cuts?: readonly number[];
  /** Names from the best class to the last; default A, B, C and so on. */
  readonly classes?: readonly string[];
  /**
   * Where the one stands with whom the running sum crosses a cut: `"above"` it (default), in the better class, so that A
   * brings at least 80 % and is never empty; or `"below"` it, so that A brings at most 80 % (more only with `ties: "promote"`).
   * Who ends exactly on the cut is in the better class either way.
   */
  readonly crossing?: CutCrossing;
  /**
   * What shares are of where values are negative; default `"positive"`: of a net sum the running sum is the whole before all
   * are counted, and the cuts mean less.
   */
  readonly negatives?: NegativeValues;
  /** What happens to equal values at a cut, as in {@link tierBy}; default `"stable"`. */
  readonly ties?: TierTies;
}

/** One class and what it brings. */
export interface AbcClass {
  /** What the class is called. */
  readonly name: string;
  /** Share of the whole at which it ends; 1 for the last. */
  readonly cut: number;
  /** Number of customers. */
  readonly customers: number;
  /** Sum of their values. */
  readonly value: number;
  /** Of all customers; `null` when there are none. */
  readonly shareOfCustomers: Rate;
  /** Of what shares are of (`base`); `null` when that is zero or negative. */
  readonly shareOfValue: Rate;
  /** The smallest value in the class; `null` when nobody is in it. */
  readonly lowestValue: number | null;
}

/** One row a customer of {@link AbcClassification}, from the greatest value. */
export interface AbcMemberColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** The value. */
  readonly value: readonly number[];
  /** Place from the greatest value, from 1; equal values by id. */
  readonly rank: readonly number[];
  /** Sum of the values down to this one. */
  readonly cumulative: readonly number[];
  /** Name of the class. */
  readonly class: readonly string[];
}

/** The classes, and who is in which. */
export interface AbcClassification {
  /** From the best to the last; also those that nobody is in. */
  readonly classes: readonly AbcClass[];
  /** Every customer, by rank. */
  readonly members: Table<AbcMemberColumns>;
  /** Sum of all values. */
  readonly total: number;
  /** What shares are of. */
  readonly base: number;
  /** The rules that were used. */
  readonly rules: {
    /** Where the one stands who crosses a cut. */
    readonly crossing: CutCrossing;
    /** What shares are of where values are negative. */
    readonly negatives: NegativeValues;
    /** What happened to equal values. */
    readonly ties: TierTies;
  };
}

/**
 * Who brings the first 80 %, who the next 15 %, and who the rest?
 *
 * From the greatest value down, the values add up; class A ends where 80 % of the whole is reached, B at 95 % (Dickie 1951).
 * Tiers by numbers of customers are `tierBy`. Products can be classified as well: pass their ids.
 *
 * Values of zero or less are always in the last class. Where the base is zero or negative there is nothing to share: everybody is in the last class.
 *
 * @param values - A value for each customer, in any one unit: rows, or a table with these columns. Each once.
 * @param options - Cuts, and what happens to the one who crosses a cut, to negative and to equal values.
 * @returns The classes with their shares, and the customers by rank.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a value is not finite, a customer comes twice, or a value is negative
 * and shall not be; `INVALID_ARGUMENT` when cuts do not ascend; `UNSAFE_INTEGER` when whole values sum beyond 2^53 - 1.
 * @example
 * ```ts
 * import { abcClassification } from "clientele";
 *
 * const values = [50, 25, 15, 6, 4].map((value, i) => ({ customerId: `c${i + 1}`, value }));
 * abcClassification(values).members.columns.class; // => ["A", "A", "A", "B", "C"]
 * abcClassification(values, { crossing: "below" }).members.columns.class; // => ["A", "A", "B", "C", "C"]
 * ```
 */
export function abcClassification(
  values: WithColumns<ValuedCustomerColumns> | readonly ValuedCustomer[],
  options: AbcOptions = {},
): AbcClassification {
  assertOptions(options);
  const { crossing = "above", negatives = "positive", ties = "stable" } = options;
  assertOneOf(crossing, "options.crossing", ["above", "below"]);
  assertOneOf(negatives, "options.negatives", NEGATIVE_VALUES);
  assertOneOf(ties, "options.ties", ["stable", "promote"]);
  const { cuts: asked = [0.8, 0.95] } = options;
  const cuts = checkedCuts(asked);
  const names = classNames(options.classes, cuts.length + 1);
  const ranked = rankedValues(values, negatives);
  const classOf = classesByRank(ranked, cuts, { crossing, ties });
  const { counts, sums } = groupSums(ranked.values, classOf, names.length, "values");
  let end = 0;
  return {
    classes: names.map((name, i) => {
      end += counts[i];
      return {
        name,
        cut: cuts[i] ?? 1,
        customers: counts[i],
        value: sums[i],
        shareOfCustomers: ratio(counts[i], ranked.values.length, "customers"),
        shareOfValue: ratio(sums[i], ranked.base, baseName(negatives)),
        lowestValue: counts[i] > 0 ? ranked.values[end - 1] : null,
      };
    }),
    members: table({
      customerId: ranked.customerIds,
      value: ranked.values,
      rank: ranked.values.map((_, i) => i + 1),
      cumulative: ranked.cumulative,
      class: classOf.map((place) => names[place]),
    }),
    total: ranked.total,
    base: ranked.base,
    rules: { crossing, negatives, ties },
  };
}

/** For each rank the place of its class; never a better one than the rank before. */
function classesByRank(
  { values, cumulative, base }: RankedValues,
  cuts: readonly number[],
  { crossing, ties }: { readonly crossing: CutCrossing; readonly ties: TierTies },
): number[] {
  const classOf: number[] = new Array(values.length);
  if (!(base > 0)) return classOf.fill(cuts.length);
  let place = 0;
  for (let i = 0; i < values.length; i++) {
    const before = i === 0 ? 0 : cumulative[i - 1];
    while (
      place < cuts.length &&
      (crossing === "above"
        ? reaches(before, cuts[place], base)
        : !isWithinShare(cumulative[i], cuts[place], base))
    ) {
      place++;
    }
    const isPromoted = ties === "promote" && i > 0 && values[i] === values[i - 1];
    // The place goes on under those who are promoted too: negative values bring the sum back below the cuts.
    classOf[i] = isPromoted ? classOf[i - 1] : place;
  }
  return classOf;
}

function checkedCuts(cuts: readonly number[]): readonly number[] {
  assertArgument(
    Array.isArray(cuts) && cuts.length > 0,
    "options.cuts",
    () => `options.cuts is ${shown(cuts)}: pass shares such as [0.8, 0.95]`,
  );
  for (const [i, cut] of cuts.entries()) {
    const before = i === 0 ? 0 : cuts[i - 1];
    assertArgument(
      typeof cut === "number" && cut > before && cut < 1,
      `options.cuts[${i}]`,
      () => `options.cuts[${i}] is ${shown(cut)}: pass a share above ${before} and below 1`,
    );
  }
  return cuts;
}

function classNames(given: readonly string[] | undefined, count: number): readonly string[] {
  if (given === undefined) {
    assertArgument(
      count <= ALPHABET.length,
      "options.classes",
      () => `options.cuts make ${count} classes, more than there are letters: pass options.classes`,
    );
    return [...ALPHABET.slice(0, count)];
  }
  assertArgument(
    Array.isArray(given) && given.length === count,
    "options.classes",
    () => `options.classes is ${shown(given)}: pass ${count} names, one more than there are cuts`,
  );
  for (const [i, name] of given.entries()) {
    assertArgument(
      typeof name === "string" && name !== "" && given.indexOf(name) === i,
      `options.classes[${i}]`,
      () => `options.classes[${i}] is ${shown(name)}: pass a name that no other class has`,
    );
  }
  return given;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
