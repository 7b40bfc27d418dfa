import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { examplesOfMarkdown, examplesOfSource } from "./extract.js";
import { runExample } from "./run.js";
import { typeErrors } from "./type-check.js";

// The checker of the examples is itself held to account: what must fail fails, with the line.

class CodedError extends Error {
  constructor(readonly code: string) {
    super("refused");
  }
}

const shop = {
  third: 1 / 3,
  rates: { a: [1 / 3, 2], n: null, name: "x" },
  refuse(code: string): never {
    throw new CodedError(code);
  },
  later: async (value: unknown) => value,
  refuseLater: async (code: string) => Promise.reject(new CodedError(code)),
};

const run = (code: string) =>
  runExample(`import { third, rates, refuse, later, refuseLater } from "shop";\n${code}`, async () => shop);

describe("what passes", () => {
  test.each([
    "1 + 1; // => 2",
    "1 + 1;\n// => 2",
    "const x = 1 + 1;\n// => 2",
    "[5].forEach((n) => {\n  n;\n  // => 5\n});",
    "({ a: [1, null] }); // => { a: [1, null] }",
    "const x = 1 + 1; // => 2\nx; // => 2",
    'const { name } = rates; // => rates\nname; // => "x"',
    "export const x: number = 2; // => 2",
    '[1, 2]\n  .map((n) => n * 2)\n  .join(); // => "2,4"',
    "if (third) third === 1 / 3; // => true",
    "try {\n  refuse('A');\n} catch (error) {\n  if (error instanceof Error) error.message; // => \"refused\"\n}",
    "[5].forEach((n) => {\n  n; // => 5\n});",
    "console.log(third * 3); // => 1",
    "third; // ~> 0.333333",
    'rates; // ~> { a: [0.333333, 2], n: null, name: "x" }',
    "1e-13; // ~> 0",
    "refuse('NO'); // throws NO",
    "await refuseLater('NO'); // throws NO",
    "await later(3); // => 3",
    "const y = await later(3); // => 3",
    "Number.NaN; // => NaN",
  ])("%s", async (code) => expect(await run(code)).toBeUndefined());
});

describe("what fails", () => {
  test.each([
    ["1 + 1; // => 3", "line 2: says 3, is 2"],
    ["\nconst x = 1 + 1; // => 3", "line 3: says 3, is 2"],
    ["({ a: 1, b: undefined }); // => { a: 1 }", "line 2: says"],
    ["-0; // => 0", "line 2: says 0, is -0"],
    ["new Float64Array(1); // => [0]", "line 2: says"],
    ["if (third) third; // => 1", "line 2: says 1"],
    ["[5].forEach((n) => {\n  n; // => 6\n});", "line 3: says 6, is 5"],
    ["third; // => 0.333333", "line 2: says 0.333333"],
    ["third; // ~> 0.33333", "line 2: says 0.33333,"],
    ["rates; // ~> { a: [0.333333, 2], n: null }", "line 2: says"],
    ['rates; // ~> { a: [0.333333, 2.00001], n: null, name: "x" }', "line 2: says"],
    ['rates; // ~> { a: [0.333333, 2], n: 0, name: "x" }', "line 2: says"],
    ["1e-11; // ~> 0", "line 2: says 0"],
    ["1; // throws NO", 'line 2: says "throws NO", is 1'],
    ["refuse('YES'); // throws NO", 'line 2: says "throws NO", is Error: refused'],
    ["await later(1); // throws NO", 'line 2: says "throws NO", is 1'],
    ["1; // => 1\nrefuse('NO');", "line 3: threw"],
    ["1; // => 1\nif (third) {\n  refuse('NO');\n}", "line 4: threw"],
    ["third;", "asserts nothing"],
    ["if (!third) third; // => 1", "no assertion was reached"],
    ["third;\n\n// => 1", 'line 4: "// => 1" asserts nothing'],
    ["third;\n// => 1", "line 3: says 1, is 0.333"],
    ["if (third) {\n} // => 1", 'line 3: "// => 1" asserts nothing'],
    ["third; //=> 1", "asserts nothing"],
    ["third; // -> 1", "asserts nothing"],
    ["third; // => one third", 'line 2: "one third" is no value'],
    ["refuse('NO'); // throws an error", 'line 2: "an error" is no error code'],
    ["const a = 1, b = 2; // => 1", "asserts nothing"],
  ])("%s", async (code, message) => await expect(run(code)).rejects.toThrow(message));
});

describe("where examples come from", () => {
  test("doc comments, with the export's name and the line of the file", () => {
    const text = [
      "/** Bonds.\n * ```ts\n * one;\n * ```\n * @module\n */",
      'import { a } from "./a.js";',
      "/**\n * Two.\n *\n * ```ts\n * two;\n *   more;\n * ```\n *\n * ```ts no-run\n * three;\n * ```\n */",
      "export const bond = { /** Plain. */ a };",
      "export interface Tie {\n  /**\n   * ```ts\n   * four;\n   * ```\n   */\n  strength: number;\n}",
    ].join("\n");
    expect(examplesOfSource("src/relationship/bond.ts", text)).toEqual([
      {
        file: "src/relationship/bond.ts",
        line: 3,
        owner: "relationship/bond.ts",
        code: "one;",
        noRun: false,
      },
      { file: "src/relationship/bond.ts", line: 12, owner: "bond", code: "two;\n  more;", noRun: false },
      { file: "src/relationship/bond.ts", line: 17, owner: "bond", code: "three;", noRun: true },
      { file: "src/relationship/bond.ts", line: 24, owner: "Tie.strength", code: "four;", noRun: false },
    ]);
  });
  test("pages, under their heading; a fence inside a longer fence is text", () => {
    const text = "# A\n```sh\nls\n```\n## B\n```ts\nb;\n```\n````md\n```ts\nc;\n```\n````\n";
    expect(examplesOfMarkdown("README.md", text)).toEqual([
      { file: "README.md", line: 7, owner: "B", code: "b;", noRun: false },
    ]);
  });
  test.each([
    ["```js\n1;\n```", "fence the code as"],
    ["```typescript\n1;\n```", "fence the code as"],
    ["```ts norun\n1;\n```", "unknown tag norun"],
    ["```ts\n1;", "has no end"],
  ])("%s is refused", (text, message) => expect(() => examplesOfMarkdown("a.md", text)).toThrow(message));
  test("a comment that hangs on nothing is refused", () => {
    const text = "const a = [\n  1,\n  /**\n   * ```ts\n   * 1;\n   * ```\n   */\n];";
    expect(() => examplesOfSource("src/a.ts", text)).toThrow("1 ts blocks, 0 in doc comments");
  });
  test("types are checked, each example apart from the others", () => {
    const root = fileURLToPath(new URL("../../", import.meta.url));
    expect(
      typeErrors(root, ["const a: number = 1;", '\nconst a: number = "1";', 'import { x } from "nowhere";']),
    ).toEqual([
      [],
      ["line 2: Type 'string' is not assignable to type 'number'."],
      [expect.stringContaining("line 1: Cannot find module 'nowhere'")],
    ]);
  });
});
