import type { ChartOptions, VegaLiteSpec } from "clientele";
import { Error as ErrorLevel, parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { type Html, html, trusted } from "./html.js";

/** Widths of the two pictures of each chart, in pixels: for a desk and paper, and for a phone. */
const WIDE = 760;
const NARROW = 342;

/**
 * Draws a chart twice, wide and narrow; the style sheet shows the one that fits, since text that is merely scaled down
 * cannot be read on a phone. Above it stands the answer of the chart, or one of the report's own.
 */
export async function chartFigure(
  draw: (options: ChartOptions) => VegaLiteSpec,
  ownAnswer?: string,
): Promise<Html> {
  const wide = draw({ width: WIDE });
  const [wideSvg, narrowSvg] = await Promise.all([toSvg(wide), toSvg(draw({ width: NARROW }))]);
  // The answer comes first, then what was counted: "n = ...".
  const [chartAnswer = "", note = ""] = wide.title.subtitle.join(" ").split(/ (?=n = )/);
  return html`<figure>
<figcaption><p class="answer">${ownAnswer ?? chartAnswer}</p><p class="note">${note}</p></figcaption>
<div class="chart wide" role="img" aria-label="${wide.description}">${wideSvg}</div>
<div class="chart narrow" role="img" aria-label="${wide.description}">${narrowSvg}</div>
</figure>`;
}

/**
 * The picture without its title: in the page, title and answer are text, which wraps and can be searched. Without labels of
 * its parts too: the figure has one that says it all, and theirs would be read out as pixels.
 */
async function toSvg({ title, ...spec }: VegaLiteSpec): Promise<Html> {
  const untitled = { ...spec, padding: { ...spec.padding, top: spec.padding.top - titleHeight(title) } };
  const compiled = compile(untitled as unknown as TopLevelSpec, { config: { aria: false } }).spec;
  const view = new View(parse(compiled), { renderer: "none", logLevel: ErrorLevel });
  const svg = await view.toSVG();
  view.finalize();
  // Size comes from the style sheet; the viewBox keeps the shape.
  return trusted(svg.replace(/ width="[^"]*" height="[^"]*"/, ""));
}

/** Room that the lines of title and subtitle take above the drawing. */
function titleHeight({ text, subtitle, lineHeight, subtitleLineHeight }: VegaLiteSpec["title"]): number {
  return text.length * Number(lineHeight) + subtitle.length * Number(subtitleLineHeight);
}
