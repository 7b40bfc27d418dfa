import { describe, expect, test } from "vitest";
import { documentationViolations } from "./documentation.js";
import {
  cycleViolations,
  layerViolations,
  packageViolations,
  schemaViolations,
  targetViolations,
} from "./imports.js";
import { readLayers } from "./layers.js";
import { clashViolations, internalViolations } from "./public-names.js";
import { purityViolations } from "./purity.js";
import { sourceTree, type Violation } from "./source-tree.js";
import { fileViolations, indexViolations, styleViolations } from "./style.js";

// A checker that lets everything pass looks like a clean house: each rule is shown what it must not let pass.

const layers = readLayers(
  [
    "| folder | question | may import |",
    "|---|---|---|",
    "| `core/` | what all share | nothing inside |",
    "| `model/` | what records look like | core |",
    "| `history/` | what happened | core, model |",
    "| `charts/` | results as pictures | types of any |",
    "| `sql/` | pushed down | core, history; types of any |",
  ].join("\n"),
);

type Rule = (tree: ReturnType<typeof sourceTree>) => Violation[];

function found(rule: Rule, texts: Readonly<Record<string, string>>): string[] {
  return rule(sourceTree(texts)).map(({ file, line, message }) => `${file}:${line} ${message}`);
}

describe("layers", () => {
  const rule: Rule = (tree) => layerViolations(tree, layers);
  test.each([
    ["core/a.ts", 'import { b } from "../model/b.js";', "core/ imports model/, may import: nothing inside"],
    ["core/a.ts", 'import type { B } from "../model/b.js";', "core/ imports model/"],
    ["core/a.ts", 'export { b } from "../model/b.js";', "core/ imports model/"],
    ["core/a.ts", 'export * from "../model/b.js";', "core/ imports model/"],
    ["core/a.ts", 'const b = import("../model/b.js");', "core/ imports model/"],
    ["core/a.ts", 'type B = import("../model/b.js").B;', "core/ imports model/"],
    ["charts/a.ts", 'import { b } from "../model/b.js";', "charts/ imports model/, may import: types of any"],
    ["charts/a.ts", 'import { type B } from "../model/b.js";', "charts/ imports model/"],
    ["sql/a.ts", 'import { b } from "../model/b.js";', "may import: core, history, types of any"],
    ["attic/a.ts", 'import { b } from "../core/b.js";', "folder attic/ is not in the table"],
  ])("%s: %s", (file, text, message) => {
    expect(found(rule, { [file]: text })).toEqual([expect.stringContaining(`${file}:1 `)]);
    expect(found(rule, { [file]: text })[0]).toContain(message);
  });
  test("what the table allows passes", () => {
    const texts = {
      "history/a.ts": 'import { b } from "../model/b.js"; import { c } from "./c.js";',
      "charts/a.ts": 'import type { B } from "../history/a.js";',
      "sql/a.ts": 'import { a } from "../history/a.js"; import type { M } from "../model/m.js";',
    };
    expect(found(rule, texts)).toEqual([]);
  });
  test("a cell that is no known form does not widen a layer", () => {
    expect(() => readLayers("| `core/` | what all share | anything |")).toThrow("unknown folder anything");
  });
});

describe("import targets", () => {
  test.each([
    ['import { b } from "./b";', "does not end in .js"],
    ['import { b } from "./missing.js";', "does not exist"],
    ['import { b } from "./index.js";', "is a barrel"],
    ['import { b } from "../index.js";', "is a barrel"],
  ])("%s", (text, message) => {
    const texts = { "core/a.ts": text, "core/index.ts": "", "index.ts": "" };
    expect(found(targetViolations, texts)).toEqual([expect.stringContaining(message)]);
  });
  test("an index of another folder's file", () => {
    const texts = { "core/index.ts": 'export { b } from "../model/b.js";', "model/b.ts": "" };
    expect(found(targetViolations, texts)[0]).toContain("an index re-exports its own folder");
  });
  test("a cycle, also of types alone, is named once with its way round", () => {
    const texts = {
      "core/a.ts": 'import { b } from "./b.js";',
      "core/b.ts": 'import type { C } from "./c.js";',
      "core/c.ts": 'import { a } from "./a.js";',
      "core/d.ts": 'import { a } from "./a.js";',
    };
    expect(found(cycleViolations, texts)).toEqual([
      "core/c.ts:1 cycle: core/a.ts -> core/b.ts -> core/c.ts -> core/a.ts",
    ]);
    expect(found(cycleViolations, { "core/a.ts": 'import { a } from "./a.js";' })).toHaveLength(1);
  });
});

