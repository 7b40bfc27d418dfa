import { assertArgument, assertArray, assertOptions, shown } from "../../core/assert.js";
import type { ScaleScores } from "../../statistics/scales/scale-score.js";
import { checkRows, isFiniteNumber, uniqueId } from "../../value/checked-rows.js";
import { type CommitmentDimension, commitmentDimensions } from "./commitment-dimension.js";

/** Scores by dimension as percent of the maximum possible, 0 to 100. Absent: not asked; `null`: not answered. Never one total. */
export type CommitmentScores = { readonly [Dimension in CommitmentDimension]?: number | null | undefined };

/** The scores of one respondent. Texts of your own may stand beside them; a number under any other name is an error. */
export interface RespondentCommitment extends CommitmentScores {
  /** Who; once in a wave. */
  readonly respondentId: string;
}

/** Which dimensions of a scale are which of commitment. */
export interface CommitmentFromScaleOptions {
  /** Dimension of the scale to dimension of commitment; default: by the same name, others are an error. */
  readonly dimensions?: Readonly<Record<string, CommitmentDimension>> | undefined;
}

/**
 * How do the scores of a questionnaire become scores of commitment?
 *
 * @param scores - The result of {@link scaleScore}.
 * @param options - `dimensions`: which is which; dimensions of the scale that it does not name are left out.
 * @returns A row for each respondent, POMP by dimension, `null` where too few items were answered.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for a dimension that is none of commitment, named for two of the scale, or not in
 *   the scale; for scores that are not those of a scale.
 * @example
 * ```ts
 * import { commitmentFromScale, scaleScore } from "clientele";
 *
 * const scale = { id: "own", min: 1, max: 5, items: [{ id: "q1", dimension: "warmth" }, { id: "q2", dimension: "warmth" }] };
 * const answers = [{ respondentId: "ani", itemId: "q1", value: 5 }, { respondentId: "ani", itemId: "q2", value: 4 }];
 * commitmentFromScale(scaleScore(answers, scale), { dimensions: { warmth: "relational" } });
 * // => [{ respondentId: "ani", relational: 87.5 }]
 * ```
 */
export function commitmentFromScale(
  scores: ScaleScores,
  options: CommitmentFromScaleOptions = {},
): readonly RespondentCommitment[] {
  assertOptions(options);
  assertOptions(scores, "the result of scaleScore", "scores");
  assertOptions(scores.respondents, "the result of scaleScore", "scores.respondents");
  assertArray(scores.dimensions, "scores.dimensions");
  const { columns, length } = scores.respondents;
  const {
    dimensions: named = Object.fromEntries(scores.dimensions.map(({ dimension: name }) => [name, name])),
  } = options;
  assertOptions(named, "dimension of commitment by dimension of the scale", "options.dimensions");
  const used = new Set<string>();
  for (const [name, dimension] of Object.entries<string>(named)) {
    const path = `options.dimensions.${name}`;
    assertArgument(
      scores.dimensions.some((known) => known.dimension === name),
      path,
      () => `${path} is no dimension of the scale ${shown(scores.scaleId)}: pass dimensions of its items`,
    );
    assertArgument(
      commitmentDimensions.includes(dimension as CommitmentDimension) && !used.has(dimension),
      path,
      () => `${path} is ${shown(dimension)}: pass a dimension of commitmentDimensions, each once`,
    );
    used.add(dimension);
  }
  const rows = new Map<string, Record<string, number | null>>();
  for (let i = 0; i < length; i++) {
    const id = columns.respondentId[i];
    const row = rows.get(id) ?? {};
    const name = columns.dimension[i];
    if (Object.hasOwn(named, name)) row[named[name]] = columns.pomp[i];
    rows.set(id, row);
  }
  return [...rows].map(([respondentId, row]) => ({ respondentId, ...row }));
}

/**
 * Throws unless each respondent comes once, with scores from 0 to 100 and no number under a name that is no dimension, which
 * would be lost in silence; texts, such as names, may stand beside them.
 *
 * @internal
 */
export function assertCommitment(
  respondents: unknown,
  path: string,
): asserts respondents is readonly RespondentCommitment[] {
  const checkId = uniqueId("respondentId");
  checkRows(respondents, path, (row, report) => {
    checkId(row, report);
    for (const dimension of commitmentDimensions) {
      const score = row[dimension];
      if (score === undefined || score === null) continue;
      if (!isPomp(score)) report(dimension, "is not a number from 0 to 100 (POMP)", score);
    }
    for (const name in row) {
      const value = row[name];
      if ((typeof value === "number" || value === null) && !COMMITMENT_FIELDS.has(name))
        report(name, `is no dimension of commitment: one of ${commitmentDimensions.join(", ")}`, value);
    }
  });
}

/** What stands in a row of commitment beside texts of the caller's own. @internal */
export const COMMITMENT_FIELDS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "respondentId",
  "customerId",
  ...commitmentDimensions,
]);

/** @internal */
export function isPomp(value: unknown): value is number {
  return isFiniteNumber(value) && value >= 0 && value <= 100;
}

/** The dimensions that somebody was asked about. @internal */
export function askedDimensions(respondents: readonly CommitmentScores[]): readonly CommitmentDimension[] {
  return commitmentDimensions.filter((dimension) =>
    respondents.some((scores) => scores[dimension] !== undefined),
  );
}
