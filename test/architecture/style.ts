import ts from "typescript";
import { forEachNode, isIndex, type SourceTree, type Violation, violation } from "./source-tree.js";

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

/** Small files, each named in kebab-case; an index is a list, as long as the folder has names. */
export function fileViolations(tree: SourceTree): Violation[] {
  return [...tree.files].flatMap(([file, source]) => {
    const lines = source.text.trimEnd().split("\n").length;
    const name = file.split("/").at(-1) ?? "";
    return [
      ...(lines > longest && !isIndex(file)
        ? [{ file, line: lines, message: `${lines} lines, at most ${longest}` }]
        : []),
      ...(/^[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(name) ? [] : [{ file, line: 1, message: "not in kebab-case" }]),
    ];
  });
}

/** An index holds named re-exports and a `@module` comment; the root barrel re-exports each folder whole. */
export function indexViolations(tree: SourceTree, folders: readonly string[]): Violation[] {
  const violations: Violation[] = folders
    .filter((folder) => !tree.files.has(`${folder}/index.ts`))
    .map((folder) => ({ file: `${folder}/index.ts`, line: 1, message: "missing" }));
  for (const [file, source] of tree.files) {
    if (!isIndex(file)) continue;
    if (!/^\/\*\*(?:(?!\*\/)[\s\S])*@module\b/.test(source.text)) {
      violations.push({ file, line: 1, message: "does not start with a @module comment" });
    }
    for (const statement of source.statements) {
      const clause = ts.isExportDeclaration(statement) && statement.moduleSpecifier ? statement : undefined;
      const named = clause?.exportClause !== undefined && ts.isNamedExports(clause.exportClause);
      const whole = clause !== undefined && clause.exportClause === undefined;
      if (file === "index.ts" ? !whole : !named) {
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
