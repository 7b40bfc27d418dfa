/**
 * Whether an id is longer than another, or as long and greater: as those of a counter are. Where each id so follows the one
 * before, none comes twice.
 *
 * @internal
 */
export function isLater(id: string, earlier: string): boolean {
  return id.length === earlier.length ? id > earlier : id.length > earlier.length;
}
