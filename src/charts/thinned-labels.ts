import { textWidth } from "./text-width.js";

/** Every how many-th of evenly spaced labels can be written without touching the next. @internal */
export function labelStep(labels: readonly string[], spacing: number, fontSize: number, gap = 8): number {
  const widest = labels.reduce((width, label) => Math.max(width, textWidth(label, fontSize)), 0);
  return Math.max(1, Math.ceil((widest + gap) / spacing));
}
