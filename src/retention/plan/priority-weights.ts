import { assertArgument, assertInRange, assertOptions } from "../../core/assert.js";
import { strategicReasons } from "./retention-strategy.js";

/** How much each reason to keep a customer counts in relation to the others: 0, or from 0.000001 to 1000000. */
export interface RetentionPriorityWeights {
  /** Standing by `value`. */
  readonly value: number;
  /** Standing by value at risk, `value * churnProbability`. */
  readonly valueAtRisk: number;
  /** Standing by `volume`. */
  readonly volume: number;
  /** Being a benchmark customer. */
  readonly benchmark: number;
  /** Being a source of inspiration. */
  readonly inspiration: number;
  /** Opening doors. */
  readonly doorOpener: number;
}

/** In the order in which scores are summed and explained. @internal */
export const CRITERIA = ["value", "valueAtRisk", "volume", ...strategicReasons] as const;

/** Weights are relative: more than the one, or less than the other, says nothing that numbers between do not. */
const [LEAST, GREATEST] = [1e-6, 1e6];

/** The weights of the options, checked and with their defaults. @internal */
export function readWeights(
  given: Partial<RetentionPriorityWeights>,
  stated: { readonly any: boolean; readonly volume: boolean; readonly valueAtRisk: boolean },
): RetentionPriorityWeights {
  const path = "options.weights";
  assertOptions(given, "an object of criterion and weight, { value: 2 }", path);
  const known: readonly string[] = CRITERIA;
  for (const [name, weight] of Object.entries(given)) {
    assertArgument(
      known.includes(name),
      `${path}.${name}`,
      () => `${path}.${name} is no criterion: pass ${known.join(", ")}`,
    );
    if (weight === undefined) continue;
    assertInRange(weight, `${path}.${name}`, 0, GREATEST);
    assertArgument(
      weight === 0 || weight >= LEAST,
      `${path}.${name}`,
      () => `${path}.${name} is ${weight}: pass 0, or ${LEAST} or more`,
    );
  }
  const weightOf = (criterion: keyof RetentionPriorityWeights, isStated = true) => {
    // An empty list states nothing, and breaks no rule.
    if (!isStated && !stated.any) return 0;
    const weight = given[criterion] ?? (isStated ? 1 : 0);
    assertArgument(
      isStated || weight === 0,
      `${path}.${criterion}`,
      () =>
        `${path}.${criterion} is ${weight}, but no row has a ${criterion === "volume" ? "volume" : "churnProbability"}: pass it on every row, or no weight`,
    );
    return weight + 0;
  };
  const weights = {
    value: weightOf("value"),
    valueAtRisk: weightOf("valueAtRisk", stated.valueAtRisk),
    volume: weightOf("volume", stated.volume),
    benchmark: weightOf("benchmark"),
    inspiration: weightOf("inspiration"),
    doorOpener: weightOf("doorOpener"),
  };
  assertArgument(
    CRITERIA.some((criterion) => (stated.any ? weights[criterion] : (given[criterion] ?? 1)) > 0),
    path,
    () => `${path} are all 0: pass one above 0`,
  );
  return weights;
}
