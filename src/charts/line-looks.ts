import { INK } from "./chart-frame.js";

/** How one of several lines looks. @internal */
export interface LineLook {
  readonly color: string;
  readonly dash: readonly number[];
  readonly shape: string;
}

// Told apart by dash and shape first, so that colour is never needed.
const LOOKS: readonly [LineLook, ...LineLook[]] = [
  { color: INK.strong, dash: [1, 0], shape: "circle" },
  { color: "#b3541e", dash: [7, 3], shape: "square" },
  { color: "#7a5195", dash: [2, 3], shape: "triangle-up" },
  { color: INK.middle, dash: [10, 3, 2, 3], shape: "diamond" },
  { color: "#55652b", dash: [4, 2], shape: "triangle-down" },
  { color: INK.muted, dash: [1, 4], shape: "cross" },
];

/** The look of the i-th line: after six, colours begin again with other dashes and shapes. @internal */
export function lineLook(i: number): LineLook {
  const { color } = LOOKS[i % LOOKS.length] ?? LOOKS[0];
  const { dash, shape } = LOOKS[(i + Math.floor(i / LOOKS.length)) % LOOKS.length] ?? LOOKS[0];
  return { color, dash, shape };
}
