import { type BondClass, type BondKind, bondClassOf, bondKinds } from "../../model/bond-kind.js";

/** What leaving costs when a bond of a kind is cut: the kinds of `switchingCostKinds`. */
export type BondSwitchingCost = "procedural" | "financial" | "relational" | "contractual";

/** What the literature says of a kind of bond, and what is read into it here. */
export interface BondKindFacts {
  /** Which kind. */
  readonly kind: BondKind;
  /** Social or structural. */
  readonly class: BondClass;
  /** Whether it holds customers who want to be held, unless the data says otherwise. */
  readonly voluntary: boolean;
  /** `"named"`: among the ten bonds of Liljander & Strandvik (1995); `"analogy"`: it is not, and is taken as `as`. */
  readonly basis: "named" | "analogy";
  /** The bond of Liljander & Strandvik (1995) that it is, or is taken as. */
  readonly as: string;
  /** The kind of switching cost that cutting it brings; this library's reading. */
  readonly switchingCost: BondSwitchingCost;
}

type Facts = readonly [
  voluntary: boolean,
  basis: "named" | "analogy",
  as: string,
  switchingCost: BondSwitchingCost,
];

const FACTS: Readonly<Record<BondKind, Facts>> = {
  social: [true, "named", "social", "relational"],
  financial: [false, "named", "economic", "financial"],
  legal: [false, "named", "legal", "contractual"],
  equity: [false, "analogy", "economic", "financial"],
  knowledge: [true, "named", "knowledge", "procedural"],
  technology: [false, "named", "technological", "procedural"],
  process: [false, "analogy", "technological", "procedural"],
  values: [true, "named", "ideological", "relational"],
  geographic: [false, "named", "geographical", "procedural"],
  project: [false, "analogy", "economic", "financial"],
  multiProduct: [false, "analogy", "economic", "procedural"],
  time: [false, "named", "time", "procedural"],
  cultural: [true, "named", "cultural", "relational"],
  psychological: [true, "named", "psychological", "relational"],
};

/**
 * What does each kind of bond imply: is it wanted or a barrier, and what does cutting it cost?
 *
 * Of the ten bonds of Liljander & Strandvik (1995), the legal, economic, technological, geographical and time bonds are exit
 * barriers, which hold the unwilling too; knowledge, social, cultural, ideological and psychological ones the customer can
 * leave at will. Four kinds are not among them and are taken as the nearest (`basis: "analogy"`). Procedural, financial and
 * relational switching costs are those of Burnham, Frels & Mahajan (2003), contractual ones are added; which bond brings
 * which is a reading of this library, not a finding. State `voluntary` on the bond where you know better.
 *
 * @example
 * ```ts
 * import { bondKindFacts } from "clientele";
 *
 * bondKindFacts[1];
 * // => { kind: "financial", class: "structural", voluntary: false, basis: "named", as: "economic", switchingCost: "financial" }
 * ```
 */
export const bondKindFacts: readonly BondKindFacts[] = /* @__PURE__ */ (() => bondKinds.map(factsOf))();

/** @internal */
export function factsOf(kind: BondKind): BondKindFacts {
  const [voluntary, basis, as, switchingCost] = FACTS[kind];
  return { kind, class: bondClassOf(kind), voluntary, basis, as, switchingCost };
}

/** Whether a kind of bond holds customers who want to be held. @internal */
export function isVoluntaryKind(kind: BondKind): boolean {
  return FACTS[kind][0];
}
