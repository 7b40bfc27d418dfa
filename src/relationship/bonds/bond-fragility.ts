import { type Rate, ratio } from "../../core/rate.js";
import type { BondKind } from "../../model/bond-kind.js";
import { bondWeights, type WeightedBondOptions } from "./bond-index.js";
import { type Bond, bondsOfOne, isAbsent } from "./current-bonds.js";

/** What is lost with one person or one contract. */
export interface BondLoss {
  /** Whether a person leaves or a contract ends. */
  readonly type: "person" | "contract";
  /** Which person or contract. */
  readonly id: string;
  /** Strength x weight that goes with it, as far as bonds name it. */
  readonly lost: number;
  /** The same as a part of the total; `null` where that is 0. */
  readonly share: Rate;
  /** The bonds that go, in the order of the input. */
  readonly bonds: readonly string[];
}

/** How much hangs on a single thread. */
export interface BondFragility {
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** Sum of strength x weight of the bonds that hold. */
  readonly total: number;
  /**
   * The largest share that one person or one contract takes along, 0 when none takes any; `null` where the total is 0, and where
   * it depends on whom or what the `unnamed` bonds hang.
   */
  readonly fragility: Rate;
  /**
   * Where the fragility lies: `lower` if each unnamed bond hangs on somebody or something of its own, `upper` if all of a type
   * hang on the one on whom most hangs already. Both are the fragility where that is known; `null` where the total is 0.
   */
  readonly bounds: { readonly lower: number; readonly upper: number } | null;
  /** What takes it along; `null` when no bond hangs on one person or contract, or unnamed ones could take more. */
  readonly worst: BondLoss | null;
  /** Every person and contract that is named, the largest loss first; of equal ones persons first, then by id. */
  readonly losses: readonly BondLoss[];
  /** Bonds that hang on one person or contract without saying which, in the order of the input. */
  readonly unnamed: readonly string[];
  /** Sum of strength x weight that hangs on no one person or contract: on many, or on nobody that is recorded. */
  readonly unattached: number;
}

/**
 * What share of all that binds a customer is lost when one person leaves or one contract ends?
 *
 * Each person and each contract is taken away in turn. A bond that names both is lost with either. A bond between two people
 * (`level: "personToPerson"`) without `personId`, or a legal one without `contractId`, hangs on one that has no name: it is lost
 * alone at least, and at most together with all others of its type.
 *
 * @param bonds - Bonds of one customer.
 * @param options - `asOf`, `weights` by kind, the zone of civil days.
 * @returns The largest share that can be lost at once, its bounds, and every loss.
 * @throws {@link ClienteleError} as {@link bondIndex}.
 * @example
 * ```ts
 * import { type Bond, bondFragility } from "clientele";
 *
 * const bonds: Bond[] = [
 *   { id: "frame", class: "structural", kind: "legal", strength: 0.5, since: "2023-01-01", contractId: "K-17" },
 *   { id: "lunch", class: "social", kind: "social", strength: 0.5, since: "2023-01-01", personId: "dewi" },
 *   { id: "advice", class: "structural", kind: "knowledge", strength: 1, since: "2023-01-01", personId: "dewi" },
 * ];
 * const { fragility, worst } = bondFragility(bonds, { asOf: "2024-01-01" });
 * fragility.value; // => 0.75
 * worst?.bonds; // => ["lunch", "advice"]
 *
 * // With whom is the lunch? If not with Dewi, half is lost with her, or else three quarters.
 * const unsaid: Bond[] = bonds.map((bond) => (bond.id === "lunch" ? { ...bond, level: "personToPerson", personId: null } : bond));
 * const open = bondFragility(unsaid, { asOf: "2024-01-01" });
 * open.bounds; // => { lower: 0.5, upper: 0.75 }
 * open.fragility.reason; // => "1 bond hangs on a person or contract that is not named"
 * ```
 */
export function bondFragility(bonds: readonly Bond[], options: WeightedBondOptions): BondFragility {
  const { asOf, current } = bondsOfOne(bonds, options);
  const weightOf = bondWeights(options.weights);
  const total = sumOf(current, weightOf);
  const losses: BondLoss[] = [];
  for (const type of TYPES) {
    for (const [id, rows] of holders(current, type)) {
      const lost = sumOf(rows, weightOf);
      losses.push({ type, id, lost, share: ratio(lost, total, TOTAL), bonds: rows.map((bond) => bond.id) });
    }
  }
  losses.sort(byLoss);
  const named = TYPES.map((type) => losses.find((loss) => loss.type === type)?.lost ?? 0);
  const most = mostLost(current, total, weightOf, named);
  const isNamed = losses.length > 0 && losses[0].lost >= most.upper;
  return {
    asOf,
    total,
    fragility: rateOf(most, total),
    bounds: boundsOf(most, total),
    worst: isNamed ? losses[0] : null,
    losses,
    unnamed: current.filter((bond) => unnamedType(bond) !== null).map(({ id }) => id),
    unattached: sumOf(
      current.filter(
        (bond) => isAbsent(bond.personId) && isAbsent(bond.contractId) && unnamedType(bond) === null,
      ),
      weightOf,
    ),
  };
}

