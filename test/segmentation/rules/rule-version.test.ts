import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import type * as ParseRule from "../../../src/segmentation/rules/parse-rule.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";

// No step from one version to the next rewrites anything yet. So that the way of a rule through the table is seen all the
// same, this is the library as it would be at version 2: with two made-up steps, everything else as it is.

const source = fileURLToPath(new URL("../../../src/segmentation/rules/", import.meta.url));

/** Version 0 said "least" for "gte", version 1 "atleast"; each step knows its own word alone. */
const MADE_UP = `
  (rule) => renamed(rule, "least", "atleast"),
  (rule) => renamed(rule, "atleast", "gte"),
];
function renamed(rule, from, to) {
  if (Array.isArray(rule)) return rule.map((part) => renamed(part, from, to));
  if (typeof rule !== "object" || rule === null) return rule;
  return Object.fromEntries(
    Object.entries(rule).map(([key, part]) => [key, key === "op" && part === from ? to : renamed(part, from, to)]),
  );
}`;

/** Replaces what must be there once: the test shall not go on with the real table. */
function replaceOnce(text: string, pattern: RegExp, by: string): string {
  expect(text.split(pattern), String(pattern)).toHaveLength(2);
  return text.replace(pattern, () => by);
}

const atVersion2: Plugin = {
  name: "made-up steps",
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]rule-version\.ts$/ }, ({ path }) => {
      const present = replaceOnce(
        readFileSync(path, "utf8"),
        /RULE_VERSION = 1;/,
        "RULE_VERSION: number = 2;",
      );
      const table = /(?<=const STEPS: [^\n]*= \[)\n[^\]]*\];/;
      return { contents: replaceOnce(present, table, MADE_UP), loader: "ts" };
    });
  },
};

let later: typeof ParseRule;

beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [`${source}parse-rule.ts`],
    bundle: true,
    format: "esm",
    write: false,
    plugins: [atVersion2],
  });
  const code = Buffer.from(outputFiles[0].contents).toString("base64");
  later = await import(/* @vite-ignore */ `data:text/javascript;base64,${code}`);
});

const fields = ruleFields({ age: "number", name: "text" });
const options = { fields };

/** A rule in the words of a version, with what stays the same beside them. */
const rule = (op: string, field = "age") => ({
  op: "any",
  of: [
    { op: "eq", field: "name", value: "least" },
    { op: "not", of: { op, field, value: 18 } },
  ],
});
const current = { version: 2, rule: rule("gte") };

/** What a call of the other copy of the library throws, whose error class is another one too. */
function fault(call: () => unknown): unknown {
  try {
    return { result: call() };
  } catch (error) {
    return error;
  }
}

describe("migrateRule, with steps that rewrite", () => {
  it("takes every step from the version of the document on, in order, and leaves the rest of the tree", () => {
    expect(later.migrateRule({ version: 0, rule: rule("least") }, options)).toEqual(current);
    expect(later.migrateRule({ version: 1, rule: rule("atleast") }, options)).toEqual(current);
    expect(later.migrateRule(current, options)).toEqual(current);
    // Words of an older version that the document is not in are none.
    expect(fault(() => later.migrateRule({ version: 1, rule: rule("least") }, options))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "rule.of[1].of.op",
    });
  });

  it("takes a bare tree to be of the version it is told, else of the present one", () => {
    expect(later.migrateRule(rule("least"), { fields, from: 0 })).toEqual(current);
    expect(later.migrateRule(rule("atleast"), { fields, from: 1 })).toEqual(current);
    expect(later.migrateRule(rule("gte"), options)).toEqual(current);
    expect(fault(() => later.migrateRule(rule("atleast"), options))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "rule.of[1].of.op",
      message: expect.stringContaining('"atleast"'),
    });
  });

  it("does not change what it is given", () => {
    const stored = { version: 0, rule: rule("least") };
    later.migrateRule(stored, options);
    expect(stored).toEqual({ version: 0, rule: rule("least") });
  });

  it("checks the rewritten rule, and names places in it", () => {
    const gone = { version: 0, rule: rule("least", "aeg") };
    expect(fault(() => later.migrateRule(gone, options))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "rule.of[1].of.field",
      message: expect.stringContaining('"aeg"'),
    });
    const nothing = fault(() => later.migrateRule({ version: 0 }, options));
    expect(nothing).toMatchObject({ code: "INVALID_ARGUMENT", path: "rule" });
  });

  it("alone reads older documents, and nothing reads later ones", () => {
    expect(fault(() => later.parseRule({ version: 1, rule: rule("atleast") }, options))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "version",
      message: expect.stringContaining("migrateRule()"),
    });
    expect(later.parseRule(current, options)).toEqual(current.rule);
    for (const read of [later.parseRule, later.migrateRule])
      expect(fault(() => read({ version: 3, rule: rule("gte") }, options))).toMatchObject({
        code: "INVALID_ARGUMENT",
        path: "version",
        message: expect.stringContaining("knows up to 2"),
      });
  });
});