describe("packages", () => {
  test.each([
    ["model/a.ts", 'import { z } from "zod";'],
    ["model/a.ts", 'import z from "zod";'],
    ["model/a.ts", 'import "zod";'],
    ["model/a.ts", 'import * as zod from "zod";'],
    ["model/a.ts", 'import * as z from "zod/mini";'],
    ["history/a.ts", 'import * as z from "zod";'],
    ["core/a.ts", 'import { addMonths } from "date-fns";'],
    ["core/a.ts", 'import { addMonths } from "date-fns/fp/addMonths";'],
    ["core/a.ts", 'import { readFileSync } from "node:fs";'],
    ["core/a.ts", 'import type { Spec } from "vega-lite";'],
  ])("%s: %s", (file, text) => expect(found(packageViolations, { [file]: text })).toHaveLength(1));
  test.each([
    ["model/a.ts", 'import * as z from "zod";'],
    ["loyalty/schema.ts", 'import * as z from "zod";'],
    ["history/a.ts", 'import type * as z from "zod";'],
    ["core/a.ts", 'import { addMonths } from "date-fns/addMonths"; import { UTCDate } from "@date-fns/utc";'],
  ])("%s may: %s", (file, text) => expect(found(packageViolations, { [file]: text })).toEqual([]));

  const schema = 'import * as z from "zod"; export const schema = z.string();';
  test("computing must not reach zod, at whatever distance", () => {
    const texts = {
      "model/customer.ts": schema,
      "history/schema.ts": schema,
      "history/parse-log.ts": 'import { schema } from "./schema.js"; export const parse = schema;',
      "history/far.ts": 'import { parse } from "./parse-log.js";',
      "history/near.ts": 'import { schema } from "../model/customer.js";',
      "history/types.ts": 'import type { schema } from "../model/customer.js";',
      "history/index.ts": 'export { schema } from "./schema.js"; export { parse } from "./parse-log.js";',
      "index.ts": 'export * from "./history/index.js";',
    };
    expect(found(schemaViolations, texts)).toEqual([
      expect.stringContaining("history/far.ts:1 reaches zod through history/parse-log.ts"),
      expect.stringContaining("history/near.ts:1 reaches zod through model/customer.ts"),
    ]);
  });
  test("one file validates", () => {
    const texts = {
      "history/schema.ts": schema,
      "history/a.ts": 'import { schema } from "./schema.js";',
      "history/b.ts": 'import { schema } from "./schema.js";',
    };
    expect(found(schemaViolations, texts)[0]).toContain(
      "history/a.ts and history/b.ts import history/schema.ts",
    );
  });
});

describe("purity", () => {
  test.each([
    "export const f = () => Date.now();",
    'export const f = () => Date["now"]();',
    "export const f = () => new Date();",
    "export const f = () => new Date;",
    "export const f = (parts: []) => new Date(...parts);",
    "export const f = () => Date();",
    "const D = Date; export const f = () => new D();",
    "const { now } = Date;",
    "export const f = () => Reflect.construct(Date, []);",
    "export const f = () => new Date(2024, 1, 1);",
    "export const f = (d: Date) => d.getHours();",
    "export const f = (d: Date) => d.setMonth(3);",
    "export const f = (d: Date) => d.getTimezoneOffset();",
    "export const f = (d: Date) => d.toLocaleDateString('en');",
    "export const f = (n: number) => n.toLocaleString();",
    "export const f = (a: string, b: string) => a.localeCompare(b);",
    "export const f = () => new Intl.NumberFormat();",
    "export const f = () => new Intl.NumberFormat(undefined, { style: 'percent' });",
    "export const f = () => new Intl.DateTimeFormat('en');",
    "export const f = () => new Intl.DateTimeFormat('en', { hour: 'numeric' });",
    "export const f = () => Math.random();",
    'export const f = () => Math["random"]();',
    "const { random } = Math;",
    "export const f = (g: Intl.DateTimeFormat) => g.format();",
    "export const f = () => process.env;",
    "export const f = () => console.log(1);",
    "export const f = () => globalThis.fetch;",
    "export const f = () => setTimeout(() => 1, 0);",
    "export const f = () => fetch('x');",
    "export const f = () => eval('1');",
    "export const f = () => new Function('return 1')();",
    "export const f = () => (() => 1).constructor('return 1');",
    "export const f = () => performance.now();",
    "export const f = () => crypto.randomUUID();",
    "export const f = () => ({ process });",
    "export const f = () => import('./b.js');",
    "export const f = () => import.meta.url;",
    "export class A extends EventTarget {}",
    "let count = 0; export const f = () => count;",
    "var count = 0;",
  ])("%s", (text) => expect(found(purityViolations, { "core/a.ts": text })).toHaveLength(1));

  test.each([
    "export const f = (at: number) => new Date(at).getUTCHours();",
    "export const f = (at: unknown) => at instanceof Date && Date.UTC(2024, 0, 1) > Date.parse('2024-01-01');",
    "export const f = (process: { fetch: number }) => process.fetch;",
    "export const f = ({ console }: { console: number }) => ({ console, eval: 1 });",
    "export const f = (a: Window, b: typeof fetch): a is Window => a === b;",
    "export interface A extends Window { process: string }",
    "import { UTCDate } from '@date-fns/utc'; export const f = (d: UTCDate) => d.getHours();",
    "export const f = (xs: number[]) => { let sum = 0; for (const x of xs) sum += Math.abs(x); return sum; };",
    "const cache = new Map<string, number>(); export const f = () => cache.size;",
    "export const f = (timeZone: string) => new Intl.DateTimeFormat('en', { timeZone });",
    "export const f = (locale: string) => new Intl.NumberFormat(locale);",
    "export class ClienteleError extends Error {}",
  ])("may: %s", (text) => expect(found(purityViolations, { "core/a.ts": text })).toEqual([]));
});

