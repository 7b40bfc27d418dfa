import { assertArgument, assertOneOf, assertOptions, shown } from "../../core/assert.js";
import { isFiniteNumber, isScale, type ValueScale } from "../../value/checked-rows.js";

/** A score towards each of the three; absent: not asked, `null`: not answered. */
export interface MarkObjects {
  /** The brand. */
  readonly brand?: number | null | undefined;
  /** What is offered: product, service. */
  readonly offer?: number | null | undefined;
  /** The company. */
  readonly company?: number | null | undefined;
}

/** The four marks of a committed customer, on one scale. */
export interface CommitmentMarks {
  /** How satisfied; `null`: not known. */
  readonly satisfied: number | null;
  /** How much they trust, each. */
  readonly trust: MarkObjects;
  /** How involved they are, with each. */
  readonly involvement: MarkObjects;
  /** How likely they buy again; `null`: not known. */
  readonly purchaseIntention: number | null;
}

/** A mark of commitment. */
export type CommitmentMark = keyof CommitmentMarks;

/** When a mark is there. */
export interface CommitmentMarksOptions {
  /** Score from which each mark is there. Required: the cuts decide who is committed, so they are never assumed. */
  readonly cuts: Readonly<Record<CommitmentMark, number>>;
  /** The scale of all scores and cuts; default 0 to 100 (POMP). */
  readonly scale?: ValueScale | undefined;
  /** Whether trust and involvement need all of brand, offer and company that were asked about (default), or any. */
  readonly objects?: "all" | "any" | undefined;
}

/** Whether a customer is committed, and what is missing. */
export interface CommitmentVerdict {
  /** `true`: all four marks are there; `false`: one is not; `null`: none is known to be missing, and one is not known. */
  readonly isCommitted: boolean | null;
  /** Satisfaction, trust, involvement, purchase intention. */
  readonly marks: readonly {
    /** Which mark. */
    readonly mark: CommitmentMark;
    /** Whether it is there; `null`: not known. */
    readonly isMet: boolean | null;
    /** Score from which it is. */
    readonly cut: number;
    /** The scores it is made of. */
    readonly scores: readonly {
      /** Towards what; `null` for a mark without an object. */
      readonly object: keyof MarkObjects | null;
      /** As it came; `null`: not answered. */
      readonly score: number | null;
      /** What is lacking to the cut, 0 at or above it; `null`: not known. */
      readonly lacking: number | null;
    }[];
  }[];
  /** The marks that are known not to be there. */
  readonly missing: readonly CommitmentMark[];
  /** The marks of which it is not known. */
  readonly unknown: readonly CommitmentMark[];
}

const MARKS = ["satisfied", "trust", "involvement", "purchaseIntention"] as const;
const OBJECTS = ["brand", "offer", "company"] as const;

/**
 * Is a customer committed, and which of the four marks is missing?
 *
 * Committed customers are satisfied, trust, are involved and mean to buy again, trust and involvement each towards brand, offer
 * and company. A mark is never filled in: with one unanswered the verdict is open, unless another mark is missing anyway.
 *
 * @param marks - The scores of one customer.
 * @param options - `cuts` by mark, `scale`, `objects`.
 * @returns The verdict, each mark with its scores, what is missing and what is not known.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for a score or cut that is missing or off the scale, or an unknown object.
 * @example
 * ```ts
 * import { commitmentVerdict } from "clientele";
 *
 * const verdict = commitmentVerdict(
 *   { satisfied: 80, trust: { brand: 70, company: 40 }, involvement: { offer: 75 }, purchaseIntention: null },
 *   { cuts: { satisfied: 60, trust: 60, involvement: 60, purchaseIntention: 60 } },
 * );
 * verdict.isCommitted; // => false
 * verdict.missing; // => ["trust"]
 * verdict.unknown; // => ["purchaseIntention"]
 * ```
 */
export function commitmentVerdict(
  marks: CommitmentMarks,
  options: CommitmentMarksOptions,
): CommitmentVerdict {
  assertOptions(marks, "{ satisfied, trust, involvement, purchaseIntention }", "marks");
  assertOptions(options, "{ cuts }");
  const { cuts, scale = { min: 0, max: 100 }, objects = "all" } = options;
  assertArgument(
    isScale(scale),
    "options.scale",
    () => `options.scale is ${shown(scale)}: pass { min, max } with min below max`,
  );
  assertOneOf(objects, "options.objects", ["all", "any"]);
  assertOptions(cuts, "a score for each mark", "options.cuts");
  const judged = MARKS.map((mark) => {
    const cut = cuts[mark];
    assertOnScale(cut, `options.cuts.${mark}`, scale);
    const scores = scoresOf(marks, mark, scale).map(({ object, score }) => ({
      object,
      score,
      lacking: score === null ? null : Math.max(0, cut - score),
    }));
    const isMet = combined(
      scores.map(({ score }) => (score === null ? null : score >= cut)),
      objects,
    );
    return { mark, isMet, cut, scores };
  });
  const missing = judged.filter(({ isMet }) => isMet === false).map(({ mark }) => mark);
  const unknown = judged.filter(({ isMet }) => isMet === null).map(({ mark }) => mark);
  return {
    isCommitted: missing.length > 0 ? false : unknown.length > 0 ? null : true,
    marks: judged,
    missing,
    unknown,
  };
}

/** True, false or unknown; what was asked of nobody is unknown (Kleene 1952). */
function combined(answers: readonly (boolean | null)[], rule: "all" | "any"): boolean | null {
  const decisive = rule === "any";
  if (answers.includes(decisive)) return decisive;
  return answers.length === 0 || answers.includes(null) ? null : !decisive;
}

function scoresOf(
  marks: CommitmentMarks,
  mark: CommitmentMark,
  scale: ValueScale,
): { readonly object: keyof MarkObjects | null; readonly score: number | null }[] {
  const path = `marks.${mark}`;
  const given: unknown = marks[mark];
  if (mark === "satisfied" || mark === "purchaseIntention") {
    if (given !== null) assertOnScale(given, path, scale);
    return [{ object: null, score: given }];
  }
  assertOptions(given, "{ brand, offer, company }", path);
  for (const object of Object.keys(given)) assertOneOf(object, path, OBJECTS);
  return OBJECTS.flatMap((object) => {
    const score = (given as MarkObjects)[object];
    if (score === undefined) return [];
    if (score !== null) assertOnScale(score, `${path}.${object}`, scale);
    return [{ object, score }];
  });
}

function assertOnScale(value: unknown, path: string, { min, max }: ValueScale): asserts value is number {
  assertArgument(
    isFiniteNumber(value) && value >= min && value <= max,
    path,
    () => `${path} is ${shown(value)}: pass a number from ${min} to ${max}`,
  );
}
