import { safeSum } from "../../core/safe-integer.js";
import { BASE_LINES, type BaseLine, type BaseLines } from "./statement-lines.js";
import type { CustomerStatements } from "./statement-of-customers.js";

/**
 * The lines by key: those of the log as they arose, a customer's other costs by the net revenue that the customer has under
 * each key; by purchases where there is none; under no key (the last) where there are no orders either.
 *
 * @internal
 */
export function splitByKey(
  { lines, hasGoodsOfLog, cells, customerOfCell, customerIds }: CustomerStatements,
  names: readonly (string | null)[],
): { lines: BaseLines; customers: number[] } {
  const none = names.length - 1;
  const customers: number[] = new Array(names.length).fill(0);
  for (const key of cells.key) customers[key]++;
  const split: Partial<Record<BaseLine, Float64Array | null>> = {};
  const fromCells = logColumns();
  const costs: { from: Float64Array; into: Float64Array }[] = [];
  for (const name of BASE_LINES) {
    const line = lines[name];
    const column = fromCells[name];
    const into = line && new Float64Array(names.length);
    split[name] = into;
    if (line === null || into === null) continue;
    if (column !== undefined && (hasGoodsOfLog || name !== "costOfGoods")) {
      for (let cell = 0; cell < cells.key.length; cell++) into[cells.key[cell]] += column(cell);
    } else costs.push({ from: line, into });
  }
  if (costs.length > 0) splitCosts();
  return { lines: split as BaseLines, customers };

  /** The lines of which the log says in which transactions they arose. */
  function logColumns(): { readonly [Line in BaseLine]?: (cell: number) => number } {
    return {
      orders: (cell) => cells.orders[cell],
      units: (cell) => cells.units[cell],
      sales: (cell) => cells.sales[cell],
      returns: (cell) => cells.sales[cell] - cells.net[cell],
      costOfGoods: (cell) => cells.cost[cell],
      paymentCost: (cell) => cells.payment[cell],
    };
  }

  function splitCosts(): void {
    // The cells of a customer follow each other.
    const first = new Uint32Array(customerIds.length);
    const count = new Uint32Array(customerIds.length);
    const fractions = costs.map(() => new Float64Array(names.length));
    for (let cell = 0; cell < customerOfCell.length; cell++) {
      if (count[customerOfCell[cell]]++ === 0) first[customerOfCell[cell]] = cell;
    }
    for (let customer = 0; customer < customerIds.length; customer++) {
      const start = first[customer];
      const weights = weightsOf(start, count[customer]);
      const sum = weights?.reduce((all, weight) => all + weight, 0) ?? 0;
      let isWithout = false;
      for (let line = 0; line < costs.length; line++) {
        const { from, into } = costs[line];
        const amount = from[customer];
        if (amount === 0) continue;
        if (weights === null) {
          into[none] += amount;
          isWithout = true;
        } else if (weights.length === 1) into[cells.key[start]] += amount;
        else {
          for (let i = 0; i < weights.length; i++) {
            const share = (amount * weights[i]) / sum;
            const whole = Math.floor(share);
            into[cells.key[start + i]] += whole;
            fractions[line][cells.key[start + i]] += share - whole;
          }
        }
      }
      if (isWithout && !hasCellWithoutKey(start, count[customer])) customers[none]++;
    }
    costs.forEach(({ from, into }, line) => {
      dealRest(from, into, fractions[line], customers);
    });
  }

  function weightsOf(start: number, length: number): number[] | null {
    for (const column of [cells.net, cells.purchases]) {
      const weights: number[] = [];
      let isAny = false;
      for (let cell = start; cell < start + length; cell++) {
        weights.push(Math.max(0, column[cell]));
        isAny ||= column[cell] > 0;
      }
      if (isAny) return weights;
    }
    return null;
  }

  function hasCellWithoutKey(start: number, length: number): boolean {
    return cells.key.subarray(start, start + length).includes(none);
  }
}

/**
 * Adds to the whole parts of each key what their fractions sum to, by largest remainder: rounded once for each key, for all
 * customers together. Rounded customer by customer, half a unit of each would go to the same key every time.
 */
function dealRest(
  from: Float64Array,
  into: Float64Array,
  fractions: Float64Array,
  customers: readonly number[],
): void {
  const wholes = fractions.map(Math.floor);
  for (let key = 0; key < into.length; key++) into[key] += wholes[key];
  let rest = safeSum(from, "log", "a line") - safeSum(into, "log", "a line");
  if (rest === 0) return;
  const remainder = (key: number) => fractions[key] - wholes[key];
  const keys = Array.from(fractions.keys());
  const split = keys.filter((key) => fractions[key] > 0);
  // Doubles beyond 2^52 have no fractions.
  const touched = split.length > 0 ? split : keys.filter((key) => customers[key] > 0);
  touched.sort((a, b) => remainder(b) - remainder(a) || a - b);
  // Fractions of doubles may leave a unit too many or, with huge amounts, more than one a key.
  const step = Math.sign(rest);
  if (step < 0) touched.reverse();
  for (let i = 0; rest !== 0; i = (i + 1) % touched.length, rest -= step) into[touched[i]] += step;
}
