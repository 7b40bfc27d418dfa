import { assertArgument, assertBetween, assertOneOf, shown } from "../../core/assert.js";
import { DAYS_IN } from "../../core/days-in.js";
import type { PeriodUnit } from "../../core/period.js";
import { assertConverged } from "../models/assert-converged.js";

/** Beta distributed chances to leave at a renewal, each customer's own the same for ever. */
export interface ShiftedBetaGeometricParameters {
  /** First shape of the chances to leave. */
  readonly alpha: number;
  /** Second shape of the chances to leave: alpha / (alpha + beta) leave at the first renewal. */
  readonly beta: number;
}

/** As the shifted-beta-geometric, and one's own chance to leave moves with tenure. */
export interface BetaDiscreteWeibullParameters {
  /** First shape of the chances to leave at the first renewal. */
  readonly alpha: number;
  /** Second shape of them: alpha / (alpha + beta) leave at the first renewal. */
  readonly beta: number;
  /** How one's own chance to leave moves: above 1 it grows with tenure, below 1 it falls, at 1 it stays. */
  readonly c: number;
}

/** Shifted-beta-geometric (Fader & Hardie 2007): retention rises because those who leave easily leave first. Plain JSON. */
export interface ShiftedBetaGeometricModel {
  /** Which model. */
  readonly model: "shiftedBetaGeometric";
  /** Its parameters, each above 0. */
  readonly parameters: ShiftedBetaGeometricParameters;
  /** From one renewal to the next. */
  readonly period: PeriodUnit;
}

/** Beta-discrete-Weibull (Fader, Hardie, Liu, Davin & Steenburgh 2018): retention may also fall at first. Plain JSON. */
export interface BetaDiscreteWeibullModel {
  /** Which model. */
  readonly model: "betaDiscreteWeibull";
  /** Its parameters, each above 0; with `c` of 1 it is the shifted-beta-geometric. */
  readonly parameters: BetaDiscreteWeibullParameters;
  /** From one renewal to the next. */
  readonly period: PeriodUnit;
}

/** A model of who renews a contract: what is needed to predict, plain JSON. */
export type ContractModel = ShiftedBetaGeometricModel | BetaDiscreteWeibullModel;

const PERIODS_PER_YEAR: Readonly<Record<PeriodUnit, number>> = {
  day: DAYS_IN.year,
  week: DAYS_IN.year / DAYS_IN.week,
  month: 12,
  quarter: 4,
  halfYear: 2,
  year: 1,
};

/** @internal */
export function periodsPerYear(period: PeriodUnit): number {
  return PERIODS_PER_YEAR[period];
}

/** @internal */
export function assertContractPeriod(period: unknown, path: string): asserts period is PeriodUnit {
  assertOneOf(period, path, Object.keys(PERIODS_PER_YEAR) as PeriodUnit[]);
}

const NAMES = {
  shiftedBetaGeometric: ["alpha", "beta"],
  betaDiscreteWeibull: ["alpha", "beta", "c"],
} as const;

/** Refuses what is no contract model, a fit that failed too. @internal */
export function assertContractModel(model: unknown, path = "model"): asserts model is ContractModel {
  const given = model as { model?: unknown; parameters?: object; period?: unknown } | null | undefined;
  assertConverged(model, path);
  const kind = given?.model as keyof typeof NAMES;
  assertArgument(
    typeof given === "object" && given !== null && Object.hasOwn(NAMES, String(kind)),
    path,
    () =>
      `${path} is ${shown(model)}: pass { model, parameters, period } of fitShiftedBetaGeometric or fitBetaDiscreteWeibull`,
  );
  const parameters = given.parameters as Readonly<Record<string, unknown>> | undefined;
  for (const name of NAMES[kind]) {
    assertBetween(parameters?.[name], `${path}.parameters.${name}`, 0, Number.POSITIVE_INFINITY);
  }
  assertContractPeriod(given.period, `${path}.period`);
}
