import { safeInteger } from "../../core/safe-integer.js";
import { type BaseLine, eachLine } from "./base-lines.js";
import { divide, FRACTIONS } from "./exact-shares.js";
import type { CustomerStatements } from "./statement-of-customers.js";
import type { UnroundedLine } from "./unrounded-lines.js";

/** A line by key, while it is added up. */
interface KeyLine {
  readonly whole: Float64Array;
  readonly fraction: Float64Array;
  left: number;
  readonly owed: number;
}

type Lines = { readonly [Line in BaseLine]: KeyLine | null };

/**
 * The lines by key: those of the log as they arose, costs with a key of their own under it, a customer's other costs by the
 * net revenue that the customer has under each key; by purchases where there is none; under no key (the last) where there
 * are no orders either. Customers are those with a transaction or a cost of their own under the key.
 *
 * @internal
 */
export function splitByKey(statements: CustomerStatements): {
  lines: Lines;
  customers: number[];
  /** By key: 1 where there is a customer or a pool. */
  isShown: Uint8Array;
} {
  const { lines, placed, hasGoodsOfLog, cells, customerOfCell, customerIds } = statements;
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
  const fromCells = logColumns();
  const costs: { line: UnroundedLine; into: KeyLine }[] = [];
  const split: Lines = eachLine(lines, (line, name) => {
    const into = keyLine(line);
    const column = fromCells[name];
    if (column !== undefined && (hasGoodsOfLog || name !== "costOfGoods")) {
      for (let cell = 0; cell < cells.key.length; cell++) into.whole[cells.key[cell]] += column(cell);
    } else costs.push({ line, into });
    return into;
  });
  if (costs.length > 0) splitCosts();
  const isShown = Uint8Array.from(customers, (number) => (number > 0 ? 1 : 0));
  addPlaced();
  return { lines: split, customers, isShown };

  function keyLine({ left, owed }: UnroundedLine): KeyLine {
    return { whole: new Float64Array(names.length), fraction: new Float64Array(names.length), left, owed };
  }

  /** Counts customers under the keys of their own costs, each once, where they have no transaction there. */
  function countPlaced(): void {
    const ofCustomers = placed.filter(({ customer }) => customer !== null);
    const pairs = new Float64Array(ofCustomers.reduce((rows, { key }) => rows + key.length, 0));
    let pair = 0;
    for (const { customer, key } of ofCustomers) {
      for (let row = 0; customer && row < key.length; row++)
        pairs[pair++] = customer[row] * names.length + key[row];
    }
    pairs.sort();
    for (let i = 0; i < pairs.length; i++) {
      if (i > 0 && pairs[i] === pairs[i - 1]) continue;
      const customer = Math.floor(pairs[i] / names.length);
      const key = pairs[i] - customer * names.length;
      if (!hasCell(first[customer], count[customer], key)) customers[key]++;
    }
  }

  function addPlaced(): void {
    for (const { line: name, customer, key, amount, fraction } of placed) {
      const line = split[name];
      if (line === null) continue;
      for (let row = 0; row < key.length; row++) {
        // A partial sum beyond the exact integers would make the end of it a little wrong.
        line.whole[key[row]] = safeInteger(line.whole[key[row]] + amount[row], "log", `a sum of ${name}`);
        line.fraction[key[row]] += fraction[row];
        if (customer === null) isShown[key[row]] = 1;
      }
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
    const quotient = new Float64Array(2);
    for (let customer = 0; customer < customerIds.length; customer++) {
      const start = first[customer];
      const weights = weightsOf(start, count[customer]);
      const sum = weights?.reduce((all, weight) => all + weight, 0) ?? 0;
      let isWithout = false;
      for (let cost = 0; cost < costs.length; cost++) {
        const { line, into } = costs[cost];
        const amount = line.whole[customer];
        const fraction = line.fraction === null ? 0 : line.fraction[customer];
        if (amount === 0 && fraction === 0) continue;
        if (weights === null || weights.length === 1) {
          const key = weights === null ? none : cells.key[start];
          into.whole[key] += amount;
          into.fraction[key] += fraction;
          isWithout ||= weights === null;
          continue;
        }
        const sign = amount < 0 ? -1 : 1;
        let left = amount;
        for (let i = 0; i < weights.length; i++) {
          if (weights[i] === 0) continue;
          const key = cells.key[start + i];
          divide(Math.abs(amount), weights[i], sum, quotient);
          into.whole[key] += sign * quotient[0];
          left -= sign * quotient[0];
          const share = sign * quotient[1] * FRACTIONS + fraction * weights[i];
          into.fraction[key] += Math.round(share / sum);
        }
        into.left += left;
      }
      if (isWithout && !hasCell(start, count[customer], none)) customers[none]++;
    }
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
