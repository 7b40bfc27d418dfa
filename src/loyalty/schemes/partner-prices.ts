import { assertArgument, assertArray, assertOptions, shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import { decimalFraction, type Fraction } from "../../core/fraction.js";
import { roundQuotient } from "../../core/rounding.js";
import { safeIntegerOf } from "../../core/safe-integer.js";
import type { Partnership } from "../../model/partnership.js";

/** What is read of a partnership. */
export type SettledPartnership = Pick<Partnership, "partnerId" | "startAt" | "endAt" | "settlement">;

/** Gives the price of a point at a partner and an instant, minor units; `null` where none is agreed. */
type PriceReader = (partnerId: string, at: number, kind: "issued" | "redeemed") => Fraction | null;

/** @internal */
export interface PartnerPrices {
  readonly currency: string | null;
  readonly partnerIds: readonly string[];
  readonly priceOf: PriceReader;
}

/** The prices of all partnerships that settle points; those of one partner may not overlap. @internal */
export function partnerPrices(partnerships: readonly SettledPartnership[]): PartnerPrices {
  assertArray(partnerships, "partnerships");
  const byPartner = new Map<string, PricedPartnership[]>();
  let currency: string | null = null;
  for (const [i, partnership] of partnerships.entries()) {
    const path = `partnerships[${i}]`;
    assertOptions(partnership, "a Partnership", path);
    const { partnerId, settlement, startAt, endAt = Number.POSITIVE_INFINITY } = partnership;
    if (settlement === undefined) continue;
    if (currency !== null && settlement.currency !== currency) {
      throw new ClienteleError(
        "CURRENCY_MISMATCH",
        `${path}.settlement.currency`,
        `${path}.settlement.currency is ${shown(settlement.currency)} and that of an earlier one ${shown(currency)}: settle each currency by itself`,
      );
    }
    currency = settlement.currency;
    const own = byPartner.get(partnerId) ?? [];
    assertArgument(
      !own.some((one) => startAt < one.endAt && one.startAt < endAt),
      path,
      () =>
        `${path} overlaps an earlier partnership with ${shown(partnerId)}: which price holds? End one of them`,
    );
    const rates = settlement.rates.map(({ from, issue, redeem }, place) => ({
      from,
      issued: decimalFraction(issue, `${path}.settlement.rates[${place}].issue`),
      redeemed: decimalFraction(redeem, `${path}.settlement.rates[${place}].redeem`),
    }));
    byPartner.set(partnerId, [...own, { startAt, endAt, rates }]);
  }
  return {
    currency,
    partnerIds: [...byPartner.keys()].sort(),
    priceOf: (partnerId, at, kind) => {
      const partnership = byPartner.get(partnerId)?.find(({ startAt, endAt }) => startAt <= at && at < endAt);
      return partnership?.rates.filter(({ from }) => from <= at).at(-1)?.[kind] ?? null;
    },
  };
}

interface PricedPartnership {
  readonly startAt: number;
  readonly endAt: number;
  readonly rates: readonly {
    readonly from: number;
    readonly issued: Fraction;
    readonly redeemed: Fraction;
  }[];
}

/** Both denominators are powers of ten. @internal */
export function addFractions(a: Fraction, b: Fraction): Fraction {
  const denominator = a.denominator > b.denominator ? a.denominator : b.denominator;
  return {
    numerator: a.numerator * (denominator / a.denominator) + b.numerator * (denominator / b.denominator),
    denominator,
  };
}

/** Whole minor units, halves to even. @internal */
export function wholeUnits({ numerator, denominator }: Fraction): number {
  return safeIntegerOf(
    roundQuotient(numerator, denominator, "halfEven"),
    "movements",
    "the money of a partner",
  );
}
