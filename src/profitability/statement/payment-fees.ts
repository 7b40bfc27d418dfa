import { assertArgument, assertInRange, assertInteger, shown } from "../../core/assert.js";
import { multiplyInteger } from "../../core/multiply-money.js";
import type { KnownFacts } from "../../history/known-facts.js";
import { type LogRow, logRow } from "../../history/log-row.js";
import { decimalScale } from "./decimal-scale.js";

/** What it costs to be paid. */
export interface PaymentFee {
  /** Share of the amount of each purchase, 0 to 1: 0.029. Default 0. */
  readonly rate?: number | undefined;
  /** Whether the share of what is refunded comes back; default true. Many processors keep it: false. */
  readonly refundsRate?: boolean | undefined;
  /** For each purchase, refunded or not, whole minor units, zero or more. Default 0. */
  readonly perTransaction?: number | undefined;
}

/**
 * One fee for all, a Map with the fee of each channel (`null`: of transactions without one), or a function of the purchase (its kind of payment is known by its
 * id, say); `null` from the function: no fee.
 */
export type PaymentFees =
  | PaymentFee
  | ReadonlyMap<string | null, PaymentFee>
  | ((purchase: LogRow) => PaymentFee | null | undefined);

/** The fee of a row of the log; that of a refund comes back with its rate. @internal */
export type FeeOfRow = (row: number, customer: number) => number;

const PATH = "options.paymentFees";

/** @internal */
export function feeReader(facts: KnownFacts, fees: PaymentFees): FeeOfRow {
  const { log, net } = facts;
  const { purchaseRow, amount } = log;
  const pricedOnce = new Map<PaymentFee, PricedFee>();
  const priced = (fee: PaymentFee, path: string): PricedFee => {
    const known = pricedOnce.get(fee);
    if (known) return known;
    const read = readFee(fee, path);
    if (pricedOnce.size < LARGEST_CACHE) pricedOnce.set(fee, read);
    return read;
  };
  // What is wrong is told whether or not a transaction comes to it.
  if (isMap(fees)) for (const [channel, fee] of fees) readFee(fee, `${PATH}.get(${shown(channel)})`);
  else if (typeof fees !== "function") readFee(fees, PATH);
  const feeOf = feeOfRow(facts, fees);
  return (row, customer) => {
    const purchase = purchaseRow ? purchaseRow[row] : -1;
    const fee = feeOf(purchase >= 0 ? purchase : row, customer);
    if (fee === null) return 0;
    const { rate, refundsRate, scaled, scale, perTransaction } = priced(fee, PATH);
    const isPurchase = purchase === -1;
    // The net of a purchase is its amount less what was refunded of it; a refund's own row is all refund.
    const base = refundsRate ? net[row] : isPurchase ? amount[row] : 0;
    const share = rate === 0 ? 0 : rounded(base, rate, scaled, scale);
    return share + (isPurchase ? perTransaction : 0);
  };
}

/** A function may give a new object for every purchase. */
const LARGEST_CACHE = 1000;

interface PricedFee {
  readonly rate: number;
  readonly refundsRate: boolean;
  /** `rate` as `scaled / scale`; both 0 where it has too many digits. */
  readonly scaled: number;
  readonly scale: number;
  readonly perTransaction: number;
}

function readFee(fee: PaymentFee, path: string): PricedFee {
  assertArgument(
    typeof fee === "object" && fee !== null,
    path,
    () => `${path} is ${shown(fee)}: pass { rate, perTransaction }`,
  );
  const { rate = 0, refundsRate = true, perTransaction = 0 } = fee;
  assertInRange(rate, `${path}.rate`, 0, 1);
  assertArgument(
    typeof refundsRate === "boolean",
    `${path}.refundsRate`,
    () => `${path}.refundsRate is ${shown(refundsRate)}: pass true or false`,
  );
  assertInteger(perTransaction, `${path}.perTransaction`, 0);
  const scale = decimalScale([rate]) ?? 0;
  return { rate, refundsRate, scaled: Math.round(rate * scale), scale, perTransaction };
}

function feeOfRow(
  { log, net }: KnownFacts,
  fees: PaymentFees,
): (row: number, customer: number) => PaymentFee | null {
  if (typeof fees === "function")
    return (row, customer) => fees(logRow(log, customer, row, net[row])) ?? null;
  if (!isMap(fees)) return () => fees;
  const { channel } = log;
  assertArgument(
    channel !== null,
    PATH,
    () =>
      `${PATH} is a Map of channels, and log has no channels: pass one fee, or a function of the purchase`,
  );
  const byCode = channel.values.map((name) => fees.get(name));
  return (row) => {
    const code = channel.codes[row];
    const fee = byCode[code];
    assertArgument(
      fee !== undefined,
      PATH,
      () =>
        `${PATH} has no fee for channel ${shown(channel.values[code])}: add one, {} where nothing is paid`,
    );
    return fee;
  };
}

function isMap(fees: PaymentFees): fees is ReadonlyMap<string | null, PaymentFee> {
  return typeof (fees as Partial<ReadonlyMap<string | null, PaymentFee>> | null)?.get === "function";
}

/** Half to even, as `multiplyInteger` rounds, without its BigInts where the product is exact. */
function rounded(amount: number, rate: number, scaled: number, scale: number): number {
  const product = amount * scaled;
  if (scale === 0 || Math.abs(product) > Number.MAX_SAFE_INTEGER) return multiplyInteger(amount, rate);
  let whole = Math.floor(product / scale);
  let rest = product - whole * scale;
  if (rest < 0) {
    whole--;
    rest += scale;
  }
  const isUp = 2 * rest > scale || (2 * rest === scale && whole % 2 !== 0);
  return isUp ? whole + 1 : whole + 0;
}
