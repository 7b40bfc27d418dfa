import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { textWidth } from "../../src/charts/text-width.js";
import type { VegaLiteSpec } from "../../src/charts/vega-lite-spec.js";

let validator: ValidateFunction | undefined;

/** What the JSON schema of Vega-Lite says against a specification; compiled once, it takes seconds. */
export function schemaErrors(spec: VegaLiteSpec): string[] {
  if (validator === undefined) {
    const path = fileURLToPath(import.meta.resolve("vega-lite/vega-lite-schema.json"));
    const ajv = new Ajv({ strict: false });
    addFormats.default(ajv);
    // The schema names a format of its own for colours, which says nothing.
    ajv.addFormat("color-hex", () => true);
    validator = ajv.compile(JSON.parse(readFileSync(path, "utf8")));
  }
  return validator(JSON.parse(JSON.stringify(spec)))
    ? []
    : (validator.errors ?? []).map((e) => `${e.instancePath} ${e.message}`);
}

/** A piece of text where it is drawn, in pixels of the picture. */
interface DrawnText {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Rendered {
  readonly svg: string;
  readonly warnings: readonly string[];
  readonly texts: readonly DrawnText[];
  readonly width: number;
  readonly height: number;
}

/** Compiles and draws a specification, and collects what the compiler and the view complain about. */
export async function rendered(spec: VegaLiteSpec): Promise<Rendered> {
  const warnings: string[] = [];
  const complain = (...message: readonly unknown[]) => {
    warnings.push(message.map(String).join(" "));
    return logger;
  };
  const quiet = () => logger;
  const logger = { level: quiet, error: complain, warn: complain, info: quiet, debug: quiet } as never;
  const view = new View(parse(compile(spec as unknown as TopLevelSpec, { logger }).spec), {
    renderer: "none",
    logger,
  });
  const svg = await view.toSVG();
  const texts: DrawnText[] = [];
  const root = (view.scenegraph() as unknown as { root: SceneItem }).root;
  collect(root, spec.padding.left, spec.padding.top, texts);
  view.finalize();
  const { left, right, top, bottom } = spec.padding;
  return { svg, warnings, texts, width: spec.width + left + right, height: spec.height + top + bottom };
}

interface SceneItem {
  readonly marktype?: string;
  readonly items?: readonly SceneItem[];
  readonly x?: number;
  readonly y?: number;
  readonly dx?: number;
  readonly dy?: number;
  readonly text?: string | readonly string[];
  readonly align?: string;
  readonly baseline?: string;
  readonly angle?: number;
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
  readonly lineHeight?: number;
  readonly lineBreak?: string;
  readonly opacity?: number;
}

function collect(mark: SceneItem, x: number, y: number, texts: DrawnText[]): void {
  for (const item of mark.items ?? []) {
    const at = { x: x + (item.x ?? 0), y: y + (item.y ?? 0) };
    if (mark.marktype === "text") texts.push(...linesOf(item, at));
    for (const inner of item.items ?? []) collect(inner, at.x, at.y, texts);
  }
}

function linesOf(item: SceneItem, at: { x: number; y: number }): DrawnText[] {
  if (item.text === undefined || item.text === "" || item.opacity === 0) return [];
  if ((item.angle ?? 0) !== 0) throw new Error(`turned text: ${item.text}`);
  const lines = typeof item.text === "string" ? item.text.split(item.lineBreak ?? "\n") : item.text;
  const size = item.fontSize ?? 11;
  return lines.map((text, i) => {
    const width = textWidth(text, size, item.fontWeight === 600 || item.fontWeight === "bold");
    const x = at.x + (item.dx ?? 0);
    const left = item.align === "center" ? x - width / 2 : item.align === "right" ? x - width : x;
    const y = at.y + (item.dy ?? 0) + i * (item.lineHeight ?? size + 2);
    // Letters without their descenders: what must not touch.
    const top = { middle: y - size / 2, top: y, bottom: y - size }[item.baseline ?? ""] ?? y - 0.8 * size;
    return { text, left, right: left + width, top, bottom: top + 0.85 * size };
  });
}

/** Pairs of texts that lie over each other, by more than a pixel. */
export function overlaps({ texts }: Rendered): string[] {
  return texts.flatMap((a, i) =>
    texts.slice(i + 1).flatMap((b) => {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      return across > 1 && down > 1 ? [`"${a.text}" and "${b.text}"`] : [];
    }),
  );
}

/** Texts that reach out of the picture. */
export function cutOff({ texts, width, height }: Rendered): string[] {
  return texts
    .filter(
      ({ left, right, top, bottom }) =>
        left < -0.5 || top < -0.5 || right > width + 0.5 || bottom > height + 0.5,
    )
    .map(({ text, left, right, top, bottom }) => `"${text}" ${[left, right, top, bottom].map(Math.round)}`);
}
