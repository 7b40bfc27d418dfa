import { assertArgument, shown } from "../../core/assert.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { isId, NO_ID, textId } from "../text-ids.js";

/** A product that could serve a customer in place of another. */
export interface ProductReplacement {
  /** What the customer has. */
  readonly from: string | number;
  /** What they could have in its place. */
  readonly to: string | number;
}

/** A replacement whose ids are text. @internal */
export interface TextReplacement {
  readonly from: string;
  readonly to: string;
}

/** Replacements as text, held against their rules: two products, each pair once. @internal */
export function readReplacements(
  replacements: readonly ProductReplacement[],
  path = "replacements",
): TextReplacement[] {
  assertArgument(
    Array.isArray(replacements),
    path,
    () => `${path} is ${shown(replacements)}: pass an array of { from, to }`,
  );
  const problems: RowProblem[] = [];
  const seen = new Map<string, Set<string>>();
  const read = replacements.map((replacement, row): TextReplacement => {
    const from = textId(replacement?.from) as string;
    const to = textId(replacement?.to) as string;
    for (const [field, value] of [["from", from] as const, ["to", to] as const]) {
      if (!isId(value)) problems.push({ row, field, reason: NO_ID, value });
    }
    if (from === to)
      problems.push({ row, field: "to", reason: "is the product that it replaces", value: to });
    const targets = seen.get(from) ?? new Set();
    seen.set(from, targets);
    if (targets.size === targets.add(to).size)
      problems.push({ row, field: "to", reason: `comes a second time for ${shown(from)}`, value: to });
    return { from, to };
  });
  if (problems.length > 0) throw invalidRows(problems, problems.length, path);
  return read;
}