const TYPES = ["person", "contract"] as const;
const TOTAL = "total strength of bonds";

/** The fragility alone of bonds that are checked and hold, whose strength x weight sums to `total`. @internal */
export function fragilityOf(
  current: readonly Bond[],
  total: number,
  weightOf: (kind: BondKind) => number,
): { readonly fragility: Rate; readonly bounds: BondFragility["bounds"] } {
  const named = [mostNamed(current, "person", weightOf), mostNamed(current, "contract", weightOf)];
  const most = mostLost(current, total, weightOf, named);
  return { fragility: rateOf(most, total), bounds: most.lower < most.upper ? boundsOf(most, total) : null };
}

/** The most strength x weight that is lost at once, at least and at most, and the bonds that leave it open. */
interface MostLost {
  readonly lower: number;
  readonly upper: number;
  readonly unnamed: number;
}

/** What is lost, given the most that hangs on a named one of each of `TYPES`. */
function mostLost(
  current: readonly Bond[],
  total: number,
  weightOf: (kind: BondKind) => number,
  [persons = 0, contracts = 0]: readonly number[],
): MostLost {
  const person = { alone: 0, together: 0 };
  const contract = { alone: 0, together: 0 };
  let unnamed = 0;
  for (const bond of current) {
    const type = unnamedType(bond);
    if (type === null) continue;
    const own = type === "person" ? person : contract;
    const part = bond.strength * weightOf(bond.kind);
    own.alone = Math.max(own.alone, part);
    own.together += part;
    if (part > 0) unnamed++;
  }
  const upper = Math.max(persons + person.together, contracts + contract.together);
  return {
    lower: Math.max(persons, person.alone, contracts, contract.alone),
    // Added up in another order, all may come to an ulp more than all.
    upper: Math.min(upper, total),
    unnamed,
  };
}

/** The most that hangs on one that is named. */
function mostNamed(
  current: readonly Bond[],
  type: BondLoss["type"],
  weightOf: (kind: BondKind) => number,
): number {
  let most = 0;
  for (const rows of holders(current, type).values()) most = Math.max(most, sumOf(rows, weightOf));
  return most;
}

function rateOf({ lower, upper, unnamed }: MostLost, total: number): Rate {
  const rate = ratio(lower, total, TOTAL);
  if (lower >= upper || rate.value === null) return rate;
  const who = unnamed === 1 ? "1 bond hangs" : `${unnamed} bonds hang`;
  return { ...rate, value: null, reason: `${who} on a person or contract that is not named` };
}

function boundsOf({ lower, upper }: MostLost, total: number): BondFragility["bounds"] {
  return total > 0 && Number.isFinite(total) ? { lower: lower / total, upper: upper / total } : null;
}

/** Whether a bond hangs on one person or one contract that it does not name; `null`: it does not. */
function unnamedType({ level, kind, personId, contractId }: Bond): BondLoss["type"] | null {
  if (level === "personToPerson" && isAbsent(personId)) return "person";
  return kind === "legal" && isAbsent(contractId) ? "contract" : null;
}

/** The bonds that hang on each person or contract. */
function holders(bonds: readonly Bond[], type: "person" | "contract"): ReadonlyMap<string, readonly Bond[]> {
  let held: Map<string, Bond[]> | undefined;
  for (const bond of bonds) {
    const id = type === "person" ? bond.personId : bond.contractId;
    if (isAbsent(id)) continue;
    held ??= new Map();
    const own = held.get(id);
    if (own === undefined) held.set(id, [bond]);
    else own.push(bond);
  }
  return held ?? NOBODY;
}

const NOBODY: ReadonlyMap<string, readonly Bond[]> = new Map();

function sumOf(bonds: readonly Bond[], weightOf: (kind: BondKind) => number): number {
  let sum = 0;
  for (const { strength, kind } of bonds) sum += strength * weightOf(kind);
  return sum;
}

/** The largest first; of equal losses persons first, then by id, so that the order of the input does not decide. */
function byLoss(a: BondLoss, b: BondLoss): number {
  if (a.lost !== b.lost) return b.lost - a.lost;
  if (a.type !== b.type) return a.type === "person" ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
