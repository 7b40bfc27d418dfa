/** Sales of a shop, the same in every process that asks with the same options. */
export interface SalesData {
  readonly customers: number;
  /** Dense whole numbers from 0, in no relation to how much a customer buys. */
  readonly customerId: Int32Array;
  /** Whole epoch milliseconds. */
  readonly at: Float64Array;
  /** Whole minor units. */
  readonly amount: Float64Array;
  /** An instant after the last sale. */
  readonly asOf: number;
}

/** How much data, and in which order. */
export interface SalesOptions {
  readonly rows: number;
  readonly customers: number;
  /** Rows in random order instead of the order of time. */
  readonly shuffled: boolean;
}

/** One sale as an application holds it. */
export interface Sale {
  readonly customerId: string;
  readonly at: Date;
  readonly amount: number;
}

const START = Date.UTC(2021, 0, 1);
const END = Date.UTC(2024, 0, 1);
const ID_LENGTH = 9;
const BATCH = 65_536;

/**
 * Each customer buys at least once; the other rows fall on customers with a density that is proportional to x^(-1/2),
 * so that a tenth of the customers makes about a third of the sales.
 */
export function salesData({ rows, customers, shuffled }: SalesOptions): SalesData {
  const random = randomSource(20_240_229);
  const numberOf = Int32Array.from({ length: customers }, (_, i) => i);
  shuffle(numberOf, random);
  const customerId = new Int32Array(rows);
  const at = new Float64Array(rows);
  const amount = new Float64Array(rows);
  const step = (END - START) / rows;
  let seen = 0;
  for (let row = 0; row < rows; row++) {
    // Algorithm S (Knuth): exactly `customers` rows are someone's guaranteed one.
    const rank = random() * (rows - row) < customers - seen ? seen++ : Math.floor(customers * random() ** 2);
    customerId[row] = numberOf[rank];
    at[row] = START + Math.floor((row + random()) * step);
    amount[row] = 1_000 + Math.floor(random() ** 3 * 5_000_000);
  }
  if (shuffled) shuffle(at, random);
  return { customers, customerId, at, amount, asOf: END };
}

/** Ids as a CSV parser gives them: a flat text of its own for each row. */
export function idTexts(customerId: Int32Array): string[] {
  const texts: string[] = new Array(customerId.length);
  const bytes = Buffer.alloc(ID_LENGTH * BATCH);
  for (let first = 0; first < texts.length; first += BATCH) {
    const end = Math.min(first + BATCH, texts.length);
    for (let row = first; row < end; row++) writeId(bytes, ID_LENGTH * (row - first), customerId[row]);
    for (let row = first; row < end; row++) {
      const start = ID_LENGTH * (row - first);
      texts[row] = bytes.toString("latin1", start, start + ID_LENGTH);
    }
  }
  return texts;
}

/** Sales as an application that has parsed a file holds them. */
export function salesAsObjects({ customerId, at, amount }: SalesData): Sale[] {
  const ids = idTexts(customerId);
  const sales: Sale[] = new Array(ids.length);
  for (let row = 0; row < ids.length; row++) {
    sales[row] = { customerId: ids[row], at: new Date(at[row]), amount: amount[row] };
  }
  return sales;
}

/** "C" and eight digits. */
function writeId(bytes: Buffer, start: number, id: number): void {
  let rest = id;
  for (let place = start + ID_LENGTH - 1; place > start; place--) {
    bytes[place] = 48 + (rest % 10);
    rest = Math.floor(rest / 10);
  }
  bytes[start] = 67;
}

function shuffle(column: Int32Array | Float64Array, random: () => number): void {
  for (let i = column.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const kept = column[i];
    column[i] = column[j];
    column[j] = kept;
  }
}

/** mulberry32 (Ettinger 2017): quick, and even enough for made-up sales. */
export function randomSource(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
