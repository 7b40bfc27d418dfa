import { assertArgument, shown } from "../../core/assert.js";
import type { Instant } from "../../core/instant.js";
import type { Period, PeriodOptions, PeriodSpec } from "../../core/period.js";
import { safeSum } from "../../core/safe-integer.js";
import type { PartnerMovement } from "./partner-movements.js";
import { partnerPrices, type SettledPartnership, wholeUnits } from "./partner-prices.js";
import { added, NOTHING, type ReadMovement, type Running, readMovements } from "./partner-running.js";
import { assertText } from "./scheme-facts.js";
import { schemePeriods } from "./scheme-periods.js";
import { type SettlementPayment, settlementPayments } from "./settlement-payments.js";

/** As of when and over which periods is settled. */
export interface PartnerSettlementOptions extends PeriodOptions {
  /** What was booked at or after it does not exist yet. */
  readonly asOf: Instant;
  /** The first period is the one that holds it; what was booked before makes the opening points. */
  readonly start: Instant;
  /** Periods; default `"month"`. */
  readonly by?: PeriodSpec;
  /** The operator, as it is called in positions and payments; no partner's id. */
  readonly operatorId: string;
}

/** Points and money of one partner in a period. */
export interface PartnerPosition {
  /** The partner. */
  readonly partnerId: string;
  /** Points owed when the period began. */
  readonly opening: number;
  /** Points that it issued, less those taken back. */
  readonly issued: number;
  /** Points that it redeemed, less those given back. */
  readonly redeemed: number;
  /**
   * Points owed at the end, `opening + issued - redeemed`: members got so many more here than they spent here; below 0 where
   * they spent more here than they got.
   */
  readonly closing: number;
  /** What the partner pays for the points issued, minor units. */
  readonly pays: number;
  /** What it gets for the points redeemed, minor units. */
  readonly gets: number;
  /** `pays - gets`: above 0 to pay, below 0 to get. */
  readonly net: number;
}

/** A period settled. */
export interface SettledPeriod {
  /** The period. */
  readonly period: Period;
  /** Whether it is over by `asOf`. */
  readonly isComplete: boolean;
  /** The partners, by id. */
  readonly partners: readonly PartnerPosition[];
  /** Points owed by all partners at the end; what the operator owes for is the negative of it, so that all come to zero. */
  readonly pointsOwed: number;
  /** The operator's position: the negative of the sum of the partners', so that all come to zero. */
  readonly operatorNet: number;
  /** Who pays whom; after that every position is zero. */
  readonly payments: readonly SettlementPayment[];
}

/** All periods settled. */
export interface PartnerSettlement {
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of the periods. */
  readonly timeZone: string;
  /** ISO 4217 code; `null` where no partnership settles points. */
  readonly currency: string | null;
  /** The periods in order. */
  readonly periods: readonly SettledPeriod[];
  /** All periods together: the sums of their columns, from the first opening to the last closing. */
  readonly total: Omit<SettledPeriod, "period" | "isComplete" | "payments">;
}

/**
 * How many points did each partner issue and redeem, how many does it owe, and who pays whom?
 *
 * A partner pays the operator for each point that members earn with it and gets money for each that they burn with it, at the
 * prices of its partnership at that instant. Money is rounded once on the running total of a partner, halves to even, so that
 * the periods sum to what one settlement of all would be.
 *
 * @param movements - Points issued and redeemed, in any order: of {@link partnerMovements}, or your own rows.
 * @param partnerships - Partnerships with their `settlement`, those of one partner one after the other.
 * @param options - `asOf`, `start`, `by`, `operatorId` and the calendar.
 * @returns A row for each partner and period; points and money of all parties come to zero.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a movement is unusable or has no price; `CURRENCY_MISMATCH`;
 * `INVALID_ARGUMENT`; `UNSAFE_INTEGER`.
 * @example
 * ```ts
 * import { partnerSettlement } from "clientele";
 *
 * const startAt = Date.UTC(2025, 0, 1);
 * const priced = (partnerId: string, issue: number, redeem: number) =>
 *   ({ partnerId, startAt, settlement: { currency: "EUR", rates: [{ from: startAt, issue, redeem }] } });
 * const { periods } = partnerSettlement(
 *   [
 *     { partnerId: "bank", at: "2025-01-10", kind: "issued", points: 10_000 },
 *     { partnerId: "cafe", at: "2025-01-20", kind: "redeemed", points: 6_000 },
 *   ],
 *   [priced("bank", 1, 0.8), priced("cafe", 1, 0.8)],
 *   { asOf: "2025-02-01", start: "2025-01-01", operatorId: "us" },
 * );
 * const [january] = periods;
 * january.pointsOwed; // => 4000
 * january.payments[0]; // => { from: "bank", to: "us", amount: 5200 }
 * ```
 */
