import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { accountProfitAndLoss } from "../../../src/profitability/statement/account-profit-and-loss.js";
import { customerProfitAndLoss } from "../../../src/profitability/statement/customer-profit-and-loss.js";
import { profitAndLossBy } from "../../../src/profitability/statement/profit-and-loss-by.js";

const asOf = "2025-01-01";
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

/** A customer of one channel, one month and one account. */
interface Buyer {
  readonly amount: number;
  readonly group: number;
}

const DAYS = ["2024-01-10", "2024-02-10", "2024-03-10", "2024-04-10"];
const names = (group: number) => ["A", "B", "C", "D"][group];
const idOf = (place: number) => `c${place}`;

const logOf = (buyers: readonly Buyer[], order = [...buyers.keys()]) =>
  transactionLog(
    order.map((place) => ({
      customerId: idOf(place),
      at: DAYS[buyers[place].group],
      amount: buyers[place].amount,
      cost: 0,
      channel: names(buyers[place].group),
      productId: names(buyers[place].group),
    })),
    { currency: "JPY" },
  );
const groupOf = (buyers: readonly Buyer[]) => (id: string) => names(buyers[Number(id.slice(1))].group);

const buyer = fc.record({
  amount: fc.oneof(fc.constant(100), fc.integer({ min: 1, max: 500 })),
  group: fc.nat(3),
});
const buyersOf = fc.array(buyer, { minLength: 1, maxLength: 40 });
const pool = fc.record({
  amount: fc.integer({ min: -300, max: 300 }),
  driver: fc.constantFrom("revenue" as const, "equally" as const),
});
const order = (size: number) => fc.shuffledSubarray([...Array(size).keys()], { minLength: size });

/** What each customer bears of the pools, not rounded. */
function exactShares(
  buyers: readonly Buyer[],
  pools: readonly { amount: number; driver: "revenue" | "equally" }[],
) {
  const revenue = sum(buyers.map(({ amount }) => amount));
  return buyers.map(({ amount }) =>
    sum(
      pools.map((one) =>
        one.driver === "revenue" ? (one.amount * amount) / revenue : one.amount / buyers.length,
      ),
    ),
  );
}

const byGroup = (buyers: readonly Buyer[], exact: readonly number[]) =>
  [0, 1, 2, 3].map((group) => sum(exact.filter((_, place) => buyers[place].group === group)));

// Sums of doubles, and fractions of 2^-30 of a unit: far below a millionth for 40 customers.
const ONE = 1 + 1e-6;

