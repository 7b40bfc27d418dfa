import { epochMs } from "../../core/instant.js";
import type { Rate } from "../../core/rate.js";
import { bondFragility } from "../bonds/bond-fragility.js";
import { bondIndex } from "../bonds/bond-index.js";
import { type CommitmentDimension, commitmentDimensions } from "../commitment/commitment-dimension.js";
import { type CommitmentVerdict, commitmentVerdict } from "../commitment/commitment-marks.js";
import { tieBalance } from "../dependency/tie-balance.js";
import type { FigureSource, ProfileFigure, ProfileFigureId } from "./profile-figure.js";
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
  const { timeZone = "UTC" } = options;
  const asOf = epochMs(customer.asOf, "customer.asOf", timeZone);
  const figures = {
    ...valueFigures(customer),
    ...attitudeFigures(customer),
    ...bondFigures(customer, options),
    ...dependencyFigures(customer, options),
    ...outcomeFigures(customer),
  };
  const ids = Object.keys(figures) as ProfileFigureId[];
  const unknown = ids.filter((id) => figures[id].value === null);
  return {
    customerId: customer.customerId,
    asOf,
    figures,
    marks:
      customer.marks === undefined || options.marks === undefined
        ? null
        : commitmentVerdict(customer.marks, options.marks),
    known: ids.length - unknown.length,
    unknown,
  };
}

type Figures<Part extends string> = Readonly<
  Record<Extract<ProfileFigureId, `${Part}${string}`>, ProfileFigure>
>;

function valueFigures({ value }: RelationshipInput): Figures<"value."> {
  const unit = value?.currency ?? value?.unit ?? "points";
  const sideOf = (side: "benefit" | "sacrifice"): ProfileFigure =>
    figure(value?.[side], "value", {
      unit,
      rule: `sum of the contributions to ${side}`,
      from: (value?.contributions ?? []).flatMap((part, at) =>
        part.side === side
          ? [{ path: `value.contributions[${at}].contribution`, value: part.contribution }]
          : [],
      ),
    });
  const both =
    value === undefined
      ? []
      : [sourceOf("value.benefit", value.benefit), sourceOf("value.sacrifice", value.sacrifice)];
  return {
    "value.benefit": sideOf("benefit"),
    "value.sacrifice": sideOf("sacrifice"),
    "value.net": figure(value?.net, "value", { unit, rule: "benefit less sacrifice", from: both }),
    "value.ratio": figure(value?.ratio, "value", {
      unit: "ratio",
      rule: "benefit / sacrifice",
      from: both,
    }),
  };
}

function attitudeFigures({
  satisfaction,
  commitment,
}: RelationshipInput): Figures<"satisfaction" | "commitment."> {
  const asked = (value: number | null | undefined, path: string): ProfileFigure => ({
    ...figure(value, path, { unit: "pomp", rule: "as passed", from: passed(path, value) }),
    reason:
      value === undefined ? `${path} was not passed` : value === null ? `${path} was not answered` : null,
  });
  return {
    satisfaction: asked(satisfaction, "satisfaction"),
    ...(Object.fromEntries(
      commitmentDimensions.map((dimension) => [
        `commitment.${dimension}`,
        asked(commitment?.[dimension], `commitment.${dimension}`),
      ]),
    ) as Record<`commitment.${CommitmentDimension}`, ProfileFigure>),
  };
}

