import type { FrequencyRecencyMatrix } from "../lifetime/evaluation/frequency-recency-matrix.js";
import { chartFrame, chartSizes, drawingWidth, INK, widest } from "./chart-frame.js";
import { assertResult } from "./chart-input.js";
import { heatColors } from "./heat-colors.js";
import { heatLegend } from "./heat-legend.js";
import { MODEL_NAMES, plural, shortNumber, timeName, timeWords } from "./lifetime-words.js";
import { numberText } from "./number-text.js";
import { boxLayer, type PixelSize, textLayer } from "./pixel-layers.js";
import { textWidth } from "./text-width.js";
import { labelStep } from "./thinned-labels.js";
import type { ChartOptions, VegaLiteSpec } from "./vega-lite-spec.js";

const EDGE = 4;
const MOST_HEIGHT = 520;

/**
 * What does the model make of customers by how often and how lately they bought, drawn?
 *
 * A heat map: those who bought just now at the top, those who bought often on the right, the darker the higher. White is left
 * where there can be no such customer: without a repeat purchase, the first one was T ago.
 *
 * @param matrix - The result of {@link frequencyRecencyMatrix}.
 * @param options - Width, locale of the numbers, title.
 * @returns A Vega-Lite specification; values that do not fit their cells are left to the tooltip.
 * @throws RangeError when `matrix` is no such result, or `locale` is no BCP 47 language tag.
 * @example
 * ```ts
 * import { frequencyRecencyChart, frequencyRecencyMatrix } from "clientele";
 *
 * const parameters = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
 * const model = { model: "bgNbd", parameters, unit: "week" } as const;
 * const matrix = frequencyRecencyMatrix(model, { measure: "probabilityAlive", T: 40, upTo: 8, steps: 8 });
 * frequencyRecencyChart(matrix).title.subtitle[0];
 * // => "With 8 repeat purchases, the last just now: 92%; after 20 weeks of silence: 7.9%."
 * ```
 */
