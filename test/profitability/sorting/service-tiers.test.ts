import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows, table } from "../../../src/core/table.js";
import { serviceTier, serviceTiers } from "../../../src/profitability/sorting/service-tiers.js";
import { thrown } from "../../core/thrown.js";

const profits = (...values: number[]) => values.map((profit, i) => ({ customerId: `c${i}`, profit }));
const unprofitable = { name: "to repair", service: "self-service" };
const byProfit = {
  tiers: [
    { name: "gold", fromProfit: 500, service: "manager" },
    { name: "silver", fromProfit: 100, service: "hotline" },
    { name: "standard", fromProfit: 0, service: "mail" },
  ],
  unprofitable,
};
const byShare = {
  tiers: [
    { name: "best", cumulativeShare: 0.2, service: 1 },
    { name: "rest", cumulativeShare: 1, service: 2 },
  ],
  unprofitable: { name: "losing", service: 3 },
};

describe("serviceTiers by profit", () => {
  it("a profit at the cut is in the better tier, zero is no loss, a loss has a tier of its own", () => {
    const { tiers, members, total, customers, cutBy } = serviceTiers(
      profits(500, 499, 100, 99, 0, -1),
      byProfit,
    );
    expect(members.columns.tier).toEqual(["gold", "silver", "silver", "standard", "standard", "to repair"]);
    expect(
      tiers.map((tier) => [tier.name, tier.service, tier.customers, tier.profit, tier.lowestProfit]),
    ).toEqual([
      ["gold", "manager", 1, 500, 500],
      ["silver", "hotline", 2, 599, 100],
      ["standard", "mail", 2, 99, 0],
      ["to repair", "self-service", 1, -1, -1],
    ]);
    expect([total, customers, cutBy]).toEqual([1197, 6, "profit"]);
    expect(tiers[0].shareOfProfit.value).toBe(500 / 1197);
  });

  it("nobody at all, and nobody in a tier", () => {
    const none = serviceTiers([], byProfit);
    expect(
      none.tiers.map(({ customers, lowestProfit, shareOfCustomers }) => [
        customers,
        lowestProfit,
        shareOfCustomers.value,
      ]),
    ).toEqual(Array.from({ length: 4 }, () => [0, null, null]));
    const losing = serviceTiers(profits(-5, -7), byProfit);
    expect(losing.tiers.map((tier) => tier.customers)).toEqual([0, 0, 0, 2]);
    expect(losing.tiers[3].shareOfProfit).toMatchObject({
      value: null,
      reason: "profit of all customers: -12",
    });
  });

  it("asks the same of one customer", () => {
    expect([800, 500, 100, 0, -1].map((profit) => serviceTier(profit, byProfit).name)).toEqual([
      "gold",
      "gold",
      "silver",
      "standard",
      "to repair",
    ]);
  });
});

describe("serviceTiers by share", () => {
  it("counts those without a loss alone, rounded up as tierBy does", () => {
    // 20 % of 6 are 1.2: two customers; of all 9 it would be two as well, of 11 three.
    const { members, tiers } = serviceTiers(profits(9, 8, 7, 6, 5, 0, -1, -2, -3, -4, -5), byShare);
    expect(tiers.map((tier) => tier.customers)).toEqual([2, 4, 5]);
    expect(members.columns.customerId.slice(0, 2)).toEqual(["c0", "c1"]);
  });

  it("ties are split by id, or promoted", () => {
    const equal = profits(5, 5, 5, 5, 5);
    expect(serviceTiers(equal, byShare).tiers[0].customers).toBe(1);
    expect(serviceTiers(equal, { ...byShare, ties: "promote" }).tiers[0].customers).toBe(5);
  });
});

describe("properties", () => {
  const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { maxLength: 40 });

  it("tiers add up to all, whatever the order and whether rows or table", () => {
    fc.assert(
      fc.property(values, fc.boolean(), (list, share) => {
        const input = profits(...list);
        const options = share ? byShare : byProfit;
        const found = serviceTiers<unknown>(input, options);
        expect(found.tiers.reduce((sum, tier) => sum + tier.customers, 0)).toBe(list.length);
        expect(found.tiers.reduce((sum, tier) => sum + tier.profit, 0)).toBe(list.reduce((a, b) => a + b, 0));
        expect(serviceTiers<unknown>([...input].reverse(), options)).toEqual(found);
        const columns = table({
          customerId: input.map((row) => row.customerId),
          profit: input.map((row) => row.profit),
        });
        expect(serviceTiers<unknown>(columns, options)).toEqual(found);
        // The decision for one is the decision for all.
        if (!share)
          for (const { profit, tier } of rows(found.members))
            expect(serviceTier(profit, byProfit).name).toBe(tier);
      }),
    );
  });
});

describe("bad input", () => {
  const tiers = (...list: object[]) => ({ tiers: list, unprofitable }) as never;

  it.each([
    [tiers(), "options.tiers", "0"],
    [tiers({ name: "a", fromProfit: 5, service: 1 }), "options.tiers[0].fromProfit", "5"],
    [
      tiers({ name: "a", fromProfit: 5 }, { name: "b", fromProfit: 5 }),
      "options.tiers[1].fromProfit",
      "5 after 5",
    ],
    [tiers({ name: "a", fromProfit: 5 }, { name: "a", fromProfit: 0 }), "options.tiers[1].name", '"a"'],
    [tiers({ name: "to repair", fromProfit: 0 }), "options.unprofitable.name", '"to repair"'],
    [tiers({ name: "a", fromProfit: 5 }, { name: "b", cumulativeShare: 1 }), "options.tiers", "neither"],
    [tiers({ name: "a", cumulativeShare: 0.5 }), "options.tiers[0].cumulativeShare", "0.5"],
    [{ ...byProfit, ties: "promote" }, "options.ties", '"promote"'],
    [{ ...byShare, ties: "" }, "options.ties", '""'],
    [null, "options", "null"],
  ])("%#: names the fault", (options, path, part) => {
    const error = thrown(() => serviceTiers(profits(1), options as never));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
    expect(error.message).toContain(part);
  });

  it("one customer by shares needs the others; a profit must be a number", () => {
    expect(thrown(() => serviceTier(5, byShare as never)).path).toBe("cuts.tiers");
    const halves = { tiers: [{ name: "a", cumulativeShare: 0.5, service: 1 }], unprofitable };
    expect(thrown(() => serviceTier(5, halves as never)).path).toBe("cuts.tiers");
    expect(thrown(() => serviceTier(Number.NaN, byProfit)).path).toBe("profit");
  });

  it("rows", () => {
    const error = thrown(() => serviceTiers(profits(1, 2.5), byProfit));
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "profits[1].profit" });
  });
});
