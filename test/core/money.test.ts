import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import {
  addMoney,
  compareMoney,
  type Money,
  maxMoney,
  minMoney,
  money,
  negateMoney,
  subtractMoney,
  sumMoney,
} from "../../src/core/money.js";
import { thrown } from "./thrown.js";

const MAX = Number.MAX_SAFE_INTEGER;
const usd = (amount: number) => money(amount, "USD");
const anyAmount = fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.constantFrom(MAX, -MAX, 0));
/** The result, or the code of the error. */
function outcome(call: () => Money): Money | string {
  try {
    return call();
  } catch {
    return thrown(call).code;
  }
}

describe("money", () => {
  it("is a plain object that survives JSON", () => {
    expect(usd(1050)).toEqual({ amount: 1050, currency: "USD" });
    expect(JSON.parse(JSON.stringify(usd(-5)))).toEqual(usd(-5));
    expect(Object.is(money(-0, "USD").amount, 0)).toBe(true);
  });

  it("refuses a sum of what is no list", () => {
    const error = thrown(() => sumMoney(undefined as never, "USD"));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "amounts"]);
    expect(error.message).toContain("undefined");
  });

  it("refuses amounts that are not whole or not safe, and bad codes", () => {
    for (const amount of [10.5, Number.NaN, 2 ** 53, "5"]) {
      const error = thrown(() => money(amount as number, "IDR"));
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "amount"]);
      expect(error.message).toContain(`amount is ${typeof amount === "string" ? `"${amount}"` : amount}`);
    }
    expect(thrown(() => money(1, "rupiah")).path).toBe("currency");
  });
});

describe("addMoney and subtractMoney", () => {
  it("are exact, or refuse", () => {
    fc.assert(
      fc.property(anyAmount, anyAmount, (a, b) => {
        for (const [exact, call] of [
          [BigInt(a) + BigInt(b), () => addMoney(usd(a), usd(b))],
          [BigInt(a) - BigInt(b), () => subtractMoney(usd(a), usd(b))],
        ] as const) {
          const safe = exact >= -BigInt(MAX) && exact <= BigInt(MAX);
          expect(outcome(call)).toEqual(safe ? usd(Number(exact)) : "UNSAFE_INTEGER");
        }
      }),
    );
  });

  it("commute and associate where no sum overflows", () => {
    const third = Math.floor(MAX / 3);
    const amount = fc.integer({ min: -third, max: third });
    fc.assert(
      fc.property(amount, amount, amount, (a, b, c) => {
        expect(addMoney(usd(a), usd(b))).toEqual(addMoney(usd(b), usd(a)));
        expect(addMoney(addMoney(usd(a), usd(b)), usd(c))).toEqual(
          addMoney(usd(a), addMoney(usd(b), usd(c))),
        );
        expect(subtractMoney(usd(a), usd(b))).toEqual(addMoney(usd(a), negateMoney(usd(b))));
      }),
    );
  });

  it("never give -0", () => {
    expect(
      Object.is(addMoney({ amount: -0, currency: "USD" }, { amount: -0, currency: "USD" }).amount, 0),
    ).toBe(true);
    expect(Object.is(negateMoney(usd(0)).amount, 0)).toBe(true);
  });

  it("leave their arguments as they were", () => {
    const first = Object.freeze(usd(1));
    const second = Object.freeze(usd(2));
    addMoney(first, second);
    expect([first, second]).toEqual([usd(1), usd(2)]);
  });

  it("refuse overflow and what is no money, by name", () => {
    const overflow = thrown(() => addMoney(usd(MAX), usd(1)));
    expect([overflow.code, overflow.path]).toEqual(["UNSAFE_INTEGER", "second"]);
    expect(overflow.message).toContain("9007199254740992");
    expect(thrown(() => addMoney({ amount: 0.5, currency: "USD" }, usd(1))).path).toBe("first.amount");
    expect(thrown(() => addMoney(usd(1), null as unknown as Money<"USD">)).path).toBe("second.amount");
    expect(thrown(() => addMoney(usd(1), { amount: 1 } as Money<"USD">)).path).toBe("second.currency");
  });
});

