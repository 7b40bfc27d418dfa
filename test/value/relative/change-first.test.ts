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

  test.each<[unknown, unknown, string]>([
    [0, [7], "ours is 0: pass a finite number above 0"],
    [[], [7], "ours is empty"],
    [[8, Number.NaN], [7], "ours[1] is NaN"],
    [8, [], "competitors is empty"],
    [8, [[7, -1]], "competitors[0][1] is -1"],
    [8, 7, "competitors is 7"],
  ])("refuses %j against %j", (ours, competitors, words) => {
    expect(() => worthItRatio(ours as number, competitors as number[])).toThrow(words);
  });
});
