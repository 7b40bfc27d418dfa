import { expect, expectTypeOf, test } from "vitest";
import * as z from "zod";
import type { CivilDay } from "../../src/core/civil-day.js";
import type { Instant } from "../../src/core/instant.js";
import type { Money } from "../../src/core/money.js";
import type { TransactionRow } from "../../src/history/transaction-row.js";
import { type Account, accountSchema } from "../../src/model/account.js";
import type { Channel } from "../../src/model/channels.js";
import { type AccountNode, checkAccounts } from "../../src/model/check-accounts.js";
import {
  type Customer,
  type CustomerInput,
  customerSchema,
  customerSchemaWith,
} from "../../src/model/customer.js";
import { instantSchema } from "../../src/model/instant-schema.js";
import { moneySchema } from "../../src/model/money-schema.js";
import { type ParsedRecords, parseRecords } from "../../src/model/parse-records.js";
import type { Product } from "../../src/model/product.js";
import {
  type Purchase,
  type Refund,
  type Transaction,
  type TransactionInput,
  transactionSchema,
} from "../../src/model/transaction.js";
import { customer, purchase } from "./samples.js";

// Held by `npm run typecheck`; at run time these tests only show that the values are what the types say.

const shopper = customerSchemaWith(z.object({ city: z.string(), children: z.int().default(0) }));

test("attributes are generic, and inferred from their schema", () => {
  const siti = shopper.parse({ id: "C-1", kind: "person", attributes: { city: "Bandung" } });
  expectTypeOf(siti.attributes).toEqualTypeOf<{ city: string; children: number }>();
  expectTypeOf(siti).toExtend<Customer<{ city: string; children: number }>>();
  expectTypeOf<z.input<typeof shopper>["attributes"]>().toEqualTypeOf<{
    city: string;
    children?: number | undefined;
  }>();
  expect(siti.attributes).toEqual({ city: "Bandung", children: 0 });
});

test("the plain customer has free attributes", () => {
  const parsed = customerSchema.parse(customer);
  expectTypeOf(parsed.attributes).toEqualTypeOf<{ [key: string]: unknown }>();
  expectTypeOf(parsed).toExtend<Customer>();
  expectTypeOf<Customer>().toExtend<z.output<typeof customerSchema>>();
  expectTypeOf<Customer<{ city: string }>>().toExtend<Customer>();
  expectTypeOf<Customer["createdAt"]>().toEqualTypeOf<number | undefined>();
  expectTypeOf<Customer["birthday"]>().toEqualTypeOf<CivilDay | undefined>();
  expectTypeOf<CustomerInput["createdAt"]>().toEqualTypeOf<Instant | undefined>();
  // @ts-expect-error a kind that does not exist
  const wrong: CustomerInput = { id: "C-1", kind: "company" };
  expect(customerSchema.safeParse(wrong).success).toBe(false);
});

test("a parsed customer can be sent again", () => {
  expectTypeOf<Customer>().toExtend<CustomerInput>();
  expectTypeOf<Transaction>().toExtend<TransactionInput>();
});

test("type tells a purchase from a refund", () => {
  const parsed = transactionSchema.parse(purchase);
  expectTypeOf(parsed).toEqualTypeOf<Transaction>();
  if (parsed.type === "refund") {
    expectTypeOf(parsed).toEqualTypeOf<Refund>();
    expectTypeOf(parsed.refundOf).toEqualTypeOf<string>();
  } else {
    expectTypeOf(parsed).toEqualTypeOf<Purchase>();
    expectTypeOf(parsed.refundOf).toEqualTypeOf<undefined>();
  }
  expectTypeOf(parsed.channel).toEqualTypeOf<Channel | undefined>();
  expect(parsed.type).toBe("purchase");
});

test("transactions, parsed or not, are rows of a log", () => {
  expectTypeOf<Transaction>().toExtend<TransactionRow>();
  expectTypeOf<TransactionInput>().toExtend<TransactionRow>();
});

test("money is the money of the library, instants go in in three forms and come out as numbers", () => {
  expectTypeOf(moneySchema.parse).returns.toExtend<Money>();
  expectTypeOf<NonNullable<Product["unitPrice"]>>().toExtend<Money>();
  expectTypeOf<z.input<typeof instantSchema>>().toEqualTypeOf<Instant>();
  expectTypeOf<z.output<typeof instantSchema>>().toEqualTypeOf<number>();
  expect(typeof instantSchema.parse(new Date(0))).toBe("number");
});

test("parseRecords gives a list, or what is good and what is bad", () => {
  const list = parseRecords(shopper, []);
  expectTypeOf(list).toEqualTypeOf<z.output<typeof shopper>[]>();
  const apart = parseRecords(transactionSchema, [purchase], { onInvalid: "collect" });
  expectTypeOf(apart).toEqualTypeOf<ParsedRecords<Transaction>>();
  expect([list.length, apart.valid.length]).toEqual([0, 1]);
});

test("accounts can be checked as they are", () => {
  expectTypeOf<Account>().toExtend<AccountNode>();
  checkAccounts(parseRecords(accountSchema, []));
});
