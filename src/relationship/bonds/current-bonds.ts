import { assertOptions } from "../../core/assert.js";
import { epochMs, type Instant, instantOrNaN } from "../../core/instant.js";
import { assertTimeZone } from "../../core/time-zone.js";
import { type BondClass, type BondKind, bondClassOf, bondKinds } from "../../model/bond-kind.js";
import { checkRows, isFiniteNumber, type ReportProblem } from "../../value/checked-rows.js";
import { uniqueIdOf } from "../unique-id-of.js";

/** One thing that holds a customer. A parsed bond record fits, and so does a row of a database, where `null` is absent. */
export interface Bond {
  /** Your identifier, once in a list. */
  readonly id: string;
  /** Whom it holds; absent: the customer at hand. */
  readonly customerId?: string | null | undefined;
  /** Between people, or in what would be lost; that of its kind. */
  readonly class: BondClass;
  /** What it is made of. */
  readonly kind: BondKind;
  /** How much it holds, 0 to 1. */
  readonly strength: number;
  /** When it began. */
  readonly since: Instant;
  /** First instant at which it no longer holds; absent: no end is known. */
  readonly until?: Instant | null | undefined;
  /** How it is known. */
  readonly evidence?: string | null | undefined;
  /** The one person without whom it is gone. */
  readonly personId?: string | null | undefined;
  /** The contract without which it is gone. */
  readonly contractId?: string | null | undefined;
  /** Between two people or between many; for social bonds. */
  readonly level?: "personToPerson" | "multiLevel" | null | undefined;
  /** Whether the customer wants to be held; absent: by kind. */
  readonly voluntary?: boolean | null | undefined;
}

/** As of when bonds are looked at. */
export interface BondOptions {
  /** Bonds that begin at or after this instant do not exist yet; those that end at or before it are over. */
  readonly asOf: Instant;
  /** IANA name of the zone in which civil days begin; default `"UTC"`. */
  readonly timeZone?: string | undefined;
}

/** Bonds by whether they hold. */
export interface CurrentBonds<Row extends Bond = Bond> {
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** Those that hold, in the order of the input. */
  readonly current: readonly Row[];
  /** Those that are over. */
  readonly expired: readonly Row[];
  /** Those that have not begun. */
  readonly ahead: readonly Row[];
  /** Of those that hold, the ones with a known end, the first to end first. */
  readonly expiring: readonly {
    /** Which bond. */
    readonly id: string;
    /** When it ends, epoch milliseconds. */
    readonly until: number;
  }[];
}

/**
 * Which bonds hold at an instant, and which end next?
 *
 * @param bonds - Bonds of one customer or of many.
 * @param options - `asOf`, and the zone of civil days.
 * @returns The bonds, as they came, by whether they hold.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an id comes twice, a strength is not from 0 to 1, an end is not after the
 *   beginning, or a class is not that of its kind; `INVALID_ARGUMENT` for a bad option; `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { type Bond, currentBonds } from "clientele";
 *
 * const bonds: Bond[] = [
 *   { id: "frame", class: "structural", kind: "legal", strength: 0.8, since: "2023-01-01", until: "2025-01-01" },
 *   { id: "dewi", class: "social", kind: "social", strength: 0.6, since: "2024-06-01" },
 * ];
 * currentBonds(bonds, { asOf: "2024-03-01" }).current.map(({ id }) => id); // => ["frame"]
 * currentBonds(bonds, { asOf: "2025-01-01" }).current.map(({ id }) => id); // => ["dewi"]
 * ```
 */
export function currentBonds<Row extends Bond>(
  bonds: readonly Row[],
  options: BondOptions,
): CurrentBonds<Row> {
  const asOf = bondsAsOf(options);
  const current: Row[] = [];
  const expired: Row[] = [];
  const ahead: Row[] = [];
  const expiring: { id: string; until: number }[] = [];
  checkBonds(bonds, options.timeZone, (bond, since, until) => {
    if (since >= asOf) ahead.push(bond);
    else if (until <= asOf) expired.push(bond);
    else {
      current.push(bond);
      if (until < Number.POSITIVE_INFINITY) expiring.push({ id: bond.id, until });
    }
  });
  if (expiring.length > 1) expiring.sort((a, b) => a.until - b.until);
  return { asOf, current, expired, ahead, expiring };
}

