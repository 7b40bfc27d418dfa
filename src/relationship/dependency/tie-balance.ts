import { assertArgument, assertInRange, assertOptions } from "../../core/assert.js";
import { type Rate, ratio } from "../../core/rate.js";
import { type BondKind, bondKinds } from "../../model/bond-kind.js";
import { checkRows, isFiniteNumber } from "../../value/checked-rows.js";
import { isVoluntaryKind } from "../bonds/bond-kind-facts.js";
import { uniqueIdOf } from "../unique-id-of.js";

/** One reason why a customer depends on us. */
export interface Tie {
  /** Your identifier, once in a list. */
  readonly id: string;
  /** What it comes from: one of {@link dependencyCauses}, or your own word. */
  readonly cause: string;
  /** How much it holds, 0 to 1. */
  readonly strength: number;
  /** How content the customer is with it, 0 to 1; absent or `null`: not known. */
  readonly satisfaction?: number | null | undefined;
  /** Whether they are held because they want to be; absent or `null`: see {@link tieBalance}. */
  readonly voluntary?: boolean | null | undefined;
  /** What they say: would they stay if nothing kept them? Absent or `null`: not asked. */
  readonly wouldStay?: boolean | null | undefined;
  /** The kind of bond that it rests on; absent or `null`: not known. */
  readonly bondKind?: BondKind | null | undefined;
}

/** How ties are told apart. */
export interface TieOptions {
  /** Satisfaction from which a tie of which `wouldStay` is true counts as voluntary, 0 to 1; needed where there is one. */
  readonly satisfiedFrom?: number | undefined;
}

/** A tie with what it is. */
export interface JudgedTie {
  /** Which tie. */
  readonly id: string;
  /** What it comes from. */
  readonly cause: string;
  /** 0 to 1. */
  readonly strength: number;
  /** 0 to 1; `null`: not known. */
  readonly satisfaction: number | null;
  /** Want to stay, or have to. */
  readonly voluntary: boolean;
  /** Which rule said so. */
  readonly basis: "stated" | "wouldStay" | "bondKind" | "cause";
}

/** Ties of one side. */
export interface TieSide {
  /** Number of ties. */
  readonly ties: number;
  /** Sum of their strength. */
  readonly strength: number;
  /** Mean satisfaction, weighted by strength, where it is known; `null` where it is not. */
  readonly satisfaction: Rate;
  /** Number of ties whose satisfaction is not known. */
  readonly unknown: number;
}

/** Want-to against have-to. */
export interface TieBalance {
  /** Each tie, in the order of the input. */
  readonly ties: readonly JudgedTie[];
  /** Ties the customer wants. */
  readonly wantTo: TieSide;
  /** Ties the customer is held by. */
  readonly haveTo: TieSide;
  /** Strength of the forced ties as a part of all; `null` where that is 0. */
  readonly forcedShare: Rate;
  /** See {@link lockInRisk}. */
  readonly lockInRisk: Rate;
  /** Where the lock-in risk lies if unknown satisfaction is anything from 1 (`lower`) to 0 (`upper`); `null` without strength. */
  readonly lockInBounds: { readonly lower: number; readonly upper: number } | null;
}

/** The causes that are a bond of Liljander & Strandvik (1995): place is geographical, staff who know the customer social. */
const KIND_OF_CAUSE: Readonly<Record<string, BondKind>> = {
  locationAccess: "geographic",
  staffKnowsCustomer: "social",
};

