import { assertArgument, shown } from "../../core/assert.js";
import type { RowProblem } from "../../core/errors.js";
import { invalidRows } from "../../core/row-problems.js";
import type { Table } from "../../core/table.js";

/** All kinds of movement, for the guards. @internal */
export const POINT_MOVEMENT_KINDS = [
  "issued",
  "redeemed",
  "reversed",
  "expired",
  "clawedBack",
  "transferred",
  "adjusted",
] as const satisfies readonly PointMovementKind[];

/**
 * What brought points to members or took them away.
 *
 * | kind | points | means |
 * |---|---|---|
 * | `issued` | above 0 | earned with an order, visit or event |
 * | `redeemed` | below 0 | spent |
 * | `reversed` | above 0 | a redemption was given back |
 * | `expired` | below 0 | lapsed; above 0 where a debit that arrived late found them unspent before their lapse |
 * | `clawedBack` | below 0 | taken back with a returned order |
 * | `transferred` | either | from and to other accounts |
 * | `adjusted` | either | added or taken by hand, opening balances too |
 */
export type PointMovementKind =
  | "issued"
  | "redeemed"
  | "reversed"
  | "expired"
  | "clawedBack"
  | "transferred"
  | "adjusted";

/** Points that came to members' hands or left them. All movements together are what is outstanding. */
export interface PointMovement {
  /** When, epoch milliseconds. */
  readonly at: number;
  /** The account. */
  readonly accountId: string;
  /** Type of point. */
  readonly pointType: string;
  /** Number of the lot in its account. */
  readonly lot: number;
  /** What happened. */
  readonly kind: PointMovementKind;
  /** What members have more (above 0) or less (below 0) by it, never 0. */
  readonly points: number;
  /** When these points were issued, epoch milliseconds: their cohort. */
  readonly issuedAt: number;
  /** When the lot lapses, epoch milliseconds; `null` never. */
  readonly expiresAt: number | null;
}

/** Columns of movements. */
export type PointMovementColumns = {
  /** When, epoch milliseconds. */
  at: number[];
  /** The account. */
  accountId: string[];
  /** Type of point. */
  pointType: string[];
  /** Number of the lot in its account. */
  lot: number[];
  /** What happened. */
  kind: PointMovementKind[];
  /** What members have more or less by it. */
  points: number[];
  /** When these points were issued, epoch milliseconds. */
  issuedAt: number[];
  /** When the lot lapses, epoch milliseconds; `null` never. */
  expiresAt: (number | null)[];
};

/** What a roll-forward or a triangle needs of a movement; `pointType` where there are several. */
export type CohortMovement = Pick<PointMovement, "at" | "kind" | "points" | "issuedAt"> &
  Partial<Pick<PointMovement, "pointType">>;

/** Movements by row, or a table that has such columns (that of {@link pointMovements}). */
export type CohortMovements =
  | readonly CohortMovement[]
  | Table<Pick<PointMovementColumns, "at" | "kind" | "points" | "issuedAt">>;

/** What survival of points needs of a movement. */
export type AccountMovement = CohortMovement & Pick<PointMovement, "accountId">;

/** Movements by row, or a table that has such columns (that of {@link pointMovements}). */
export type AccountMovements =
  | readonly AccountMovement[]
  | Table<Pick<PointMovementColumns, "at" | "kind" | "points" | "issuedAt" | "accountId">>;

/** Columns of movements that were looked at. @internal */
export interface CheckedMovements {
  readonly length: number;
  readonly at: readonly number[];
  readonly kind: readonly PointMovementKind[];
  readonly points: readonly number[];
  readonly issuedAt: readonly number[];
  /** Empty where accounts are not needed. */
  readonly accountId: readonly string[];
  /** Whether a row is of the type that was asked for. */
  readonly isAsked: (row: number) => boolean;
}

/**
 * Movements by column, all checked; of several types of point one must be asked for.
 *
 * @internal
 */
