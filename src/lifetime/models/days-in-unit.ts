import { DAYS_IN } from "../../core/days-in.js";
import type { ModelTimeUnit } from "./lifetime-model.js";

/** Days in the units of models. @internal */
export const DAYS_IN_UNIT: Readonly<Record<ModelTimeUnit, number>> = Object.freeze({
  ...DAYS_IN,
  quarter: DAYS_IN.year / 4,
  halfYear: DAYS_IN.year / 2,
});

/** @internal */
export const MODEL_UNITS = Object.freeze(["day", "week", "month", "quarter", "halfYear", "year"] as const);
