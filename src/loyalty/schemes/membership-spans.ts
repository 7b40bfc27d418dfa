import { assertArray } from "../../core/assert.js";
import { type Instant, instantOrNaN } from "../../core/instant.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";

/** What is read of a membership. */
export interface MembershipSpan {
  /** The member. */
  readonly memberId: string;
  /** Since when. */
  readonly joinedAt: Instant;
  /** When the membership ended; absent: it holds. */
  readonly leftAt?: Instant | undefined;
}

/** A membership in epoch milliseconds; `leftAt` is `Infinity` while it holds. @internal */
export interface ReadSpan {
  readonly memberId: string;
  readonly joinedAt: number;
  readonly leftAt: number;
}

/** The memberships, checked: each ends after it began, and those of one member do not overlap. @internal */
export function readSpans(rows: readonly MembershipSpan[], path: string, timeZone: string): ReadSpan[] {
  assertArray(rows, path);
  const problems: RowProblem[] = [];
  const spans = rows.map((value, row): ReadSpan & { readonly row: number } => {
    const { memberId, joinedAt, leftAt } = (value ?? {}) as Partial<MembershipSpan>;
    const must = (holds: boolean, field: string, reason: string, given: unknown) => {
      if (!holds) problems.push({ row, field, reason, value: given });
    };
    const joined = instantOrNaN(joinedAt, timeZone);
    const left = leftAt === undefined ? Number.POSITIVE_INFINITY : instantOrNaN(leftAt, timeZone);
    must(typeof memberId === "string" && memberId !== "", "memberId", "is not text, or is empty", memberId);
    must(!Number.isNaN(joined), "joinedAt", "is no instant", joinedAt);
    must(!Number.isNaN(left), "leftAt", "is no instant", leftAt);
    must(!(left < joined), "leftAt", "is before joinedAt", leftAt);
    return { memberId: String(memberId), joinedAt: joined, leftAt: left, row };
  });
  if (problems.length === 0) {
    const byMember = [...spans].sort(
      (a, b) =>
        (a.memberId < b.memberId ? -1 : a.memberId > b.memberId ? 1 : 0) ||
        a.joinedAt - b.joinedAt ||
        a.leftAt - b.leftAt,
    );
    for (const [i, span] of byMember.entries()) {
      const before = byMember[i - 1];
      if (before !== undefined && before.memberId === span.memberId && before.leftAt > span.joinedAt) {
        const reason = `overlaps the membership in row ${before.row + 1}`;
        problems.push({ row: span.row, field: "joinedAt", reason, value: rows[span.row]?.joinedAt });
      }
    }
  }
  if (problems.length > 0) throw invalidRows(problems, problems.length, path);
  return spans;
}
