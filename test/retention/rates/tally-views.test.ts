import { expect, it } from "vitest";
import type { KnownFacts } from "../../../src/history/known-facts.js";
import { tallyViews } from "../../../src/retention/rates/tally-views.js";

it("takes a customer of more products than any call has room for arguments", () => {
  // One customer buys each product once, and then the first again. Only what is read is there: a log takes seconds to build.
  const products = 600_000;
  const length = products + 1;
  const facts = {
    log: {
      length,
      offsets: Uint32Array.of(0, length),
      at: Float64Array.from({ length }, (_, row) => row),
      customerIds: ["walk-in"],
    },
    end: Uint32Array.of(length),
    net: new Float64Array(length).fill(5),
    cost: null,
    qualifies: null,
  } as unknown as KnownFacts;
  const codes = Uint32Array.from({ length }, (_, row) => row % products);
  const [{ customers, groups }] = tallyViews(facts, { codes, values: [] }, 2, (at) =>
    at < products ? 0 : 1,
  );
  expect([customers.base, customers.retained, customers.baseSales.sum]).toEqual([1, 1, 5 * products]);
  expect([groups.size, groups.get(0)?.sameAgain.retained, groups.get(1)?.sameAgain.retained]).toEqual([
    products,
    1,
    0,
  ]);
});
