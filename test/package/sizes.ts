import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { assertBuilt, root } from "./packed-app.js";

/** What a browser would load for a piece of code that imports the built package. */
export interface BundleSize {
  readonly name: string;
  /** Bytes after minification and gzip. */
  readonly gzip: number;
  readonly minified: number;
  /** The files that left something in the bundle, from the project's folder. */
  readonly inputs: readonly string[];
}

/** One line of what is measured. */
interface Piece {
  readonly code: string;
  /** The most that it may weigh, in bytes after gzip; `null` where only growth is watched. */
  readonly limit: number | null;
  readonly external?: readonly string[];
}

/** The pieces, with their budgets: 2 kB for one function of mathematics, 26 kB for one schema with zod in it (20.8 kB of it is `z.object`). */
export const pieces: Readonly<Record<string, Piece>> = {
  normalQuantile: { code: 'export { normalQuantile } from "clientele";', limit: 2_000 },
  wilsonInterval: { code: 'export { wilsonInterval } from "clientele";', limit: 2_000 },
  contactSchema: { code: 'export { contactSchema } from "clientele";', limit: 26_000 },
  customerSchema: { code: 'export { customerSchema } from "clientele";', limit: 26 * 1024 },
  "whole library without zod": { code: 'export * from "clientele";', limit: null, external: ["zod"] },
};

/** Bundles for the browser with esbuild, as an application would. */
export async function bundleSize(
  name: string,
  code: string,
  external: readonly string[] = [],
): Promise<BundleSize> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: root },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    external: [...external],
    write: false,
    metafile: true,
    outfile: "bundle.js",
    logLevel: "silent",
    absWorkingDir: root,
  });
  const bytes = outputFiles[0]?.contents ?? new Uint8Array();
  const inputs = Object.values(metafile.outputs).flatMap((output) =>
    Object.entries(output.inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => path),
  );
  return { name, gzip: gzipSync(bytes, { level: 9 }).length, minified: bytes.length, inputs };
}

/** All pieces, measured from `dist` as it is. */
export async function measuredSizes(): Promise<BundleSize[]> {
  assertBuilt();
  return Promise.all(
    Object.entries(pieces).map(([name, { code, external }]) => bundleSize(name, code, external)),
  );
}

const recordFile = join(root, "test/package/sizes.json");

/** The bytes after gzip that were last recorded. */
export function recordedSizes(): Readonly<Record<string, number>> {
  return JSON.parse(readFileSync(recordFile, "utf8"));
}

/** Takes the sizes as the new record. */
export function recordSizes(sizes: readonly BundleSize[]): void {
  const record = Object.fromEntries(sizes.map(({ name, gzip }) => [name, gzip]));
  writeFileSync(recordFile, `${JSON.stringify(record, null, 2)}\n`);
}

/** More than a tenth above the record. */
export function hasGrown(gzip: number, recorded: number): boolean {
  return gzip > recorded * 1.1;
}

/**
 * Does the changelog own up to growth? A line that begins `- Size:` under `Unreleased` or under the current version.
 */
export function ownsUpToGrowth(changelog: string, version: string): boolean {
  const sections = changelog.split(/^## /m).slice(1);
  const current = sections.filter(
    (text) => text.startsWith("[Unreleased]") || text.startsWith(`[${version}]`),
  );
  return current.some((text) => /^- Size:/m.test(text));
}

/** The sizes beside their limits and the record, for a terminal. */
export function sizeTable(sizes: readonly BundleSize[], record: Readonly<Record<string, number>>): string {
  const rows = sizes.map(({ name, gzip, minified }) => [
    name,
    String(gzip),
    String(minified),
    String(pieces[name]?.limit ?? "-"),
    String(record[name] ?? "-"),
  ]);
  const table = [["bundle", "gzip", "minified", "limit", "recorded"], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const shown = table.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  "),
  );
  return ["Bytes of a bundle (esbuild, minified, ESM, browser):", ...shown].join("\n");
}
