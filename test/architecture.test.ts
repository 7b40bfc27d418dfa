import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { documentationViolations } from "./architecture/documentation.js";
import {
  cycleViolations,
  layerViolations,
  packageViolations,
  schemaViolations,
  targetViolations,
} from "./architecture/imports.js";
import { readLayers } from "./architecture/layers.js";
import { clashViolations, internalViolations, publicNames } from "./architecture/public-names.js";
import { purityViolations } from "./architecture/purity.js";
import { foldersOf, readSourceTree, shownViolation, type Violation } from "./architecture/source-tree.js";
import { fileViolations, indexViolations, styleViolations } from "./architecture/style.js";

// The house, held against its drawing (docs/architecture.md). That each rule fires is tested in architecture/rules.test.ts.

const root = new URL("../", import.meta.url);
const tree = readSourceTree(fileURLToPath(new URL("src", root)));
const page = readFileSync(new URL("docs/architecture.md", root), "utf8");
const manifest = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));
const folders = foldersOf(tree);

function expectNone(violations: readonly Violation[]): void {
  expect(violations.map(shownViolation)).toEqual([]);
}

describe("imports", () => {
  test("the table of docs/architecture.md has a row for each folder of src", () => {
    expect(
      readLayers(page)
        .map((layer) => layer.folder)
        .sort(),
    ).toEqual(folders);
  });
  test("folders import what the table lets them", () => expectNone(layerViolations(tree, readLayers(page))));
  test("files import files, by their full name", () => expectNone(targetViolations(tree)));
  test("no file reaches itself", () => expectNone(cycleViolations(tree)));
  test("zod as a namespace, date-fns by function, no other package", () =>
    expectNone(packageViolations(tree)));
  test("computing does not cost zod's bytes", () => expectNone(schemaViolations(tree)));
});

describe("code", () => {
  test("no clock, no chance, no host, no module state", () => expectNone(purityViolations(tree)));
  test("no default export, no class but ClienteleError, no any", () => expectNone(styleViolations(tree)));
  test("small files in kebab-case", () => expectNone(fileViolations(tree)));
});

describe("public names", () => {
  test("package.json exports the folders of src, each to its four files", () => {
    const entries = ["index", ...folders.map((folder) => `${folder}/index`)].map((path) => [
      path === "index" ? "." : `./${path.replace("/index", "")}`,
      {
        import: { types: `./dist/${path}.d.ts`, default: `./dist/${path}.js` },
        require: { types: `./dist/${path}.d.cts`, default: `./dist/${path}.cjs` },
      },
    ]);
    expect(manifest.exports).toEqual({ ...Object.fromEntries(entries), "./package.json": "./package.json" });
  });
  test("indices hold named re-exports, the root barrel every folder", () => {
    expectNone(indexViolations(tree, folders));
  });
  test("each name stands once in the whole package", () => expectNone(clashViolations(tree)));
  test("an export is in the index of its folder or @internal", () => expectNone(internalViolations(tree)));
  test("each name is documented, each function with an example", () => {
    expect(publicNames(tree).length).toBeGreaterThan(0);
    expectNone(documentationViolations(tree));
  });
});
