import { assertArgument } from "../../core/assert.js";
import { addDuration, type Duration } from "../../core/duration.js";
import { ClienteleError } from "../../core/errors.js";

/** Refuses what is no duration, or one of no length, under the name of the option. @internal */
export function assertDurationOption(duration: Duration, path: string): void {
  assertArgument(
    lengthOf(duration, path) > 0,
    path,
    () => `${path} has no length: pass a longer one, for example { days: 90 }`,
  );
}

/** From 1970 on; the length elsewhere differs, its being zero does not. */
function lengthOf(duration: Duration, path: string): number {
  try {
    return addDuration(0, duration);
  } catch (error) {
    if (!(error instanceof ClienteleError)) throw error;
    throw new ClienteleError(
      error.code,
      error.path.replace(/^duration/, path),
      error.message.replace(/^duration/, path),
    );
  }
}
