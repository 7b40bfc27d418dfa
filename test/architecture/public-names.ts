import ts from "typescript";
import { folderOf, grouped, isIndex, type SourceTree, type Violation, violation } from "./source-tree.js";

/** A name that a folder's index re-exports, with what it stands for. */
export interface PublicName {
  readonly name: string;
  readonly index: string;
  readonly specifier: ts.ExportSpecifier;
  readonly declarations: readonly ts.Declaration[];
}

/** Every name that the indices of the folders and their subfolders re-export. */
export function publicNames(tree: SourceTree): PublicName[] {
  const indices = [...tree.files.keys()].filter((file) => isIndex(file) && file !== "index.ts").sort();
  return indices.flatMap((index) => {
    const clauses = (tree.files.get(index)?.statements ?? [])
      .map((statement) => (ts.isExportDeclaration(statement) ? statement.exportClause : undefined))
      .filter((clause) => clause !== undefined && ts.isNamedExports(clause));
    return clauses.flatMap((clause) =>
      clause.elements.map((specifier) => {
        const symbol = tree.checker.getSymbolAtLocation(specifier.name);
        const target =
          symbol && symbol.flags & ts.SymbolFlags.Alias ? tree.checker.getAliasedSymbol(symbol) : symbol;
        return { name: specifier.name.text, index, specifier, declarations: target?.declarations ?? [] };
      }),
    );
  });
}

/** A name stands once in the whole package: ES modules drop a clash of `export *` without a word. */
export function clashViolations(tree: SourceTree): Violation[] {
  return [...grouped(publicNames(tree), (entry) => entry.name).values()].flatMap(([first, ...others]) =>
    others.map(({ name, index, specifier }) =>
      violation(index, specifier, `${name} is exported by ${first?.index} too`),
    ),
  );
}

/** What a file exports is public, through an index of its folder, or marked `@internal`; never both. */
export function internalViolations(tree: SourceTree): Violation[] {
  const published = new Set(publicNames(tree).flatMap((entry) => entry.declarations));
  return [...tree.files].flatMap(([file, source]) => {
    const module = tree.checker.getSymbolAtLocation(source);
    if (isIndex(file) || module === undefined) return [];
    return tree.checker.getExportsOfModule(module).flatMap((symbol) => {
      const declaration = symbol.declarations?.find((node) => node.getSourceFile() === source);
      if (declaration === undefined || ts.isExportSpecifier(declaration)) return [];
      const isPublic = symbol.declarations?.some((node) => published.has(node)) ?? false;
      const isInternal = seenByCallers(symbol.declarations ?? []).some((node) =>
        ts.getJSDocTags(node).some((tag) => tag.tagName.text === "internal"),
      );
      if (isPublic !== isInternal) return [];
      const index = `${folderOf(file)}/index.ts`;
      const message = isPublic
        ? `is @internal, yet ${index} exports it`
        : `is neither @internal nor in ${index}`;
      return [violation(file, declaration, `${symbol.name} ${message}`)];
    });
  });
}

/** Without the implementation of a function that has overloads: callers see those alone. */
export function seenByCallers(declarations: readonly ts.Declaration[]): readonly ts.Declaration[] {
  const isOverload = (node: ts.Declaration): boolean =>
    ts.isFunctionDeclaration(node) && node.body === undefined;
  return declarations.some(isOverload) ? declarations.filter(isOverload) : declarations;
}
