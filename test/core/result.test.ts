import { describe, expect, expectTypeOf, it } from "vitest";
import { granted, type Refusal, type Result, refused } from "../../src/core/result.js";

interface Short extends Refusal {
  readonly code: "INSUFFICIENT_POINTS";
  readonly missing: number;
}

function redeem(balance: number, cost: number): Result<number, Short> {
  return cost <= balance
    ? granted(balance - cost)
    : refused({
        code: "INSUFFICIENT_POINTS",
        message: `needs ${cost}, has ${balance}`,
        missing: cost - balance,
      });
}

describe("Result", () => {
  it("is the value or the reason why not, as plain data", () => {
    expect(redeem(300, 250)).toEqual({ ok: true, value: 50 });
    expect(redeem(200, 250)).toEqual({
      ok: false,
      error: { code: "INSUFFICIENT_POINTS", message: "needs 250, has 200", missing: 50 },
    });
    expect(JSON.parse(JSON.stringify(redeem(200, 250)))).toEqual(redeem(200, 250));
  });

  it("narrows by ok, and keeps the figures of the refusal", () => {
    const outcome = redeem(200, 250);
    if (outcome.ok) {
      expectTypeOf(outcome.value).toEqualTypeOf<number>();
      expect.unreachable();
    } else {
      expectTypeOf(outcome.error).toEqualTypeOf<Short>();
      expect(outcome.error.missing).toBe(50);
    }
  });

  it("does not compile where a refusal lacks code or message", () => {
    // @ts-expect-error a refusal has a message
    expect(refused({ code: "NO" }).error.code).toBe("NO");
  });
});