export function frequencyRecencyChart(
  matrix: FrequencyRecencyMatrix,
  options: ChartOptions = {},
): VegaLiteSpec {
  assertResult(matrix, "matrix", "frequencyRecencyMatrix()", ["cells"]);
  const sizes = chartSizes(options);
  const text = numberText(options.locale);
  const short = shortNumber(options.locale);
  const { cells, measure, T } = matrix;
  const isAlive = measure === "probabilityAlive";
  const write = (value: number | null): string =>
    isAlive ? text.percent(value) : value === null ? "n/a" : short(value);
  const name = timeName(matrix.model, matrix.unit);
  const { x, silence, value } = cells.columns;
  const across = [...new Set(x)];
  const down = [...new Set(silence)];
  const silences = down.map((time) => short(time));
  const left = EDGE + Math.max(widest(silences, sizes.label), 20) + 8;
  // Many rows share the height of a picture that fits a screen.
  const rowHeight = Math.min(sizes.isNarrow ? 22 : 26, Math.max(2, MOST_HEIGHT / down.length));
  const rowStep = Math.ceil((sizes.label + 4) / rowHeight);
  const right = 8;
  const mapHeight = down.length * rowHeight;
  // The numbers of the columns and what they are stand between the map and its legend.
  const size: PixelSize = {
    width: drawingWidth(sizes, { left, right }),
    height: mapHeight + 2 * (sizes.label + 8),
  };
  const column = size.width / across.length;
  const top = isAlive ? 1 : value.reduce<number>((most, one) => Math.max(most, one ?? 0), 0);
  const color = heatColors(top);
  const boxes = value.flatMap((one, i) => {
    if (one === null) return [];
    const place = { row: Math.floor(i / across.length), column: i % across.length };
    return [
      {
        left: place.column * column,
        right: (place.column + 1) * column,
        top: place.row * rowHeight,
        bottom: (place.row + 1) * rowHeight,
        "repeat purchases": text.count(x[i]),
        "since the last": timeWords(short, silence[i], name),
        value: write(one),
        chance: one,
        ...color(one),
      },
    ];
  });
  const inCell = sizes.label - 1;
  const written = [
    boxes.map(({ value: label }) => label),
    // Without the sign and the decimals; almost all must not read as all.
    ...(isAlive ? [boxes.map(({ chance }) => wholePercent(chance, text.count))] : []),
  ].find(
    (labels) => rowHeight >= inCell + 4 && labels.every((label) => textWidth(label, inCell) <= column - 4),
  );
  const legend = heatLegend({
    ...{ color, top, low: 0, isCut: false, write, hasGaps: false, sizes, size, left },
  });
  const step = labelStep(
    across.map((count) => text.count(count)),
    column,
    sizes.label,
  );
  const what = isAlive
    ? "probability of still being a customer"
    : `expected purchases in ${timeWords(short, matrix.horizon ?? 0, name)}`;
  const title = isAlive ? "Who is still a customer?" : "Who will buy how often?";
  const answer = answerOf(matrix, write, (time) => timeWords(short, time, name), text.count);
  return chartFrame({
    sizes,
    title: options.title ?? title,
    answer,
    note: `n = ${text.count(boxes.length)} kinds of customers, first bought ${timeWords(short, T, name)} ago. Model: ${MODEL_NAMES[matrix.model]}. Darker: higher ${what}.`,
    description: `Heat map of the ${what} by number of repeat purchases and time since the last purchase. ${answer}`,
    above: sizes.label + 10,
    margin: { left, top: 32, right, bottom: legend.height + 10 },
    height: size.height,
    layer: [
      boxLayer(size, boxes, { strokeWidth: rowHeight >= 7 && column >= 7 ? 1 : 0 }, [
        "repeat purchases",
        "since the last",
        "value",
      ]),
      ...(written
        ? [
            textLayer(
              size,
              boxes.map((box, i) => ({
                x: (box.left + box.right) / 2,
                y: (box.top + box.bottom) / 2,
                text: written[i],
                ink: box.ink,
              })),
              { align: "center", fontSize: inCell },
            ),
          ]
        : []),
      textLayer(
        size,
        silences.flatMap((label, row) =>
          row % rowStep === 0 ? [{ x: -8, y: (row + 0.5) * rowHeight, text: label, ink: INK.muted }] : [],
        ),
        { align: "right" },
      ),
      textLayer(
        size,
        [{ x: EDGE - left, y: -14, text: `${plural(name)} since the last purchase`, ink: INK.muted }],
        { align: "left" },
      ),
      textLayer(
        size,
        [
          ...across
            .map((count, i) => ({ i, text: text.count(count) }))
            .filter(({ i }) => i % step === 0)
            .map(({ i, text: label }) => ({
              x: (i + 0.5) * column,
              y: mapHeight + 12,
              text: label,
              ink: INK.muted,
            })),
          {
            x: size.width / 2,
            y: mapHeight + 12 + sizes.label + 6,
            text: "repeat purchases",
            ink: INK.muted,
          },
        ],
        { align: "center" },
      ),
      ...legend.layers,
    ],
  });
}

function wholePercent(chance: number, count: (value: number) => string): string {
  if (chance > 0.995 && chance < 1) return ">99";
  return chance > 0 && chance < 0.005 ? "<1" : count(100 * chance);
}

/** Two customers who bought equally often: what silence does. */
function answerOf(
  { cells, horizon }: FrequencyRecencyMatrix,
  write: (value: number | null) => string,
  time: (value: number) => string,
  count: (value: number) => string,
): string {
  const { x, silence, value } = cells.columns;
  const most = x.reduce((high, one) => Math.max(high, one), 0);
  const column = value.flatMap((one, i) =>
    x[i] === most && one !== null ? [{ value: one, silence: silence[i] }] : [],
  );
  const [first] = column;
  const later = column[Math.floor(column.length / 2)];
  const ahead = horizon === null ? "" : ` in the next ${time(horizon)}`;
  if (first === undefined || later === undefined) return "No customer can have bought so often.";
  const start = `With ${count(most)} repeat purchase${most === 1 ? "" : "s"}, the last just now: ${write(first.value)}${ahead}`;
  if (later === first) return `${start}.`;
  return `${start}; after ${time(later.silence)} of silence: ${write(later.value)}.`;
}
