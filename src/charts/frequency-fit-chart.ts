import type { FrequencyFit } from "../lifetime/evaluation/frequency-fit.js";
import { chartFrame, chartSizes } from "./chart-frame.js";
import { assertResult } from "./chart-input.js";
import { MODEL_NAMES } from "./lifetime-words.js";
import { counted, type NumberText, numberText } from "./number-text.js";
import { pairedBars } from "./paired-bars.js";
import type { ChartOptions, VegaLiteSpec } from "./vega-lite-spec.js";

/**
 * Does the model have as many customers with 0, 1, 2 ... repeat purchases as there are, drawn?
 *
 * Two bars for each number of repeat purchases, dark what is and pale what the model expects.
 *
 * @param fit - The result of {@link frequencyFit}.
 * @param options - Width, locale of the numbers, title.
 * @returns A Vega-Lite specification; without customers, a frame that says so.
 * @throws RangeError when `fit` is no such result, or `locale` is no BCP 47 language tag.
 * @example
 * ```ts
 * import { frequencyFit, frequencyFitChart } from "clientele";
 *
 * const parameters = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
 * const model = { model: "bgNbd", parameters, unit: "week" } as const;
 * const customers = { x: [0, 1, 4], tx: [0, 12, 30], T: [39, 39, 39], weight: [57, 25, 18] };
 * frequencyFitChart(frequencyFit(model, customers, { upTo: 2 })).title.subtitle[0];
 * // => "57 customers did not buy again, 57 expected. Farthest off: 25 customers with 1 repeat purchase, 20 expected."
 * ```
 */
export function frequencyFitChart(fit: FrequencyFit, options: ChartOptions = {}): VegaLiteSpec {
  assertResult(fit, "fit", "frequencyFit()", ["byFrequency"]);
  const sizes = chartSizes(options);
  const text = numberText(options.locale);
  const { frequency, actual, expected } = fit.byFrequency.columns;
  const isEmpty = fit.customers === 0;
  const answer = isEmpty ? "There are no customers." : answerOf(fit, text);
  return chartFrame({
    sizes,
    title: options.title ?? "Customers by number of repeat purchases",
    answer,
    note: `n = ${counted(text, fit.customers, "customer")}. Model: ${MODEL_NAMES[fit.model]}.`,
    description: `Bars of actual and expected customers by number of repeat purchases, from 0 to ${frequency.at(-1)}. ${answer}`,
    ...pairedBars(
      {
        rowTitle: "repeat purchases",
        names: ["actual", "expected"],
        rows: frequency.map((label, i) => ({
          label,
          values: [actual[i], expected[i]],
          texts: [text.count(actual[i]), text.count(expected[i])],
        })),
      },
      sizes,
      fit.customers,
    ),
  });
}

function answerOf({ byFrequency }: FrequencyFit, text: NumberText): string {
  const { frequency, actual, expected } = byFrequency.columns;
  const nobody = `${counted(text, actual[0], "customer")} did not buy again, ${text.count(expected[0])} expected`;
  const misses = actual.map((count, i) => Math.abs(count - expected[i]));
  const worst = misses.indexOf(misses.reduce((most, miss) => Math.max(most, miss), 0));
  if (worst === 0) return `${nobody}: elsewhere it is closer.`;
  const times = `${frequency[worst]} repeat purchase${frequency[worst] === "1" ? "" : "s"}`;
  return `${nobody}. Farthest off: ${counted(text, actual[worst], "customer")} with ${times}, ${text.count(expected[worst])} expected.`;
}
