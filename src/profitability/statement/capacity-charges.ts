import { multiplyInteger } from "../../core/multiply-money.js";
import { safeInteger } from "../../core/safe-integer.js";
import { decimalScale, scaledUp } from "./decimal-scale.js";
import { type CellShares, wholeShares } from "./whole-shares.js";

/** Money that is spent on a capacity. @internal */
export interface CapacityPool {
  /** Minor units. */
  readonly cost: number;
  /** What can be done with it in practice, in units of its driver. */
  readonly capacity: number;
}

/** What becomes of a pool: `cost` = `charged` + `spread` + `unusedCost`. @internal */
export interface CapacityCharge {
  readonly used: number;
  readonly unused: number;
  readonly overCapacity: number;
  readonly charged: number;
  readonly spread: number;
  readonly unusedCost: number;
}

/** @internal */
export interface CapacityCharges {
  /** By pool. */
  readonly pools: readonly CapacityCharge[];
  /** By cell, minor units: its share of `charged` and of `spread`. */
  readonly charged: Float64Array;
  readonly spread: Float64Array;
  /** By customer, minor units: the exact shares of both, of all pools. */
  readonly unrounded: Float64Array;
}

/** Use of pools by customers; those of a customer follow each other. @internal */
export interface PoolUse {
  readonly customers: number;
  /** By cell. */
  readonly customer: Uint32Array;
  readonly pool: Uint32Array;
  readonly use: Float64Array;
}

/**
 * Charges the cells (a customer and an activity) for their use of pools, at the rate of the practical capacity. The cost
 * of what is used is rounded once for a pool and dealt out by use, so that the cells sum to it.
 *
 * @internal
 */
export function capacityCharges(
  pools: readonly CapacityPool[],
  { customers, customer, pool: poolOfCell, use }: PoolUse,
  spreads: boolean,
): CapacityCharges {
  const cells = cellsOfPools(pools.length, poolOfCell);
  const shares: CellShares[] = [];
  const charges = pools.map(({ cost, capacity }, pool): CapacityCharge => {
    const own = cells[pool];
    const uses = new Float64Array(own.length);
    for (let i = 0; i < own.length; i++) uses[i] = use[own[i]];
    const used = exactTotal(uses);
    const overCapacity = Math.max(0, difference(used, capacity));
    const whole = used >= capacity ? cost : multiplyInteger(cost, { numerator: used, denominator: capacity });
    const idle = safeInteger(cost - whole, "activities", "the cost of unused capacity");
    const shared = spreads && used > 0 ? idle : 0;
    if (used > 0) {
      shares.push({ total: whole, cells: own, weights: uses, isSpread: false });
      if (shared > 0) shares.push({ total: shared, cells: own, weights: uses, isSpread: true });
    }
    return {
      used,
      unused: Math.max(0, difference(capacity, used)),
      overCapacity,
      charged: whole,
      spread: shared,
      unusedCost: idle - shared,
    };
  });
  return { pools: charges, ...wholeShares(shares, customer, customers) };
}

/** The sum of amounts of use: of the decimals themselves where they have at most nine places. @internal */
export function exactTotal(values: Float64Array): number {
  const scale = decimalScale(values);
  const added = scale === null || scale === 1 ? values : scaledUp(values, scale);
  let sum = 0;
  for (let i = 0; i < added.length; i++) sum += added[i];
  return scale === null ? sum : sum / scale;
}

/** The difference of two decimals, itself a decimal: 0.3 - 0.1 is 0.2. */
function difference(a: number, b: number): number {
  return exactTotal(Float64Array.of(a, -b));
}

/** The cells of each pool, in their order. @internal */
export function cellsOfPools(pools: number, poolOfCell: Uint32Array): Uint32Array[] {
  const counts = new Uint32Array(pools);
  for (const pool of poolOfCell) counts[pool]++;
  const cells = Array.from(counts, (count) => new Uint32Array(count));
  const next = new Uint32Array(pools);
  for (let cell = 0; cell < poolOfCell.length; cell++) {
    const pool = poolOfCell[cell];
    cells[pool][next[pool]++] = cell;
  }
  return cells;
}
