import { describe, expect, test } from "vitest";
import {
  type ImprovableAttribute,
  improvementPriorities,
} from "../../../src/value/relative/improvement-priorities.js";
import { worthItRatio } from "../../../src/value/relative/worth-it-ratio.js";

describe("improvementPriorities", () => {
  const attribute = (id: string, weight: number, score: number, target: number, cost: number) => ({
    ...{ id, weight, score, target, cost },
  });

  test("weight x missing / cost; free gains first, no gains last", () => {
    const order = improvementPriorities([
      attribute("passed", 50, 9, 8, 1),
      attribute("waiting", 30, 5, 8, 45),
      attribute("parking", 20, 4, 8, 20),
      attribute("smile", 5, 6, 8, 0),
      attribute("sign", 5, 4, 8, 0),
      attribute("queue", 10, 6, 8, 10),
      attribute("idle", 0, 1, 8, 0),
    ]);
    expect(
      order.map(({ id, gain, priority, status, rank }) => [id, gain, priority.value, status, rank]),
    ).toEqual([
      ["sign", 20, null, "free", 1],
      ["smile", 10, null, "free", 2],
      ["parking", 80, 4, "priced", 3],
      ["waiting", 90, 2, "priced", 4],
      ["queue", 20, 2, "priced", 4],
      ["passed", 0, 0, "noGain", null],
      ["idle", 0, null, "noGain", null],
    ]);
    expect(order[0].priority.reason).toBe("cost: 0");
  });

  test("equals by their decimals share a place, though rounding sets them apart", () => {
    // 3 * (0.2 - 0.1) / 0.3, 1 * 1 / 1 and 1 * (0.8 - 0.7) / 0.1 are 1; free gains of 0.1 are one too.
    const order = improvementPriorities([
      attribute("a", 3, 0.1, 0.2, 0.3),
      attribute("b", 1, 0, 1, 1),
      attribute("c", 1, 0.7, 0.8, 0.1),
      attribute("d", 1, 0, 0.1, 0),
      attribute("e", 1, 0.7, 0.8, 0),
    ]);
    expect(order.map(({ id, rank }) => [id, rank])).toEqual([
      ["d", 1],
      ["e", 1],
      ["a", 3],
      ["b", 3],
      ["c", 3],
    ]);
  });

  test("refuses a gain that no number can hold", () => {
    const many = [attribute("a", 1, 1, 2, 3), attribute("b", 1e308, 0, 1e308, 1)];
    expect(() => improvementPriorities(many)).toThrow("attributes[1] gives a gain of Infinity");
  });

  test.each<[Partial<ImprovableAttribute>, string]>([
    [{ cost: -1 }, "row 1, cost: -1 is not a finite number from 0 on"],
    [{ weight: -1 }, "row 1, weight: -1"],
    [{ target: Number.POSITIVE_INFINITY }, "row 1, target: Infinity"],
    [{ score: Number.NaN }, "row 1, score: NaN"],
    [{ id: "" }, "row 1, id"],
  ])("refuses %j", (wrong, words) => {
    expect(() => improvementPriorities([{ ...attribute("a", 1, 1, 2, 3), ...wrong }])).toThrow(words);
  });
});

describe("worthItRatio", () => {
  test("8.2 against a mean of 7.4 and 7.8", () => {
    const { ratio, interval, reason, n, competitors } = worthItRatio(8.2, [7.4, 7.8]);
    expect(ratio.value).toBeCloseTo(8.2 / 7.6, 14);
    expect(competitors).toEqual([7.4, 7.8]);
    expect([interval, reason, n]).toEqual([
      null,
      "ours has no spread: pass its scores, two or more",
      [null, null, null],
    ]);
  });

  test("from scores: each competitor counts once; the interval as R has it", () => {
    // o <- c(8,9,7,8); c1 <- c(7,8,8); c2 <- c(6,8,7,5,9); m <- (mean(c1)+mean(c2))/2; r <- mean(o)/m
    // v <- var(o)/4/mean(o)^2 + (var(c1)/3+var(c2)/5)/4/m^2; r*exp(c(-1,1)*qnorm(.975)*sqrt(v))
    const found = worthItRatio(
      [8, 9, 7, 8],
      [
        [7, 8, 8],
        [6, 8, 7, 5, 9],
      ],
    );
    expect(found.n).toEqual([4, 3, 5]);
    expect(found.ratio.value).toBeCloseTo(1.09090909090909, 13);
    expect(found.interval?.lower).toBeCloseTo(0.944012521794831, 13);
    expect(found.interval?.upper).toBeCloseTo(1.260664045393615, 13);
    expect(found.reason).toBeNull();
  });

  test("one competitor by its mean alone: no interval", () => {
    const found = worthItRatio([8, 9], [[7, 8], 7]);
    expect(found.interval).toBeNull();
    expect(found.reason).toBe("competitors[1] has no spread: pass its scores, two or more");
  });

  test("typed arrays, and answers that were not given: counted, not scored", () => {
    const plain = worthItRatio([8, 9], [[7, 8, 9]]);
    const gaps = worthItRatio([8, null, 9, null], [Float64Array.of(7, Number.NaN, 8, 9)]);
    expect(gaps).toEqual({ ...plain, missing: [2, 1] });
    expect(plain.missing).toEqual([0, 0]);
    expect(worthItRatio(8, [7]).missing).toEqual([null, null]);
  });

  test.each<[unknown, unknown, string]>([
    [0, [7], "ours is 0: pass a finite number above 0"],
    [[], [7], "ours has no scores"],
    [[null], [7], "ours has no scores"],
    ["8", [7], 'ours is "8": pass a finite number above 0'],
    [[8, Number.NaN], [7], "1 problem in ours:\n  row 2: NaN is not a finite number"],
    [[8, 0], [7], "1 problem in ours:\n  row 2: 0 is not above 0"],
    [8, [], "competitors is empty"],
    [8, [[7, -1]], "1 problem in competitors[0]:\n  row 2: -1 is not above 0"],
    [8, 7, "competitors is 7"],
    [[1.7e308, 1.7e308], [7], "ours gives a mean of"],
    [[1, 1e200], [7], "ours gives a variance of Infinity"],
  ])("refuses %j against %j", (ours, competitors, words) => {
    expect(() => worthItRatio(ours as number, competitors as number[])).toThrow(words);
  });
});
