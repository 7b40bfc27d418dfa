import type { BridgeSide, BridgeSides } from "./bridge-sides.js";

/** What changed the gross margin of one customer: numbers that are not rounded, but for `other`. */
interface MarginEffects {
  volume: number;
  mix: number;
  price: number;
  costOfGoods: number;
  other: number;
}

/** A customer's products of one period, by number of product. */
interface Products {
  readonly quantity: Float64Array;
  readonly revenue: Float64Array;
  readonly costOfGoods: Float64Array;
}

/**
 * Gives a function that explains the change of a customer's gross margin.
 *
 * With unit margin m = (revenue - cost of goods) / quantity and Q the customer's units of all products, before (0) and after (1):
 *
 * - volume: (Q1 - Q0) M0 / Q0, more or fewer units at the margin that a unit had on average
 * - mix: sum Q1 (q1 / Q1 - q0 / Q0) m0, other shares of products at their own margins
 * - price: sum q1 (p1 - p0) over products bought in both periods
 * - cost of goods: -sum q1 (c1 - c0) over the same
 *
 * A product that was not bought before has its margin of after in place of m0: its price has not changed. The four add up to
 * the change. Written as differences of quotients, so that what has not changed gives exactly zero: equal quotients are equal
 * doubles. Money of a product without units in its period (a refund of an earlier one) has no price; it is set apart.
 *
 * @internal
 */
export function marginExplainer(
  { before, after, products }: Pick<BridgeSides, "before" | "after" | "products">,
  isSymmetric: boolean,
): (customer: number) => MarginEffects {
  const zero = (): Products => ({
    quantity: new Float64Array(products),
    revenue: new Float64Array(products),
    costOfGoods: new Float64Array(products),
  });
  const old = zero();
  const now = zero();
  const listed = new Uint8Array(products);
  const own: number[] = [];
  return (customer) => {
    own.length = 0;
    gather(customer, before, old);
    gather(customer, after, now);
    const effects = explained(own, old, now);
    if (isSymmetric) {
      const backward = explained(own, now, old);
      effects.volume = (effects.volume - backward.volume) / 2;
      effects.mix = (effects.mix - backward.mix) / 2;
      effects.price = (effects.price - backward.price) / 2;
      effects.costOfGoods = (effects.costOfGoods - backward.costOfGoods) / 2;
    }
    for (const product of own) {
      listed[product] = 0;
      for (const { quantity, revenue, costOfGoods } of [old, now]) {
        quantity[product] = 0;
        revenue[product] = 0;
        costOfGoods[product] = 0;
      }
    }
    return effects;
  };

  function gather(customer: number, side: BridgeSide, into: Products): void {
    const { cells, product: products, quantity, revenue, costOfGoods } = side;
    for (let place = side.offsets[customer]; place < side.offsets[customer + 1]; place++) {
      const cell = cells[place];
      const product = products[cell];
      if (listed[product] === 0) {
        listed[product] = 1;
        own.push(product);
      }
      into.quantity[product] += quantity[cell];
      into.revenue[product] += revenue[cell];
      into.costOfGoods[product] += costOfGoods[cell];
    }
  }
}

function explained(own: readonly number[], old: Products, now: Products): MarginEffects {
  const effects: MarginEffects = { volume: 0, mix: 0, price: 0, costOfGoods: 0, other: 0 };
  let oldUnits = 0;
  let oldMargin = 0;
  let newUnits = 0;
  let newMargin = 0;
  for (const product of own) {
    const before = old.revenue[product] - old.costOfGoods[product];
    const after = now.revenue[product] - now.costOfGoods[product];
    if (old.quantity[product] > 0) {
      oldUnits += old.quantity[product];
      oldMargin += before;
    } else effects.other -= before;
    if (now.quantity[product] > 0) {
      newUnits += now.quantity[product];
      newMargin += after;
    } else effects.other += after;
  }
  if (oldUnits === 0 || newUnits === 0) {
    effects.volume = newMargin - oldMargin;
    return effects;
  }
  effects.volume = (newUnits - oldUnits) * (oldMargin / oldUnits);
  for (const product of own) {
    const q0 = Math.max(0, old.quantity[product]);
    const q1 = Math.max(0, now.quantity[product]);
    if (q0 === 0 && q1 === 0) continue;
    const { revenue, costOfGoods } = q0 > 0 ? old : now;
    const unitMargin = (revenue[product] - costOfGoods[product]) / (q0 > 0 ? q0 : q1);
    effects.mix += newUnits * (q1 / newUnits - q0 / oldUnits) * unitMargin;
    if (q0 === 0 || q1 === 0) continue;
    effects.price += q1 * (now.revenue[product] / q1 - old.revenue[product] / q0);
    effects.costOfGoods -= q1 * (now.costOfGoods[product] / q1 - old.costOfGoods[product] / q0);
  }
  return effects;
}

/**
 * Whole numbers nearest to these that sum to a whole total, by largest remainder: a positive total is dealt out like the
 * negative one with the other signs, so that turning all signs round turns the result round.
 *
 * @internal
 */
export function roundedTo(total: number, values: readonly number[]): number[] {
  const sign = Math.sign(total) || Math.sign(values.find((value) => value !== 0) ?? 1);
  const whole = values.map((value) => Math.floor(sign * value));
  // Sums of many doubles differ in their last digits by the order of the customers; fractions that only seem to differ are equal.
  const fraction = values.map((value, i) => Math.round((sign * value - whole[i]) * 1e6));
  let rest = sign * total - whole.reduce((sum, value) => sum + value, 0);
  const byFraction = [...values.keys()].sort((a, b) => fraction[b] - fraction[a] || a - b);
  for (const i of byFraction) {
    if (rest <= 0 || fraction[i] === 0) break;
    whole[i]++;
    rest--;
  }
  if (rest !== 0) {
    // Of amounts so large that doubles have few digits after the point, the largest takes what is left.
    const size = values.map(Math.abs);
    whole[size.indexOf(Math.max(...size))] += rest;
  }
  return whole.map((value) => sign * value + 0);
}
