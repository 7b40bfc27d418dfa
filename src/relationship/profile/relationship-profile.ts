import { epochMs } from "../../core/instant.js";
import type { Rate } from "../../core/rate.js";
import type { BondKind } from "../../model/bond-kind.js";
import { bondFragilityOf } from "../bonds/bond-fragility.js";
import { bondIndexOf, bondWeights } from "../bonds/bond-index.js";
import { bondsOfOne } from "../bonds/current-bonds.js";
import type { CommitmentDimension } from "../commitment/commitment-dimension.js";
import { type CommitmentVerdict, commitmentVerdict } from "../commitment/commitment-marks.js";
import { tieBalance } from "../dependency/tie-balance.js";
import {
  type FigureSource,
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
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for a figure outside its scale or the bonds of another customer, and all that
 *   {@link bondIndex}, {@link tieBalance} and {@link commitmentVerdict} throw.
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
  const { timeZone = "UTC", marks } = options;
  const asOf = epochMs(customer.asOf, "customer.asOf", timeZone);
  const value = valueFigures(customer);
  const bonds = bondFigures(customer, asOf, options);
  const dependency = dependencyFigures(customer, options);
  const committed = (dimension: CommitmentDimension): ProfileFigure =>
    answer(customer.commitment?.[dimension], `commitment.${dimension}`, "pomp");
  // Written out in one literal: 100,000 of these from parts take several times as long.
  const figures: Record<ProfileFigureId, ProfileFigure> = {
    "value.benefit": value.benefit,
    "value.sacrifice": value.sacrifice,
    "value.net": value.net,
    "value.ratio": value.ratio,
    satisfaction: answer(customer.satisfaction, "satisfaction", "pomp"),
    "commitment.instrumental": committed("instrumental"),
    "commitment.relational": committed("relational"),
    "commitment.valuesBased": committed("valuesBased"),
    "commitment.affective": committed("affective"),
    "commitment.calculative": committed("calculative"),
    "commitment.normative": committed("normative"),
    "bonds.number": bonds.number,
    "bonds.strongest": bonds.strongest,
    "bonds.index": bonds.index,
    "bonds.breadth": bonds.breadth,
    "bonds.structuralShare": bonds.structuralShare,
    "bonds.forcedShare": bonds.forcedShare,
    "bonds.fragility": bonds.fragility,
    "dependency.forcedShare": dependency.forcedShare,
    "dependency.lockInRisk": dependency.lockInRisk,
    profit: profitFigure(customer),
    retentionProbability: answer(
      customer.retentionProbability,
      "retentionProbability",
      "share",
      "is not known",
    ),
  };
  const unknown = profileFigureIds.filter((id) => figures[id].value === null);
  return {
    customerId: customer.customerId,
    asOf,
    figures,
    marks:
      customer.marks === undefined || marks === undefined ? null : commitmentVerdict(customer.marks, marks),
    known: profileFigureIds.length - unknown.length,
    unknown,
  };
}

function valueFigures({ value }: RelationshipInput) {
  const unit = value?.currency ?? value?.unit ?? "points";
  const sideOf = (side: "benefit" | "sacrifice"): ProfileFigure => {
    const from: FigureSource[] = [];
    value?.contributions.forEach((part, at) => {
      if (part.side !== side) return;
      from.push(sourceOf(`value.contributions[${at}].contribution`, part.contribution));
    });
    return figure(value?.[side], "value", { unit, rule: `sum of the contributions to ${side}`, from });
  };
  const both =
    value === undefined
      ? []
      : [sourceOf("value.benefit", value.benefit), sourceOf("value.sacrifice", value.sacrifice)];
  return {
    benefit: sideOf("benefit"),
    sacrifice: sideOf("sacrifice"),
    net: figure(value?.net, "value", { unit, rule: "benefit less sacrifice", from: both }),
    ratio: figure(value?.ratio, "value", { unit: "ratio", rule: "benefit / sacrifice", from: both }),
  };
}

/** A number that is taken as it was passed; `null`: it is not known. */
function answer(
  value: number | null | undefined,
  path: string,
  unit: string,
  ifNull = "was not answered",
): ProfileFigure {
  if (value === undefined)
    return { value: null, unit, rule: AS_PASSED, from: [], reason: `${path} was not passed` };
  const reason = value === null ? `${path} ${ifNull}` : null;
  return { value, unit, rule: AS_PASSED, from: [sourceOf(path, value)], reason };
}

