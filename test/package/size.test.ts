import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root, specifiers } from "./packed-app.js";
import { bundleSize, hasGrown, measuredSizes, ownsUpToGrowth, pieces, recordedSizes } from "./sizes.js";

// What an application pays for what it imports. `npm run size` prints the table, `npm run size -- --record` keeps it.

const changelog = readFileSync(join(root, "CHANGELOG.md"), "utf8");
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const sizes = await measuredSizes();
const heldBy = (name: string) =>
  sizes.find((size) => size.name === name) ?? expect.fail(`${name} is not measured`);

test.each(Object.entries(pieces).filter(([, { limit }]) => limit !== null))(
  "%s stays in its budget",
  (name, { limit }) => {
    expect(heldBy(name).gzip).toBeGreaterThan(0);
    expect(heldBy(name).gzip).toBeLessThanOrEqual(limit ?? 0);
  },
);

test("a function of mathematics brings no zod and no date-fns", () => {
  for (const name of ["normalQuantile", "wilsonInterval"]) {
    expect(heldBy(name).inputs.filter((path) => /node_modules\/(?!clientele)/.test(path))).toEqual([]);
  }
  expect(heldBy("contactSchema").inputs.some((path) => path.includes("/zod/"))).toBe(true);
});

test("a bundle that grew by more than a tenth is owned up to in the changelog", () => {
  const record = recordedSizes();
  expect(Object.keys(record).sort()).toEqual(Object.keys(pieces).sort());
  const grown = sizes.filter(({ name, gzip }) => hasGrown(gzip, record[name] ?? 0));
  const messages = grown.map(({ name, gzip }) => `${name}: ${gzip} bytes, recorded ${record[name]}`);
  if (!ownsUpToGrowth(changelog, version)) {
    expect(messages, 'add a "- Size:" line to CHANGELOG.md, or run npm run size -- --record').toEqual([]);
  }
});

test("what counts as growth, and as owning up to it", () => {
  expect([hasGrown(1100, 1000), hasGrown(1101, 1000)]).toEqual([false, true]);
  const log = (heading: string, line: string) =>
    `# Changelog\n\n## [${heading}]\n\n### Changed\n\n${line}\n\n## [0.0.1]\n`;
  expect(ownsUpToGrowth(log("Unreleased", "- Size: 12 kB, was 10."), "1.0.0")).toBe(true);
  expect(ownsUpToGrowth(log("1.0.0", "- Size: 12 kB, was 10."), "1.0.0")).toBe(true);
  expect(ownsUpToGrowth(log("0.9.0", "- Size: 12 kB, was 10."), "1.0.0")).toBe(false);
  expect(ownsUpToGrowth(log("Unreleased", "- The size: 12 kB."), "1.0.0")).toBe(false);
});

describe("in a browser", () => {
  test.each(specifiers)("%s bundles without anything of Node", async (specifier) => {
    // esbuild fails on an import that a browser does not have.
    const { inputs } = await bundleSize(specifier, `import * as all from "${specifier}"; export { all };`);
    expect(inputs.length).toBeGreaterThan(0);
  });
});
