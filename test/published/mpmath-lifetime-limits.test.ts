import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { mbgNbdKernel } from "../../src/lifetime/bg-nbd/bg-nbd-kernel.js";
import { paretoNbdKernel } from "../../src/lifetime/pareto-nbd/pareto-nbd-kernel.js";
import { hypergeometric2F1NearOne, hypergeometric2F1One } from "../../src/statistics/gauss-hypergeometric.js";
import { relativeError } from "../statistics/relative-error.js";

// Values by mpmath at 50 digits where scales are far from each other: see mpmath-lifetime-limits.py.

const tables: Readonly<
  Record<"hypergeometric" | "nearOne" | "alive" | "discounted", readonly (readonly number[])[]>
> = JSON.parse(readFileSync(new URL("./mpmath-lifetime-limits.json", import.meta.url), "utf8"));

test("2F1(1, b; c; z) within the error that it claims", () => {
  for (const [b, c, z, value] of tables.hypergeometric) {
    const bound = Math.max(b, c) < 50 ? 2e-13 : 1e-12;
    expect(relativeError(hypergeometric2F1One(b, c, z), value), `${b}, ${c}, ${z}`).toBeLessThan(bound);
  }
});

test("2F1(1, b; b + 1 + gap; 1 - y) for y below the rounding of 1", () => {
  for (const [b, gap, y, value] of tables.nearOne) {
    expect(relativeError(hypergeometric2F1NearOne(b, gap, y), value), `${b}, ${gap}, ${y}`).toBeLessThan(
      5e-14,
    );
  }
});

test("P(alive) of Pareto/NBD with alpha and beta up to 1e13 apart", () => {
  for (const [r, alpha, s, beta, x, tx, T, value] of tables.alive) {
    const kernel = paretoNbdKernel({ r, alpha, s, beta });
    expect(relativeError(kernel.alive(x, tx, T, 0), value), `${alpha}, ${beta}`).toBeLessThan(1e-13);
  }
});

test("discounted purchases within a short time, with r near 0", () => {
  for (const [r, alpha, a, b, T, discount, horizon, value] of tables.discounted) {
    const got = mbgNbdKernel({ r, alpha, a, b }).discounted(0, 0, T, discount, horizon);
    expect(relativeError(got, value), `${r}, ${horizon}`).toBeLessThan(1e-12);
  }
});