/**
 * Does a customer stay because they want to, or because they have to?
 *
 * Dedication against constraint (Bendapudi & Berry 1997). What a tie is, by the first that is known: `voluntary` as stated; what the
 * customer says (`wouldStay`: voluntary when they would stay and are satisfied, otherwise forced); the kind of bond
 * ({@link bondKindFacts}); the cause, place being forced and staff who know the customer voluntary. Other causes have no rule,
 * innovation among them: it is refused to guess.
 *
 * @param ties - Ties of one customer.
 * @param options - `satisfiedFrom`.
 * @returns Both sides, the forced share, the lock-in risk.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an id comes twice, a number is not from 0 to 1, or nothing says whether a tie
 *   is voluntary; `INVALID_ARGUMENT` when `satisfiedFrom` is needed and missing.
 * @example
 * ```ts
 * import { tieBalance } from "clientele";
 *
 * const balance = tieBalance([
 *   { id: "branch", cause: "locationAccess", strength: 0.75, satisfaction: 0.5 },
 *   { id: "teller", cause: "staffKnowsCustomer", strength: 0.25, satisfaction: 0.9 },
 * ]);
 * balance.forcedShare.value; // => 0.75
 * balance.lockInRisk.value; // => 0.375
 * ```
 */
export function tieBalance(ties: readonly Tie[], options: TieOptions = {}): TieBalance {
  const judged = judgedTies(ties, options);
  const wanted = judged.filter(({ voluntary }) => voluntary);
  const forced = judged.filter(({ voluntary }) => !voluntary);
  return { ties: judged, wantTo: sideOf(wanted), haveTo: sideOf(forced), ...tieRates(judged) };
}

/**
 * How much of what holds a customer is a lock on someone who is not content?
 *
 * The strength of forced ties times the lack of satisfaction with them, over the strength of all ties. 0: nobody is held
 * against their will, or all are content; 1: held by nothing but force, and content with none of it. What is not known is not
 * filled in: the risk is `null` then, and {@link tieBalance} has the bounds.
 *
 * @param ties - Ties of one customer.
 * @param options - `satisfiedFrom`.
 * @returns The risk from 0 to 1 with both its parts.
 * @throws {@link ClienteleError} as {@link tieBalance}.
 * @example
 * ```ts
 * import { lockInRisk } from "clientele";
 *
 * const contract = { id: "contract", cause: "contract", bondKind: "legal", strength: 0.5 } as const;
 * lockInRisk([{ ...contract, satisfaction: 0.5 }, { id: "teller", cause: "staffKnowsCustomer", strength: 0.5 }]).value; // => 0.25
 * lockInRisk([contract]).reason; // => "satisfaction with 1 forced tie is not known"
 * ```
 */
export function lockInRisk(ties: readonly Tie[], options: TieOptions = {}): Rate {
  return tieRates(judgedTies(ties, options)).lockInRisk;
}

/** What a balance says of all ties together. @internal */
export function tieRates(
  ties: readonly JudgedTie[],
): Pick<TieBalance, "forcedShare" | "lockInRisk" | "lockInBounds"> {
  let [total, forced, exposed, most, unknown] = [0, 0, 0, 0, 0];
  for (const tie of ties) {
    total += tie.strength;
    if (tie.voluntary) continue;
    forced += tie.strength;
    const exposure = exposureOf(tie);
    exposed += exposure;
    most += tie.satisfaction === null ? tie.strength : exposure;
    if (tie.satisfaction === null && tie.strength > 0) unknown++;
  }
  const risk = ratio(exposed, total, TOTAL);
  return {
    forcedShare: ratio(forced, total, TOTAL),
    lockInRisk: unknown === 0 || risk.value === null ? risk : unknownRisk(risk, unknown),
    lockInBounds: total > 0 ? { lower: exposed / total, upper: most / total } : null,
  };
}

function unknownRisk(risk: Rate, ties: number): Rate {
  const reason = `satisfaction with ${ties} forced ${ties === 1 ? "tie" : "ties"} is not known`;
  return { ...risk, value: null, reason };
}

const TOTAL = "total strength of ties";

/** Strength x (1 - satisfaction) of a forced tie, 0 of a voluntary one or where it is not known. @internal */
export function exposureOf({
  voluntary,
  strength,
  satisfaction,
}: Omit<JudgedTie, "id" | "basis" | "cause">): number {
  return voluntary || satisfaction === null ? 0 : strength * (1 - satisfaction);
}

