/** A colour as red, green and blue, 0 to 255. @internal */
export type Channels = readonly [red: number, green: number, blue: number];

/** Almost white: nobody. @internal */
export const PALEST: Channels = [243, 247, 250];
/** The dark blue that stands for most. @internal */
export const DARKEST: Channels = [11, 60, 93];
/** A blue on which black letters read well. @internal */
export const LIGHT: Channels = [156, 195, 220];

/**
 * The colour so far on the way between two. Lightness changes all the way, so that a copy in grey says the same.
 *
 * @internal
 */
export function shadeBetween(from: Channels, to: Channels, share: number): string {
  return `#${mixed(from, to, share)
    .map((channel) => channel.toString(16).padStart(2, "0"))
    .join("")}`;
}

/** Black or white letters, whichever stand out more from the shade (relative luminance by WCAG 2.1). @internal */
export function inkOn(from: Channels, to: Channels, share: number): string {
  const [red = 0, green = 0, blue = 0] = mixed(from, to, share).map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  // At 0.179 both have a contrast of 4.6.
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000000" : "#ffffff";
}

function mixed(from: Channels, to: Channels, share: number): number[] {
  return from.map((channel, i) => Math.round(channel + ((to[i] ?? 0) - channel) * share));
}
