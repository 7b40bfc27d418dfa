import ts from "typescript";
import { folderOf, forEachNode, isIndex, type SourceTree, type Violation, violation } from "./source-tree.js";

const longest = 300;

/** No default exports, no classes but the one error, no `any`. */
export function styleViolations(tree: SourceTree): Violation[] {
  const violations: Violation[] = [];
  forEachNode(tree, (node, file) => {
    const message = broken(node);
    if (message !== null) violations.push(violation(file, node, message));
  });
  return violations;
}

function broken(node: ts.Node): string | null {
  if (ts.isExportAssignment(node) || node.kind === ts.SyntaxKind.DefaultKeyword) {
    return node.parent && ts.isDefaultClause(node.parent) ? null : "default export";
  }
  if (ts.isExportSpecifier(node) && node.name.text === "default") return "default export";
  if (ts.isClassLike(node))
    return node.name?.text === "ClienteleError" ? null : "a class: results are plain data";
  if (node.kind === ts.SyntaxKind.AnyKeyword) return "any";
  return null;
}

/** Small files, each named in kebab-case. */
export function fileViolations(tree: SourceTree): Violation[] {
  return [...tree.files].flatMap(([file, source]) => {
    const lines = source.text.trimEnd().split("\n").length;
    const name = file.split("/").at(-1) ?? "";
    return [
      ...(lines > longest ? [{ file, line: lines, message: `${lines} lines, at most ${longest}` }] : []),
      ...(/^[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(name) ? [] : [{ file, line: 1, message: "not in kebab-case" }]),
    ];
  });
}

/**
 * An index holds named re-exports; that of a folder bears a `@module` comment, and re-exports the indices of its subfolders
 * whole, as the root barrel does each folder.
 */
export function indexViolations(tree: SourceTree, folders: readonly string[]): Violation[] {
  const violations: Violation[] = folders
    .filter((folder) => !tree.files.has(`${folder}/index.ts`))
    .map((folder) => ({ file: `${folder}/index.ts`, line: 1, message: "missing" }));
  const subfolders = [...tree.files.keys()].map((file) => file.split("/").slice(0, -1).join("/"));
  for (const folder of new Set(subfolders)) {
    const index = `${folder}/index.ts`;
    if (folder.includes("/") && !tree.files.has(index))
      violations.push({ file: index, line: 1, message: "missing" });
  }
  for (const [file, source] of tree.files) {
    if (!isIndex(file)) continue;
    const isNested = file.split("/").length > 2;
    if (!(isNested ? /^\/\*\*/ : /^\/\*\*(?:(?!\*\/)[\s\S])*@module\b/).test(source.text)) {
      const wanted = isNested ? "doc comment" : "@module comment";
      violations.push({ file, line: 1, message: `does not start with a ${wanted}` });
    }
    if (isNested && !isReexportedWhole(tree, file)) {
      violations.push({ file, line: 1, message: `is not re-exported by ${folderOf(file)}/index.ts` });
    }
    for (const statement of source.statements) {
      const clause = ts.isExportDeclaration(statement) && statement.moduleSpecifier ? statement : undefined;
      const named = clause?.exportClause !== undefined && ts.isNamedExports(clause.exportClause);
      const whole = clause !== undefined && clause.exportClause === undefined;
      const ofSubfolder =
        whole && !isNested && /^"\.\/[^/]+\/index\.js"$/.test(clause.moduleSpecifier?.getText() ?? "");
      if (file === "index.ts" ? !whole : !named && !ofSubfolder) {
        violations.push(
          violation(file, statement, file === "index.ts" ? "not export *" : "not a named re-export"),
        );
      }
    }
  }
  const barrel = tree.files.get("index.ts")?.text ?? "";
  for (const folder of folders) {
    if (!barrel.includes(`export * from "./${folder}/index.js";`)) {
      violations.push({ file: "index.ts", line: 1, message: `does not re-export ${folder}/` });
    }
  }
  return violations;
}

function isReexportedWhole(tree: SourceTree, index: string): boolean {
  const folder = folderOf(index);
  const specifier = `./${index.slice(folder.length + 1).replace(/\.ts$/, ".js")}`;
  return tree.files.get(`${folder}/index.ts`)?.text.includes(`export * from "${specifier}";`) ?? false;
}
