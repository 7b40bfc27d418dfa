import { assertArgument, assertOptions } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type Table, table } from "../../core/table.js";
import { type ConfidenceOptions, confidenceLevelOf, criticalZ } from "../../statistics/confidence.js";
import { meanEstimate } from "../../statistics/scales/mean-estimate.js";
import { type CommitmentDimension, commitmentDimensions } from "./commitment-dimension.js";
import { askedDimensions, assertCommitment, type RespondentCommitment } from "./commitment-scores.js";
import {
  assertQuality,
  errorOfDifference,
  type MeasurementQuality,
  type ReliableChange,
  smallestChange,
  verdictOf,
} from "./reliable-change.js";

/** How movement is judged. */
export interface CommitmentMovementOptions extends ConfidenceOptions {
  /** Reliability and standard deviation (of POMP scores) by dimension; without them no change of one respondent is judged. */
  readonly quality?: Readonly<Partial<Record<CommitmentDimension, MeasurementQuality>>> | undefined;
}

/** Columns of the changes of respondents: a row for each respondent and dimension with both scores. */
export interface CommitmentChangeColumns {
  /** Who. */
  readonly respondentId: readonly string[];
  /** Of which dimension. */
  readonly dimension: readonly CommitmentDimension[];
  /** POMP. */
  readonly before: readonly number[];
  /** POMP. */
  readonly after: readonly number[];
  /** After less before, points of POMP. */
  readonly change: readonly number[];
  /** Reliable change index; `null` without reliability, or with a perfect one. */
  readonly index: readonly (number | null)[];
  /** What the change is; `null` without reliability. */
  readonly verdict: readonly (ReliableChange["verdict"] | null)[];
}

/** Commitment between two waves. */
export interface CommitmentMovement {
  /** Respondents in both waves. */
  readonly inBoth: number;
  /** Respondents of the first wave alone: in no change. */
  readonly onlyBefore: number;
  /** Respondents of the second wave alone: in no change. */
  readonly onlyAfter: number;
  /** Dimensions asked about in either wave. */
  readonly dimensions: readonly {
    /** Which dimension. */
    readonly dimension: CommitmentDimension;
    /** Respondents with a score in both waves. */
    readonly n: number;
    /** Respondents of both waves without one in both. */
    readonly missing: number;
    /** Their mean before, POMP; `null` without any. */
    readonly before: number | null;
    /** Their mean after, POMP; `null` without any. */
    readonly after: number | null;
    /** Mean change; `null` without any. */
    readonly change: number | null;
    /** Of the mean change, Student's t for pairs; `null` with fewer than 2. */
    readonly interval: Interval | null;
    /** The smallest change of one respondent that is not put down to error; `null` without reliability. */
    readonly smallest: number | null;
    /** Respondents with a reliable rise; `null` without reliability. */
    readonly improved: number | null;
    /** Respondents with a reliable fall; `null` without reliability. */
    readonly declined: number | null;
  }[];
  /** Each respondent's changes, in the order of the first wave. */
  readonly respondents: Table<CommitmentChangeColumns>;
}

/**
 * Whose commitment has moved between two waves, and has the group's?
 *
 * The same respondents are compared with themselves. For the group a t interval of the mean change; for one respondent the
 * reliable change index ({@link reliableChange}), with the same confidence level. A group may move with no reliable change of
 * anyone, and the other way round.
 *
 * @param before - Scores of the first wave, POMP.
 * @param after - Scores of the second wave, POMP.
 * @param options - `quality` by dimension, `confidenceLevel`.
 * @returns Movement by dimension and by respondent; those who are in one wave alone are counted.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a respondent comes twice in a wave or a score is not from 0 to 100;
 *   `INVALID_ARGUMENT` for a bad reliability.
 * @example
 * ```ts
 * import { commitmentMovement } from "clientele";
 *
 * const movement = commitmentMovement(
 *   [{ respondentId: "ani", affective: 40 }, { respondentId: "budi", affective: 60 }],
 *   [{ respondentId: "ani", affective: 70 }, { respondentId: "citra", affective: 50 }],
 *   { quality: { affective: { alpha: 0.875, sd: 20 } } },
 * );
 * movement.onlyBefore; // => 1
 * movement.dimensions[0]?.change; // => 30
 * movement.respondents.columns.verdict; // => ["improved"]
 * ```
 */
