import { assertArgument, shown } from "../../core/assert.js";
import { type Table, table } from "../../core/table.js";
import type { CustomerFacts } from "./rule-explanation.js";
import type { SegmentExplanations } from "./segment-explanations.js";
import type { SegmentMigration } from "./segment-migration.js";

/** What is told of the reasons of a migration. */
export interface MigrationReasonsOptions {
  /** Whether each customer's reasons are told as well; default `false`. */
  readonly byCustomer?: boolean;
}

/** By which conditions customers moved between segments. */
export interface MigrationReasons {
  /**
   * One row for each condition that decided for somebody, and way in which it did: segments in order of priority, those who
   * entered before those who left, the condition that decided for most first.
   */
  readonly reasons: Table<MigrationReasonColumns>;
  /** One row for each move and each condition that decided it, in order of the moves; `null` unless asked for. */
  readonly byCustomer: Table<CustomerReasonColumns> | null;
}

/** Columns of the conditions by which customers moved. */
export interface MigrationReasonColumns {
  /** Of which segment. */
  readonly segment: readonly string[];
  /** What happened. */
  readonly change: readonly ("entered" | "left")[];
  /** The condition: `"segments.loyal.of[0]"`. */
  readonly path: readonly string[];
  /**
   * Whether the condition holds now and did not before; `false`: it no longer holds. Below a `not` customers enter by one that
   * no longer holds.
   */
  readonly holds: readonly boolean[];
  /** For how many customers it was among those that decided: as in `decisive` of {@link RuleChange}. */
  readonly customers: readonly number[];
  /** For how many of them it was the only one. */
  readonly alone: readonly number[];
}

/** Columns of the reasons of each move. */
export interface CustomerReasonColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Of which segment. */
  readonly segment: readonly string[];
  /** What happened. */
  readonly change: readonly ("entered" | "left")[];
  /** A condition that decided. */
  readonly path: readonly string[];
  /** Whether it holds now and did not before; `false`: it no longer holds. */
  readonly holds: readonly boolean[];
}

/**
 * By which conditions did customers enter and leave segments?
 *
 * @param migration - The result of {@link segmentMigration}.
 * @param set - The {@link SegmentSet} that was evaluated; whatever its own instant.
 * @param customerAt - Gives a customer's fields and events as they were at each of the two instants, asked once for each: as {@link
 * SegmentSet.evaluate} had them, events of a log by {@link customerEventsReader}.
 * @param options - Whether each customer's reasons are wanted.
 * @returns For each segment how many entered and left by each condition, and whether it now holds or no longer does. A move by two conditions together counts for both.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a customer did not move by what `customerAt` gives, and as {@link
 * explainRule}.
 * @example
 * ```ts
 * import { migrationReasons, ruleBuilder, ruleFields, segmentMigration, segmentSet } from "clientele";
 *
 * const fields = ruleFields({ plan: "text" }, { visits: {} });
 * const { all, field, events } = ruleBuilder(fields);
 * const lately = events("visits").within({ last: { days: 30 } });
 * const segments = { active: all(field("plan").ne("free"), lately.did()) };
 * const june = segmentSet(segments, { fields, asOf: "2024-07-01" });
 * const records = [{ customerId: "ani", plan: "pro", visits: [{ at: "2024-06-20" }] }];
 * const eventsOf = ({ visits }: { visits: object[] }) => ({ visits });
 * const july = june.at("2024-08-01");
 * const migration = segmentMigration(june.evaluate({ records, eventsOf }), july.evaluate({ records, eventsOf }));
 *
 * const known = new Map(records.map((record) => [record.customerId, { record, events: { visits: record.visits } }]));
 * const { reasons } = migrationReasons(migration, july, (id) => known.get(id) ?? { record: {} });
 * const { change, path, holds, customers } = reasons.columns;
 * [change[0], path[0], holds[0], customers[0]]; // => ["left", "segments.active.of[1]", false, 1]
 * ```
 */