describe("style", () => {
  test.each([
    "export default 1;",
    "export default function f() {}",
    "const a = 1; export { a as default };",
    "export class Customer {}",
    "const A = class {};",
    "export const f = (x: any) => x;",
    "export const f = (x: unknown) => x as any[];",
  ])("%s", (text) => expect(found(styleViolations, { "core/a.ts": text })).toHaveLength(1));
  test("what only looks alike", () => {
    const text =
      "export const f = (x: number) => { switch (x) { default: return 'any'; } }; export class ClienteleError {}";
    expect(found(styleViolations, { "core/a.ts": text })).toEqual([]);
  });
  test("a file of 301 lines, a name in camel case", () => {
    const texts = {
      "core/long.ts": "1;\n".repeat(301),
      "core/fits.ts": "1;\n".repeat(300),
      "core/whaleCurve.ts": "",
    };
    expect(found(fileViolations, texts)).toEqual([
      "core/long.ts:301 301 lines, at most 300",
      "core/whaleCurve.ts:1 not in kebab-case",
    ]);
  });
  test("indices", () => {
    const rule: Rule = (tree) => indexViolations(tree, ["core", "model", "history"]);
    const texts = {
      "index.ts": '/** All. @module */\nexport * from "./core/index.js";\nexport { a } from "./model/a.js";',
      "core/index.ts": '/** Core. @module */\nexport { a } from "./a.js";\nexport type { B } from "./b.js";',
      "model/index.ts": '/** Not a module comment. */\nexport * from "./a.js";\nexport const c = 1;',
    };
    expect(found(rule, texts)).toEqual([
      "history/index.ts:1 missing",
      "index.ts:3 not export *",
      "model/index.ts:1 does not start with a @module comment",
      "model/index.ts:2 not a named re-export",
      "model/index.ts:3 not a named re-export",
      "index.ts:1 does not re-export model/",
      "index.ts:1 does not re-export history/",
    ]);
  });
});

describe("subfolders", () => {
  const folder = '/** All. @module */\nexport * from "./odd/index.js";';
  const texts = {
    "index.ts": '/** Root. @module */\nexport * from "./core/index.js";',
    "core/index.ts": folder,
    "core/odd/index.ts": '/** Odd. */\nexport { a } from "./a.js";',
    "core/odd/a.ts": "export const a = 1;\n/** @internal */ export const b = 2;",
  };
  const rule: Rule = (tree) => indexViolations(tree, ["core"]);
  test("each has an index, which that of the folder re-exports whole", () => {
    for (const kept of [rule, targetViolations, internalViolations]) expect(found(kept, texts)).toEqual([]);
    expect(found(rule, { ...texts, "core/even/c.ts": "" })).toEqual(["core/even/index.ts:1 missing"]);
    expect(found(rule, { ...texts, "core/index.ts": "/** All. @module */" })).toEqual([
      "core/odd/index.ts:1 is not re-exported by core/index.ts",
    ]);
    expect(found(rule, { ...texts, "core/odd/index.ts": 'export * from "./a.js";' })).toEqual([
      "core/odd/index.ts:1 does not start with a doc comment",
      "core/odd/index.ts:1 not a named re-export",
    ]);
  });
  test("nothing else imports from an index, and a name in two of them clashes", () => {
    const barrel = { ...texts, "core/even.ts": 'import { a } from "./odd/index.js";' };
    expect(found(targetViolations, barrel)[0]).toContain("is a barrel");
    const clash = {
      ...texts,
      "core/index.ts": `${folder}\nexport { c as a } from "./c.js";`,
      "core/c.ts": "export const c = 3;",
    };
    expect(found(clashViolations, clash)).toEqual(["core/odd/index.ts:2 a is exported by core/index.ts too"]);
  });
});