function bondFigures(
  { asOf, bonds }: RelationshipInput,
  options: RelationshipProfileOptions,
): Figures<"bonds."> {
  const { weights, timeZone } = options;
  const at = { asOf, weights, timeZone };
  const index = bonds && bondIndex(bonds, at);
  const placeOf = new Map((bonds ?? []).map(({ id }, place) => [id, place]));
  const parts = index?.contributions ?? [];
  const strengths = parts.map(({ id, strength }) => sourceOf(`bonds[${placeOf.get(id)}].strength`, strength));
  const kinds = [...new Set(parts.map(({ kind }) => kind))].filter((kind) =>
    Object.hasOwn(weights ?? {}, kind),
  );
  const weighted = [
    ...strengths,
    ...kinds.map((kind) => sourceOf(`options.weights.${kind}`, weights?.[kind] ?? 1)),
  ];
  const share = (value: Rate | undefined, rule: string): ProfileFigure =>
    figure(value, "bonds", { unit: "share", rule, from: weighted });
  const fragility = bonds && bondFragility(bonds, at);
  return {
    "bonds.number": figure(index?.bonds, "bonds", {
      unit: "count",
      rule: "bonds that hold",
      from: strengths,
    }),
    "bonds.strongest": figure(
      index && parts.reduce((most, { strength }) => Math.max(most, strength), 0),
      "bonds",
      { unit: "share", rule: "largest strength of the bonds that hold, 0 without any", from: strengths },
    ),
    "bonds.index": share(index?.index, "mean strength of the bonds that hold, weighted by kind"),
    "bonds.breadth": {
      ...share(
        index?.breadth,
        "mean over all kinds of the strongest bond of each, 0 without one, weighted by kind",
      ),
      from: [...strengths, ...allWeights(index && weights)],
    },
    "bonds.structuralShare": share(index?.structuralShare, "strength x weight of structural bonds / of all"),
    "bonds.forcedShare": share(index?.forcedShare, "strength x weight of bonds against their will / of all"),
    "bonds.fragility": share(
      fragility?.fragility,
      "largest strength x weight that goes with one person or contract / of all",
    ),
  };
}

function allWeights(weights: RelationshipProfileOptions["weights"]): FigureSource[] {
  return Object.entries(weights ?? {}).map(([kind, weight]) =>
    sourceOf(`options.weights.${kind}`, weight ?? 1),
  );
}

function dependencyFigures(
  { ties }: RelationshipInput,
  { satisfiedFrom }: RelationshipProfileOptions,
): Figures<"dependency."> {
  const balance = ties && tieBalance(ties, { satisfiedFrom });
  const judged = balance?.ties ?? [];
  const strengths = judged.map(({ strength }, at) => sourceOf(`ties[${at}].strength`, strength));
  const contentment = judged.flatMap(({ voluntary, satisfaction }, at) =>
    voluntary ? [] : [sourceOf(`ties[${at}].satisfaction`, satisfaction)],
  );
  return {
    "dependency.forcedShare": figure(balance?.forcedShare, "ties", {
      unit: "share",
      rule: "strength of forced ties / of all",
      from: strengths,
    }),
    "dependency.lockInRisk": figure(balance?.lockInRisk, "ties", {
      unit: "share",
      rule: "strength x (1 - satisfaction) of forced ties / strength of all",
      from: [...strengths, ...contentment],
    }),
  };
}

function outcomeFigures({
  profit,
  retentionProbability,
}: RelationshipInput): Figures<"profit" | "retentionProbability"> {
  const chance = figure(retentionProbability, "retentionProbability", {
    unit: "share",
    rule: "as passed",
    from: passed("retentionProbability", retentionProbability),
  });
  return {
    profit: figure(profit?.amount, "profit", {
      unit: profit?.currency ?? "minor units",
      rule: "as passed",
      from: passed("profit.amount", profit?.amount),
    }),
    retentionProbability:
      retentionProbability === null ? { ...chance, reason: "retentionProbability is not known" } : chance,
  };
}

/** A number or a rate with what it is made of; undefined: its part was not passed. */
function figure(
  value: number | Rate | null | undefined,
  part: string,
  made: Pick<ProfileFigure, "unit" | "rule" | "from">,
): ProfileFigure {
  if (value === undefined) {
    const verb = part.endsWith("s") ? "were" : "was";
    return { value: null, ...made, reason: `${part} ${verb} not passed` };
  }
  if (value === null || typeof value === "number") return { value, ...made, reason: null };
  return { value: value.value, ...made, reason: value.reason };
}

function passed(path: string, value: number | null | undefined): FigureSource[] {
  return value === undefined ? [] : [sourceOf(path, value)];
}

function sourceOf(path: string, value: number | null): FigureSource {
  return { path, value };
}
