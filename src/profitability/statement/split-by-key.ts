import { safeSum } from "../../core/safe-integer.js";
import { BASE_LINES, type BaseLine, type BaseLines } from "./statement-lines.js";
import type { CustomerStatements } from "./statement-of-customers.js";

/**
 * The lines by key: those of the log as they arose, costs with a key of their own under it, a customer's other costs by the
 * net revenue that the customer has under each key; by purchases where there is none; under no key (the last) where there
 * are no orders either. Customers are those with a transaction or a cost of their own under the key.
 *
 * @internal
 */
export function splitByKey(statements: CustomerStatements): {
  lines: BaseLines;
  customers: number[];
  /** By key: 1 where there is a customer or a pool. */
  isShown: Uint8Array;
} {
  const { lines, pools, placed, hasGoodsOfLog, cells, customerOfCell, customerIds } = statements;
  const names = statements.keyNames;
  const none = names.length - 1;
  const customers: number[] = new Array(names.length).fill(0);
  for (const key of cells.key) customers[key]++;
  // The cells of a customer follow each other.
  const first = new Uint32Array(customerIds.length);
  const count = new Uint32Array(customerIds.length);
  for (let cell = 0; cell < customerOfCell.length; cell++) {
    if (count[customerOfCell[cell]]++ === 0) first[customerOfCell[cell]] = cell;
  }
  countPlaced();
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
    } else costs.push({ from: withoutPlaced(name, line), into });
  }
  if (costs.length > 0) splitCosts();
  const isShown = Uint8Array.from(customers, (number) => (number > 0 ? 1 : 0));
  addPlaced();
  return { lines: split as BaseLines, customers, isShown };

  /** Counts customers under the keys of their own costs, each once, where they have no transaction there. */
  function countPlaced(): void {
    const pairs = new Float64Array(placed.reduce((rows, { key }) => rows + key.length, 0));
    let pair = 0;
    for (const { customer, key } of placed) {
      for (let row = 0; row < key.length; row++) pairs[pair++] = customer[row] * names.length + key[row];
    }
    pairs.sort();
    for (let i = 0; i < pairs.length; i++) {
      if (i > 0 && pairs[i] === pairs[i - 1]) continue;
      const customer = Math.floor(pairs[i] / names.length);
      const key = pairs[i] - customer * names.length;
      if (!hasCell(first[customer], count[customer], key)) customers[key]++;
    }
  }

  /** What of a line has no key of its own, by customer. */
  function withoutPlaced(name: BaseLine, line: Float64Array): Float64Array {
    const costs = placed.filter((cost) => cost.line === name);
    const ownPools = pools.filter((pool) => pool.line === name && pool.key !== null);
    if (costs.length + ownPools.length === 0) return line;
    const rest = line.slice();
    for (const { customer, amount } of costs) {
      for (let row = 0; row < customer.length; row++) rest[customer[row]] -= amount[row];
    }
    for (const pool of ownPools) {
      for (let customer = 0; customer < rest.length; customer++) rest[customer] -= pool.parts[customer];
    }
    return rest;
  }

  function addPlaced(): void {
    for (const { line: name, key, amount } of placed) {
      const line = split[name];
      for (let row = 0; line && row < key.length; row++) line[key[row]] += amount[row];
    }
    for (const { line: name, key, amount } of pools) {
      const line = split[name];
      if (key === null || !line) continue;
      line[key] += amount;
      isShown[key] = 1;
    }
  }

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
    const fractions = costs.map(() => new Float64Array(names.length));
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
      if (isWithout && !hasCell(start, count[customer], none)) customers[none]++;
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

  function hasCell(start: number, length: number, key: number): boolean {
    for (let cell = start; cell < start + length; cell++) if (cells.key[cell] === key) return true;
    return false;
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
