import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type DocExample, examplesOfMarkdown, examplesOfSource } from "./doc-examples/extract.js";
import { runExample } from "./doc-examples/run.js";
import { typeErrors } from "./doc-examples/type-check.js";

// What the documentation shows is what the code does: every ```ts block of the doc comments, the README and the pages
// is type-checked and run, and the values after `// =>` are held against what comes out. CONTRIBUTING.md has the syntax.

const root = fileURLToPath(new URL("../", import.meta.url));

function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(`${root}${folder}`, { recursive: true, encoding: "utf8" })
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(ending) && !path.startsWith("docs/api/"))
    .sort();
}

const pages = [...readdirSync(root).filter((name) => name.endsWith(".md")), ...filesBelow("docs", ".md")];
const examples: DocExample[] = [
  ...filesBelow("src", ".ts").flatMap((file) => examplesOfSource(file, readFileSync(root + file, "utf8"))),
  ...pages.flatMap((file) => examplesOfMarkdown(file, readFileSync(root + file, "utf8"))),
];

let errors: string[][] | undefined;

/** Lines inside an example become lines of its file, so that an editor can open the place. */
function inFile(example: DocExample, message: string): string {
  return message.replace(/^line (\d+):/gm, (_, line) => `${example.file}:${example.line + Number(line) - 1}`);
}

describe.each([...new Set(examples.map((example) => example.file))])("%s", (file) => {
  for (const [index, example] of examples.entries()) {
    if (example.file !== file) continue;
    test(`${example.owner}, line ${example.line}${example.noRun ? " (types only)" : ""}`, async () => {
      errors ??= typeErrors(
        root,
        examples.map(({ code }) => code),
      );
      const messages = (errors[index] ?? []).map((message) => inFile(example, message));
      expect(messages).toEqual([]);
      if (example.noRun) return;
      // The alias of vitest.config.ts leads "clientele" and its subpaths to src.
      await runExample(example.code, (specifier) => import(specifier)).catch((error: Error) => {
        expect.fail(inFile(example, error.message));
      });
    });
  }
});

test("blocks that do not run are rare: at most one in twenty", () => {
  const notRun = examples.filter((example) => example.noRun).map(({ file, line }) => `${file}:${line}`);
  expect(examples.length).toBeGreaterThan(0);
  expect(notRun.length, notRun.join(", ")).toBeLessThanOrEqual(Math.floor(examples.length / 20));
});
