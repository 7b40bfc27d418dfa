import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows } from "../../../src/core/table.js";
import { type RewardListOptions, rewardList } from "../../../src/retention/plan/reward-list.js";
import { thrown } from "../../core/thrown.js";

describe("rewardList", () => {
  const customers = [
    { customerId: "e", value: 10, loyalty: 1 },
    { customerId: "a", value: 50, loyalty: 3 },
    { customerId: "d", value: 20, loyalty: 5 },
    { customerId: "b", value: 40, loyalty: 3 },
    { customerId: "c", value: 20, loyalty: 3 },
  ];
  const ids = (options: RewardListOptions) =>
    rewardList(customers, options).rewarded.columns.customerId.join("");

  it("rewards the best by value, by loyalty, or those above both lines", () => {
    expect(ids({ by: "value", valueCut: { count: 2 } })).toBe("ab");
    expect(ids({ by: "loyalty", loyaltyCut: { atLeast: 3 } })).toBe("dabc");
    const both = rewardList(customers, { by: "both", valueCut: { count: 2 }, loyaltyCut: { count: 2 } });
    // By value a, b; by loyalty d, a: a is both, b only profitable, d only loyal, c and e neither.
    expect(rows(both.rewarded)).toEqual([
      { customerId: "a", value: 50, loyalty: 3, valueRank: 1, loyaltyRank: 2, unprofitable: false },
    ]);
    expect(both).toMatchObject({ customers: 5, onlyByValue: 1, onlyByLoyalty: 1, belowAll: 2 });
  });

  it("shows only what counted", () => {
    const { rewarded, onlyByValue, onlyByLoyalty, belowAll } = rewardList(customers, {
      by: "loyalty",
      loyaltyCut: { count: 1 },
    });
    expect(rows(rewarded)).toEqual([
      { customerId: "d", value: null, loyalty: 5, valueRank: null, loyaltyRank: 1, unprofitable: false },
    ]);
    expect([onlyByValue, onlyByLoyalty, belowAll]).toEqual([0, 0, 4]);
  });

  it("rounds a share of the customers up, and splits or promotes equal numbers", () => {
    // 0.41 x 5 = 2.05, so 3; third and fourth by value are c and d with 20.
    expect(ids({ by: "value", valueCut: { share: 0.41 } })).toBe("abc");
    expect(ids({ by: "value", valueCut: { share: 0.41 }, ties: "promote" })).toBe("abcd");
    expect(ids({ by: "value", valueCut: { share: 0.4 }, ties: "promote" })).toBe("ab");
    expect(ids({ by: "value", valueCut: { atLeast: 20 } })).toBe("abcd");
    expect(ids({ by: "value", valueCut: { count: 9 } })).toBe("abcde");
    expect(ids({ by: "value", valueCut: { count: 9 }, ties: "promote" })).toBe("abcde");
    expect(ids({ by: "value", valueCut: { share: 1 } })).toBe("abcde");
    expect(ids({ by: "value", valueCut: { atLeast: 51 } })).toBe("");
    expect(rewardList([], { by: "value", valueCut: { share: 0.2 }, ties: "promote" }).customers).toBe(0);
  });

  it("a share joined with a number keeps loss-makers out, whom the share alone would reward and flag", () => {
    const few = [
      { customerId: "a", value: 5 },
      { customerId: "b", value: -1 },
      { customerId: "c", value: -2 },
    ];
    const list = (valueCut: RewardListOptions["valueCut"], ties?: "promote") =>
      rewardList(few, { by: "value", valueCut, ties }).rewarded.columns;
    expect(list({ share: 0.6 })).toMatchObject({ customerId: ["a", "b"], unprofitable: [false, true] });
    expect(list({ share: 0.6, atLeast: 0 }).customerId).toEqual(["a"]);
    expect(list({ count: 3, atLeast: -1 }, "promote").customerId).toEqual(["a", "b"]);
    expect(list({ count: 1, atLeast: -1 }).customerId).toEqual(["a"]);
    const loyal = few.map((one, i) => ({ ...one, value: i === 2 ? null : one.value, loyalty: i }));
    const { columns } = rewardList(loyal, { by: "loyalty", loyaltyCut: { count: 3 } }).rewarded;
    expect([columns.customerId, columns.unprofitable]).toEqual([
      ["c", "b", "a"],
      [null, true, false],
    ]);
  });

  it("takes customers named by numbers, and 42 is 42", () => {
    const { rewarded } = rewardList(
      [
        { customerId: 9, value: 1 },
        { customerId: 10, value: 1 },
      ],
      { by: "value", valueCut: { count: 2 } },
    );
    expect(rewarded.columns.customerId).toEqual(["10", "9"]);
    const twice = [
      { customerId: 42, value: 1 },
      { customerId: "42", value: 1 },
    ];
    const error = thrown(() => rewardList(twice, { by: "value", valueCut: { count: 1 } }));
    expect(error.message).toContain('row 2, customerId: "42" comes in row 1 too');
  });

  const someCustomers = fc
    .uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 25 })
    .chain((all) =>
      fc.tuple(
        ...all.map((customerId) =>
          fc.record({
            customerId: fc.constant(customerId),
            value: fc.integer({ min: -2, max: 5 }),
            loyalty: fc.nat(4),
          }),
        ),
      ),
    );
  const someCut = fc.oneof(
    fc.record({ share: fc.integer({ min: 1, max: 100 }).map((n) => n / 100) }),
    fc.record({ count: fc.integer({ min: 1, max: 30 }) }),
    fc.record({ atLeast: fc.integer({ min: -3, max: 6 }) }),
  );

  it("both is who is in both lists, nobody is lost, and the order of the rows does not matter", () => {
    fc.assert(
      fc.property(
        someCustomers,
        someCut,
        someCut,
        fc.constantFrom("stable" as const, "promote" as const),
        (list, valueCut, loyaltyCut, ties) => {
          const both = rewardList(list, { by: "both", valueCut, loyaltyCut, ties });
          const byValue = rewardList(list, { by: "value", valueCut, ties }).rewarded.columns.customerId;
          const byLoyalty = rewardList(list, { by: "loyalty", loyaltyCut, ties }).rewarded.columns.customerId;
          expect(both.rewarded.columns.customerId).toEqual(byValue.filter((id) => byLoyalty.includes(id)));
          expect(both.onlyByValue).toBe(byValue.filter((id) => !byLoyalty.includes(id)).length);
          expect(both.onlyByLoyalty).toBe(byLoyalty.filter((id) => !byValue.includes(id)).length);
          expect(both.rewarded.length + both.onlyByValue + both.onlyByLoyalty + both.belowAll).toBe(
            list.length,
          );
          expect(rewardList([...list].reverse(), { by: "both", valueCut, loyaltyCut, ties })).toEqual(both);
          expect(JSON.parse(JSON.stringify(both))).toEqual(both);
        },
      ),
    );
  });

  it("a count is kept, and with promoted ties equal customers are treated alike", () => {
    fc.assert(
      fc.property(someCustomers, fc.integer({ min: 1, max: 30 }), (list, count) => {
        const size = (ties: "stable" | "promote") =>
          rewardList(list, { by: "value", valueCut: { count }, ties }).rewarded;
        expect(size("stable").length).toBe(Math.min(count, list.length));
        const promoted = size("promote").columns;
        const lowest = Math.min(...promoted.value.map(Number));
        expect(promoted.customerId.length).toBe(list.filter(({ value }) => value >= lowest).length);
      }),
    );
  });

  it.each<[object, string, string]>([
    [{ by: "profit" }, "options.by", 'is "profit"'],
    [{ by: "value" }, "options.valueCut", "is undefined: pass one of { share: 0.2 }"],
    [{ by: "value", valueCut: { share: 0.2, count: 5 } }, "options.valueCut", "is an object"],
    [{ by: "value", valueCut: { share: 20 } }, "options.valueCut.share", "is 20"],
    [{ by: "value", valueCut: { share: 0 } }, "options.valueCut.share", "is 0"],
    [{ by: "value", valueCut: { count: 0 } }, "options.valueCut.count", "is 0"],
    [{ by: "value", valueCut: { atLeast: Number.NaN } }, "options.valueCut.atLeast", "is NaN"],
    [
      { by: "value", valueCut: { count: 1 }, loyaltyCut: { count: 1 } },
      "options.loyaltyCut",
      'options.by is "value"',
    ],
    [{ by: "both", valueCut: { count: 1 } }, "options.loyaltyCut", "is undefined"],
    [{ by: "value", valueCut: {} }, "options.valueCut", "is an object"],
    [{ by: "value", valueCut: { top: 5 } }, "options.valueCut", "is an object"],
    [{ by: "value", valueCut: { count: 1, atLeast: null } }, "options.valueCut.atLeast", "is null"],
    [{ by: "value", valueCut: { count: 1 }, ties: "split" }, "options.ties", 'is "split"'],
  ])("refuses %o", (options, path, message) => {
    const error = thrown(() => rewardList(customers, options as RewardListOptions));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
    expect(error.message).toContain(message);
  });

  it("refuses to go without options", () => {
    for (const options of [undefined, null]) {
      const error = thrown(() => rewardList(customers, options as never));
      expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "options" });
    }
  });

  it("refuses rows without the number that is ranked, and asks for no other", () => {
    const list = [{ customerId: "a", value: 1 }, { customerId: "a", value: null }, { customerId: "" }];
    const error = thrown(() => rewardList(list, { by: "value", valueCut: { count: 1 } }));
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "customers[1].customerId" });
    expect(error.message).toContain('row 2, customerId: "a" comes in row 1 too');
    expect(error.message).toContain("row 2, value: null is not a finite number");
    expect(error.message).toContain("row 3, value: is not a finite number");
    expect(error.message).not.toContain("loyalty:");
    expect(thrown(() => rewardList(5 as never, { by: "value", valueCut: { count: 1 } })).message).toContain(
      "customers is 5",
    );
  });
});
