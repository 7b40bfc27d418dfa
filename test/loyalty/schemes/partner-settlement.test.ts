import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PartnerMovement } from "../../../src/loyalty/schemes/partner-movements.js";
import type { SettledPartnership } from "../../../src/loyalty/schemes/partner-prices.js";
import { partnerSettlement } from "../../../src/loyalty/schemes/partner-settlement.js";
import { settlementPayments } from "../../../src/loyalty/schemes/settlement-payments.js";

const startAt = Date.UTC(2025, 0, 1);
const day = (n: number) => startAt + n * 86_400_000;
const rate = (issue: number, redeem: number, from = startAt) => ({ from, issue, redeem });
function partner(partnerId: string, ...rates: ReturnType<typeof rate>[]): SettledPartnership {
  return { partnerId, startAt, settlement: { currency: "EUR", rates } };
}
const options = { asOf: "2025-03-01", start: "2025-01-01", operatorId: "us" };

describe("two months of a bank and a cafe, by hand", () => {
  // The bank pays 1.2 cents a point, from February on 1.0; the cafe pays 1.5 and gets 0.8.
  const partners = [partner("cafe", rate(1.5, 0.8)), partner("bank", rate(1.2, 1), rate(1, 1, day(31)))];
  const movements: PartnerMovement[] = [
    { partnerId: "bank", at: day(3), kind: "issued", points: 10_000 },
    { partnerId: "cafe", at: day(5), kind: "issued", points: 200 },
    { partnerId: "cafe", at: day(20), kind: "redeemed", points: 4_000 },
    { partnerId: "bank", at: day(40), kind: "issued", points: 1_000 },
    { partnerId: "bank", at: day(41), kind: "issued", points: -500, pricedAt: day(3) },
    { partnerId: "cafe", at: day(59), kind: "redeemed", points: 9_999 },
  ];
  const { periods, total, currency } = partnerSettlement(movements, partners, options);

  test("January: the bank pays 120.00, the cafe 3.00 and gets 32.00, the rest is the operator's", () => {
    expect(currency).toBe("EUR");
    expect(periods[0]).toMatchObject({
      period: { label: "2025-01" },
      isComplete: true,
      partners: [
        {
          partnerId: "bank",
          opening: 0,
          issued: 10_000,
          redeemed: 0,
          closing: 10_000,
          pays: 120_00,
          gets: 0,
          net: 120_00,
        },
        {
          partnerId: "cafe",
          opening: 0,
          issued: 200,
          redeemed: 4_000,
          closing: -3_800,
          pays: 3_00,
          gets: 32_00,
          net: -29_00,
        },
      ],
      pointsOwed: 6_200,
      operatorNet: -91_00,
      payments: [
        { from: "bank", to: "us", amount: 91_00 },
        { from: "bank", to: "cafe", amount: 29_00 },
      ],
    });
  });
  test("February: new points at the new price, those taken back at the old; 1 March does not exist yet", () => {
    // 1,000 x 1.0 - 500 x 1.2 = 400.
    expect(periods[1]?.partners).toMatchObject([
      { opening: 10_000, issued: 500, closing: 10_500, pays: 4_00 },
      { opening: -3_800, issued: 0, redeemed: 0, closing: -3_800, net: 0 },
    ]);
  });
  test("the total is the sum, from the first opening to the last closing", () => {
    expect(total).toEqual({
      partners: [
        {
          partnerId: "bank",
          opening: 0,
          issued: 10_500,
          redeemed: 0,
          closing: 10_500,
          pays: 124_00,
          gets: 0,
          net: 124_00,
        },
        {
          partnerId: "cafe",
          opening: 0,
          issued: 200,
          redeemed: 4_000,
          closing: -3_800,
          pays: 3_00,
          gets: 32_00,
          net: -29_00,
        },
      ],
      pointsOwed: 6_700,
      operatorNet: -95_00,
    });
  });
  test("begun in February, January is the opening and the money is the same", () => {
    const later = partnerSettlement(movements, partners, { ...options, start: "2025-02-01" });
    expect(later.periods).toEqual([periods[1]]);
    expect(later.total.partners[0]).toMatchObject({
      opening: 10_000,
      issued: 500,
      closing: 10_500,
      pays: 4_00,
    });
  });
});