describe("compareMoney, minMoney and maxMoney", () => {
  it("order amounts", () => {
    expect([usd(5), usd(-5), usd(0)].sort(compareMoney).map(({ amount }) => amount)).toEqual([-5, 0, 5]);
    expect(compareMoney(usd(1), usd(1))).toBe(0);
    expect(minMoney(usd(3), usd(1), usd(2))).toEqual(usd(1));
    expect(maxMoney(usd(1), usd(3), usd(2))).toEqual(usd(3));
    expect(minMoney(usd(3))).toEqual(usd(3));
  });

  it("agree with Math.min and Math.max in any order", () => {
    fc.assert(
      fc.property(fc.array(anyAmount, { minLength: 1 }), (amounts) => {
        const [first = usd(0), ...others] = amounts.map(usd);
        expect(minMoney(first, ...others).amount).toBe(Math.min(...amounts));
        expect(maxMoney(first, ...others).amount).toBe(Math.max(...amounts));
      }),
    );
  });

  it("name the odd one out", () => {
    const other: Money = money(1, "IDR");
    expect(thrown(() => maxMoney<string>(usd(1), usd(2), other))).toMatchObject({
      code: "CURRENCY_MISMATCH",
      path: "others[1]",
    });
  });
});

describe("sumMoney", () => {
  it("is the same in any order, whatever the partial sums", () => {
    fc.assert(
      fc.property(fc.array(anyAmount), (amounts) => {
        const exact = amounts.reduce((sum, amount) => sum + BigInt(amount), 0n);
        const safe = exact >= -BigInt(MAX) && exact <= BigInt(MAX);
        const expected = safe ? usd(Number(exact)) : "UNSAFE_INTEGER";
        for (const order of [amounts, [...amounts].reverse(), [...amounts].sort((a, b) => a - b)]) {
          expect(outcome(() => sumMoney(order.map(usd), "USD"))).toEqual(expected);
        }
      }),
    );
  });

  it("names the amount of another currency", () => {
    const amounts: Money[] = [usd(1), money(5, "IDR")];
    const error = thrown(() => sumMoney(amounts, "USD" as string));
    expect([error.code, error.path]).toEqual(["CURRENCY_MISMATCH", "amounts[1]"]);
    expect(error.message).toContain("amounts[1] is in IDR, the others in USD");
  });
});

describe("currencies that differ", () => {
  it("are refused at run time where the compiler does not know them", () => {
    const first: Money = usd(1);
    const second: Money = money(1, "IDR");
    for (const operation of [addMoney, subtractMoney, compareMoney]) {
      const error = thrown(() => operation<string>(first, second));
      expect([error.code, error.path]).toEqual(["CURRENCY_MISMATCH", "second"]);
      expect(error.message).toContain("second is in IDR, the others in USD");
    }
  });

  it("do not compile where it does", () => {
    const idr = money(1, "IDR");
    const calls = [
      // @ts-expect-error dollars and rupiah
      () => addMoney(usd(1), idr),
      // @ts-expect-error dollars and rupiah
      () => subtractMoney(usd(1), idr),
      // @ts-expect-error dollars and rupiah
      () => compareMoney(usd(1), idr),
      // @ts-expect-error dollars and rupiah
      () => minMoney(usd(1), idr),
      // @ts-expect-error dollars and rupiah
      () => maxMoney(usd(1), usd(1), idr),
      // @ts-expect-error dollars and rupiah
      () => sumMoney([usd(1), idr], "USD"),
    ];
    expect(calls.map((call) => thrown(call).code)).toEqual(calls.map(() => "CURRENCY_MISMATCH"));
    expectTypeOf(addMoney(idr, idr)).toEqualTypeOf<Money<"IDR">>();
    expectTypeOf(money(1, "IDR" as string)).toEqualTypeOf<Money>();
    expectTypeOf(idr).toExtend<Money>();
  });
});
