import { readFileSync } from "node:fs";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { outcome, type PackedApp, packedApp, root, specifiers } from "./packed-app.js";

// The package as a user gets it: packed, installed with its dependencies into an empty application, and used there.

let app: PackedApp;

beforeAll(async () => {
  app = await packedApp();
});
afterAll(() => app?.remove());

const ok = { code: 0, output: "" };

describe("the tarball", () => {
  test("holds the built files and the papers, nothing else", () => {
    const others = app.files.filter((file) => !/^dist\/([a-z]+\/)?[\w-]+\.(js|cjs|d\.ts|d\.cts)$/.test(file));
    expect(others.sort()).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "package.json"]);
    expect(app.files).toContain("dist/index.js");
  });

  test("names no path of the machine that built it, no source map, no bundled package", () => {
    const installed = join(app.folder, "node_modules/clientele");
    for (const file of app.files.filter((path) => path.startsWith("dist/"))) {
      const text = readFileSync(join(installed, file), "utf8");
      expect(text.includes(root), `${file} names ${root}`).toBe(false);
      expect(/sourceMappingURL|node_modules\/|file:\/\//.exec(text)?.[0], file).toBeUndefined();
    }
  });

  test("publint finds nothing", async () => {
    const { buffer, byteOffset, byteLength } = readFileSync(app.tarball);
    const tarball = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
    const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  test("are the types wrong? They are not", async () => {
    const attw = join(root, "node_modules/@arethetypeswrong/cli/dist/index.js");
    const args = [
      attw,
      app.tarball,
      "--profile",
      "node16",
      "--no-definitely-typed",
      "--format",
      "ascii",
      "--no-color",
    ];
    const { code, output } = await outcome(process.execPath, args, root);
    expect(code, output).toBe(0);
    for (const specifier of specifiers) expect(output).toContain(`"${specifier}"\n`);
  });
});

/** The names of every entry, one line each; at run time both formats must give the same. */
const listNames = `
const names = entries.map(([specifier, module]) =>
  specifier + ": " + Object.keys(module).filter((name) => name !== "default" && name !== "module.exports").sort());
const [[, all], ...folders] = entries;
for (const [specifier, folder] of folders) {
  for (const [name, value] of Object.entries(folder)) {
    if (name !== "default" && name !== "module.exports" && all[name] !== value) throw new Error(specifier + " has another " + name);
  }
}
const { ClienteleError, compileRule, explainRule, parseRule, ruleFields, segmentSet, selectRows } = all;
// Rules are the one thing here that is compiled: from closures, where code from text is forbidden.
const fields = ruleFields({ plan: "text", score: "number" });
const rule = { op: "all", of: [{ op: "in", field: "plan", values: ["pro"] }, { op: "gte", field: "score", value: 1 }] };
const options = { fields, asOf: 0 };
const found = selectRows(rule, { plan: ["pro", "free"], score: Float64Array.of(1, 1) }, options).rowIndexes;
if (!compileRule(rule, options).matches({ plan: "pro", score: 1 }) || found.join() !== "0") {
  throw new Error("a rule finds others than its members");
}
// The same of what comes from outside, of events, of many segments and of explanations.
const withEvents = { fields: ruleFields({ plan: "text" }, { visits: { page: "text" } }), asOf: "2024-07-01" };
const stored = JSON.parse('{"version":1,"rule":{"op":"count","of":"visits","where":{"op":"startsWith","field":"page","value":"p"},"window":{"last":{"days":30}},"is":{"op":"gte","value":2}}}');
const keen = parseRule(stored, withEvents);
const visits = [{ at: "2024-06-20", page: "prices" }, { at: "2024-06-25", page: "plans" }, { at: "2024-06-26", page: "home" }];
const set = segmentSet({ keen, paying: { op: "eq", field: "plan", value: "pro" } }, withEvents);
const records = [{ customerId: "ani", plan: "pro" }, { customerId: "budi", plan: "pro" }, { customerId: "citra", plan: "free" }];
const eventsOf = ({ customerId }) => ({ visits: customerId === "ani" ? visits : [] });
const assigned = set.evaluate({ records, eventsOf }).assignment.columns.segment;
const why = explainRule(keen, { record: {}, events: { visits: visits.slice(1) } }, withEvents);
const seen = JSON.stringify([assigned, why.held, why.tree.actual, why.flip]);
if (seen !== '[["keen","paying",null],false,1,["rule"]]') throw new Error("rules on events give " + seen);
try {
  core.money(0.5, "IDR");
  throw new Error("half a rupiah was let through");
} catch (error) {
  if (!(error instanceof ClienteleError) || error.code !== "INVALID_ARGUMENT") throw error;
}
console.log(names.join("\\n"));
`;

const esm = `${specifiers.map((specifier, index) => `import * as m${index} from "${specifier}";`).join("\n")}
const entries = [${specifiers.map((specifier, index) => `["${specifier}", m${index}]`).join(", ")}];
import * as core from "clientele/core";
${listNames}`;

const cjs = `const entries = [${specifiers.map((specifier) => `["${specifier}", require("${specifier}")]`).join(", ")}];
const core = require("clientele/core");
${listNames}`;

describe("at run time", () => {
  const forbidden = ["--disallow-code-generation-from-strings"];

  test("ESM and CommonJS give the same names under every entry, and one thing for each name", async () => {
    const asModule = await app.node([...forbidden, app.write("names.mjs", esm)]);
    const asCommon = await app.node([...forbidden, app.write("names.cjs", cjs)]);
    expect(asModule.code, asModule.output).toBe(0);
    expect(asCommon).toEqual(asModule);
    for (const specifier of specifiers)
      expect(asModule.output).toMatch(new RegExp(`^${specifier}: \\w+`, "m"));
  });

  test.each(specifiers)("%s loads alone, without clock, chance or network", async (specifier) => {
    // Each entry is loaded on its own, in a process where what the package must not use is gone.
    const bare = `Math.random = Date.now = undefined; for (const name of ["fetch", "performance", "setTimeout"]) globalThis[name] = undefined;`;
    const load = `import("${specifier}").then((module) => { if (Object.keys(module).length === 0) throw new Error("empty"); })`;
    expect(await app.node([...forbidden, "--input-type=module", "--eval", `${bare} await ${load};`])).toEqual(
      ok,
    );
  });
});

const consumer = `${specifiers.map((specifier, index) => `import * as m${index} from "${specifier}";`).join("\n")}
import { ClienteleError, type Money, money, ratio, type Rate } from "clientele";
import { ClienteleError as SameError } from "clientele/core";

export const modules = [${specifiers.map((_, index) => `m${index}`).join(", ")}];
export const price: Money<"IDR"> = money(10_000, "IDR");
export const share: Rate = ratio(9, 10);
export const error: ClienteleError = new SameError("INVALID_ARGUMENT", "x", "x is 1: pass 2");
// @ts-expect-error The currency is part of the type: a rupiah is not a dollar.
export const wrong: Money<"USD"> = price;
// @ts-expect-error A share may be null: the type says so.
export const value: number = share.value;
`;

describe("for a consumer's compiler, libraries checked too", () => {
  // The compiler's own libraries are taken as right; those of the package and of what it depends on are not.
  const lib = { lib: ["ES2022", "DOM"], skipDefaultLibCheck: true };
  const exact = { exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true };
  test.each([
    [
      "node16, from ESM and from CommonJS",
      ["a.mts", "b.cts"],
      { module: "node16", moduleResolution: "node16" },
    ],
    [
      "bundler, with the strictest options",
      ["c.ts"],
      { module: "esnext", moduleResolution: "bundler", ...exact },
    ],
  ])("%s", async (_, files, options) => {
    for (const file of files) app.write(file, consumer);
    expect(await app.typeCheck({ ...lib, ...options }, files)).toEqual(ok);
  });
});
