import { allocateInteger } from "../../core/allocate-money.js";
import {
  assertArgument,
  assertArray,
  assertFinite,
  assertInRange,
  assertInteger,
  assertOptions,
  shown,
} from "../../core/assert.js";
import { decimalNumber, exact } from "./recognized-share.js";

/** A sale that gives points. */
export interface SaleWithPoints {
  /** Price of all of it, minor units: what the customer pays, without tax. */
  readonly price: number;
  /** What is sold beside the points: each with the price that it would have alone, minor units, not all 0. */
  readonly goods: readonly { readonly id: string; readonly standAlonePrice: number }[];
  /** Points that the sale gives. */
  readonly points: number;
  /**
   * What one point is worth to a customer who redeems it, minor units; may be a fraction. Less what the customer would get
   * without points too: a discount for everybody (IFRS 15.B42 (a)).
   */
  readonly valuePerPoint: number;
  /** Share of the points that will be redeemed, 0 to 1. */
  readonly redemptionRate: number;
  /** Part of the price that goes to the points, where a policy says it already (a rounded ratio), minor units. */
  readonly allocated?: number;
}

/** One part of a price. */
export interface AllocatedPart {
  /** What the part would cost alone, minor units; may be a fraction. */
  readonly standAlonePrice: number;
  /** Its part of the price, whole minor units. All parts come to the price. */
  readonly allocated: number;
  /** The same before it was rounded. */
  readonly exact: number;
}

/** A price and its parts. */
export interface PointAllocation {
  /** The price, minor units. */
  readonly price: number;
  /** The parts of what is sold beside the points. */
  readonly goods: readonly (AllocatedPart & {
    /** Which of them. */
    readonly id: string;
  })[];
  /** The part of the points: what is deferred until they are redeemed. */
  readonly points: AllocatedPart & {
    /** Points. */
    readonly points: number;
    /** Unrounded part of one point, minor units; `null` without points. */
    readonly perPoint: number | null;
    /** Whether `allocated` was given. */
    readonly isGiven: boolean;
  };
}

/**
 * Which part of a sale's price belongs to the points that it gives?
 *
 * By relative stand-alone selling price (IFRS 15.74-80, B42; ASC 606-10-32-31): points count with their value to the customer
 * times the likelihood that they are redeemed. The allocation is made once, at the sale: later estimates change what is
 * recognized and when ({@link recognizePoints}), never this part. Whole minor units by largest remainder, so that
 * the parts come to the price. It only holds where points are a material right; a discount that belongs to some of the goods
 * alone (IFRS 15.82) is to be left out of the price first.
 *
 * @param sale - Price, goods, points, and what these are worth.
 * @returns The parts.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when an amount is negative or not whole, a part of the goods has no id,
 * nothing has a stand-alone price, or `allocated` is more than the price.
 * @example
 * ```ts
 * import { allocateToPoints } from "clientele";
 *
 * // IFRS 15, Example 52: 100,000 of goods give 10,000 points of 1 each, of which 9,500 will be redeemed.
 * const goods = [{ id: "goods", standAlonePrice: 100_000 }];
 * const sale = allocateToPoints({ price: 100_000, goods, points: 10_000, valuePerPoint: 1, redemptionRate: 0.95 });
 * sale.goods[0].allocated; // => 91_324
 * sale.points.allocated; // => 8_676
 * ```
 */
export function allocateToPoints(sale: SaleWithPoints): PointAllocation {
  assertOptions(sale, "{ price, goods, points, valuePerPoint, redemptionRate }", "sale");
  const { price, goods, points, valuePerPoint, redemptionRate, allocated } = sale;
  assertInteger(price, "sale.price", 0);
  assertArray(goods, "sale.goods");
  goods.forEach((good, i) => {
    assertOptions(good, "{ id, standAlonePrice }", `sale.goods[${i}]`);
    assertArgument(
      typeof good.id === "string",
      `sale.goods[${i}].id`,
      () => `sale.goods[${i}].id is ${shown(good.id)}: pass a text`,
    );
    assertAmount(good.standAlonePrice, `sale.goods[${i}].standAlonePrice`);
  });
  assertInteger(points, "sale.points", 0);
  assertAmount(valuePerPoint, "sale.valuePerPoint");
  assertInRange(redemptionRate, "sale.redemptionRate", 0, 1);
  // From the exact decimals: 3 points of 0.1 weigh as much as 0.3.
  const [value, rate] = [
    exact(valuePerPoint, "sale.valuePerPoint"),
    exact(redemptionRate, "sale.redemptionRate"),
  ];
  const ofPoints = decimalNumber({
    numerator: BigInt(points) * value.numerator * rate.numerator,
    denominator: value.denominator * rate.denominator,
  });
  const prices = [...goods.map(({ standAlonePrice }) => standAlonePrice), ofPoints];
  const total = prices.reduce((sum, part) => sum + part, 0);
  assertArgument(
    total > 0 && Number.isFinite(total),
    "sale.goods",
    () => `sale.goods and points come to a stand-alone price of ${total}: pass one above 0`,
  );
  if (allocated !== undefined) assertInteger(allocated, "sale.allocated", 0, price);
  const rest = goods.reduce((sum, { standAlonePrice }) => sum + standAlonePrice, 0);
  assertArgument(
    allocated === undefined || allocated === price || rest > 0,
    "sale.goods",
    () => `sale.goods have no stand-alone price, but ${price - Number(allocated)} of the price is theirs`,
  );
  const exactPoints = allocated ?? (price * ofPoints) / total;
  const exactGoods = goods.map(({ standAlonePrice }) =>
    rest === 0 ? 0 : ((price - exactPoints) * standAlonePrice) / rest,
  );
  const parts =
    allocated === undefined
      ? allocateInteger(price, prices)
      : [
          ...(rest === 0 ? goods.map(() => 0) : allocateInteger(price - allocated, prices.slice(0, -1))),
          allocated,
        ];
  return {
    price,
    goods: goods.map(({ id, standAlonePrice }, i) => ({
      id,
      standAlonePrice,
      allocated: parts[i],
      exact: exactGoods[i],
    })),
    points: {
      points,
      standAlonePrice: ofPoints,
      allocated: parts[goods.length],
      exact: exactPoints,
      perPoint: points === 0 ? null : exactPoints / points,
      isGiven: allocated !== undefined,
    },
  };
}

function assertAmount(value: number, path: string): void {
  assertFinite(value, path);
  assertArgument(value >= 0, path, () => `${path} is ${shown(value)}: pass an amount from 0`);
}
