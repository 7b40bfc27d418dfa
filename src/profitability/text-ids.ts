/**
 * Ids as text, for whole numbers of a database are ids too, and a log has them as text. What is neither is left as it is, to
 * be told by whoever checks.
 *
 * @internal
 */
export function textIds<Id>(ids: readonly Id[]): readonly Id[] {
  for (let row = 0; row < ids.length; row++)
    if (typeof ids[row] === "number") return ids.map((id) => textId(id) as Id);
  return ids;
}

/** The same of one. @internal */
export function textId(id: unknown): unknown {
  return Number.isSafeInteger(id) ? String(id) : id;
}

/** @internal */
export function isId(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** @internal */
export const NO_ID = "is not an id: text that is not empty, or a whole number";

/**
 * Whether an id is longer than another, or as long and greater: as those of a counter are. Where each id so follows the one
 * before, none comes twice.
 *
 * @internal
 */
export function isLater(id: string, earlier: string): boolean {
  return id.length === earlier.length ? id > earlier : id.length > earlier.length;
}