export function partnerSettlement(
  movements: readonly PartnerMovement[],
  partnerships: readonly SettledPartnership[],
  options: PartnerSettlementOptions,
): PartnerSettlement {
  const { asOf, timeZone, periods, indexOf } = schemePeriods(options);
  const { operatorId } = options;
  assertText(operatorId, "options.operatorId");
  const prices = partnerPrices(partnerships);
  assertArgument(
    !prices.partnerIds.includes(operatorId),
    "options.operatorId",
    () => `options.operatorId is ${shown(operatorId)}, the id of a partner: pass the operator's own`,
  );
  const rowsOf = byPartnerAndPeriod(
    readMovements(movements, prices, timeZone),
    asOf,
    indexOf,
    periods[0]?.index ?? 0,
  );
  const running = new Map(
    prices.partnerIds.map((id) => [id, added(NOTHING, rowsOf.get(id)?.get(BEFORE) ?? [])]),
  );
  const settled = periods.map((period): SettledPeriod => {
    const partners = prices.partnerIds.map((partnerId) => {
      const before = running.get(partnerId) ?? NOTHING;
      const after = added(before, rowsOf.get(partnerId)?.get(period.index) ?? []);
      running.set(partnerId, after);
      return positionOf(partnerId, before, after);
    });
    const sums = sumsOf(partners);
    const positions = partners.map(({ partnerId, net }) => ({ partyId: partnerId, net }));
    const payments = settlementPayments([...positions, { partyId: operatorId, net: sums.operatorNet }]);
    return { period, isComplete: period.end <= asOf, partners, ...sums, payments };
  });
  return { asOf, timeZone, currency: prices.currency, periods: settled, total: totalOf(settled) };
}

/** In place of a period's index: booked before the first one. */
const BEFORE = Number.NEGATIVE_INFINITY;

function byPartnerAndPeriod(
  rows: readonly ReadMovement[],
  asOf: number,
  indexOf: (at: number) => number,
  firstIndex: number,
): Map<string, Map<number, ReadMovement[]>> {
  const groups = new Map<string, Map<number, ReadMovement[]>>();
  for (const row of rows) {
    if (row.at >= asOf) continue;
    const found = indexOf(row.at);
    const index = found < firstIndex ? BEFORE : found;
    const own = groups.get(row.partnerId) ?? new Map<number, ReadMovement[]>();
    groups.set(row.partnerId, own);
    const list = own.get(index);
    if (list) list.push(row);
    else own.set(index, [row]);
  }
  return groups;
}

function positionOf(partnerId: string, before: Running, after: Running): PartnerPosition {
  const pays = wholeUnits(after.pays) - wholeUnits(before.pays);
  const gets = wholeUnits(after.gets) - wholeUnits(before.gets);
  return {
    partnerId,
    opening: before.issued - before.redeemed,
    issued: after.issued - before.issued,
    redeemed: after.redeemed - before.redeemed,
    closing: after.issued - after.redeemed,
    pays,
    gets,
    net: pays - gets,
  };
}

function sumsOf(partners: readonly PartnerPosition[]) {
  const sum = (values: readonly number[], what: string) => safeSum(values, "movements", what);
  return {
    pointsOwed: sum(
      partners.map(({ closing }) => closing),
      "the points owed",
    ),
    operatorNet:
      0 -
      sum(
        partners.map(({ net }) => net),
        "the operator's position",
      ),
  };
}

function totalOf(periods: readonly SettledPeriod[]): PartnerSettlement["total"] {
  const [first] = periods;
  const partners = (first?.partners ?? []).map(({ partnerId, opening }, place) => {
    const sum = (name: "issued" | "redeemed" | "pays" | "gets" | "net") =>
      safeSum(
        periods.map((period) => period.partners[place]?.[name] ?? 0),
        "movements",
        "the total of a partner",
      );
    const issued = sum("issued");
    const redeemed = sum("redeemed");
    const closing = opening + issued - redeemed;
    return {
      partnerId,
      opening,
      issued,
      redeemed,
      closing,
      pays: sum("pays"),
      gets: sum("gets"),
      net: sum("net"),
    };
  });
  return { partners, ...sumsOf(partners) };
}
