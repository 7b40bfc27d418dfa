import * as z from "zod";
import { instantSchema } from "./instant-schema.js";
import { currencySchema, minorUnitsSchema } from "./money-schema.js";
import { openRecordSchema, textSchema } from "./text-schema.js";

/**
 * Who runs a customer club?
 *
 * A club is run by the company (Buttle 2009, chapter 9); clubs that customers founded themselves are kept apart.
 *
 * @example
 * ```ts
 * import { clubOperators } from "clientele";
 *
 * clubOperators; // => ["company", "customers"]
 * ```
 */
export const clubOperators = ["company", "customers"] as const;

/** Who runs a customer club; {@link clubOperators} lists them. */
export type ClubOperator = (typeof clubOperators)[number];

/**
 * Of which kinds is what a club gives its members?
 *
 * @example
 * ```ts
 * import { clubBenefitKinds } from "clientele";
 *
 * clubBenefitKinds.includes("partnerDiscount"); // => true
 * ```
 */
export const clubBenefitKinds = [
  "discount",
  "points",
  "partnerDiscount",
  "service",
  "event",
  "information",
  "gift",
  "other",
] as const;

/** A kind of benefit; {@link clubBenefitKinds} lists them. */
export type ClubBenefitKind = (typeof clubBenefitKinds)[number];

/**
 * Is this the record of a customer club?
 *
 * An `open` club takes whoever asks; a `closed` one only whom its `eligibility` admits. Either may ask for a fee.
 *
 * @example
 * ```ts
 * import { customerClubSchema } from "clientele";
 *
 * const club = customerClubSchema.parse({
 *   id: "club",
 *   name: "Tea Club",
 *   operatedBy: "company",
 *   access: "open",
 *   fee: { amount: 5000000, currency: "IDR", per: "year" },
 *   benefits: [{ kind: "discount", name: "5 % on all tea" }],
 *   foundedAt: "2024-03-01T09:00:00+07:00",
 * });
 * club.benefits.length; // => 1
 * ```
 */
export const customerClubSchema = /* @__PURE__ */ (() =>
  z
    .strictObject({
      /** Your identifier: memberships point here with `schemeId`. */
      id: textSchema,
      /** As members know it. */
      name: textSchema,
      /** Who runs it. */
      operatedBy: z.enum(clubOperators),
      /** Whether it takes whoever asks. */
      access: z.enum(["open", "closed"]),
      /** Who may join, in your words; a closed club has it. */
      eligibility: textSchema.optional(),
      /** What membership costs the member; absent: nothing. */
      fee: z
        .strictObject({
          /** Whole minor units, above 0. */
          amount: minorUnitsSchema.min(1, "is below 1"),
          /** ISO 4217 code. */
          currency: currencySchema,
          /** How often it is paid. */
          per: z.enum(["once", "month", "quarter", "year"]),
        })
        .optional(),
      /** What members get; default nothing. */
      benefits: z
        .array(
          z.strictObject({
            /** What it is. */
            kind: z.enum(clubBenefitKinds),
            /** In the words that members read. */
            name: textSchema,
            /** The partner that gives it; absent: we do. */
            partnerId: textSchema.optional(),
          }),
        )
        .default(() => []),
      /** Since when it exists; epoch milliseconds after parsing. */
      foundedAt: instantSchema,
      /** When it was closed down; absent: it exists. */
      closedAt: instantSchema.optional(),
      /** Your own fields, as they come. */
      attributes: openRecordSchema.optional(),
    })
    .refine(({ access, eligibility }) => access === "open" || eligibility !== undefined, {
      path: ["eligibility"],
      error: "is missing although the club is closed",
    })
    .refine(({ foundedAt, closedAt }) => closedAt === undefined || closedAt >= foundedAt, {
      path: ["closedAt"],
      error: "is before foundedAt",
    }))();

/** A customer club: an organization whose members get benefits. */
export interface CustomerClub extends z.output<typeof customerClubSchema> {}

/** A customer club as sent, before parsing. */
export type CustomerClubInput = z.input<typeof customerClubSchema>;
