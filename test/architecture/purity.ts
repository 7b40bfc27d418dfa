import ts from "typescript";
import { forEachNode, type SourceTree, type Violation, violation } from "./source-tree.js";

/** What a pure function may take from the language: everything of ES2022 that neither reads the world nor runs text. */
const pureGlobals = new Set(
  `undefined NaN Infinity arguments Object Array String Number Boolean BigInt Symbol Math Date JSON Intl RegExp
  Error TypeError RangeError AggregateError Map Set WeakMap WeakSet Promise Reflect ArrayBuffer DataView
  Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array BigInt64Array BigUint64Array
  Float32Array Float64Array isNaN isFinite parseInt parseFloat encodeURIComponent decodeURIComponent`.split(
    /\s+/,
  ),
);

/** Each reads or writes a `Date` in the zone of the host. */
const hostZoneMethod =
  /^(?:[gs]et(?:FullYear|Month|Date|Day|Hours|Minutes)|getYear|getTimezoneOffset|to(?:Date|Time)String|toLocale(?:Date|Time)String)$/;

/** No clock, no chance, no host, no text run as code: the same arguments give the same answer everywhere. */
export function purityViolations(tree: SourceTree): Violation[] {
  const violations: Violation[] = [];
  forEachNode(tree, (node, file) => {
    const message = ts.isIdentifier(node) ? impureName(node, tree.checker) : impureForm(node);
    if (message !== null) violations.push(violation(file, node, message));
  });
  return violations;
}

function impureName(name: ts.Identifier, checker: ts.TypeChecker): string | null {
  if (!isValueReference(name) || isDeclared(name, checker)) return null;
  if (!pureGlobals.has(name.text)) return `global ${name.text}`;
  if (name.text === "Date") return impureDate(name);
  if (name.text === "Math") return impureMath(name);
  return null;
}

// A `Date` that is passed on, renamed or taken apart could be called anywhere: only its pure forms are let through.
function impureDate(name: ts.Identifier): string | null {
  const { parent } = name;
  if (ts.isNewExpression(parent) && parent.expression === name) {
    const [first, ...more] = parent.arguments ?? [];
    if (first === undefined || ts.isSpreadElement(first)) return "new Date() reads the clock";
    return more.length > 0 ? "new Date(year, month, ...) is in the zone of the host: use Date.UTC" : null;
  }
  if (ts.isPropertyAccessExpression(parent) && ["UTC", "parse"].includes(parent.name.text)) return null;
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword) {
    return parent.right === name ? null : "Date";
  }
  return `Date in \`${shownParent(name)}\`: only new Date(value), Date.UTC, Date.parse and instanceof Date are pure`;
}

function impureMath(name: ts.Identifier): string | null {
  const { parent } = name;
  const pure = ts.isPropertyAccessExpression(parent) && parent.name.text !== "random";
  return pure ? null : `Math in \`${shownParent(name)}\`: only Math.<name> other than random is pure`;
}

function impureForm(node: ts.Node): string | null {
  if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) return "import.meta";
  if (ts.isImportEqualsDeclaration(node)) return "import = require";
  if (ts.isVariableStatement(node) && ts.isSourceFile(node.parent)) {
    return node.declarationList.flags & ts.NodeFlags.Const ? null : "module state: top-level let or var";
  }
  if (ts.isNewExpression(node)) return hostFormatter(node);
  if (!ts.isCallExpression(node)) return null;
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword) return "import() at run time";
  if (!ts.isPropertyAccessExpression(node.expression)) return null;
  const method = node.expression.name.text;
  if (method === "constructor") return "a call of constructor can run text";
  if (hostZoneMethod.test(method) && !usesUtcDates(node.getSourceFile())) {
    return `${method}() is in the zone of the host: use its UTC sibling`;
  }
  if (method === "localeCompare" && node.arguments.length < 2) return "localeCompare() in the host's locale";
  if (node.arguments.length > 0) return null;
  if (method === "format" || method === "formatToParts") return `${method}() without a date reads the clock`;
  return /^toLocale(?:String|UpperCase|LowerCase)$/.test(method) ? `${method}() in the host's locale` : null;
}

// A formatter that is not told its locale and its time zone takes those of the host.
function hostFormatter({ expression, arguments: given }: ts.NewExpression): string | null {
  if (!ts.isPropertyAccessExpression(expression) || expression.expression.getText() !== "Intl") return null;
  const [locale, options] = given ?? [];
  if (locale === undefined || locale.getText() === "undefined") return "Intl in the host's locale";
  if (expression.name.text !== "DateTimeFormat") return null;
  const keys = options && ts.isObjectLiteralExpression(options) ? options.properties : [];
  const isTold = keys.some((key) => key.name?.getText() === "timeZone" || ts.isSpreadAssignment(key));
  return isTold ? null : "Intl.DateTimeFormat in the host's time zone: write timeZone in its options";
}

// UTCDate of @date-fns/utc has the names of Date but reads UTC.
function usesUtcDates(source: ts.SourceFile): boolean {
  return source.statements.some(
    (statement) =>
      ts.isImportDeclaration(statement) &&
      ts.isStringLiteral(statement.moduleSpecifier) &&
      statement.moduleSpecifier.text.startsWith("@date-fns/utc"),
  );
}

function isDeclared(name: ts.Identifier, checker: ts.TypeChecker): boolean {
  const symbol = ts.isShorthandPropertyAssignment(name.parent)
    ? checker.getShorthandAssignmentValueSymbol(name.parent)
    : checker.getSymbolAtLocation(name);
  return (symbol?.declarations ?? []).length > 0;
}

/** Does the identifier stand for a value, rather than name a declaration, a property or a type? */
function isValueReference(name: ts.Identifier): boolean {
  const { parent } = name;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if ((parent as { name?: ts.Node }).name === name) return false;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent) || ts.isMetaProperty(parent)) return false;
  if (ts.isBindingElement(parent) && parent.propertyName === name) return false;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return false;
  for (let node: ts.Node = parent; !ts.isSourceFile(node); node = node.parent) {
    if (ts.isHeritageClause(node))
      return node.token === ts.SyntaxKind.ExtendsKeyword && ts.isClassLike(node.parent);
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return false;
    if (ts.isStatement(node)) return true;
  }
  return true;
}

function shownParent(node: ts.Node): string {
  return node.parent.getText().split("\n")[0]?.slice(0, 50) ?? "";
}
