import { assertArgument, assertInteger, assertOneOf, assertOptions, shown } from "../core/assert.js";
import { type NumberSample, numberSample } from "./number-sample.js";
import { type CustomerGroups, nestedBins } from "./rfm-nested.js";
import type { RfmAtCut, RfmCuts, RfmMethod, RfmMethods, RfmOptions } from "./rfm-options.js";
import type { RfmBins } from "./rfm-segment-table.js";
import { tileBins } from "./rfm-tiles.js";
import type { ScorableCustomers } from "./rfm-values.js";
import {
  type AtCut,
  binsOf,
  cumeDistCuts,
  equalWidthCuts,
  fixedCuts,
  percentRankCuts,
  plusOneCuts,
  quantileCuts,
  type ScoreCuts,
} from "./score-cuts.js";

const DIMENSIONS = ["recency", "frequency", "monetary"] as const;
type Dimension = (typeof DIMENSIONS)[number];

/** The options, checked and with their defaults. @internal */
export interface RfmPlan {
  readonly bins: RfmBins;
  readonly methods: RfmMethods;
  readonly atCut: RfmAtCut;
  /** The caller's own; `null` where the method finds them. */
  readonly own: { readonly [Name in Dimension]: ScoreCuts | null };
}

const METHODS: Readonly<Record<RfmMethod, RfmAtCut | null>> = {
  quantile: null,
  equalWidth: null,
  nested: null,
  rPackage: { recency: "above", frequency: "above", monetary: "above" },
  // Ranks count from the worst customer: for recency from the greatest value.
  percentRank: { recency: "above", frequency: "below", monetary: "below" },
  cumeDist: { recency: "below", frequency: "above", monetary: "above" },
  ntile: { recency: "below", frequency: "below", monetary: "below" },
  ntileDescending: { recency: "below", frequency: "below", monetary: "below" },
};

/** @internal */
export function rfmPlan(options: RfmOptions): RfmPlan {
  assertOptions(options);
  const { method = "quantile", cuts = {} } = options;
  assertOptions(cuts, "{ recency, frequency, monetary }, or leave it out", "options.cuts");
  assertOneOf(method, "options.method", Object.keys(METHODS) as RfmMethod[]);
  const fixed = DIMENSIONS.filter((name) => cuts[name] !== undefined);
  assertArgument(
    options.method === undefined || fixed.length < DIMENSIONS.length,
    "options.method",
    () => `options.method is ${shown(method)}, and options.cuts cut every dimension: leave one of them out`,
  );
  const asked = askedAtCut(options.atCut);
  const side = METHODS[method];
  assertArgument(
    options.atCut === undefined || side === null || fixed.length > 0,
    "options.atCut",
    () =>
      `options.atCut is ${shown(options.atCut)}, and method ${shown(method)} has a side of its own: leave it out`,
  );
  const each = <T>(of: (name: Dimension) => T) => ({
    recency: of("recency"),
    frequency: of("frequency"),
    monetary: of("monetary"),
  });
  const atCut = each((name) => (cuts[name] === undefined && side !== null ? side[name] : asked[name]));
  return {
    bins: binCounts(options),
    methods: each((name) => (cuts[name] === undefined ? method : "fixed")),
    atCut,
    own: each((name) => {
      const own = cuts[name];
      return own === undefined ? null : fixedCuts(own, atCut[name], `options.cuts.${name}`);
    }),
  };
}

function askedAtCut(atCut: RfmOptions["atCut"] = "below"): RfmAtCut {
  if (typeof atCut !== "object" || atCut === null) {
    assertOneOf(atCut, "options.atCut", ["below", "above"]);
    return { recency: atCut, frequency: atCut, monetary: atCut };
  }
  for (const name of DIMENSIONS) assertOneOf(atCut[name], `options.atCut.${name}`, ["below", "above"]);
  return atCut;
}

