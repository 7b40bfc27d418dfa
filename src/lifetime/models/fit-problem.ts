import type { ObjectiveAtPoint } from "../../statistics/minimize-newton.js";

/** A model and its data, as the search sees them. @internal */
export interface FitProblem<Parameters> {
  /** The positive parameters in their order: the search moves their logarithms. */
  readonly names: readonly (keyof Parameters & string)[];
  /** Coefficients that may have any sign, after them. Default none. */
  readonly coefficients?: readonly string[];
  /** Ridge on the coefficients: half of this times the sum of their squares is added to the objective. Default 0. */
  readonly ridge?: number;
  /** Negative log-likelihood with derivatives by log-parameters, then by coefficients. Infinity where it has no value. */
  readonly objective: (point: readonly number[]) => ObjectiveAtPoint;
  /** Where to start by default: parameters on their own scale. */
  readonly starts: readonly Parameters[];
  /** What it means when the logarithm of a parameter runs beyond its range, as `reason` of a `BOUNDARY`. */
  readonly boundary: (
    name: string,
    end: "zero" | "infinity",
    parameters: Readonly<Record<string, number>>,
  ) => string;
  /** Size to expect of each parameter, such as 1 or a time: how far a logarithm runs is judged relative to it. */
  readonly scale: Parameters;
  /** Range of the measure of each coefficient; with them a coefficient that runs away is told by `NOT_IDENTIFIED`. */
  readonly ranges?: readonly number[];
  /**
   * For each parameter, how far its logarithm lies above the one that the objective takes, per unit of each coefficient: the
   * mean of a measure that the objective takes centered. Default no distance.
   */
  readonly shifts?: readonly (readonly number[])[];
  /** Errors of all logarithms below which a maximum is taken for the highest without a look from the other starts; default 0.5. */
  readonly sure?: number;
  readonly customers: number;
  readonly histories: number;
}
