import type { CommitmentDimension } from "../relationship/commitment/commitment-dimension.js";
import type { CommitmentProfile } from "../relationship/commitment/commitment-profile.js";
import { chartFrame, chartSizes, drawingWidth, INK, widest } from "./chart-frame.js";
import { assertResult, assertResults } from "./chart-input.js";
import { counted, numberText } from "./number-text.js";
import { ownColor, type PixelText, pixelPlaces, ruleLayer, textLayer } from "./pixel-layers.js";
import { shortened } from "./shortened.js";
import type { ChartOptions, VegaLiteSpec } from "./vega-lite-spec.js";

/** The commitment of a group, a segment or a wave, by its name. */
export interface NamedCommitmentProfile {
  /** As it stands in the chart. */
  readonly name: string;
  /** The result of {@link commitmentProfile}. */
  readonly profile: CommitmentProfile;
}

const EDGE = 4;
const GAP = 8;
const TICKS = [0, 25, 50, 75, 100];
const NAMES: Readonly<Record<CommitmentDimension, string>> = {
  instrumental: "Instrumental: no better offer",
  relational: "Relational: attached to people",
  valuesBased: "Values-based: same values",
  affective: "Affective: want to stay",
  calculative: "Calculative: need to stay",
  normative: "Normative: ought to stay",
};

/**
 * How committed are groups or waves, dimension by dimension, drawn?
 *
 * A panel for each dimension, in it a dot for the mean of each group and a line for its confidence interval, all on one scale
 * from 0 to 100. Dimensions are not joined and not added up. What is printed says how many have a score: `n = 30 to 80 of 100` where
 * that differs by dimension.
 *
 * @param profiles - One or more groups, or waves in their order.
 * @param options - Width, locale of the numbers, title.
 * @returns A Vega-Lite specification.
 * @throws RangeError when a profile is no such result, or `locale` is no BCP 47 language tag.
 * @example
 * ```ts
 * import { commitmentChart, commitmentProfile } from "clientele";
 *
 * const profile = commitmentProfile([
 *   { respondentId: "ani", affective: 80, calculative: 30 },
 *   { respondentId: "budi", affective: 60, calculative: 40 },
 * ]);
 * commitmentChart([{ name: "2024", profile }]).title.subtitle[0];
 * // => "2024: highest in affective (70), lowest in calculative (35), of 100."
 * ```
 */
