import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows, table } from "../../../src/core/table.js";
import type { AssociationRules } from "../../../src/profitability/selling/association-rules.js";
import { crossSellCandidates } from "../../../src/profitability/selling/cross-sell-candidates.js";

const NAMES = Array.from({ length: 60 }, (_, i) => `p${i}`);

/** Rules "x has y" with a confidence each, as associationRules() would give them. */
function rulesOf(confidences: readonly (readonly [from: string, to: string, confidence: number])[]) {
  const columns = {
    antecedent: confidences.map(([from]) => from),
    consequent: confidences.map(([, to]) => to),
    size: confidences.map(() => 2),
    confidence: confidences.map(([, , confidence]) => confidence),
    lift: confidences.map(() => 2),
  };
  return { rules: table(columns), separator: " + " } as unknown as AssociationRules;
}

describe("the best of many offers", () => {
  const rule = fc.tuple(
    fc.constantFrom("a", "b"),
    fc.constantFrom(...NAMES),
    // Few values, so that there are ties.
    fc.constantFrom(0.1, 0.2, 0.5),
  );
  const key = ([from, to]: readonly [string, string, number]) => `${from} ${to}`;

  it("are the first of all, whatever the limit, by score and then by name", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(rule, { selector: key, maxLength: 100, size: "max" }),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        (confidences, limitPerCustomer, hasMargin) => {
          const marginOf = (id: string) => (Number(id.slice(1)) % 5) - 1;
          const options = { limitPerCustomer, ...(hasMargin ? { margin: marginOf } : {}) };
          const held = [
            { customerId: "ani", productId: "a" },
            { customerId: "ani", productId: "b" },
            { customerId: "ani", productId: "p0" },
            { customerId: "budi", productId: "b" },
          ];
          const { candidates, leftOut } = crossSellCandidates(held, rulesOf(confidences), options);
          let beyond = 0;
          const expected = ["ani", "budi"].flatMap((customerId) => {
            const own = held.filter((row) => row.customerId === customerId).map((row) => row.productId);
            const offers = NAMES.filter((product) => !own.includes(product)).flatMap((productId) => {
              const found = confidences.filter(([from, to]) => to === productId && own.includes(from));
              const probability = Math.max(...found.map(([, , confidence]) => confidence));
              const score = probability * (hasMargin ? marginOf(productId) : 1);
              return found.length > 0 && score > 0 ? [{ productId, probability, score }] : [];
            });
            offers.sort((x, y) => y.score - x.score || (x.productId < y.productId ? -1 : 1));
            beyond += Math.max(0, offers.length - limitPerCustomer);
            return offers
              .slice(0, limitPerCustomer)
              .map(({ productId, probability }, i) => [customerId, i + 1, productId, probability]);
          });
          expect(
            rows(candidates).map((row) => [row.customerId, row.rank, row.productId, row.probability]),
          ).toEqual(expected);
          expect(leftOut.beyondLimit).toBe(beyond);
        },
      ),
    );
  });
});
