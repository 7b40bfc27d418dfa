/**
 * What kinds of bonds can hold a customer?
 *
 * `social` is Buttle's social bond; `financial`, `legal`, `equity`, `knowledge`, `technology`, `process`, `values`, `geographic`,
 * `project` and `multiProduct` are his structural bonds (Buttle 2009). Equity is what both sides have put in, not likeness: where a
 * text calls it a bond of similarity ("ikatan kesamaan"), this is the kind, and `similarity` is no name of its own. `time`,
 * `cultural` and `psychological` are the bonds of Liljander & Strandvik (1995) that his list has no place for. What each
 * kind implies stands in `bondKindFacts`.
 *
 * @example
 * ```ts
 * import { bondKinds } from "clientele";
 *
 * bondKinds.length; // => 14
 * ```
 */
export const bondKinds = [
  "social",
  "financial",
  "legal",
  "equity",
  "knowledge",
  "technology",
  "process",
  "values",
  "geographic",
  "project",
  "multiProduct",
  "time",
  "cultural",
  "psychological",
] as const;

/** What holds a customer; {@link bondKinds} lists them. */
export type BondKind = (typeof bondKinds)[number];

/** Between people, or in what both sides have put in and would lose. */
export type BondClass = "social" | "structural";

/**
 * Of which class is a bond of this kind?
 *
 * Social and the ten structural kinds as in Buttle (2009). Of the kinds that he does not have, `time` is counted as
 * structural, `cultural` and `psychological`, which are in people's minds, as social.
 *
 * @param kind - One of {@link bondKinds}.
 * @returns Social or structural.
 * @example
 * ```ts
 * import { bondClassOf } from "clientele";
 *
 * bondClassOf("legal"); // => "structural"
 * ```
 */
export function bondClassOf(kind: BondKind): BondClass {
  return kind === "social" || kind === "cultural" || kind === "psychological" ? "social" : "structural";
}