export function migrationReasons(
  migration: SegmentMigration,
  set: SegmentExplanations,
  customerAt: (customerId: string, asOf: number) => CustomerFacts,
  options: MigrationReasonsOptions = {},
): MigrationReasons {
  assertInputs(migration, set, customerAt);
  const { before, after, segments, moves } = migration;
  const counts = new Map(
    segments.map(({ segment }) => [
      segment,
      { entered: new Map<string, Count>(), left: new Map<string, Count>() },
    ]),
  );
  const rows = { customerId: [], segment: [], change: [], path: [], holds: [] } as RowArrays;
  const { customerId, segment, change } = moves.columns;
  const decisive: (readonly Reason[])[] = [];
  for (const [id, ofCustomer] of movesByCustomer(customerId)) {
    const [was, is] = [before, after].map((asOf) => ({ ...customerAt(id, asOf), asOf }));
    for (const i of ofCustomer) {
      const changed = set.change(segment[i], was, is);
      assertMoved(changed.before.held, changed.after.held, change[i], segment[i], id);
      const holds = new Map(changed.changes.map(({ path, after: leaf }) => [path, leaf.held]));
      decisive[i] = changed.decisive.map((path) => ({ path, holds: holds.get(path) === true }));
    }
  }
  for (let i = 0; i < customerId.length; i++) {
    const [name, what] = [segment[i], change[i]];
    for (const { path, holds } of decisive[i]) {
      const key = `${holds} ${path}`;
      const count = counts.get(name)?.[what].get(key) ?? { path, holds, customers: 0, alone: 0 };
      counts.get(name)?.[what].set(key, count);
      count.customers++;
      if (decisive[i].length === 1) count.alone++;
      rows.customerId.push(customerId[i]);
      rows.segment.push(name);
      rows.change.push(what);
      rows.path.push(path);
      rows.holds.push(holds);
    }
  }
  return { reasons: reasonsOf(counts), byCustomer: options.byCustomer === true ? table(rows) : null };
}

/** The moves of each customer, who is asked about once for all of them. */
function movesByCustomer(customerIds: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const byCustomer = new Map<string, number[]>();
  customerIds.forEach((id, i) => {
    const moves = byCustomer.get(id);
    if (moves) moves.push(i);
    else byCustomer.set(id, [i]);
  });
  return byCustomer;
}

interface Reason {
  readonly path: string;
  readonly holds: boolean;
}

interface Count extends Reason {
  customers: number;
  alone: number;
}

type RowArrays = { [Column in keyof CustomerReasonColumns]: CustomerReasonColumns[Column][number][] };

type Counts = ReadonlyMap<string, Readonly<Record<"entered" | "left", ReadonlyMap<string, Count>>>>;

function reasonsOf(counts: Counts): Table<MigrationReasonColumns> {
  const rows = [...counts].flatMap(([segment, byChange]) =>
    (["entered", "left"] as const).flatMap((change) =>
      [...byChange[change].values()]
        .sort((a, b) => b.customers - a.customers)
        .map((count) => ({ segment, change, ...count })),
    ),
  );
  return table({
    segment: rows.map(({ segment }) => segment),
    change: rows.map(({ change }) => change),
    path: rows.map(({ path }) => path),
    holds: rows.map(({ holds }) => holds),
    customers: rows.map(({ customers }) => customers),
    alone: rows.map(({ alone }) => alone),
  });
}

function assertInputs(migration: unknown, set: unknown, customerAt: unknown): void {
  const { moves, segments } = (migration ?? {}) as Partial<SegmentMigration>;
  assertArgument(
    typeof moves?.columns === "object" && Array.isArray(segments),
    "migration",
    () => `migration is ${shown(migration)}: pass the result of segmentMigration()`,
  );
  assertArgument(
    typeof (set as Partial<SegmentExplanations> | null)?.change === "function",
    "set",
    () => `set is ${shown(set)}: pass the segment set that was evaluated`,
  );
  assertArgument(
    typeof customerAt === "function",
    "customerAt",
    () => `customerAt is ${shown(customerAt)}: pass (customerId, asOf) => { record, events }`,
  );
}

function assertMoved(was: boolean, is: boolean, what: "entered" | "left", segment: string, id: string): void {
  if (was === (what === "left") && is === (what === "entered")) return;
  assertArgument(
    false,
    "customerAt",
    () =>
      `customerAt(${shown(id)}) gives a customer who has not ${what} ${shown(segment)}: give what evaluate() had at each of the two instants`,
  );
}
