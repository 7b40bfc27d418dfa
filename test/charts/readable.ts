import { expect, it } from "vitest";
import type { ChartOptions, JsonValue, VegaLiteSpec } from "../../src/charts/vega-lite-spec.js";
import { cutOff, overlaps, rendered, schemaErrors } from "./rendered.js";

/** Draws a chart at each width and in a locale of each kind, and looks for all that makes a picture hard to read. */
export function itIsReadable(
  chart: (options: ChartOptions) => VegaLiteSpec,
  [wide, narrow, least] = [760, 342, 320],
): void {
  it.each([
    [wide, "en-US"],
    [narrow, "id-ID"],
    [least, "de-DE"],
  ])("at %i px in %s: valid, drawn without complaint, readable", async (width, locale) => {
    const spec = chart({ width, locale });
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
    expect(schemaErrors(spec)).toEqual([]);
    const picture = await rendered(spec);
    expect(picture.warnings).toEqual([]);
    expect(picture.svg).not.toMatch(/NaN|undefined|Infinity|\[object/);
    expect(picture.width).toBe(width);
    const drawn = picture.texts.map(({ text }) => text);
    expect(drawn).toEqual(expect.arrayContaining([...spec.title.text, ...spec.title.subtitle]));
    expect(spec.title.subtitle.join(" ")).toContain("n = ");
    expect(overlaps(picture)).toEqual([]);
    expect(cutOff(picture)).toEqual([]);
  });
}

/** The sentences above a chart, in one line. */
export function answerOf(spec: VegaLiteSpec): string {
  return spec.title.subtitle.join(" ");
}

/** All rows of data of a chart, layer by layer. */
export function rowsOf(spec: VegaLiteSpec): Record<string, JsonValue>[] {
  return spec.layer.flatMap(
    (layer) => (layer as unknown as { data: { values: Record<string, JsonValue>[] } }).data.values,
  );
}

/** Relative luminance of WCAG 2.1, from 0 to 1. */
export function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast of WCAG 2.1, from 1 to 21. */
export function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}
