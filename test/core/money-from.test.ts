import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import { type Money, money } from "../../src/core/money.js";
import { type DineroSnapshot, moneyFrom } from "../../src/core/money-from.js";
import { thrown } from "./thrown.js";

// The shape of dinero.js 2: https://www.dinerojs.com/api/formatting/to-snapshot
const USD = { code: "USD", base: 10, exponent: 2 } as const;
const IDR = { code: "IDR", base: 10, exponent: 2 } as const;
const dinero = <C extends string>(snapshot: DineroSnapshot<C>) => ({ toJSON: () => snapshot });

describe("moneyFrom", () => {
  it("takes our own money, a snapshot, an object with toJSON, and its JSON", () => {
    const snapshot = { amount: 1050, currency: USD, scale: 2 };
    const expected = money(1050, "USD");
    expect(moneyFrom(expected)).toEqual(expected);
    expect(moneyFrom(snapshot)).toEqual(expected);
    expect(moneyFrom(dinero(snapshot))).toEqual(expected);
    expect(moneyFrom(JSON.parse(JSON.stringify(dinero(snapshot))) as DineroSnapshot)).toEqual(expected);
  });

  it("converts between scales exactly", () => {
    expect(moneyFrom({ amount: 5, currency: USD, scale: 0 })).toEqual(money(500, "USD"));
    expect(moneyFrom({ amount: 10500, currency: USD, scale: 3 })).toEqual(money(1050, "USD"));
    expect(moneyFrom({ amount: -12500, currency: { code: "JPY", base: 10, exponent: 0 }, scale: 1 })).toEqual(
      money(-1250, "JPY"),
    );
    fc.assert(
      fc.property(fc.integer(), fc.nat(6), (amount, more) => {
        const scaled = { amount: BigInt(amount) * 10n ** BigInt(more), currency: IDR, scale: 2 + more };
        expect(moneyFrom(scaled)).toEqual(money(amount, "IDR"));
      }),
    );
  });

  it("takes the bigint variant and other bases", () => {
    expect(
      moneyFrom({ amount: 1050n, currency: { code: "USD", base: 10n, exponent: 2n }, scale: 2n }),
    ).toEqual(money(1050, "USD"));
    // 7 iraimbilanja are 7/5 ariary = 1.40 MGA; 120 pence of 240 to the old pound are 0.50.
    expect(moneyFrom({ amount: 7, currency: { code: "MGA", base: 5, exponent: 1 }, scale: 1 })).toEqual(
      money(140, "MGA"),
    );
    expect(
      moneyFrom({ amount: 120, currency: { code: "GBP", base: [20, 12], exponent: 1 }, scale: 1 }),
    ).toEqual(money(50, "GBP"));
  });

  it("refuses an amount below the minor unit, naming value and fix", () => {
    const error = thrown(() => moneyFrom({ amount: 10505, currency: USD, scale: 3 }));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "value.amount"]);
    expect(error.message).toContain("value.amount is 10505 at scale 3");
    expect(error.message).toContain("round it to scale 2 first");
  });

  it("refuses amounts too large and other shapes", () => {
    expect(
      thrown(() => moneyFrom({ amount: Number.MAX_SAFE_INTEGER, currency: USD, scale: 0 })),
    ).toMatchObject({
      code: "UNSAFE_INTEGER",
      path: "value.amount",
    });
    const bad: [unknown, string][] = [
      [null, "value"],
      [1050, "value"],
      [{ toJSON: () => "10.50" }, "value.toJSON()"],
      [{ toJSON: 5 }, "value.amount"],
      [{ amount: 10.5, currency: "USD" }, "value.amount"],
      [{ amount: 10, currency: USD }, "value.currency"],
      [{ amount: 10, currency: "USD", scale: 2 }, "value.currency"],
      [{ amount: 1.5, currency: USD, scale: 2 }, "value.amount"],
      [{ amount: 10, currency: USD, scale: -1 }, "value.scale"],
      [{ amount: 10, currency: USD, scale: 1e6 }, "value.scale"],
      [{ amount: 10, currency: { ...USD, base: 0 }, scale: 2 }, "value.currency.base"],
      [{ amount: 10, currency: { ...USD, base: undefined }, scale: 2 }, "value.currency.base"],
      [{ amount: 10, currency: { ...USD, base: null }, scale: 2 }, "value.currency.base"],
      [{ amount: 10, currency: { ...USD, base: {} }, scale: 2 }, "value.currency.base"],
      // An even power of it would be positive.
      [{ amount: 10, currency: { ...USD, base: -10 }, scale: 2 }, "value.currency.base"],
      [{ amount: 10, currency: { ...USD, base: [-20, -12] }, scale: 2 }, "value.currency.base"],
      [{ amount: 10, currency: { ...USD, base: [10, Number.NaN] }, scale: 2 }, "value.currency.base"],
      // Powers of these would keep the machine busy for minutes.
      [{ amount: 10, currency: { ...USD, base: 10n ** 1000n }, scale: 100 }, "value.currency.base"],
      [{ amount: 10, currency: { ...USD, base: Array(100_000).fill(10) }, scale: 2 }, "value.currency.base"],
      [{ amount: 10, currency: { ...USD, code: "usd" }, scale: 2 }, "value.currency.code"],
    ];
    for (const [value, path] of bad) {
      expect(thrown(() => moneyFrom(value as Money))).toMatchObject({ code: "INVALID_ARGUMENT", path });
    }
  });

  it("does not read the amount of another scale as minor units", () => {
    // toObject() of dinero.js 1: { amount, currency, precision }.
    expect(moneyFrom({ amount: 1050, currency: "USD", precision: 2 } as Money)).toEqual(money(1050, "USD"));
    const error = thrown(() => moneyFrom({ amount: 10505, currency: "USD", precision: 3 } as Money));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "value.precision"]);
    expect(error.message).toContain("value.precision is 3");
  });

  it("keeps the currency in the type", () => {
    expectTypeOf(moneyFrom({ amount: 1, currency: USD, scale: 2 })).toEqualTypeOf<Money<"USD">>();
    expectTypeOf(moneyFrom(money(1, "IDR"))).toEqualTypeOf<Money<"IDR">>();
    expectTypeOf(moneyFrom({ amount: 1, currency: "IDR" })).toEqualTypeOf<Money<"IDR">>();
    const either = moneyFrom as (value: Money | DineroSnapshot) => Money;
    expectTypeOf(either).returns.toEqualTypeOf<Money>();
    expectTypeOf(moneyFrom(dinero({ amount: 1, currency: IDR, scale: 2 }))).toEqualTypeOf<Money<"IDR">>();
  });
});