function sideOf(ties: readonly JudgedTie[]): TieSide {
  const known = ties.filter(({ satisfaction }) => satisfaction !== null);
  return {
    ties: ties.length,
    strength: strengthOf(ties),
    satisfaction: ratio(
      known.reduce((sum, { strength, satisfaction }) => sum + strength * (satisfaction ?? 0), 0),
      strengthOf(known),
      "strength of ties with a known satisfaction",
    ),
    unknown: ties.length - known.length,
  };
}

function strengthOf(ties: readonly JudgedTie[]): number {
  return ties.reduce((sum, { strength }) => sum + strength, 0);
}

/** Ties, checked and told apart. @internal */
export function judgedTies(ties: readonly Tie[], options: TieOptions): readonly JudgedTie[] {
  assertOptions(options);
  const { satisfiedFrom } = options;
  if (satisfiedFrom !== undefined) assertInRange(satisfiedFrom, "options.satisfiedFrom", 0, 1);
  assertTies(ties);
  return ties.map((tie) => {
    const { id, cause, strength, satisfaction = null } = tie;
    const voluntary = isVoluntary(tie, satisfiedFrom);
    return { id, cause, strength, satisfaction, voluntary, basis: basisOf(tie) };
  });
}

function basisOf({ voluntary, wouldStay, bondKind }: Tie): JudgedTie["basis"] {
  if (typeof voluntary === "boolean") return "stated";
  if (typeof wouldStay === "boolean") return "wouldStay";
  return bondKind ? "bondKind" : "cause";
}

function isVoluntary(tie: Tie, satisfiedFrom: number | undefined): boolean {
  const { voluntary, wouldStay, bondKind, satisfaction } = tie;
  if (typeof voluntary === "boolean") return voluntary;
  if (typeof wouldStay !== "boolean") return isVoluntaryKind(bondKind ?? KIND_OF_CAUSE[tie.cause]);
  if (!wouldStay) return false;
  assertArgument(
    satisfiedFrom !== undefined,
    "options.satisfiedFrom",
    () => "options.satisfiedFrom is undefined: pass the satisfaction from which staying is wanted, 0 to 1",
  );
  return (satisfaction ?? 0) >= satisfiedFrom;
}

function assertTies(ties: unknown): asserts ties is readonly Tie[] {
  const checkId = uniqueIdOf(ties);
  checkRows(ties, "ties", (row, report) => {
    checkId?.(row, report);
    const { cause, strength, satisfaction, voluntary, wouldStay, bondKind } = row;
    if (typeof cause !== "string" || cause === "") report("cause", "is not text", cause);
    if (!isShare(strength)) report("strength", "is not a number from 0 to 1", strength);
    const isUnknown = satisfaction === undefined || satisfaction === null;
    if (!isUnknown && !isShare(satisfaction))
      report("satisfaction", "is not a number from 0 to 1", satisfaction);
    const isStated = voluntary !== undefined && voluntary !== null;
    if (isStated && typeof voluntary !== "boolean") report("voluntary", "is not true or false", voluntary);
    if (wouldStay !== undefined && wouldStay !== null && typeof wouldStay !== "boolean")
      report("wouldStay", "is not true or false", wouldStay);
    const hasKind = bondKind !== undefined && bondKind !== null;
    if (hasKind && !bondKinds.includes(bondKind as BondKind))
      report("bondKind", "is not a kind of bond (bondKinds lists them)", bondKind);
    if (isStated) return;
    if (wouldStay === true && isUnknown)
      report("satisfaction", "is missing although wouldStay is true", satisfaction);
    const isRuled = typeof wouldStay === "boolean" || hasKind;
    if (!isRuled && !Object.hasOwn(KIND_OF_CAUSE, String(cause)))
      report(
        "voluntary",
        `is missing, and no rule knows "${String(cause)}": state it, or bondKind`,
        voluntary,
      );
  });
}

/** @internal */
export function isShare(value: unknown): value is number {
  return isFiniteNumber(value) && value >= 0 && value <= 1;
}