export function commitmentChart(
  profiles: readonly NamedCommitmentProfile[],
  options: ChartOptions = {},
): VegaLiteSpec {
  assertResults(profiles, "profiles", "{ name, profile }, one for each group", ["profile"]);
  for (const [i, { profile }] of profiles.entries())
    assertResult(profile, `profiles[${i}].profile`, "commitmentProfile()", ["dimensions"]);
  const sizes = chartSizes(options);
  const text = numberText(options.locale);
  const format = new Intl.NumberFormat(options.locale ?? "en-US", { maximumFractionDigits: 1 });
  const line = sizes.label + 8;
  const names = profiles.map(({ name }) => shortened(name, sizes.total * 0.3, sizes.label));
  const right = EDGE + widest(["100"], sizes.label) / 2;
  const margin = { left: EDGE + widest(names, sizes.label) + GAP + 6, top: GAP, right, bottom: EDGE };
  const width = drawingWidth(sizes, margin);
  const dimensions = (Object.keys(NAMES) as CommitmentDimension[]).filter((dimension) =>
    profiles.some(({ profile }) => profile.dimensions.some((found) => found.dimension === dimension)),
  );
  const panel = (profiles.length + 1) * line + GAP;
  const plotHeight = Math.max(1, dimensions.length * panel);
  const size = { width, height: plotHeight + line };
  const x = (score: number): number => (width * score) / 100;
  const marks = dimensions.flatMap((dimension, i) =>
    profiles.map(({ name, profile }, j) => {
      const found = profile.dimensions.find((one) => one.dimension === dimension);
      return {
        ...{ dimension, name, label: names[j], y: i * panel + (j + 1.5) * line },
        ...{ n: found?.n ?? 0, mean: found?.mean ?? null, interval: found?.interval ?? null },
      };
    }),
  );
  const dots = marks.flatMap(({ dimension, name, y, n, mean }) =>
    mean === null
      ? []
      : [
          {
            x: x(mean),
            y,
            fill: INK.strong,
            dimension,
            group: name,
            mean: format.format(mean),
            n: text.count(n),
          },
        ],
  );
  const places = pixelPlaces(size);
  const label = (
    at: { readonly x: number; readonly y: number },
    written: string,
    ink: string,
  ): PixelText => ({
    ...at,
    text: written,
    ink,
  });
  const heads = dimensions.map((dimension, i) =>
    label(
      { x: EDGE - margin.left, y: i * panel + line / 2 },
      shortened(NAMES[dimension], sizes.total - 2 * EDGE, sizes.label, true),
      INK.text,
    ),
  );
  const levels = new Set(marks.flatMap((mark) => mark.interval?.confidenceLevel ?? []));
  const shownLevels = [...levels].map((level) => text.percent(level)).join(", ");
  const interval = shownLevels === "" ? "" : ` Lines: ${shownLevels} intervals of the mean.`;
  const counts = profiles
    .map(({ name, profile }) => `${answeredOf(profile, text.count)} (${name})`)
    .join(", ");
  const answer = answerOf(profiles, (score) => format.format(score));
  return chartFrame({
    sizes,
    title: options.title ?? "Commitment by dimension",
    answer,
    note: `Mean scores, percent of the maximum possible.${interval} n = ${counts === "" ? "0" : counts}.`,
    description: `Commitment of ${counted(text, profiles.length, "group")} in ${counted(text, dimensions.length, "dimension")}. ${answer}`,
    above: 0,
    margin,
    height: size.height,
    layer: [
      ruleLayer(
        size,
        dimensions.flatMap((_, i) =>
          TICKS.map((tick) => ({ x: x(tick), x2: x(tick), y: i * panel + line, y2: (i + 1) * panel - GAP })),
        ),
        { color: INK.grid },
      ),
      ruleLayer(
        size,
        // A t interval may leave the scale; the drawing may not.
        marks.flatMap(({ y, interval: found }) =>
          found === null
            ? []
            : [{ x: x(Math.max(0, found.lower)), x2: x(Math.min(100, found.upper)), y, y2: y }],
        ),
        { color: INK.middle, strokeWidth: 2 },
      ),
      {
        data: { values: dots },
        mark: { type: "point", filled: true, opacity: 1, size: 64, shape: "circle" },
        encoding: {
          x: { ...places.x, field: "x" },
          y: { ...places.y, field: "y" },
          color: ownColor("fill"),
          tooltip: ["dimension", "group", "mean", "n"].map((field) => ({ field, type: "nominal" as const })),
        },
      },
      textLayer(size, heads, { align: "left", fontWeight: 600, fontSize: sizes.label }),
      textLayer(
        size,
        marks.map(({ y, label: name }) => label({ x: -GAP - 4, y }, name, INK.muted)),
        { align: "right", fontSize: sizes.label },
      ),
      textLayer(
        size,
        TICKS.map((tick) => label({ x: x(tick), y: plotHeight + line / 2 }, format.format(tick), INK.muted)),
        { align: "center", fontSize: sizes.label },
      ),
    ],
  });
}

/** How many have a score, which may differ by dimension, and of how many: what is printed must not hide the silent. */
function answeredOf({ n, dimensions }: CommitmentProfile, written: (count: number) => string): string {
  const counts = dimensions.map((dimension) => dimension.n);
  if (counts.length === 0) return written(n);
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  const range = fewest === most ? written(most) : `${written(fewest)} to ${written(most)}`;
  return fewest === n ? range : `${range} of ${written(n)}`;
}

/** Of the last group, which is the latest wave: where it is highest and lowest. */
function answerOf(profiles: readonly NamedCommitmentProfile[], written: (score: number) => string): string {
  const last = profiles.at(-1);
  const known = (last?.profile.dimensions ?? [])
    .flatMap(({ dimension, mean }) => (mean === null ? [] : [{ dimension, mean }]))
    .sort((a, b) => b.mean - a.mean);
  const [highest] = known;
  const lowest = known.at(-1);
  if (last === undefined || highest === undefined || lowest === undefined) return "Nobody has a score.";
  if (known.length === 1)
    return `${last.name}: ${written(highest.mean)} of 100 in ${nameOf(highest.dimension)}.`;
  return `${last.name}: highest in ${nameOf(highest.dimension)} (${written(highest.mean)}), lowest in ${nameOf(lowest.dimension)} (${written(lowest.mean)}), of 100.`;
}

function nameOf(dimension: CommitmentDimension): string {
  return (NAMES[dimension].split(":")[0] ?? dimension).toLowerCase();
}
