import { epochMs } from "../../core/instant.js";
import { type CommitmentVerdict, commitmentVerdict } from "../commitment/commitment-marks.js";
import { bondFigures } from "./bond-figures.js";
import { dependencyFigures, dependencyScoreFigure, profitFigure, valueFigures } from "./figures-of-parts.js";
import {
  answerFigure,
  type ProfileFigure,
  type ProfileFigureId,
  profileFigureIds,
} from "./profile-figure.js";
import {
  assertRelationshipInput,
  type RelationshipInput,
  type RelationshipProfileOptions,
} from "./relationship-input.js";

/** What holds one customer, in one record. */
export interface RelationshipProfile {
  /** Who. */
  readonly customerId: string;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** Every figure by name, known or not, each with the numbers that it is made of. */
  readonly figures: Readonly<Record<ProfileFigureId, ProfileFigure>>;
  /** The four marks of a committed customer; `null` when they were not passed. */
  readonly marks: CommitmentVerdict | null;
  /** How many figures are known. */
  readonly known: number;
  /** The figures that are not, in order. */
  readonly unknown: readonly ProfileFigureId[];
}

/**
 * What holds this customer: value, satisfaction, commitment, bonds, dependency, and what follows from them, in one record?
 *
 * Nothing is added up to one score: the parts have no common unit, and which matters how much is a question to the data
 * ({@link retentionLink}). Each figure names the inputs that it is made of, and the rule, so that it can be computed again by
 * hand.
 *
 * @param customer - What is known of one customer; parts that are left out stay unknown.
 * @param options - `weights` of bonds by kind, `satisfiedFrom` of ties, `marks`, `timeZone`.
 * @returns The figures with their sources, the four marks, and what is not known.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for a part of no name, a figure outside its scale, a value that contradicts
 *   itself or the bonds of another customer, and all that {@link bondIndex}, {@link tieBalance}, {@link dependencyScore} and
 *   {@link commitmentVerdict} throw.
 * @example
 * ```ts
 * import { customerValue, relationshipProfile } from "clientele";
 *
 * const { figures, unknown } = relationshipProfile({
 *   customerId: "ani",
 *   asOf: "2024-01-01",
 *   value: customerValue({
 *     benefits: [{ id: "product", score: 8 }],
 *     sacrifices: [{ id: "monetary", score: 5 }],
 *   }),
 *   ties: [
 *     { id: "branch", cause: "locationAccess", strength: 0.75, satisfaction: 0.5 },
 *     { id: "teller", cause: "staffKnowsCustomer", strength: 0.25, satisfaction: 0.9 },
 *   ],
 *   satisfaction: null,
 * });
 * figures["value.net"].value; // => 3
 * figures["value.net"].from; // => [{ path: "value.benefit", value: 8 }, { path: "value.sacrifice", value: 5 }]
 * figures["dependency.lockInRisk"].value; // => 0.375
 * figures["satisfaction"].reason; // => "satisfaction was not answered"
 * figures["bonds.index"].reason; // => "bonds were not passed"
 * unknown.includes("profit"); // => true
 * ```
 */
export function relationshipProfile(
  customer: RelationshipInput,
  options: RelationshipProfileOptions = {},
): RelationshipProfile {
  assertRelationshipInput(customer, options);
  const { commitment, marks: scores } = customer;
  const asOf = epochMs(customer.asOf, "customer.asOf", options.timeZone);
  const value = valueFigures(customer.value);
  const bonds = bondFigures(customer.bonds, asOf, options);
  const dependency = dependencyFigures(customer.ties, options);
  // Written out in one literal: 100,000 of these from parts take several times as long.
  const figures: Record<ProfileFigureId, ProfileFigure> = {
    "value.benefit": value.benefit,
    "value.sacrifice": value.sacrifice,
    "value.net": value.net,
    "value.ratio": value.ratio,
    satisfaction: answerFigure(customer.satisfaction, "satisfaction", "pomp"),
    "commitment.instrumental": answerFigure(commitment?.instrumental, "commitment.instrumental", "pomp"),
    "commitment.relational": answerFigure(commitment?.relational, "commitment.relational", "pomp"),
    "commitment.valuesBased": answerFigure(commitment?.valuesBased, "commitment.valuesBased", "pomp"),
    "commitment.affective": answerFigure(commitment?.affective, "commitment.affective", "pomp"),
    "commitment.calculative": answerFigure(commitment?.calculative, "commitment.calculative", "pomp"),
    "commitment.normative": answerFigure(commitment?.normative, "commitment.normative", "pomp"),
    "bonds.number": bonds.number,
    "bonds.strongest": bonds.strongest,
    "bonds.index": bonds.index,
    "bonds.breadth": bonds.breadth,
    "bonds.structuralShare": bonds.structuralShare,
    "bonds.forcedShare": bonds.forcedShare,
    "bonds.fragility": bonds.fragility,
    "dependency.score": dependencyScoreFigure(customer.causes),
    "dependency.forcedShare": dependency.forcedShare,
    "dependency.lockInRisk": dependency.lockInRisk,
    profit: profitFigure(customer.profit),
    retentionProbability: answerFigure(
      customer.retentionProbability,
      "retentionProbability",
      "share",
      "is not known",
    ),
  };
  const unknown: ProfileFigureId[] = [];
  for (const id of profileFigureIds) if (figures[id].value === null) unknown.push(id);
  return {
    customerId: customer.customerId,
    asOf,
    figures,
    marks:
      scores === undefined || options.marks === undefined ? null : commitmentVerdict(scores, options.marks),
    known: profileFigureIds.length - unknown.length,
    unknown,
  };
}
