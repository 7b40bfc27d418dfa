/** Anything that survives JSON. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** An object that survives JSON. */
export interface JsonObject {
  /** Any field. */
  readonly [field: string]: JsonValue;
}

/**
 * A chart as a Vega-Lite 6 specification: plain JSON that holds its data.
 *
 * Give it to `vega-embed` in a page, or to `compile` of `vega-lite` and `vega` for an SVG. Every field may be changed
 * before that: the specification is yours. This type promises only what Clientele sets on every chart; where a Vega type
 * is wanted, pass it on as `TopLevelSpec`.
 */
export interface VegaLiteSpec extends JsonObject {
  /** The version of Vega-Lite that the specification is written for. */
  readonly $schema: string;
  /** The chart in words, for those who cannot see it. */
  readonly description: string;
  /** What the chart shows, and a sentence with the answer that it gives. */
  readonly title: {
    /** What the chart shows, by line. */
    readonly text: readonly string[];
    /** The answer in a sentence, then what was counted, by line. */
    readonly subtitle: readonly string[];
    /** Place and fonts. */
    readonly [field: string]: JsonValue;
  };
  /** Width of the drawing without its margins, pixels. */
  readonly width: number;
  /** Height of the drawing without its margins, pixels. */
  readonly height: number;
  /** Margins in pixels; with `width` they make the width that was asked for. */
  readonly padding: {
    /** Left of the drawing. */
    readonly left: number;
    /** Above the drawing, with the title. */
    readonly top: number;
    /** Right of the drawing. */
    readonly right: number;
    /** Below the drawing. */
    readonly bottom: number;
  };
  /** What is drawn, from back to front. */
  readonly layer: readonly JsonObject[];
}

/** How every chart may be fitted to its place. */
export interface ChartOptions {
  /** Width of the whole picture in pixels, from 320; less is drawn as 320. Default 720. */
  readonly width?: number;
  /** BCP 47 language tag for the digits, points and commas of numbers. Default `"en-US"`: never the machine's own. */
  readonly locale?: string;
  /** What to write above the chart in place of its own title. */
  readonly title?: string;
}
