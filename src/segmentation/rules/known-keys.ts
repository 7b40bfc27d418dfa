import { assertArgument, shown } from "../../core/assert.js";

/** Throws where an object has a key that would be ignored: most often one that is misspelled. @internal */
export function assertKnownKeys(object: object, path: string, known: readonly string[]): void {
  for (const key of Object.keys(object))
    assertArgument(
      known.includes(key),
      `${path}.${key}`,
      () => `${path} has ${shown(key)}: it may have ${known.join(", ")}`,
    );
}