export function checkedMovements(
  movements: CohortMovements | AccountMovements,
  pointType: string | undefined,
  needsAccounts = false,
): CheckedMovements {
  const columns = columnsOf(movements, needsAccounts);
  const { at, kind, points, issuedAt, pointTypes } = columns;
  const problems: RowProblem[] = [];
  let count = 0;
  const complain = (row: number, field: string, value: unknown, reason: string): void => {
    count++;
    if (problems.length < 20) problems.push({ row, field, value, reason });
  };
  for (let i = 0; i < at.length; i++) {
    if (!Number.isSafeInteger(at[i])) complain(i, "at", at[i], "is not epoch milliseconds");
    if (!Number.isSafeInteger(issuedAt[i])) complain(i, "issuedAt", issuedAt[i], "is not epoch milliseconds");
    const sign = Object.hasOwn(SIGN_OF, kind[i]) ? SIGN_OF[kind[i]] : null;
    if (sign === null) complain(i, "kind", kind[i], `is none of ${POINT_MOVEMENT_KINDS.join(", ")}`);
    if (!Number.isSafeInteger(points[i]) || points[i] === 0) {
      complain(i, "points", points[i], "is not a whole number other than 0");
    } else if (sign !== null && sign * points[i] < 0) {
      complain(i, "points", points[i], `is ${sign > 0 ? "below" : "above"} 0, but the kind is ${kind[i]}`);
    }
    if (needsAccounts && typeof columns.accountId[i] !== "string") {
      complain(i, "accountId", columns.accountId[i], "is no text");
    }
  }
  if (count > 0) throw invalidRows(problems, count, "movements");
  return { length: at.length, ...columns, isAsked: askedReader(pointTypes, pointType) };
}

/** The sign that the points of a kind have; 0 either. */
const SIGN_OF: Readonly<Record<PointMovementKind, -1 | 0 | 1>> = {
  issued: 1,
  redeemed: -1,
  reversed: 1,
  expired: 0,
  clawedBack: -1,
  transferred: 0,
  adjusted: 0,
};

const NEEDED = ["at", "kind", "points", "issuedAt"] as const;

function columnsOf(movements: CohortMovements | AccountMovements, needsAccounts: boolean) {
  if (Array.isArray(movements)) {
    const rows: readonly Partial<PointMovement>[] = movements;
    const of = <Name extends keyof PointMovement>(name: Name) =>
      rows.map((row) => row?.[name] as PointMovement[Name]);
    const hasTypes = rows.some((row) => row?.pointType !== undefined);
    return {
      at: of("at"),
      kind: of("kind"),
      points: of("points"),
      issuedAt: of("issuedAt"),
      accountId: needsAccounts ? of("accountId") : [],
      pointTypes: hasTypes ? of("pointType") : null,
    };
  }
  const columns: Partial<PointMovementColumns> | undefined = (movements as Table<PointMovementColumns>)
    ?.columns as PointMovementColumns | undefined;
  assertArgument(
    typeof columns === "object" && columns !== null,
    "movements",
    () => `movements is ${shown(movements)}: pass rows, or a table as pointMovements gives it`,
  );
  const { at = [], kind = [], points = [], issuedAt = [], accountId = [], pointType } = columns;
  for (const name of needsAccounts ? ([...NEEDED, "accountId"] as const) : NEEDED) {
    assertArgument(
      columns[name]?.length === at.length,
      `movements.columns.${name}`,
      () => `movements.columns.${name} is ${shown(columns[name])}: pass an array of ${at.length}`,
    );
  }
  return { at, kind, points, issuedAt, accountId, pointTypes: pointType ?? null };
}

/** Whether a row is of the type of point that was asked for; of several types one must be. @internal */
export function askedReader(
  pointTypes: readonly string[] | null,
  asked: string | undefined,
): (row: number) => boolean {
  if (pointTypes === null || pointTypes.length === 0) {
    assertArgument(
      asked === undefined || pointTypes !== null,
      "options.pointType",
      () => `options.pointType is ${shown(asked)}, but the movements have no pointType: leave it out`,
    );
    return () => true;
  }
  if (asked !== undefined) return (row) => pointTypes[row] === asked;
  const first = pointTypes[0];
  const other = pointTypes.find((type) => type !== first);
  assertArgument(
    other === undefined,
    "options.pointType",
    () =>
      `options.pointType is missing, but there are points of ${shown(first)} and ${shown(other)}: pass one of them`,
  );
  return () => true;
}