test("a third of a cent a point: single points round to 0 each, but not their sum", () => {
  const movements = Array.from(
    { length: 30 },
    (_, i): PartnerMovement => ({ partnerId: "bank", at: day(i), kind: "issued", points: 1 }),
  );
  const of = (by: "day" | "month") =>
    partnerSettlement(movements, [partner("bank", rate(0.333333, 0))], {
      ...options,
      asOf: "2025-02-01",
      by,
    });
  // 30 x 0.333333 = 9.99999, halves to even: 10.
  expect(of("month").total.operatorNet).toBe(-10);
  expect(of("day").total.operatorNet).toBe(-10);
});

test.each([
  [5, 2],
  [7, 4],
  [-5, -2],
])("%d points at half a cent: halves go to the even cent, %d", (points, cents) => {
  const movement: PartnerMovement = { partnerId: "bank", at: day(1), kind: "issued", points };
  const { total } = partnerSettlement([movement], [partner("bank", rate(0.5, 0))], options);
  expect(total.partners[0]?.pays).toBe(cents);
});

describe("random movements", () => {
  const movement = fc.record({
    partnerId: fc.constantFrom("a", "b", "c"),
    at: fc.integer({ min: 0, max: 120 }).map((n) => day(n)),
    kind: fc.constantFrom("issued" as const, "redeemed" as const),
    points: fc.integer({ min: -1_000, max: 5_000 }).filter((points) => points !== 0),
  });
  // In thousandths of a minor unit, so that the check below is exact in whole numbers.
  const prices = fc.array(fc.tuple(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 3_000 })), {
    minLength: 3,
    maxLength: 3,
  });
  const ids = ["a", "b", "c"] as const;

  test("points reconcile, money sums to zero, payments settle all, days sum to months, order is of no matter", () => {
    fc.assert(
      fc.property(fc.array(movement, { maxLength: 40 }), prices, (movements, given) => {
        const partners = ids.map((id, i) =>
          partner(id, rate((given[i]?.[0] ?? 0) / 1000, (given[i]?.[1] ?? 0) / 1000)),
        );
        const within = { ...options, asOf: day(100) };
        const settled = partnerSettlement(movements, partners, within);
        for (const [i, period] of settled.periods.entries()) {
          const nets = period.partners.map(({ net }) => net);
          expect(nets.reduce((sum, net) => sum + net, period.operatorNet)).toBe(0);
          const left = new Map([
            ...period.partners.map((one) => [one.partnerId, one.net] as const),
            ["us", period.operatorNet],
          ]);
          for (const { from, to, amount } of period.payments) {
            left.set(from, (left.get(from) ?? 0) - amount);
            left.set(to, (left.get(to) ?? 0) + amount);
          }
          expect([...left.values()].every((net) => net === 0)).toBe(true);
          for (const [place, one] of period.partners.entries()) {
            expect(one.closing).toBe(one.opening + one.issued - one.redeemed);
            if (i > 0) expect(one.opening).toBe(settled.periods[i - 1]?.partners[place]?.closing);
          }
        }
        // The naive way: one sum over all that has been booked, rounded once.
        for (const [i, one] of settled.total.partners.entries()) {
          const own = movements.filter((row) => row.partnerId === one.partnerId && row.at < day(100));
          const points = (kind: string) =>
            own.filter((row) => row.kind === kind).reduce((sum, row) => sum + row.points, 0);
          expect([one.issued, one.redeemed]).toEqual([points("issued"), points("redeemed")]);
          expect(one.pays).toBe(halfEven(points("issued") * (given[i]?.[0] ?? 0)));
          expect(one.gets).toBe(halfEven(points("redeemed") * (given[i]?.[1] ?? 0)));
        }
        expect(partnerSettlement(movements, partners, { ...within, by: "day" }).total).toEqual(settled.total);
        expect(partnerSettlement([...movements].reverse(), [...partners].reverse(), within)).toEqual(settled);
      }),
      { numRuns: 60 },
    );
  });

  function halfEven(thousandths: number): number {
    const whole = Math.floor(thousandths / 1000) + 0; // 0 and not -0
    const rest = thousandths - whole * 1000;
    if (rest === 500) return whole + Math.abs(whole % 2);
    return rest > 500 ? whole + 1 : whole;
  }
});

