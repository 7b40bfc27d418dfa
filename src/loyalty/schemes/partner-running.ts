import { assertArray } from "../../core/assert.js";
import type { Fraction } from "../../core/fraction.js";
import { instantOrNaN } from "../../core/instant.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { safeInteger } from "../../core/safe-integer.js";
import type { PartnerMovement } from "./partner-movements.js";
import { addFractions, type PartnerPrices } from "./partner-prices.js";

/** A movement with its price. @internal */
export interface ReadMovement {
  readonly partnerId: string;
  readonly at: number;
  readonly kind: "issued" | "redeemed";
  readonly points: number;
  readonly price: Fraction;
}

/** Points and exact money up to an instant. @internal */
export interface Running {
  readonly issued: number;
  readonly redeemed: number;
  readonly pays: Fraction;
  readonly gets: Fraction;
}

/** @internal */
export const NOTHING: Running = {
  issued: 0,
  redeemed: 0,
  pays: { numerator: 0n, denominator: 1n },
  gets: { numerator: 0n, denominator: 1n },
};

/** @internal */
export function added(before: Running, rows: readonly ReadMovement[]): Running {
  let { issued, redeemed, pays, gets } = before;
  for (const { kind, points, price } of rows) {
    const worth = { numerator: price.numerator * BigInt(points), denominator: price.denominator };
    if (kind === "issued") {
      issued = safeInteger(issued + points, "movements", "the points issued");
      pays = addFractions(pays, worth);
    } else {
      redeemed = safeInteger(redeemed + points, "movements", "the points redeemed");
      gets = addFractions(gets, worth);
    }
  }
  return { issued, redeemed, pays, gets };
}

/** The movements, checked, each with its price. @internal */
export function readMovements(
  movements: readonly PartnerMovement[],
  { priceOf }: PartnerPrices,
  timeZone: string,
): ReadMovement[] {
  assertArray(movements, "movements");
  const problems: RowProblem[] = [];
  const rows: ReadMovement[] = [];
  for (const [row, value] of movements.entries()) {
    const { partnerId, at: given, kind, points, pricedAt } = (value ?? {}) as Partial<PartnerMovement>;
    const before = problems.length;
    const must = (holds: boolean, field: string, reason: string, wrong: unknown) => {
      if (!holds) problems.push({ row, field, reason, value: wrong });
    };
    const at = instantOrNaN(given, timeZone);
    const priced = pricedAt === undefined ? at : instantOrNaN(pricedAt, timeZone);
    must(
      typeof partnerId === "string" && partnerId !== "",
      "partnerId",
      "is not text, or is empty",
      partnerId,
    );
    must(kind === "issued" || kind === "redeemed", "kind", 'is not one of "issued", "redeemed"', kind);
    must(
      Number.isSafeInteger(points) && points !== 0,
      "points",
      "is not a whole number other than 0",
      points,
    );
    must(!Number.isNaN(at), "at", "is no instant", given);
    must(!Number.isNaN(priced) || Number.isNaN(at), "pricedAt", "is no instant", pricedAt);
    if (problems.length > before || partnerId === undefined || kind === undefined || points === undefined)
      continue;
    const price = priceOf(partnerId, priced, kind);
    if (price === null) must(false, "partnerId", "has no price at that instant", partnerId);
    else rows.push({ partnerId, at, kind, points, price });
  }
  if (problems.length > 0) throw invalidRows(problems, problems.length, "movements");
  return rows;
}
