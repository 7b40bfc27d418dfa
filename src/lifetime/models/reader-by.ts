import { ClienteleError } from "../../core/errors.js";
import { type PeriodOptions, type PeriodSpec, periodReader } from "../../core/period.js";

/** `periodReader` of an option `by`: what is no period is refused under that name. @internal */
export function readerBy(by: PeriodSpec, options: PeriodOptions): (epochMs: number) => number {
  try {
    return periodReader(by, options);
  } catch (error) {
    if (!(error instanceof ClienteleError) || !/^spec\b/.test(error.path)) throw error;
    const renamed = (text: string) => text.replace(/\bspec\b/, "options.by");
    throw new ClienteleError(error.code, renamed(error.path), renamed(error.message));
  }
}
