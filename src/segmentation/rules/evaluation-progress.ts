import { assertArgument, shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import { assertKnownKeys } from "./known-keys.js";

/** How a long evaluation is followed, and stopped. */
export interface EvaluateSegmentsOptions {
  /** Called after every 8,192 customers, and after the last. */
  readonly onProgress?: (progress: EvaluationProgress) => void;
  /** An `AbortSignal`: stops the work with a `ClienteleError` of code `ABORTED` after the customers at hand. */
  readonly signal?: { readonly aborted: boolean };
}

/** How far an evaluation has come. */
export interface EvaluationProgress {
  /** Customers asked about so far. */
  readonly asked: number;
  /** All customers. */
  readonly customers: number;
}

const STEP = 8_192;

/** What asks about customers one by one, and now and then tells how many they were. @internal */
export function withProgress<Asking extends { readonly ask: (...details: never[]) => void }>(
  asking: Asking,
  customers: number,
  options: EvaluateSegmentsOptions,
): Asking {
  assertOptions(options);
  const { onProgress, signal } = options;
  assertNotAborted(signal);
  if (onProgress === undefined && signal === undefined) return asking;
  let asked = 0;
  return {
    ...asking,
    ask: (...details: never[]) => {
      asking.ask(...details);
      asked++;
      if (asked % STEP !== 0 && asked !== customers) return;
      onProgress?.({ asked, customers });
      assertNotAborted(signal);
    },
  };
}

function assertOptions(options: unknown): asserts options is EvaluateSegmentsOptions {
  assertArgument(
    typeof options === "object" && options !== null,
    "options",
    () => `options is ${shown(options)}: pass { onProgress, signal }, or leave it out`,
  );
  assertKnownKeys(options, "options", ["onProgress", "signal"]);
  const { onProgress } = options as EvaluateSegmentsOptions;
  assertArgument(
    onProgress === undefined || typeof onProgress === "function",
    "options.onProgress",
    () => `options.onProgress is ${shown(onProgress)}: pass a function, or leave it out`,
  );
}

function assertNotAborted(signal: EvaluateSegmentsOptions["signal"]): void {
  if (signal?.aborted) throw new ClienteleError("ABORTED", "options.signal", "evaluation was aborted");
}
