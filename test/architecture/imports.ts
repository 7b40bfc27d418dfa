import ts from "typescript";
import type { Layer } from "./layers.js";
import {
  folderOf,
  forEachNode,
  grouped,
  isIndex,
  resolveInside,
  type SourceTree,
  type Violation,
  violation,
} from "./source-tree.js";

interface ImportEdge {
  readonly from: string;
  readonly node: ts.Node;
  readonly specifier: string;
  /** The file inside `src`, or `null` for a package. */
  readonly target: string | null;
  /** Erased by the compiler as a whole: `import type`, `export type`, `import("x").Y`. */
  readonly typeOnly: boolean;
}

function importEdges(tree: SourceTree): ImportEdge[] {
  const edges: ImportEdge[] = [];
  forEachNode(tree, (node, from) => {
    const add = (specifier: ts.Node | undefined, typeOnly: boolean): void => {
      if (specifier === undefined || !ts.isStringLiteral(specifier)) return;
      const target = resolveInside(from, specifier.text);
      edges.push({ from, node, specifier: specifier.text, target, typeOnly });
    };
    // `import { type A }` is not erased: under verbatimModuleSyntax it stays as a bare import.
    if (ts.isImportDeclaration(node)) {
      const phase = node.importClause?.phaseModifier;
      add(node.moduleSpecifier, phase === ts.SyntaxKind.TypeKeyword);
    }
    if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false);
    }
  });
  return edges;
}

/** Arrows between folders stay inside the table of docs/architecture.md. */
export function layerViolations(tree: SourceTree, layers: readonly Layer[]): Violation[] {
  const layerOf = new Map(layers.map((layer) => [layer.folder, layer]));
  return importEdges(tree).flatMap(({ from, node, target, typeOnly }) => {
    if (target === null || from === "index.ts") return [];
    const [own, other] = [folderOf(from), folderOf(target)];
    const layer = layerOf.get(own);
    if (layer === undefined) return [violation(from, node, `folder ${own}/ is not in the table`)];
    if (own === other || layer.mayImport.includes(other) || (typeOnly && layer.typesOfAny)) return [];
    const allowed = [...layer.mayImport, ...(layer.typesOfAny ? ["types of any"] : [])].join(", ");
    return [violation(from, node, `${own}/ imports ${other}/, may import: ${allowed || "nothing inside"}`)];
  });
}

/** Inside `src` a file imports the file that holds the thing, by its full name, and nothing that is not there. */
export function targetViolations(tree: SourceTree): Violation[] {
  return importEdges(tree).flatMap(({ from, node, specifier, target }) => {
    if (target === null) return [];
    if (!specifier.endsWith(".js")) return [violation(from, node, `"${specifier}" does not end in .js`)];
    if (!tree.files.has(target)) return [violation(from, node, `"${specifier}" does not exist`)];
    const ofSubfolder = from === `${folderOf(from)}/index.ts` && target.startsWith(`${folderOf(from)}/`);
    if (from !== "index.ts" && isIndex(target) && !ofSubfolder) {
      return [violation(from, node, `"${specifier}" is a barrel: import the file that holds the thing`)];
    }
    if (isIndex(from) && from !== "index.ts" && folderOf(from) !== folderOf(target)) {
      return [violation(from, node, `an index re-exports its own folder, not ${target}`)];
    }
    return [];
  });
}

/** No file reaches itself through its imports; types count too, since a reader has to follow them. */
export function cycleViolations(tree: SourceTree): Violation[] {
  const edgesFrom = grouped(importEdges(tree), (edge) => edge.from);
  const violations: Violation[] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): void => {
    path.push(file);
    for (const { node, target } of edgesFrom.get(file) ?? []) {
      if (target === null || done.has(target)) continue;
      const start = path.indexOf(target);
      if (start < 0) visit(target);
      else violations.push(violation(file, node, `cycle: ${[...path.slice(start), target].join(" -> ")}`));
    }
    path.pop();
    done.add(file);
  };
  for (const file of tree.files.keys()) if (!done.has(file)) visit(file);
  return violations;
}

/** Which packages, by which path: zod as a namespace, date-fns function by function, nothing else. */
export function packageViolations(tree: SourceTree): Violation[] {
  return importEdges(tree).flatMap(({ from, node, specifier, target, typeOnly }) => {
    if (target !== null) return [];
    if (specifier === "zod") {
      const bindings = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : undefined;
      const namespace =
        bindings !== undefined && ts.isNamespaceImport(bindings) && bindings.name.text === "z";
      const whole = namespace && (node as ts.ImportDeclaration).importClause?.name === undefined;
      if (!whole) return [violation(from, node, 'zod is imported as `import * as z from "zod"`')];
      return typeOnly || mayHoldSchemas(from)
        ? []
        : [violation(from, node, "zod at run time only in model/ and in a schema.ts")];
    }
    if (/^date-fns\/[A-Za-z]+$/.test(specifier) || /^@date-fns\/(utc|tz)(\/|$)/.test(specifier)) return [];
    if (specifier === "date-fns" && typeOnly) return [];
    return specifier.startsWith("date-fns")
      ? [violation(from, node, `"${specifier}": import date-fns by function, as "date-fns/addMonths"`)]
      : [violation(from, node, `"${specifier}" is not a dependency of the package`)];
  });
}

/**
 * Computing never costs zod's bytes: outside `model/`, zod is reached at run time by a `schema.ts`, by the one file
 * of that folder that validates with it, and by the indices.
 */
export function schemaViolations(tree: SourceTree): Violation[] {
  const edges = importEdges(tree).filter((edge) => !edge.typeOnly);
  const edgesTo = grouped(
    edges.filter((edge) => edge.target !== null),
    (edge) => edge.target,
  );
  const tainted = new Set(edges.filter((edge) => edge.specifier === "zod").map((edge) => edge.from));
  for (const file of tainted) for (const edge of edgesTo.get(file) ?? []) tainted.add(edge.from);

  const violations: Violation[] = [];
  const validators = new Map<string, Set<string>>();
  for (const { from, node, target } of edges) {
    if (target === null || !tainted.has(target) || isIndex(from) || mayHoldSchemas(from)) continue;
    const folder = folderOf(from);
    if (target !== `${folder}/schema.ts`) {
      violations.push(violation(from, node, `reaches zod through ${target}: import its types only`));
      continue;
    }
    const others = validators.get(folder) ?? new Set<string>();
    validators.set(folder, others.add(from));
    if (others.size > 1) {
      violations.push(
        violation(from, node, `${[...others].join(" and ")} import ${target}: one file validates`),
      );
    }
  }
  return violations;
}

function mayHoldSchemas(file: string): boolean {
  return folderOf(file) === "model" || file.endsWith("/schema.ts");
}
