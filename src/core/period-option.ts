import { ClienteleError } from "./errors.js";
import { type PeriodOptions, type PeriodSpec, periodReader } from "./period.js";

/** Reads a kind of period that came as an option: an error about it names the option, `options.by` if not told. @internal */
export function readPeriodOption<Result>(read: () => Result, path = "options.by"): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ClienteleError) || !/^spec\b/.test(error.path)) throw error;
    const named = (text: string) => text.replace(/^spec\b/, path);
    throw new ClienteleError(error.code, named(error.path), named(error.message));
  }
}

/** The period of an instant by number; what is wrong with the kind of period is told under the option's own name. @internal */
export function periodOptionReader(
  spec: PeriodSpec,
  calendar: PeriodOptions,
  path: string,
): (epochMs: number) => number {
  return readPeriodOption(() => periodReader(spec, calendar), path);
}
