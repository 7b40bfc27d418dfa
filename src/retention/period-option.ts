import { ClienteleError } from "../core/errors.js";

/** Reads a period of the option `by`: an error about it names the option by which it came. @internal */
export function readPeriodOption<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ClienteleError) || !error.path.startsWith("spec")) throw error;
    const named = (text: string) => text.replace(/^spec/, "options.by");
    throw new ClienteleError(error.code, named(error.path), named(error.message));
  }
}