describe("payments", () => {
  test("any positions that sum to zero are settled by fewer payments than parties", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1_000, max: 1_000 }), { maxLength: 10 }), (nets) => {
        const all = [...nets, 0 - nets.reduce((sum, net) => sum + net, 0)];
        const payments = settlementPayments(all.map((net, i) => ({ partyId: `${i}`, net })));
        expect(payments.length).toBeLessThan(all.length);
        for (const [i, net] of all.entries()) {
          const out = payments
            .filter(({ from }) => from === `${i}`)
            .reduce((sum, { amount }) => sum + amount, 0);
          const into = payments
            .filter(({ to }) => to === `${i}`)
            .reduce((sum, { amount }) => sum + amount, 0);
          expect(out - into).toBe(net);
          expect(Math.min(out, into)).toBe(0);
        }
      }),
    );
  });
  test("positions that do not sum to zero, and a party twice, are refused", () => {
    expect(() => settlementPayments([{ partyId: "a", net: 1 }])).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path: "positions" }),
    );
    const twice = [
      { partyId: "a", net: 1 },
      { partyId: "a", net: -1 },
    ];
    expect(() => settlementPayments(twice)).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path: "positions[1].partyId" }),
    );
  });
});

describe("what is refused", () => {
  const issued: PartnerMovement = { partnerId: "bank", at: day(3), kind: "issued", points: 10 };
  const bank = partner("bank", rate(1, 1));
  test.each<[string, object, string]>([
    ["an unknown partner", { partnerId: "shop" }, "movements[0].partnerId"],
    ["before there was a price", { at: day(-1) }, "movements[0].partnerId"],
    ["no points", { points: 0 }, "movements[0].points"],
    ["half a point", { points: 0.5 }, "movements[0].points"],
    ["an unknown kind", { kind: "expired" }, "movements[0].kind"],
    ["no instant", { at: "soon" }, "movements[0].at"],
  ])("%s", (_, wrong, path) => {
    expect(() => partnerSettlement([{ ...issued, ...wrong }], [bank], options)).toThrow(
      expect.objectContaining({ code: "INVALID_ROWS", path }),
    );
  });
  test("two currencies, two prices at one time, an operator who is a partner", () => {
    const rupiah = { ...partner("cafe"), settlement: { currency: "IDR", rates: [rate(1, 1)] } };
    expect(() => partnerSettlement([], [bank, rupiah], options)).toThrow(
      expect.objectContaining({ code: "CURRENCY_MISMATCH", path: "partnerships[1].settlement.currency" }),
    );
    expect(() => partnerSettlement([], [bank, bank], options)).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path: "partnerships[1]" }),
    );
    expect(() => partnerSettlement([], [bank], { ...options, operatorId: "bank" })).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path: "options.operatorId" }),
    );
  });
  test("a partnership that is renewed has the price of the one in force", () => {
    const first = { ...bank, endAt: day(10) };
    const renewed = { ...partner("bank", rate(2, 2)), startAt: day(10) };
    const rows = [issued, { ...issued, at: day(10) }];
    expect(partnerSettlement(rows, [renewed, first], options).total.operatorNet).toBe(-30);
    expect(partnerSettlement(rows, [first, renewed], options).total.operatorNet).toBe(-30);
  });
});
