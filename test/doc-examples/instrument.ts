import ts from "typescript";

/** An example with its asserted lines turned into calls of `__check`. */
export interface InstrumentedExample {
  readonly code: string;
  readonly assertions: number;
  readonly specifiers: readonly string[];
  /** Assertions that hang on nothing or cannot be read: each would otherwise pass in silence. */
  readonly problems: readonly string[];
}

const assertion = /^\/\/ (=>|~>|throws) (.+)$/;
/** What looks like an assertion but for a slip of the pen. */
const nearAssertion = /\/\/\s*(?:=+>|~+>|->|→|≈|throws\b)/;

/**
 * Wraps what stands before `// => literal`, `// ~> literal` and `// throws CODE` in a check. Works on statements of the
 * syntax tree, so that an assertion may stand inside `if`, `try` or a callback, and a value over several lines.
 */
export function instrument(code: string): InstrumentedExample {
  const source = ts.createSourceFile("example.ts", code, ts.ScriptTarget.ES2022, true);
  const insertions: { at: number; order: number; text: string }[] = [];
  const consumed = new Set<number>();
  const specifiers: string[] = [];
  const problems: string[] = [];
  const lineOf = (position: number): number => source.getLineAndCharacterOfPosition(position).line + 1;
  const insert = (at: number, text: string): void => {
    insertions.push({ at, order: insertions.length, text });
  };

  const wrap = (expression: ts.Expression, comment: ts.CommentRange): void => {
    const [, kind, written = ""] = assertion.exec(code.slice(comment.pos, comment.end).trimEnd()) ?? [];
    if (kind === undefined) return;
    consumed.add(comment.pos);
    const line = lineOf(comment.pos);
    const target = printed(expression);
    if (kind === "throws") {
      if (!/^[A-Z_]+$/.test(written)) problems.push(`line ${line}: "${written}" is no error code`);
      const waits = hasAwait(target);
      insert(
        target.getStart(),
        waits ? `await __check.rejects(${line}, async () => (` : `__check.throws(${line}, () => (`,
      );
      insert(target.end, `), ${JSON.stringify(written)})`);
      return;
    }
    if (!isExpression(written)) problems.push(`line ${line}: "${written}" is no value`);
    insert(target.getStart(), `__check.${kind === "=>" ? "equal" : "near"}(${line}, (`);
    insert(target.end, `), () => (${written}))`);
  };

  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      specifiers.push(node.moduleSpecifier.text);
    }
    const inList =
      ts.isSourceFile(node.parent) || ts.isBlock(node.parent) || ts.isCaseOrDefaultClause(node.parent);
    if (inList && (ts.isExpressionStatement(node) || ts.isVariableStatement(node))) {
      insert(node.getStart(), `__check.at(${lineOf(node.getStart())}); `);
    }
    const comment = commentAfter(code, node.end);
    if (comment?.kind === ts.SyntaxKind.SingleLineCommentTrivia) {
      if (ts.isExpressionStatement(node)) wrap(node.expression, comment);
      if (ts.isVariableStatement(node)) {
        const [declaration, ...more] = node.declarationList.declarations;
        if (declaration?.initializer && more.length === 0) wrap(declaration.initializer, comment);
      }
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);

  for (const [index, text] of code.split("\n").entries()) {
    const at = text.search(nearAssertion);
    const position = source.getPositionOfLineAndCharacter(index, Math.max(at, 0));
    if (at >= 0 && !consumed.has(position)) {
      problems.push(
        `line ${index + 1}: "${text.slice(at)}" asserts nothing: it follows no statement or is misspelt`,
      );
    }
  }
  return { code: inserted(code, insertions), assertions: consumed.size, specifiers, problems };
}

/** The comment at the end of the statement's line, or else the one on the line below. */
function commentAfter(code: string, end: number): ts.CommentRange | undefined {
  const [comment] = ts.getTrailingCommentRanges(code, end) ?? [];
  if (comment) return comment;
  const [below] = ts.getLeadingCommentRanges(code, end) ?? [];
  return below && code.slice(end, below.pos).split("\n").length === 2 ? below : undefined;
}

// `console.log(x); // => 1` is how readers try things: the value is what is printed.
function printed(expression: ts.Expression): ts.Expression {
  if (!ts.isCallExpression(expression) || expression.expression.getText() !== "console.log")
    return expression;
  return expression.arguments.length === 1 ? (expression.arguments[0] ?? expression) : expression;
}

function hasAwait(node: ts.Node): boolean {
  if (ts.isAwaitExpression(node)) return true;
  if (ts.isFunctionLike(node)) return false;
  return ts.forEachChild(node, (child) => hasAwait(child) || undefined) ?? false;
}

function isExpression(text: string): boolean {
  const source = ts.createSourceFile("value.ts", `(${text});`, ts.ScriptTarget.ES2022, true);
  const { parseDiagnostics } = source as unknown as { parseDiagnostics: readonly unknown[] };
  return parseDiagnostics.length === 0 && source.statements.length === 1;
}

function inserted(code: string, insertions: readonly { at: number; order: number; text: string }[]): string {
  // Equal positions keep the order of insertion: an outer check opens before an inner one.
  const sorted = [...insertions].sort((a, b) => a.at - b.at || a.order - b.order);
  let result = "";
  let from = 0;
  for (const { at, text } of sorted) {
    result += code.slice(from, at) + text;
    from = at;
  }
  return result + code.slice(from);
}