/** The number of scores by dimension: one more than there are cuts of the caller's, or as many as asked for. */
function binCounts({ bins = 5, cuts = {} }: RfmOptions): RfmBins {
  const asked = typeof bins === "object" && bins !== null ? bins : null;
  const counted = DIMENSIONS.map((name) => {
    const own = cuts[name];
    if (own !== undefined) {
      const scores = own.length + 1;
      assertArgument(
        asked?.[name] === undefined || asked[name] === scores,
        `options.bins.${name}`,
        () =>
          `options.bins.${name} is ${shown(asked?.[name])}, and ${own.length} cuts make ${scores}: leave it out`,
      );
      return scores;
    }
    const count = asked ? (asked[name] ?? 5) : bins;
    assertInteger(count, asked ? `options.bins.${name}` : "options.bins", 2, 100);
    return count;
  });
  return { recency: counted[0], frequency: counted[1], monetary: counted[2] };
}

/** The scores of each customer by dimension, from 1, and the cuts where there is one set of them. @internal */
export interface BinnedCustomers {
  readonly r: number[];
  readonly f: number[];
  readonly m: number[];
  readonly cuts: RfmCuts | null;
}

/** @internal */
export function binnedCustomers(customers: ScorableCustomers, plan: RfmPlan): BinnedCustomers {
  // One array for the numbers of each in turn.
  const room = new Float64Array(customers.customerIds.length);
  const isNested = (name: Dimension) => plan.methods[name] === "nested";
  const binnedBy = (name: Dimension, groups: CustomerGroups | null) =>
    binned(numberSample(customers[name], room), name, plan, { ids: customers.customerIds, groups });
  const recency = binnedBy("recency", null);
  const frequency = binnedBy(
    "frequency",
    // Scores count from 1: nobody is in group 0.
    isNested("frequency") ? { groupOf: recency.bins, count: plan.bins.recency + 1 } : null,
  );
  const monetary = binnedBy(
    "monetary",
    isNested("monetary") ? cellsOf(recency.bins, frequency.bins, plan.bins) : null,
  );
  const cuts =
    recency.cuts && frequency.cuts && monetary.cuts
      ? { recency: recency.cuts, frequency: frequency.cuts, monetary: monetary.cuts }
      : null;
  return { r: recency.bins, f: frequency.bins, m: monetary.bins, cuts };
}

interface Binned {
  readonly bins: number[];
  readonly cuts: readonly number[] | null;
}

/** `groups` says for each customer in which group a nested method cuts. */
interface CustomersBinned {
  readonly ids: readonly string[];
  readonly groups: CustomerGroups | null;
}

function binned(
  sample: NumberSample,
  name: Dimension,
  { bins, methods, atCut, own }: RfmPlan,
  { ids, groups }: CustomersBinned,
): Binned {
  const method = methods[name];
  const given = own[name];
  // The longest ago is past the most cuts and has the lowest score.
  const turned = name === "recency";
  if (given) return { bins: binsOf(sample, given, turned), cuts: given.cuts };
  if (sample.values.length === 0) return { bins: [], cuts: null };
  if (method === "ntile" || method === "ntileDescending") {
    const isDescending = method === "ntileDescending";
    return { bins: tileBins(sample, ids, bins[name], { isDescending, isTurned: turned }), cuts: null };
  }
  if (method === "nested" && groups)
    return { bins: nestedBins(sample, groups, bins[name], atCut[name]), cuts: null };
  const cuts = cutsOf(method, sample, bins[name], atCut[name], turned ? "highest" : "lowest");
  return { bins: binsOf(sample, cuts, turned), cuts: cuts.cuts };
}

function cutsOf(
  method: RfmMethods[Dimension],
  sample: NumberSample,
  bins: number,
  atCut: AtCut,
  worst: "lowest" | "highest",
): ScoreCuts {
  if (method === "rPackage") return plusOneCuts(sample, bins);
  if (method === "percentRank") return percentRankCuts(sample, bins, worst);
  if (method === "cumeDist") return cumeDistCuts(sample, bins, worst);
  if (method === "equalWidth") return equalWidthCuts(sample, bins, atCut);
  return quantileCuts(sample, bins, atCut);
}

/** The cells of two scores, each from 1. */
function cellsOf(outer: readonly number[], inner: readonly number[], bins: RfmBins): CustomerGroups {
  const groupOf = new Uint16Array(outer.length);
  for (let row = 0; row < outer.length; row++)
    groupOf[row] = (outer[row] - 1) * bins.frequency + inner[row] - 1;
  return { groupOf, count: bins.recency * bins.frequency };
}
