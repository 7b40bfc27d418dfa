import { assertArgument } from "../../core/assert.js";
import { ownWeights, type PricedPool } from "./cost-sources.js";

/** What of the log a driver may go by, by customer. @internal */
export interface DriverColumns {
  readonly net: Float64Array;
  readonly purchases: Float64Array;
  /** `null` when the log has no quantities. */
  readonly units: Float64Array | null;
}

/** By what those who bear costs share a pool; one of them at least has a weight above 0. @internal */
export function poolWeights(
  { driver, path }: PricedPool,
  customerIds: readonly string[],
  bears: readonly boolean[],
  { net, purchases, units }: DriverColumns,
): Float64Array {
  const weights = weightsOf();
  assertArgument(
    weights.some((weight) => weight > 0),
    path,
    () => `${path} gives no customer a share: choose another driver, or name the customers in rows`,
  );
  return weights;

  function weightsOf(): Float64Array {
    // Whom a map names was put on the statement by it; a function has no say on who else is there.
    if (typeof driver !== "string")
      return ownWeights(customerIds, driver, path, typeof driver === "function" ? bears : null);
    if (driver === "equally") {
      const ones = new Float64Array(bears.length);
      for (let i = 0; i < ones.length; i++) if (bears[i]) ones[i] = 1;
      return ones;
    }
    if (driver === "revenue") return notBelow0(net);
    if (driver === "orders") return purchases;
    assertArgument(
      units !== null,
      path,
      () => `${path} is "units", and log has no quantities: choose another driver`,
    );
    return notBelow0(units);
  }
}

function notBelow0(values: Float64Array): Float64Array {
  const weights = new Float64Array(values.length);
  for (let i = 0; i < weights.length; i++) if (values[i] > 0) weights[i] = values[i];
  return weights;
}
