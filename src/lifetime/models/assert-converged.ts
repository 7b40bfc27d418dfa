import { assertArgument } from "../../core/assert.js";

/** Refuses a fit that failed where a model is wanted. @internal */
export function assertConverged(model: unknown, path: string): void {
  const { converged, reason }: { readonly converged?: unknown; readonly reason?: unknown } = Object(model);
  assertArgument(
    converged !== false,
    path,
    () => `${path} is a fit that failed, ${String(reason)}: look at converged before predicting`,
  );
}
