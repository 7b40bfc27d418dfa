import type { RejectedRow, RowProblem } from "../core/row-problems.js";
import {
  type GrowingTexts,
  inputRowOf,
  LINKED_REFUND,
  numberOfText,
  PURCHASE,
  type StagedRows,
} from "./staged-rows.js";

// Rows that turn out bad when all rows are in: they leave the stage and become records again.

/** The staged rows that break a rule across rows, as records again. @internal */
export function rejectedRows(
  stage: StagedRows,
  problems: ReadonlyMap<number, readonly RowProblem[]>,
): RejectedRow[] {
  const productOf = textReader(stage.product);
  const channelOf = textReader(stage.channel);
  const currencyOf = textReader(stage.originalCurrency);
  return Array.from(problems, ([row, broken]) => ({
    row: inputRowOf(stage, row),
    record: givenFields({
      id: stage.id?.[row],
      customerId: stage.customer[row],
      at: stage.at[row],
      amount: (stage.originalAmount ?? stage.amount)[row],
      type: stage.kind && stage.kind[row] !== PURCHASE ? "refund" : "purchase",
      refundOf: stage.refundOf?.[row],
      cost: (stage.originalCost ?? stage.cost)?.[row],
      quantity: stage.quantity?.[row],
      productId: productOf(row),
      channel: channelOf(row),
      currency: currencyOf(row),
    }),
    problems: broken,
  }));
}

/** A record without the fields that were not given. @internal */
export function givenFields(record: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value != null && !Number.isNaN(value)),
  );
}

/**
 * The stage without some rows, as if they had never come: columns and texts that only they had go too. The others keep
 * their order and their place in the input.
 *
 * @internal
 */
export function withoutRows(
  stage: StagedRows,
  left: ReadonlyMap<number, unknown>,
  ownCurrency: string,
): StagedRows {
  const kept: number[] = [];
  for (let row = 0; row < stage.length; row++) if (!left.has(row)) kept.push(row);
  const { kind, id, refundOf, originalCurrency } = stage;
  const own = originalCurrency?.numbers.get(ownCurrency);
  const converted = originalCurrency !== null && kept.some((row) => originalCurrency.codes[row] !== own);
  return {
    length: kept.length,
    held: stage.held,
    faults: [],
    owned: true,
    keys: kept.length > 0 ? stage.keys : null,
    customer: kept.map((row) => stage.customer[row]),
    at: Float64Array.from(kept, (row) => stage.at[row]),
    amount: Float64Array.from(kept, (row) => stage.amount[row]),
    kind: kind?.some((value, row) => value !== PURCHASE && !left.has(row))
      ? Uint8Array.from(kept, (row) => kind[row])
      : null,
    cost: keptNumbers(stage.cost, kept),
    quantity: keptNumbers(stage.quantity, kept),
    id: keptTexts(id, kept),
    refundOf: kind && kept.some((row) => kind[row] === LINKED_REFUND) ? keptTexts(refundOf, kept) : null,
    product: renumbered(stage.product, stage.held, kept),
    channel: renumbered(stage.channel, stage.held, kept),
    originalAmount: converted ? keptNumbers(stage.originalAmount, kept) : null,
    originalCost: converted ? keptNumbers(stage.originalCost, kept) : null,
    originalCurrency: converted ? renumbered(originalCurrency, stage.held, kept) : null,
    inputRow: kept.map((row) => inputRowOf(stage, row)),
  };
}

function keptNumbers(column: Float64Array | null, kept: readonly number[]): Float64Array | null {
  if (!column) return null;
  const numbers = Float64Array.from(kept, (row) => column[row]);
  return numbers.every(Number.isNaN) ? null : numbers;
}

function keptTexts(
  column: readonly (string | null)[] | null,
  kept: readonly number[],
): (string | null)[] | null {
  if (!column) return null;
  const texts = kept.map((row) => column[row]);
  return texts.every((text) => text === null) ? null : texts;
}

/** Numbers by first appearance once more. Texts of held rows, numbered before all others, keep theirs. */
function renumbered(column: GrowingTexts | null, held: number, kept: readonly number[]): GrowingTexts | null {
  if (!column) return null;
  const texts = [...column.numbers.keys()];
  let heldTexts = 0;
  for (let row = 0; row < held; row++) heldTexts = Math.max(heldTexts, column.codes[row]);
  const numbers = new Map(texts.slice(0, heldTexts).map((text, place) => [text, place + 1]));
  const codes = new Uint32Array(kept.length);
  const renumbering: GrowingTexts = { codes, numbers };
  for (let row = 0; row < kept.length; row++) {
    const code = column.codes[kept[row]];
    if (code > 0) codes[row] = numberOfText(renumbering, texts[code - 1]);
  }
  return numbers.size > 0 ? renumbering : null;
}

function textReader(column: GrowingTexts | null): (row: number) => string | null {
  if (!column) return () => null;
  const texts = [...column.numbers.keys()];
  return (row) => (column.codes[row] === 0 ? null : texts[column.codes[row] - 1]);
}
