import fc from "fast-check";
import type { TransactionLog } from "../../src/history/log-columns.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import type { PyramidCustomer } from "../../src/pyramid/customer-records.js";

const DAY = 86_400_000;
export const FIRST = Date.UTC(2022, 0, 1);

/** Purchases of three years by a few customers, some of them given back in part or whole. */
const someRows = fc.array(
  fc.record({
    customerId: fc.constantFrom("a", "b", "c", "d", "e", "f"),
    at: fc.nat(1095).map((days) => FIRST + days * DAY),
    amount: fc.nat(20),
    back: fc.option(fc.record({ after: fc.nat(200), share: fc.constantFrom(0.5, 1) }), { freq: 4 }),
  }),
  { maxLength: 40 },
);

export const someLog: fc.Arbitrary<TransactionLog> = someRows.map((list) =>
  transactionLog(
    list.flatMap(({ customerId, at, amount, back }, i) => {
      const purchase = { id: `T${i}`, customerId, at, amount, cost: Math.floor(amount / 2) };
      if (!back) return [purchase];
      const refund = {
        id: `R${i}`,
        customerId,
        at: at + back.after * DAY,
        amount: -Math.floor(amount * back.share) + 0,
        cost: 0,
        refundOf: `T${i}`,
      };
      return [purchase, refund];
    }),
    { currency: "IDR" },
  ),
);

/** Records of some of them and of others. */
export const someRecords: fc.Arbitrary<PyramidCustomer[]> = fc.uniqueArray(
  fc.record(
    {
      id: fc.constantFrom("a", "b", "c", "p", "q", "r", "s"),
      relation: fc.constantFrom(
        "customer" as const,
        "responded" as const,
        "none" as const,
        "cannot" as const,
      ),
      signals: fc.array(fc.record({ at: fc.nat(1095).map((days) => FIRST + days * DAY) }), { maxLength: 2 }),
      createdAt: fc.nat(1095).map((days) => FIRST + days * DAY),
    },
    { requiredKeys: ["id"] },
  ),
  { selector: ({ id }) => id },
);

export const someInstant = fc.nat(1100).map((days) => FIRST + days * DAY);
