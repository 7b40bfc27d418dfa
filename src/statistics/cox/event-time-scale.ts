import { assertArgument } from "../../core/assert.js";
import { midRanks } from "../mid-ranks.js";
import type { SurvivalData } from "../survival/survival-data.js";
import { stepsUpTo, survivalSteps } from "../survival/survival-steps.js";

/** A scale of time: 1 - Kaplan-Meier just before it, its rank, itself, or its logarithm. */
export type TimeScale = "km" | "rank" | "identity" | "log";

/** All scales, for the guards. @internal */
export const TIME_SCALES = ["km", "rank", "identity", "log"] as const satisfies readonly TimeScale[];

/** The duration of each row on a scale of time. @internal */
export function eventTimeScale(data: SurvivalData, scale: TimeScale): ArrayLike<number> {
  const { duration, event } = data;
  if (scale === "identity") return duration;
  if (scale === "rank") return midRanks(duration);
  if (scale === "km") return lostBefore(data);
  const atZero = duration.findIndex((time, row) => time === 0 && event[row] === 1);
  assertArgument(
    atZero < 0,
    "options.transform",
    () => `options.transform is "log" and row ${atZero + 1} has its event at 0: pass another transform`,
  );
  return duration.map(Math.log);
}

/** As R has it: of the rows as they are, without weights and strata. */
function lostBefore(data: SurvivalData): Float64Array {
  const { time, atRisk, events } = survivalSteps({ ...data, weight: null });
  const lost = new Float64Array(time.length + 1);
  let share = 1;
  for (let step = 0; step < time.length; step++) {
    share *= 1 - events[step] / atRisk[step];
    lost[step + 1] = 1 - share;
  }
  return data.duration.map((duration) => lost[stepsUpTo(time, duration) - 1]);
}
