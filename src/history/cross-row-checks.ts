import type { RowProblem } from "../core/row-problems.js";
import { areDistinct, encodeKeys } from "./encode-keys.js";
import { inputRowOf, LINKED_REFUND, PURCHASE, type StagedRows } from "./staged-rows.js";

/** For each linked refund the staged row of its purchase; -1 where there is none. @internal */
export interface CrossRowFindings {
  readonly purchaseOf: Int32Array | null;
  /** By staged row; empty when every rule holds. */
  readonly problems: ReadonlyMap<number, readonly RowProblem[]>;
}

/**
 * The rules that one row alone cannot break: unique ids, refunds that fit their purchase, columns on all purchases or
 * none. Rows of the log to which others are appended are never at fault: what does not fit them is.
 *
 * @internal
 */
export function checkAcrossRows(stage: StagedRows, acceptUnlinked: boolean): CrossRowFindings {
  const problems = new Map<number, RowProblem[]>();
  const report = (row: number, field: string, reason: string, value: unknown) => {
    const problem = { row: inputRowOf(stage, row), field, reason, value };
    const known = problems.get(row);
    if (known) known.push(problem);
    else problems.set(row, [problem]);
  };
  checkUniqueIds(stage, report);
  const purchaseOf = linkRefunds(stage, problems, acceptUnlinked, report);
  checkWholeColumn(stage, "cost", stage.cost, problems, report);
  checkWholeColumn(stage, "quantity", stage.quantity, problems, report);
  return { purchaseOf, problems };
}

type Report = (row: number, field: string, reason: string, value: unknown) => void;

function checkUniqueIds({ id }: StagedRows, report: Report): void {
  if (!id) return;
  // A row number stands in for a missing id: it is unique, and no text.
  const keys: (string | number)[] = id.includes(null) ? id.map((own, row) => own ?? row) : (id as string[]);
  if (areDistinct(keys)) return;
  const { codes, values } = encodeKeys(keys);
  const seen = new Uint8Array(values.length);
  for (let row = 0; row < id.length; row++) {
    if (seen[codes[row]] === 1) report(row, "id", "stands on an earlier row: an id is unique", id[row]);
    seen[codes[row]] = 1;
  }
}

function linkRefunds(
  stage: StagedRows,
  problems: ReadonlyMap<number, unknown>,
  acceptUnlinked: boolean,
  report: Report,
): Int32Array | null {
  const { kind, refundOf, at, customer } = stage;
  if (!kind || !refundOf) return null;
  const rowOfId = rowsOfRefundedIds(stage, refundOf);
  const purchaseOf = new Int32Array(stage.length).fill(-1);
  for (let row = 0; row < stage.length; row++) {
    if (kind[row] !== LINKED_REFUND) continue;
    const purchaseId = refundOf[row];
    const purchase = purchaseId === null ? undefined : rowOfId.get(purchaseId);
    if (purchase === undefined || (problems.has(purchase) && purchase !== row)) {
      const fix = acceptUnlinked
        ? "leave refundOf out if the purchase is not in the log"
        : "add the purchase";
      report(row, "refundOf", `is the id of no purchase that the log holds: ${fix}`, purchaseId);
    } else if (kind[purchase] !== PURCHASE) {
      report(row, "refundOf", "is the id of a refund: only a purchase can be refunded", purchaseId);
    } else if (customer[purchase] !== customer[row]) {
      report(row, "refundOf", `is a purchase of another customer, ${customer[purchase]}`, purchaseId);
    } else if (at[purchase] > at[row]) {
      report(row, "refundOf", "is a purchase that happened after this refund", purchaseId);
    } else purchaseOf[row] = purchase;
  }
  return purchaseOf;
}

/** The first row of each id that a refund names; refunds are few, so that most ids are never looked up. */
function rowsOfRefundedIds({ id, length }: StagedRows, refundOf: readonly (string | null)[]) {
  const wanted = new Set<string>();
  for (const purchaseId of refundOf) if (purchaseId !== null) wanted.add(purchaseId);
  const rowOfId = new Map<string, number>();
  if (!id) return rowOfId;
  for (let row = 0; row < length; row++) {
    const own = id[row];
    if (own !== null && wanted.has(own) && !rowOfId.has(own)) rowOfId.set(own, row);
  }
  return rowOfId;
}

/**
 * A purchase without the column would be counted as free (a refund without it takes nothing back). Whether the column is
 * given is for the sound purchases to say, so that one bad row does not put all others in the wrong.
 */
function checkWholeColumn(
  stage: StagedRows,
  field: "cost" | "quantity",
  column: Float64Array | null,
  problems: ReadonlyMap<number, unknown>,
  report: Report,
): void {
  if (!column) return;
  const { held, kind, length } = stage;
  const isPurchase = (row: number) => !kind || kind[row] === PURCHASE;
  let heldWithout = false;
  let given = 0;
  let missing = 0;
  for (let row = 0; row < length; row++) {
    if (!isPurchase(row) || problems.has(row)) continue;
    if (!Number.isNaN(column[row])) given++;
    else {
      missing++;
      heldWithout ||= row < held;
    }
  }
  if (missing === 0) return;
  const refused = heldWithout || given === 0;
  for (let row = held; row < length; row++) {
    const isMissing = Number.isNaN(column[row]);
    if (refused && !isMissing) {
      const reason = `is given while ${heldWithout ? "the log has none" : "no purchase has it"}: give it on every purchase or on none`;
      report(row, field, reason, column[row]);
    } else if (!refused && isMissing && isPurchase(row)) {
      report(
        row,
        field,
        "is missing while other rows have it: give it on every purchase (0 for none)",
        undefined,
      );
    }
  }
}