const AS_PASSED = "as passed";

function bondFigures({ bonds }: RelationshipInput, asOf: number, options: RelationshipProfileOptions) {
  const { weights, timeZone } = options;
  // Weights are looked at, whether there are bonds or not.
  const weightOf = bondWeights(weights);
  const found = bonds === undefined ? undefined : bondsOfOne(bonds, { asOf, timeZone });
  const index = found && bondIndexOf(found, weightOf);
  const parts = index?.contributions ?? [];
  const placeOf = new Map((bonds ?? []).map(({ id }, place) => [id, place]));
  const strengths = parts.map(({ id, strength }) => sourceOf(`bonds[${placeOf.get(id)}].strength`, strength));
  const kinds = new Set(parts.map(({ kind }) => kind));
  const stated = bonds === undefined ? [] : (Object.keys(weights ?? {}) as BondKind[]);
  const weightsOf = (named: readonly BondKind[]): FigureSource[] =>
    named.map((kind) => sourceOf(`options.weights.${kind}`, weightOf(kind)));
  const weighted = [...strengths, ...weightsOf(stated.filter((kind) => kinds.has(kind)))];
  const shareOf = (value: Rate | undefined, rule: string, from = weighted): ProfileFigure =>
    figure(value, "bonds", { unit: "share", rule, from });
  const strongest = index && parts.reduce((most, { strength }) => Math.max(most, strength), 0);
  return {
    number: figure(index?.bonds, "bonds", { unit: "count", rule: "bonds that hold", from: strengths }),
    strongest: figure(strongest, "bonds", {
      unit: "share",
      rule: "largest strength of the bonds that hold, 0 without any",
      from: strengths,
    }),
    index: shareOf(index?.index, "mean strength of the bonds that hold, weighted by kind"),
    breadth: shareOf(
      index?.breadth,
      "mean over all kinds of the strongest bond of each, 0 without one, weighted by kind",
      [...strengths, ...weightsOf(stated)],
    ),
    structuralShare: shareOf(index?.structuralShare, "strength x weight of structural bonds / of all"),
    forcedShare: shareOf(index?.forcedShare, "strength x weight of bonds against their will / of all"),
    fragility: shareOf(
      found && bondFragilityOf(found, weightOf).fragility,
      "largest strength x weight that goes with one person or contract / of all",
    ),
  };
}

function dependencyFigures({ ties }: RelationshipInput, { satisfiedFrom }: RelationshipProfileOptions) {
  const balance = ties === undefined ? undefined : tieBalance(ties, { satisfiedFrom });
  const judged = balance?.ties ?? [];
  const strengths = judged.map(({ strength }, at) => sourceOf(`ties[${at}].strength`, strength));
  const contentment = judged.flatMap(({ voluntary, satisfaction }, at) =>
    voluntary ? [] : [sourceOf(`ties[${at}].satisfaction`, satisfaction)],
  );
  return {
    forcedShare: figure(balance?.forcedShare, "ties", {
      unit: "share",
      rule: "strength of forced ties / of all",
      from: strengths,
    }),
    lockInRisk: figure(balance?.lockInRisk, "ties", {
      unit: "share",
      rule: "strength x (1 - satisfaction) of forced ties / strength of all",
      from: [...strengths, ...contentment],
    }),
  };
}

function profitFigure({ profit }: RelationshipInput): ProfileFigure {
  return figure(profit?.amount, "profit", {
    unit: profit?.currency ?? "minor units",
    rule: AS_PASSED,
    from: profit === undefined ? [] : [sourceOf("profit.amount", profit.amount)],
  });
}

/** A number or a rate with what it is made of; undefined: its part was not passed. */
function figure(
  value: number | Rate | undefined,
  part: "value" | "bonds" | "ties" | "profit",
  { unit, rule, from }: Pick<ProfileFigure, "unit" | "rule" | "from">,
): ProfileFigure {
  if (value === undefined) {
    const verb = part === "bonds" || part === "ties" ? "were" : "was";
    return { value: null, unit, rule, from, reason: `${part} ${verb} not passed` };
  }
  if (typeof value === "number") return { value, unit, rule, from, reason: null };
  return { value: value.value, unit, rule, from, reason: value.reason };
}

function sourceOf(path: string, value: number | null): FigureSource {
  return { path, value };
}
