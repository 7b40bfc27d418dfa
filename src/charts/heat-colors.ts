import { type Channels, DARKEST, inkOn, shadeBetween } from "./shade.js";

/** Nothing, and known to be nothing: tinted, so that white paper stands for what is not known. */
const ZERO: Channels = [226, 237, 245];
/** On the way in lightness, and still blue: mixed from its ends alone it would be grey. */
const HALF: Channels = [94, 147, 185];
const HALF_LOSS: Channels = [200, 140, 92];
/** A loss. */
const LOSS: Channels = [140, 62, 6];

/** A colour and the letters that can be read on it. @internal */
export interface HeatColor {
  readonly fill: string;
  readonly ink: string;
  /** Around a loss, which a copy in grey would show like a gain. */
  readonly edge: string;
}

/** From 0 to the top darker and darker blue; below 0 brown, as dark as the same amount above. @internal */
export function heatColors(top: number): (value: number) => HeatColor {
  return (value) => {
    const share = top > 0 ? Math.min(1, Math.abs(value) / top) : 0;
    const [half, end] = value < 0 ? [HALF_LOSS, LOSS] : [HALF, DARKEST];
    const way = share < 0.5 ? ([ZERO, half, 2 * share] as const) : ([half, end, 2 * share - 1] as const);
    return {
      fill: shadeBetween(...way),
      ink: inkOn(...way),
      edge: value < 0 ? "#5c2800" : "#ffffff",
    };
  };
}
