import ts from "typescript";

/** One ```ts block of a doc comment or a page. */
export interface DocExample {
  readonly file: string;
  /** Line of the block's first line of code, from 1. */
  readonly line: number;
  /** The export that the comment belongs to, or the heading above the block. */
  readonly owner: string;
  readonly code: string;
  /** Tagged `no-run`: type-checked only. */
  readonly noRun: boolean;
}

const jsFence = /^```(?:typescript|tsx|js|javascript|jsx|mjs)\b/;

/** The ```ts blocks of a page; other ways to fence code that runs are refused, so that none escapes. */
export function examplesOfMarkdown(file: string, text: string, owner = "", firstLine = 1): DocExample[] {
  const examples: DocExample[] = [];
  let heading = owner;
  let open: { line: number; noRun: boolean; code: string[] } | undefined;
  let fence: string | undefined;
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.trim();
    const marker = /^(```+)\s*(.*)$/.exec(line);
    if (fence === undefined && marker) {
      fence = marker[1];
      if (jsFence.test(line)) throw new Error(`${file}:${firstLine + index} fence the code as \`\`\`ts`);
      const [language, ...tags] = (marker[2] ?? "").split(/\s+/);
      const unknown = language === "ts" ? tags.filter((tag) => tag !== "no-run") : [];
      if (unknown.length > 0)
        throw new Error(`${file}:${firstLine + index} unknown tag ${unknown.join(" ")}`);
      if (language === "ts") open = { line: firstLine + index + 1, noRun: tags.length > 0, code: [] };
    } else if (fence !== undefined && line === fence) {
      if (open) examples.push({ file, owner: heading, ...open, code: open.code.join("\n") });
      open = undefined;
      fence = undefined;
    } else if (open) open.code.push(raw);
    else if (fence === undefined && owner === "") heading = /^#+ (.*)$/.exec(line)?.[1] ?? heading;
  }
  if (fence !== undefined) throw new Error(`${file}: the code block of ${heading || "the page"} has no end`);
  return examples;
}

/** The ```ts blocks of every doc comment of a source file. */
export function examplesOfSource(file: string, text: string): DocExample[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const comments = new Map<number, { comment: ts.JSDoc; owner: string }>();
  const visit = (node: ts.Node, outer: string): void => {
    const name = nameOf(node);
    const owner = name === undefined ? outer : [outer, name].filter(Boolean).join(".");
    for (const child of node.getChildren(source)) {
      if (ts.isJSDoc(child)) comments.set(child.pos, { comment: child, owner: owner || moduleName(file) });
      else visit(child, owner);
    }
  };
  visit(source, "");
  const examples = [...comments.values()].flatMap(({ comment, owner }) => {
    const first = source.getLineAndCharacterOfPosition(comment.pos).line + 1;
    const body = text
      .slice(comment.pos, comment.end)
      .split("\n")
      .map((line) => line.replace(/^\s*\/?\*+(?:\/| ?)/, ""));
    return examplesOfMarkdown(file, body.join("\n"), owner, first);
  });
  // A comment that hangs on nothing would hide its examples from the walk above.
  const fences = text.match(/^\s*\* ?```ts\b/gm)?.length ?? 0;
  if (fences !== examples.length)
    throw new Error(`${file}: ${fences} ts blocks, ${examples.length} in doc comments`);
  return examples;
}

function nameOf(node: ts.Node): string | undefined {
  if (ts.isVariableStatement(node)) return node.declarationList.declarations[0]?.name.getText();
  const isNamed =
    ts.isFunctionDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isPropertySignature(node) ||
    ts.isMethodSignature(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isClassElement(node);
  return isNamed ? node.name?.getText() : undefined;
}

function moduleName(file: string): string {
  return file.replace(/^src\//, "").replace(/\/?index\.ts$/, "") || "clientele";
}
