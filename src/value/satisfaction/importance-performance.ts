import { assertArgument, assertArray, assertInRange, shown } from "../../core/assert.js";
import { roundingOf } from "../../core/kpi.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { quantile } from "../../statistics/sample-quantile.js";
import { ANY_ANSWER } from "../../statistics/scales/scale-answers.js";

/** One attribute of what we offer. */
export interface RatedAttribute {
  /** Your identifier. */
  readonly id: string;
  /** How much it matters: stated, or from {@link derivedImportance}; in any unit that all attributes share. */
  readonly importance: number;
  /** How well we do, in any unit that all attributes share. */
  readonly performance: number;
}

/** Where high importance and high performance begin: at the mean or median of the attributes, or at values of your own. */
export type ImportanceCuts =
  | "mean"
  | "median"
  | { readonly importance: number; readonly performance: number };

/** How the plane is cut. */
export interface ImportancePerformanceOptions {
  /** Required: the cut decides the quadrant, so it is never assumed. A value on a cut is high. */
  readonly cuts: ImportanceCuts;
}

/** What a quadrant says is to be done. */
export type ImportanceQuadrant = "concentrateHere" | "keepUpTheGoodWork" | "lowPriority" | "possibleOverkill";

/** An attribute with its quadrant. */
export interface PlacedAttribute extends RatedAttribute {
  /** Where it lies. */
  readonly quadrant: ImportanceQuadrant;
}

/** Importance against performance. */
export interface ImportancePerformance {
  /** In the order of the input. */
  readonly attributes: readonly PlacedAttribute[];
  /** How the plane was cut. */
  readonly cuts: {
    /** By which rule. */
    readonly rule: "mean" | "median" | "given";
    /** Importance from which it is high. */
    readonly importance: number;
    /** Performance from which it is high. */
    readonly performance: number;
  };
  /** The ids of each quadrant, the most important first. */
  readonly quadrants: Readonly<Record<ImportanceQuadrant, readonly string[]>>;
}

/**
 * What matters and goes badly, what matters and goes well, and where do we do more than matters?
 *
 * The grid of Martilla & James (1977): important and poor, concentrate here; important and good, keep up the good work;
 * unimportant and poor, low priority; unimportant and good, possible overkill. It takes importance as fixed and effects as
 * straight lines; {@link penaltyReward} shows where they are not.
 *
 * @param attributes - Importance and performance of each, one attribute or more.
 * @param options - `cuts` (required).
 * @returns Each attribute with its quadrant, the cuts as numbers, and the ids by quadrant.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a number is not finite or beyond 1e100, or an id stands twice; `INVALID_ARGUMENT` when
 * there is no attribute or no rule for the cuts.
 * @example
 * ```ts
 * import { importancePerformance } from "clientele";
 *
 * const { quadrants, cuts } = importancePerformance(
 *   [
 *     { id: "speed", importance: 4.5, performance: 2.5 },
 *     { id: "courtesy", importance: 4.1, performance: 4.4 },
 *     { id: "leaflets", importance: 2, performance: 4.1 },
 *   ],
 *   { cuts: { importance: 3, performance: 3 } },
 * );
 * quadrants.concentrateHere; // => ["speed"]
 * quadrants.possibleOverkill; // => ["leaflets"]
 * cuts; // => { rule: "given", importance: 3, performance: 3 }
 * ```
 */
export function importancePerformance(
  attributes: readonly RatedAttribute[],
  options: ImportancePerformanceOptions,
): ImportancePerformance {
  assertAttributes(attributes);
  const cuts = cutsOf(attributes, (options as ImportancePerformanceOptions | undefined)?.cuts);
  // A mean may miss a number that it equals in the last digit of the largest that it is made of.
  const slackOf = (cut: number, values: readonly number[]) =>
    cuts.rule === "given"
      ? roundingOf(cut)
      : values.reduce((most, value) => Math.max(most, roundingOf(value)), roundingOf(cut));
  const slack = {
    importance: slackOf(
      cuts.importance,
      attributes.map(({ importance }) => importance),
    ),
    performance: slackOf(
      cuts.performance,
      attributes.map(({ performance }) => performance),
    ),
  };
  const placed = attributes.map(({ id, importance, performance }): PlacedAttribute => {
    const isHigh = importance >= cuts.importance - slack.importance;
    const isGood = performance >= cuts.performance - slack.performance;
    const quadrant = isHigh
      ? isGood
        ? "keepUpTheGoodWork"
        : "concentrateHere"
      : isGood
        ? "possibleOverkill"
        : "lowPriority";
    return { id, importance, performance, quadrant };
  });
  const byImportance = [...placed].sort((a, b) => b.importance - a.importance);
  const idsOf = (quadrant: ImportanceQuadrant) =>
    byImportance.filter((attribute) => attribute.quadrant === quadrant).map(({ id }) => id);
  return {
    attributes: placed,
    cuts,
    quadrants: {
      concentrateHere: idsOf("concentrateHere"),
      keepUpTheGoodWork: idsOf("keepUpTheGoodWork"),
      lowPriority: idsOf("lowPriority"),
      possibleOverkill: idsOf("possibleOverkill"),
    },
  };
}

function cutsOf(
  attributes: readonly RatedAttribute[],
  cuts: ImportanceCuts | undefined,
): ImportancePerformance["cuts"] {
  if (cuts === "mean" || cuts === "median") {
    const middle = (values: readonly number[]) =>
      cuts === "median"
        ? quantile(values, 0.5)
        : values.reduce((sum, value) => sum + value / values.length, 0);
    return {
      rule: cuts,
      importance: middle(attributes.map(({ importance }) => importance)),
      performance: middle(attributes.map(({ performance }) => performance)),
    };
  }
  assertArgument(
    typeof cuts === "object" && cuts !== null,
    "options.cuts",
    () => `options.cuts is ${shown(cuts)}: pass "mean", "median" or { importance, performance }`,
  );
  assertInRange(cuts.importance, "options.cuts.importance", ANY_ANSWER.min, ANY_ANSWER.max);
  assertInRange(cuts.performance, "options.cuts.performance", ANY_ANSWER.min, ANY_ANSWER.max);
  return { rule: "given", importance: cuts.importance, performance: cuts.performance };
}

function assertAttributes(attributes: unknown): asserts attributes is readonly RatedAttribute[] {
  assertArray(attributes, "attributes");
  assertArgument(
    attributes.length > 0,
    "attributes",
    () => "attributes is empty: pass one attribute or more",
  );
  const seen = new Set<unknown>();
  const problems: RowProblem[] = [];
  for (const [row, attribute] of attributes.entries()) {
    const { id, importance, performance } = Object(attribute) as Partial<RatedAttribute>;
    const isText = typeof id === "string" && id !== "";
    if (!isText)
      problems.push({ row, field: "id", reason: "is not an id: text that is not empty", value: id });
    else if (seen.size === seen.add(id).size)
      problems.push({ row, field: "id", reason: "comes a second time", value: id });
    for (const [field, value] of Object.entries({ importance, performance }))
      if (typeof value !== "number" || !(Math.abs(value) <= ANY_ANSWER.max))
        problems.push({
          row,
          field,
          reason: `is not a number from -${ANY_ANSWER.max} to ${ANY_ANSWER.max}`,
          value,
        });
  }
  if (problems.length > 0) throw invalidRows(problems, problems.length, "attributes");
}
