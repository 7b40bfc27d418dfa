import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** The files below `src`, parsed and bound, with paths relative to it: `core/errors.ts`. */
export interface SourceTree {
  readonly files: ReadonlyMap<string, ts.SourceFile>;
  readonly checker: ts.TypeChecker;
}

/** One broken rule, at a place that an editor can open. */
export interface Violation {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

const root = "/src/";

/** Builds a tree from texts, so that the rules can be tried on snippets as well as on the real files. */
export function sourceTree(texts: Readonly<Record<string, string>>): SourceTree {
  // No lib and no packages: whatever a file uses without declaring it stays unresolved, and so shows as a global.
  const options: ts.CompilerOptions = { noLib: true, target: ts.ScriptTarget.ES2022 };
  const parsed = new Map(
    Object.entries(texts).map(([path, text]) => [
      root + path,
      ts.createSourceFile(root + path, text, ts.ScriptTarget.ES2022, true),
    ]),
  );
  const host: ts.CompilerHost = {
    fileExists: (name) => parsed.has(name),
    readFile: (name) => parsed.get(name)?.text,
    getSourceFile: (name) => parsed.get(name),
    getDefaultLibFileName: () => "lib.d.ts",
    writeFile: () => undefined,
    getCurrentDirectory: () => root,
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    resolveModuleNameLiterals: (literals, containingFile) =>
      literals.map(({ text }) => {
        const target = resolveInside(containingFile.slice(root.length), text);
        const resolvedFileName = target === null ? "" : root + target;
        return {
          resolvedModule: parsed.has(resolvedFileName)
            ? { resolvedFileName, extension: ts.Extension.Ts }
            : undefined,
        };
      }),
  };
  const program = ts.createProgram([...parsed.keys()], options, host);
  const files = new Map([...parsed].map(([name, file]) => [name.slice(root.length), file]));
  return { files, checker: program.getTypeChecker() };
}

/** Reads every `.ts` file below the folder. */
export function readSourceTree(folder: string): SourceTree {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts"))
    .sort();
  return sourceTree(
    Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), "utf8")])),
  );
}

/** The file that a relative specifier means, or `null` for a package. */
export function resolveInside(from: string, specifier: string): string | null {
  if (!specifier.startsWith(".")) return null;
  const parts = from.split("/").slice(0, -1);
  for (const part of specifier.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/").replace(/\.js$/, ".ts");
}

/** The folder of a file: `core` for `core/errors.ts`, `""` for the root barrel. */
export function folderOf(file: string): string {
  return file.includes("/") ? (file.split("/")[0] ?? "") : "";
}

/** The folders of the tree, each a subpath export. */
export function foldersOf(tree: SourceTree): string[] {
  return [...new Set([...tree.files.keys()].map(folderOf))].filter((folder) => folder !== "").sort();
}

/** Is this the index of a folder, or the root barrel? */
export function isIndex(file: string): boolean {
  return file === "index.ts" || file.endsWith("/index.ts");
}

/** Calls `visit` on every node of every file. */
export function forEachNode(tree: SourceTree, visit: (node: ts.Node, file: string) => void): void {
  for (const [path, file] of tree.files) {
    const walk = (node: ts.Node): void => {
      visit(node, path);
      ts.forEachChild(node, walk);
    };
    ts.forEachChild(file, walk);
  }
}

/** A violation at a node. */
export function violation(file: string, node: ts.Node, message: string): Violation {
  const source = node.getSourceFile();
  return { file, line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1, message };
}

/** `src/core/a.ts:3 message`, as the tests show it. */
export function shownViolation({ file, line, message }: Violation): string {
  return `src/${file}:${line} ${message}`;
}

/** The items under their keys, in order of first appearance. */
export function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
