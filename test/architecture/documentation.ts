import ts from "typescript";
import { type PublicName, publicNames, seenByCallers } from "./public-names.js";
import type { SourceTree, Violation } from "./source-tree.js";
import { violation } from "./source-tree.js";

/** Every public name says what it answers; a function also what it takes, what it gives, and an example that runs. */
export function documentationViolations(tree: SourceTree): Violation[] {
  return publicNames(tree).flatMap((entry) => {
    const [declaration] = entry.declarations;
    if (declaration === undefined)
      return [violation(entry.index, entry.specifier, `${entry.name}: not found`)];
    const file = [...tree.files].find(([, source]) => source === declaration.getSourceFile())?.[0] ?? "";
    return messages(entry).map((message) => violation(file, declaration, `${entry.name}: ${message}`));
  });
}

function messages({ name, declarations }: PublicName): string[] {
  const signatures = seenByCallers(declarations).filter(isFunction).map(functionOf);
  if (signatures.length > 0) return functionMessages(name, signatures, declarations);
  return [...summaryMessages(declarations), ...declarations.flatMap(memberMessages)];
}

function functionMessages(
  name: string,
  signatures: readonly ts.SignatureDeclaration[],
  declarations: readonly ts.Declaration[],
): string[] {
  const found = summaryMessages(signatures.length > 1 ? signatures.slice(0, 1) : declarations);
  for (const signature of signatures) {
    const documented = ts
      .getJSDocTags(signature)
      .filter(ts.isJSDocParameterTag)
      .filter((tag) => textOf(tag) !== "")
      .map((tag) => tag.name.getText());
    for (const [position, parameter] of signature.parameters.entries()) {
      const parameterName = parameter.name.getText();
      const known = ts.isIdentifier(parameter.name)
        ? documented.includes(parameterName)
        : documented.filter((tag) => !tag.includes(".")).length > position;
      if (!known) found.push(`no @param ${parameterName}`);
    }
    for (const tag of documented.filter((tag) => !tag.includes("."))) {
      const names = signature.parameters.map((parameter) => parameter.name);
      const destructured = names.some((parameter) => !ts.isIdentifier(parameter));
      if (!destructured && !names.some((parameter) => parameter.getText() === tag)) {
        found.push(`@param ${tag} is no parameter`);
      }
    }
    const returns = ts.getJSDocReturnTag(signature);
    if (!returnsNothing(signature) && (returns === undefined || textOf(returns) === ""))
      found.push("no @returns");
  }
  const examples = signatures
    .flatMap((signature) => [...ts.getJSDocTags(signature)])
    .filter((tag) => tag.tagName.text === "example")
    .flatMap((tag) => [...textOf(tag).matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code ?? ""));
  if (examples.length === 0) found.push("no @example with a ts block");
  else if (!examples.some((code) => new RegExp(`(?<![\\w$.])${escaped(name)}(?![\\w$])`).test(code))) {
    found.push("no @example shows it");
  }
  for (const code of examples) {
    if (!/^import .* from "clientele(\/[a-z]+)?";/m.test(code))
      found.push('an @example without import from "clientele"');
  }
  return found;
}

function summaryMessages(declarations: readonly ts.Node[]): string[] {
  const documented = declarations.some((node) =>
    ts.getJSDocCommentsAndTags(node).some((doc) => ts.isJSDoc(doc) && textOf(doc) !== ""),
  );
  return documented ? [] : ["no doc comment"];
}

/** Fields of an interface, members of a class, keys of a zod object: the unit and the meaning of null stand on each. */
function memberMessages(declaration: ts.Declaration): string[] {
  return membersOf(declaration)
    .filter((member) => summaryMessages([member]).length > 0)
    .map((member) => `no doc comment on ${member.name?.getText() ?? "a member"}`);
}

function membersOf(declaration: ts.Declaration): readonly ts.NamedDeclaration[] {
  if (ts.isInterfaceDeclaration(declaration)) return declaration.members.filter(isProperty);
  if (ts.isTypeAliasDeclaration(declaration)) {
    return ts.isTypeLiteralNode(declaration.type) ? declaration.type.members.filter(isProperty) : [];
  }
  if (ts.isClassDeclaration(declaration))
    return declaration.members.filter((member) => member.name !== undefined);
  if (ts.isVariableDeclaration(declaration) && declaration.initializer)
    return schemaKeys(declaration.initializer);
  return [];
}

// `z.object({ ... })`, also below `.extend(...)` or inside `z.discriminatedUnion(...)`.
function schemaKeys(expression: ts.Expression): ts.NamedDeclaration[] {
  if (!ts.isCallExpression(expression) || !ts.isPropertyAccessExpression(expression.expression)) return [];
  const { expression: receiver, name } = expression.expression;
  const isObject = ["object", "strictObject", "looseObject", "extend", "safeExtend"].includes(name.text);
  const [shape] = expression.arguments;
  const keys =
    isObject && shape !== undefined && ts.isObjectLiteralExpression(shape)
      ? shape.properties.filter((property) => ts.isPropertyAssignment(property))
      : [];
  return [...schemaKeys(receiver), ...keys];
}

function isProperty(member: ts.TypeElement): boolean {
  return ts.isPropertySignature(member) || ts.isMethodSignature(member);
}

function isFunction(declaration: ts.Declaration): boolean {
  return functionOf(declaration) !== declaration || ts.isFunctionDeclaration(declaration);
}

function functionOf(declaration: ts.Declaration): ts.SignatureDeclaration {
  if (ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined) {
    const { initializer } = declaration;
    if (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)) return initializer;
  }
  return declaration as ts.SignatureDeclaration;
}

function returnsNothing(signature: ts.SignatureDeclaration): boolean {
  const { type } = signature;
  if (type === undefined) return false;
  return (
    type.kind === ts.SyntaxKind.VoidKeyword ||
    (ts.isTypePredicateNode(type) && type.assertsModifier !== undefined)
  );
}

function textOf(doc: ts.JSDoc | ts.JSDocTag): string {
  return (ts.getTextOfJSDocComment(doc.comment) ?? "").replace(/^- */, "").trim();
}

function escaped(name: string): string {
  return name.replace(/\$/g, "\\$");
}