export function commitmentMovement(
  before: readonly RespondentCommitment[],
  after: readonly RespondentCommitment[],
  options: CommitmentMovementOptions = {},
): CommitmentMovement {
  assertOptions(options);
  const confidenceLevel = confidenceLevelOf(options);
  const { quality = {} } = options;
  assertOptions(quality, "{ alpha, sd } by dimension", "options.quality");
  for (const dimension of Object.keys(quality)) {
    const path = `options.quality.${dimension}`;
    assertArgument(
      commitmentDimensions.includes(dimension as CommitmentDimension),
      path,
      () => `${path} is of no dimension of commitment: pass dimensions of commitmentDimensions`,
    );
    const given = quality[dimension as CommitmentDimension];
    if (given !== undefined) assertQuality(given, path);
  }
  assertCommitment(before, "before");
  assertCommitment(after, "after");
  const later = new Map(after.map((row) => [row.respondentId, row]));
  const pairs = before.flatMap((first) => {
    const second = later.get(first.respondentId);
    return second === undefined ? [] : [{ first, second }];
  });
  const z = criticalZ(confidenceLevel);
  const asked = askedDimensions([...before, ...after]);
  const columns = changeColumns(pairs, asked, quality, z);
  const dimensions = asked.map((dimension) => {
    const places = columns.dimension.flatMap((one, i) => (one === dimension ? [i] : []));
    const estimateOf = (values: readonly number[]) =>
      meanEstimate(
        places.map((i) => values[i]),
        confidenceLevel,
      );
    const { n, mean, interval } = estimateOf(columns.change);
    const given = quality[dimension];
    const count = (wanted: ReliableChange["verdict"]): number | null =>
      given === undefined ? null : places.filter((i) => columns.verdict[i] === wanted).length;
    return {
      ...{ dimension, n, missing: pairs.length - n },
      before: estimateOf(columns.before).mean,
      after: estimateOf(columns.after).mean,
      ...{ change: mean, interval },
      smallest: given === undefined ? null : smallestChange(given, z),
      improved: count("improved"),
      declined: count("declined"),
    };
  });
  return {
    inBoth: pairs.length,
    onlyBefore: before.length - pairs.length,
    onlyAfter: after.length - pairs.length,
    dimensions,
    respondents: table(columns),
  };
}

/** By column from the start: 100,000 respondents would be as many objects for each dimension. */
function changeColumns(
  pairs: readonly { readonly first: RespondentCommitment; readonly second: RespondentCommitment }[],
  dimensions: readonly CommitmentDimension[],
  quality: Readonly<Partial<Record<CommitmentDimension, MeasurementQuality>>>,
  z: number,
) {
  const columns = {
    respondentId: [] as string[],
    dimension: [] as CommitmentDimension[],
    before: [] as number[],
    after: [] as number[],
    change: [] as number[],
    index: [] as (number | null)[],
    verdict: [] as (ReliableChange["verdict"] | null)[],
  };
  const judges = dimensions.map((dimension) => {
    const given = quality[dimension];
    return { dimension, error: given === undefined ? null : errorOfDifference(given) };
  });
  for (const { first, second } of pairs) {
    for (const { dimension, error } of judges) {
      const from = first[dimension] ?? null;
      const to = second[dimension] ?? null;
      if (from === null || to === null) continue;
      const change = to - from;
      columns.respondentId.push(first.respondentId);
      columns.dimension.push(dimension);
      columns.before.push(from);
      columns.after.push(to);
      columns.change.push(change);
      columns.index.push(error !== null && error > 0 ? change / error : null);
      columns.verdict.push(error === null ? null : verdictOf(change, z * error));
    }
  }
  return columns;
}
