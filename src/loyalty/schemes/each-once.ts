import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import type { Membership } from "../../model/membership.js";
import { readSpans } from "./membership-spans.js";

/**
 * The same record twice counts its members and cards twice: in a scheme a member has one membership at a time, and a card
 * stands once.
 *
 * @internal
 */
export function assertEachOnce(memberships: readonly Membership[]): void {
  const spans = memberships.map(({ schemeId, memberId, joinedAt, leftAt }) => ({
    memberId: JSON.stringify([schemeId, memberId]),
    joinedAt,
    leftAt,
  }));
  readSpans(spans, "memberships", "UTC");
  const rows = new Map<string, number>();
  const problems: RowProblem[] = [];
  for (const [row, { schemeId, cards }] of memberships.entries()) {
    for (const [i, { cardNo }] of cards.entries()) {
      const card = JSON.stringify([schemeId, cardNo]);
      const first = rows.get(card);
      if (first === undefined) rows.set(card, row);
      else {
        const reason = `stands in row ${first + 1} already`;
        problems.push({ row, field: `cards[${i}].cardNo`, reason, value: cardNo });
      }
    }
  }
  if (problems.length > 0) throw invalidRows(problems, problems.length, "memberships");
}