/** As of when bonds are looked at, epoch milliseconds. @internal */
export function bondsAsOf(options: BondOptions): number {
  assertOptions(options, "{ asOf }");
  const { timeZone = "UTC" } = options;
  assertTimeZone(timeZone, "options.timeZone");
  return epochMs(options.asOf, "options.asOf", timeZone);
}

/** The bonds that hold, of one customer. @internal */
export function bondsOfOne<Row extends Bond>(bonds: readonly Row[], options: BondOptions): CurrentBonds<Row> {
  const found = currentBonds(bonds, options);
  const first = bonds[0]?.customerId ?? null;
  for (let at = 1; at < bonds.length; at++) {
    if ((bonds[at].customerId ?? null) === first) continue;
    checkRows(bonds, "bonds", ({ customerId }, report) => {
      if ((customerId ?? null) !== first)
        report("customerId", "is another customer than that of row 1: pass the bonds of one", customerId);
    });
  }
  return found;
}

/**
 * Throws unless bonds are sound, and shows each with the instants at which it begins and ends, epoch milliseconds; an end that
 * is not known is infinite. What is made of them counts only when nothing was thrown.
 *
 * @internal
 */
export function checkBonds<Row extends Bond>(
  bonds: readonly Row[],
  timeZone = "UTC",
  show: (bond: Row, since: number, until: number) => void,
): void {
  const checkId = uniqueIdOf(bonds);
  checkRows(bonds, "bonds", (row, report) => {
    checkId?.(row, report);
    checkBond(row, report);
    const since = instantOrNaN(row.since, timeZone);
    const until = isAbsent(row.until) ? Number.POSITIVE_INFINITY : instantOrNaN(row.until, timeZone);
    if (Number.isNaN(since)) report("since", "is not an instant", row.since);
    if (Number.isNaN(until)) report("until", "is not an instant", row.until);
    else if (until <= since) report("until", "is not after since", row.until);
    show(row as object as Row, since, until);
  });
}

const CLASSES: ReadonlyMap<unknown, BondClass> = /* @__PURE__ */ (() =>
  new Map(bondKinds.map((kind) => [kind, bondClassOf(kind)])))();

function checkBond(row: Readonly<Record<string, unknown>>, report: ReportProblem): void {
  const { kind, strength, level, personId, voluntary } = row;
  const own = CLASSES.get(kind);
  if (own === undefined) report("kind", "is not a kind of bond (bondKinds lists them)", kind);
  else if (row.class !== own) report("class", `is not the class of a ${kind} bond, "${own}"`, row.class);
  if (!isFiniteNumber(strength) || strength < 0 || strength > 1)
    report("strength", "is not a number from 0 to 1", strength);
  if (!isAbsent(voluntary) && typeof voluntary !== "boolean")
    report("voluntary", "is not true or false", voluntary);
  if (!isAbsent(level) && level !== "personToPerson" && level !== "multiLevel")
    report("level", 'is not one of "personToPerson", "multiLevel"', level);
  else if (!isAbsent(level) && row.class === "structural") report("level", "is only for social bonds", level);
  if (level === "multiLevel" && !isAbsent(personId))
    report("personId", "is one person, where many carry the bond", personId);
  checkOptionalId("customerId", row.customerId, report);
  checkOptionalId("personId", personId, report);
  checkOptionalId("contractId", row.contractId, report);
}

function checkOptionalId(field: string, id: unknown, report: ReportProblem): void {
  if (!isAbsent(id) && (typeof id !== "string" || id === ""))
    report(field, "is not an id: text that is not empty", id);
}

/** Whether an optional field is left out; databases say so with `null`. @internal */
export function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}