describe("pools in statements of many", () => {
  it("each row is within one unit of its exact share, and all sum to the pools, however customers are put together", () => {
    fc.assert(
      fc.property(buyersOf, fc.array(pool, { minLength: 1, maxLength: 6 }), (buyers, pools) => {
        const log = logOf(buyers);
        const options = { asOf, marketing: pools };
        const exact = exactShares(buyers, pools);
        const spent = sum(pools.map(({ amount }) => amount));
        const { customers } = customerProfitAndLoss(log, options);
        customers.columns.customerId.forEach((id, i) => {
          const share = exact[Number(id.slice(1))];
          expect(Math.abs(customers.columns.marketingCost[i] - share)).toBeLessThan(ONE);
        });
        expect(sum(customers.columns.marketingCost)).toBe(spent);

        const groups = byGroup(buyers, exact);
        const byGroupOf = profitAndLossBy(log, { ...options, groupBy: groupOf(buyers) }).groups.columns;
        byGroupOf.group.forEach((name, i) => {
          const share = groups["ABCD".indexOf(name ?? "")];
          expect(Math.abs(byGroupOf.marketingCost[i] - share)).toBeLessThan(ONE);
        });
        expect(sum(byGroupOf.marketingCost)).toBe(spent);

        // The same partition told in other ways gives the same amounts.
        const { group, ...lines } = byGroupOf;
        const found = [...new Set(buyers.map((one) => one.group))].sort();
        const accounts = found.map((one) => ({ id: names(one) }));
        const own = accountProfitAndLoss(log, accounts, { ...options, accountOf: groupOf(buyers) }).own;
        expect(own.columns).toMatchObject({ ...lines, accountId: group });
        for (const by of ["channel", "product", "month"] as const)
          expect(profitAndLossBy(log, { ...options, by }).groups.columns).toMatchObject(lines);
        expect(profitAndLossBy(log, { ...options, cohortBy: "month" }).groups.columns).toMatchObject(lines);
      }),
    );
  });

  it("the order of the rows changes no group", () => {
    const shuffled = buyersOf.chain((buyers) => fc.tuple(fc.constant(buyers), order(buyers.length)));
    fc.assert(
      fc.property(shuffled, fc.array(pool, { minLength: 1, maxLength: 4 }), ([buyers, places], pools) => {
        const [log, other] = [logOf(buyers), logOf(buyers, places)];
        for (const by of [{ by: "channel" }, { by: "month" }, { groupBy: groupOf(buyers) }] as const) {
          const options = { asOf, marketing: pools, ...by };
          expect(profitAndLossBy(other, options)).toEqual(profitAndLossBy(log, options));
        }
        const options = { asOf, marketing: pools, accountOf: groupOf(buyers) };
        const accounts = [{ id: "A" }, { id: "B", parentId: "A" }, { id: "C", parentId: "A" }, { id: "D" }];
        expect(accountProfitAndLoss(other, accounts, options)).toEqual(
          accountProfitAndLoss(log, accounts, options),
        );
      }),
    );
  });

  it("customers in many channels: each channel is within one unit of what it has of each", () => {
    const shopper = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(shopper, { minLength: 1, maxLength: 20 }), pool, (shoppers, one) => {
        const log = transactionLog(
          shoppers.flatMap((amounts, place) =>
            amounts.map((amount, i) => ({
              customerId: idOf(place),
              at: DAYS[i],
              amount,
              cost: 0,
              channel: names(i),
            })),
          ),
          { currency: "JPY" },
        );
        const buyers = shoppers.map((amounts) => ({ amount: sum(amounts), group: 0 }));
        const exact = exactShares(buyers, [one]);
        const { marketingCost } = profitAndLossBy(log, { asOf, by: "channel", marketing: one }).groups
          .columns;
        marketingCost.forEach((cost, i) => {
          const share = sum(exact.map((all, place) => (all * shoppers[place][i]) / sum(shoppers[place])));
          expect(Math.abs(cost - share)).toBeLessThan(ONE);
        });
        expect(sum(marketingCost)).toBe(one.amount);
        const months = profitAndLossBy(log, { asOf, by: "month", marketing: one }).groups.columns;
        expect(months.marketingCost).toEqual(marketingCost);
      }),
    );
  });

  it("accounts, alone and rolled up: within one unit, and each is its own and those right below it", () => {
    const size = 9;
    const parentsOf = fc.tuple(
      ...Array.from({ length: size }, (_, i) => fc.integer({ min: -1, max: i - 1 })),
    );
    const member = fc.record({
      amount: fc.integer({ min: 1, max: 90 }),
      account: fc.integer({ min: -1, max: size - 1 }),
    });
    fc.assert(
      fc.property(
        parentsOf,
        fc.array(member, { minLength: 1, maxLength: 30 }),
        fc.array(pool, { minLength: 1, maxLength: 4 }),
        (parents, members, pools) => {
          const buyers = members.map(({ amount }) => ({ amount, group: 0 }));
          const exact = exactShares(buyers, pools);
          const accounts = parents.map((parent, i) => ({
            id: `a${i}`,
            ...(parent < 0 ? {} : { parentId: `a${parent}` }),
          }));
          const accountOf = (id: string) => {
            const { account } = members[Number(id.slice(1))];
            return account < 0 ? null : `a${account}`;
          };
          const { own, rolledUp, total } = accountProfitAndLoss(logOf(buyers), accounts, {
            asOf,
            accountOf,
            marketing: pools,
          });
          const exactOwn = parents.map((_, i) =>
            sum(exact.filter((_, place) => members[place].account === i)),
          );
          const exactAll = exactOwn.slice();
          // Parents stand before those below them.
          for (let i = size - 1; i >= 0; i--) if (parents[i] >= 0) exactAll[parents[i]] += exactAll[i];
          const [alone, all] = [own.columns.marketingCost, rolledUp.columns.marketingCost];
          parents.forEach((_, i) => {
            expect(Math.abs(alone[i] - exactOwn[i])).toBeLessThan(ONE);
            expect(Math.abs(all[i] - exactAll[i])).toBeLessThan(ONE);
            const below = sum(all.filter((_, child) => parents[child] === i));
            expect(all[i]).toBe(alone[i] + below);
          });
          const spent = sum(pools.map(({ amount }) => amount));
          expect(sum(alone)).toBe(spent);
          expect(sum(all.filter((_, i) => rolledUp.columns.level[i] === 0))).toBe(spent);
          expect(total.marketingCost).toBe(spent);
        },
      ),
    );
  });

  it("customers who are accounts themselves are found in any order of the accounts, others in none", () => {
    const accountsOf = fc.tuple(fc.shuffledSubarray([...Array(8).keys()]), order(8));
    fc.assert(
      fc.property(accountsOf, ([places, sold]) => {
        const buyers = Array.from({ length: 8 }, (_, i) => ({ amount: 10 ** i, group: 0 }));
        const accounts = places.map((place) => ({ id: idOf(place) }));
        const { own, rolledUp } = accountProfitAndLoss(logOf(buyers, sold), accounts, { asOf });
        const without = buyers.filter((_, place) => !places.includes(place)).map(({ amount }) => amount);
        const expected = places.map((place) => 10 ** place).concat(without.length > 0 ? sum(without) : []);
        expect(own.columns.profit).toEqual(expected);
        expect(rolledUp).toEqual(own);
      }),
    );
  });

  it("half of 20,000 equal customers bear half of a pool, in every statement", () => {
    const size = 20_000;
    const buyers = Array.from({ length: size }, (_, i) => ({ amount: 100, group: i < size / 2 ? 0 : 1 }));
    const marketing = { amount: 30_000, driver: "revenue" as const };
    const accounts = [{ id: "A" }, { id: "B" }];
    for (const order of [[...buyers.keys()], [...buyers.keys()].reverse()]) {
      const log = logOf(buyers, order);
      const options = { asOf, marketing };
      const { own, rolledUp } = accountProfitAndLoss(log, accounts, {
        ...options,
        accountOf: groupOf(buyers),
      });
      expect(own.columns.marketingCost).toEqual([15_000, 15_000]);
      expect(rolledUp.columns.marketingCost).toEqual([15_000, 15_000]);
      for (const by of ["channel", "product", "month"] as const)
        expect(profitAndLossBy(log, { ...options, by }).groups.columns.marketingCost).toEqual([
          15_000, 15_000,
        ]);
    }
  });

  it("of many small pools nobody bears all and nobody nothing", () => {
    const log = logOf(Array.from({ length: 1000 }, () => ({ amount: 100, group: 0 })));
    const marketing = Array.from({ length: 100 }, () => ({ amount: 501, driver: "equally" as const }));
    const { marketingCost } = customerProfitAndLoss(log, { asOf, marketing }).customers.columns;
    // 50.1 each: 100 bear a unit more than the others.
    expect(marketingCost.filter((cost) => cost === 51)).toHaveLength(100);
    expect(marketingCost.filter((cost) => cost === 50)).toHaveLength(900);
  });
});