describe("public names", () => {
  test("a clash of two folders", () => {
    const texts = {
      "core/index.ts": 'export { tier } from "./a.js";',
      "core/a.ts": "export const tier = 1;",
      "model/index.ts": 'export { level as tier } from "./b.js";',
      "model/b.ts": "export const level = 1;",
    };
    expect(found(clashViolations, texts)).toEqual(["model/index.ts:1 tier is exported by core/index.ts too"]);
  });
  test("neither public nor internal, or both", () => {
    const texts = {
      "core/index.ts": 'export { a, b } from "./a.js";',
      "core/a.ts": [
        "/** A. */ export const a = 1;",
        "/** B. @internal */ export const b = 1;",
        "/** C. */ export const c = 1;",
        "/** D. @internal */ export function d() {}",
        "/** E. @internal */ export function e(x: 1): 1;\nexport function e(x: number) { return x; }",
        "/** F. */ export function f(x: 1): 1;\n/** @internal */\nexport function f(x: number) { return x; }",
      ].join("\n"),
    };
    expect(found(internalViolations, texts).sort()).toEqual([
      "core/a.ts:2 b is @internal, yet core/index.ts exports it",
      "core/a.ts:3 c is neither @internal nor in core/index.ts",
      "core/a.ts:7 f is neither @internal nor in core/index.ts",
    ]);
  });
});

describe("documentation", () => {
  const example = ' * @example\n * ```ts\n * import { f } from "clientele";\n * f(1); // => 1\n * ```\n';
  const check = (text: string): string[] =>
    found(documentationViolations, {
      "core/index.ts": 'export { f } from "./a.js";',
      "core/a.ts": text,
    }).map((line) => line.replace(/^.*f: /, ""));

  test("complete", () => {
    const doc = `/**\n * F.\n * @param x - In days.\n * @returns Days.\n${example} */\n`;
    expect(check(`${doc}export function f(x: number): number { return x; }`)).toEqual([]);
    expect(check(`${doc}export const f = (x: number): number => x;`)).toEqual([]);
    expect(check(`${doc}export function f({ a }: { a: number }): number { return a; }`)).toEqual([]);
  });
  test.each([
    [
      "a bare function",
      "export function f(): number { return 1; }",
      ["no doc comment", "no @returns", "no @example with a ts block"],
    ],
    [
      "a parameter",
      `/**\n * F.\n * @returns One.\n${example} */\nexport function f(x: number): number { return x; }`,
      ["no @param x"],
    ],
    [
      "a parameter that is gone",
      `/**\n * F.\n * @param x\n * @param y - Gone.\n * @returns One.\n${example} */\nexport const f = (x: number) => x;`,
      ["no @param x", "@param y is no parameter"],
    ],
    [
      "an empty @returns",
      `/**\n * F.\n * @returns\n${example} */\nexport function f(): number { return 1; }`,
      ["no @returns"],
    ],
    [
      "an example of something else",
      `/**\n * F.\n * @returns One.\n${example.replaceAll(/\bf\b/g, "g")} */\nexport function f(): number { return 1; }`,
      ["no @example shows it"],
    ],
    [
      "an example without import",
      `/**\n * F.\n * @returns One.\n${example.replace("import { f } from", "//")} */\nexport function f(): number { return 1; }`,
      ['an @example without import from "clientele"'],
    ],
    ["a constant", "export const f = 1;", ["no doc comment"]],
    [
      "a field of an interface",
      "/** F. */ export interface f {\n /** A. */ a: 1; b: 2 }",
      ["no doc comment on b"],
    ],
    ["a field of a type", "/** F. */ export type f = { a: 1 }", ["no doc comment on a"]],
    [
      "a key of a schema",
      "/** F. */ export const f = z.object({\n /** A. */ a: z.string(), b: z.string() });",
      ["no doc comment on b"],
    ],
    ["a member of a class", "/** F. */ export class f { a = 1 }", ["no doc comment on a"]],
    ["a name that nothing stands behind", "", ["not found"]],
  ])("%s", (_, text, messages) => expect(check(text)).toEqual(messages));

  test("each overload is documented; the implementation behind them need not be", () => {
    const doc = `/**\n * F.\n * @param x - X.\n * @returns X.\n${example} */\n`;
    const overloads = "export function f(x: number): number;\nexport function f(y: string): string;\n";
    const body = "export function f(z: never): never { return z; }";
    expect(check(doc + overloads + body)).toEqual(["no @param y", "no @returns"]);
  });
});
