import type { AmountText } from "./amount-text.js";
import type { ChartSizes } from "./chart-frame.js";
import type { CohortMeasure } from "./cohort-heat-table.js";
import type { NumberText } from "./number-text.js";
import { textWidth } from "./text-width.js";

/** What the cells show, and how it is written. @internal */
export interface CellContext {
  readonly measure: CohortMeasure;
  readonly sizes: ChartSizes;
  readonly text: NumberText;
  readonly money: AmountText;
}

/** A value as a tooltip and the legend have it. @internal */
export function writtenCell(value: number, { measure, text, money }: CellContext): string {
  if (measure === "rate") return text.percent(value);
  return measure === "customers" ? text.count(value) : money.amount(value);
}

/** The values as they stand in the cells: all of them, in the fullest way that fits, or none. @internal */
export function cellLabels(
  values: readonly number[],
  top: number,
  room: { readonly width: number; readonly height: number },
  context: CellContext,
): { readonly texts: readonly string[]; readonly fontSize: number } | null {
  const { measure, sizes, text } = context;
  // What is little must not read as nothing.
  const whole = (write: (share: number) => string) => (value: number) =>
    value > 0 && value < 0.005 ? `<${write(0.01)}` : write(value);
  const ways: ((value: number) => string)[] =
    measure !== "rate"
      ? [(value) => writtenCell(value, context)]
      : [
          ...(top < 0.0995 ? [text.percent] : []),
          whole(text.tick),
          whole((value) => text.count(100 * value)),
        ];
  for (const way of ways) {
    const texts = values.map(way);
    for (const fontSize of [sizes.label, SMALLEST]) {
      const width = texts.reduce((most, label) => Math.max(most, textWidth(label, fontSize)), 0);
      if (width + 1 <= room.width && fontSize + 2 <= room.height) return { texts, fontSize };
    }
  }
  return null;
}

const SMALLEST = 10;
