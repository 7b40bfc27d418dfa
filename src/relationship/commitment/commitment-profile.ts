import { assertArgument, assertOptions, shown } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { meanEstimate } from "../../statistics/scales/mean-estimate.js";
import { type CommitmentDimension, commitmentDimensions } from "./commitment-dimension.js";
import { askedDimensions, assertCommitment, isPomp, type RespondentCommitment } from "./commitment-scores.js";

/** How a group is described. */
export interface CommitmentProfileOptions extends ConfidenceOptions {
  /** Score from which a dimension is high, 0 to 100; required for `patterns`, never assumed. */
  readonly highFrom?: Readonly<Partial<Record<CommitmentDimension, number>>> | undefined;
}

/** Commitment of a group by dimension. */
export interface CommitmentProfile {
  /** Number of respondents. */
  readonly n: number;
  /** The dimensions that somebody was asked about or that have a cut, in the order of {@link commitmentDimensions}. */
  readonly dimensions: readonly {
    /** Which dimension. */
    readonly dimension: CommitmentDimension;
    /** Number of scores. */
    readonly n: number;
    /** Number of respondents without one. */
    readonly missing: number;
    /** Mean, POMP; `null` without scores. */
    readonly mean: number | null;
    /** Standard deviation with n - 1; `null` with fewer than 2 scores. */
    readonly sd: number | null;
    /** Of the mean, Student's t; `null` with fewer than 2 scores. */
    readonly interval: Interval | null;
    /** Score from which it is high; `null`: no cut was given. */
    readonly highFrom: number | null;
    /** Part of those with a score who are high; `null` without a cut. */
    readonly high: Rate | null;
  }[];
  /** Which dimensions are high together, the most frequent first; empty without `highFrom`. */
  readonly patterns: readonly {
    /** The dimensions that are high; none: low in all. */
    readonly high: readonly CommitmentDimension[];
    /** Number of respondents. */
    readonly respondents: number;
    /** Part of those with a score in every dimension that has a cut. */
    readonly share: Rate;
  }[];
  /** Respondents who are in no pattern for want of a score; 0 without `highFrom`. */
  readonly unpatterned: number;
}

/**
 * How committed is a group of customers, by dimension and by what is high together?
 *
 * One respondent is a group of one. Dimensions stand side by side and are never added up.
 *
 * @param respondents - Scores by respondent, POMP.
 * @param options - `highFrom` by dimension, `confidenceLevel`.
 * @returns Mean and interval by dimension, and the patterns.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a respondent comes twice or a score is not from 0 to 100; `INVALID_ARGUMENT`
 *   for a bad cut.
 * @example
 * ```ts
 * import { commitmentProfile } from "clientele";
 *
 * const { dimensions, patterns } = commitmentProfile(
 *   [
 *     { respondentId: "ani", affective: 80, calculative: 20 },
 *     { respondentId: "budi", affective: 40, calculative: null },
 *   ],
 *   { highFrom: { affective: 60, calculative: 60 } },
 * );
 * dimensions.map(({ dimension, n, mean }) => [dimension, n, mean]); // => [["affective", 2, 60], ["calculative", 1, 20]]
 * patterns[0]?.high; // => ["affective"]
 * ```
 */
export function commitmentProfile(
  respondents: readonly RespondentCommitment[],
  options: CommitmentProfileOptions = {},
): CommitmentProfile {
  assertOptions(options);
  const confidenceLevel = confidenceLevelOf(options);
  const { highFrom = {} } = options;
  assertCuts(highFrom);
  assertCommitment(respondents, "respondents");
  const cutOf = (dimension: CommitmentDimension): number | null => highFrom[dimension] ?? null;
  const known = askedDimensions(respondents);
  const asked = commitmentDimensions.filter(
    (dimension) => known.includes(dimension) || cutOf(dimension) !== null,
  );
  const dimensions = asked.map((dimension) => {
    const scores = respondents.map((row) => row[dimension] ?? null);
    const { n, mean, sd, interval } = meanEstimate(scores, confidenceLevel);
    const cut = cutOf(dimension);
    const high = scores.filter((score) => score !== null && cut !== null && score >= cut).length;
    return {
      ...{ dimension, n, missing: respondents.length - n, mean, sd, interval, highFrom: cut },
      high: cut === null ? null : ratio(high, n, "respondents with a score"),
    };
  });
  const isCut = asked.filter((dimension) => cutOf(dimension) !== null);
  const complete =
    isCut.length === 0
      ? []
      : respondents.filter((row) => isCut.every((dimension) => (row[dimension] ?? null) !== null));
  return {
    n: respondents.length,
    dimensions,
    patterns: patternsOf(complete, isCut, cutOf),
    unpatterned: isCut.length === 0 ? 0 : respondents.length - complete.length,
  };
}

function patternsOf(
  respondents: readonly RespondentCommitment[],
  dimensions: readonly CommitmentDimension[],
  cutOf: (dimension: CommitmentDimension) => number | null,
): CommitmentProfile["patterns"] {
  const counts = new Map<string, { readonly high: readonly CommitmentDimension[]; respondents: number }>();
  for (const row of respondents) {
    const high = dimensions.filter((dimension) => (row[dimension] ?? 0) >= (cutOf(dimension) ?? 0));
    const found = counts.get(high.join()) ?? { high, respondents: 0 };
    counts.set(high.join(), { high, respondents: found.respondents + 1 });
  }
  return [...counts.values()]
    .sort((a, b) => b.respondents - a.respondents)
    .map(({ high, respondents: n }) => ({
      high,
      respondents: n,
      share: ratio(n, respondents.length, "respondents with every score"),
    }));
}

function assertCuts(highFrom: object): void {
  assertOptions(highFrom, "a score by dimension", "options.highFrom");
  for (const [dimension, cut] of Object.entries<unknown>(highFrom as Record<string, unknown>)) {
    const path = `options.highFrom.${dimension}`;
    assertArgument(
      commitmentDimensions.includes(dimension as CommitmentDimension) && (cut === undefined || isPomp(cut)),
      path,
      () => `${path} is ${shown(cut)}: pass a number from 0 to 100 for a dimension of commitmentDimensions`,
    );
  }
}
