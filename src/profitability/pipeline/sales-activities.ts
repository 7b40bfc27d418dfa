import { assertArgument, assertOptions, shown } from "../../core/assert.js";
import { epochMs, type Instant, instantOrNaN } from "../../core/instant.js";
import { assertTimeZone, localDayReader } from "../../core/time-zone.js";
import { throwProblems } from "../../segmentation/valued-customers.js";
import { idProblems } from "./repeated-ids.js";

/** What the measures read of a sales activity; the record `SalesActivity` fits. */
export interface SalesActivityRow {
  /** Your identifier; each activity once. */
  readonly id: string;
  /** What is to be done: `call`, `visit`. */
  readonly kind: string;
  /** Who is to do it. */
  readonly ownerId?: string | undefined;
  /** With whom. */
  readonly accountId?: string | undefined;
  /** When it was planned; absent: it has always stood in the plan. */
  readonly createdAt?: Instant | undefined;
  /** By when it is to be done; its day counts, not the hour. */
  readonly dueAt: Instant;
  /** When it was done; absent: not yet. */
  readonly doneAt?: Instant | undefined;
  /** When it was called off; absent: it was not. */
  readonly canceledAt?: Instant | undefined;
  /** What the customer answered; absent: nothing. */
  readonly response?: string | undefined;
  /** When the customer answered; absent: when it was done. */
  readonly respondedAt?: Instant | undefined;
}

/** What every measure of sales activities is asked. */
export interface SalesActivityOptions {
  /** What happened at this instant or later does not exist yet. A civil day is its start in `timeZone`. */
  readonly asOf: Instant;
  /** IANA zone in which days begin; default `"UTC"`. */
  readonly timeZone?: string | undefined;
}

/** Activities as they were known at `asOf`. @internal */
export interface KnownActivities<Row extends SalesActivityRow> {
  readonly asOf: number;
  readonly timeZone: string;
  /** Local day of `asOf`. */
  readonly today: number;
  readonly rows: readonly Row[];
  readonly dueAt: readonly number[];
  /** Local day of `dueAt`. */
  readonly dueDay: readonly number[];
  /** Local day; NaN: not done. */
  readonly doneDay: readonly number[];
  readonly isCanceled: readonly boolean[];
  readonly hasResponse: readonly boolean[];
}

/** Reads activities as of an instant. @internal */
export function knownActivities<Row extends SalesActivityRow>(
  activities: readonly Row[],
  options: SalesActivityOptions,
): KnownActivities<Row> {
  assertArgument(
    Array.isArray(activities),
    "activities",
    () => `activities is ${shown(activities)}: pass an array of activities`,
  );
  assertOptions(options, "{ asOf }");
  const { timeZone = "UTC" } = options;
  assertTimeZone(timeZone, "options.timeZone");
  const asOf = epochMs(options.asOf, "options.asOf", timeZone);
  const dayOf = localDayReader(timeZone);
  const problems = idProblems(activities);
  const rows: Row[] = [];
  const [dueAt, dueDay, doneDay]: number[][] = [[], [], []];
  const [isCanceled, hasResponse]: boolean[][] = [[], []];
  let row = 0;
  const fault = (field: string, reason: string, value: unknown): void => {
    problems.push({ row, field, reason, value });
  };
  const optional = (value: Instant | null | undefined, field: string): number => {
    if (value === undefined || value === null) return Number.NaN;
    const at = instantOrNaN(value, timeZone);
    if (Number.isNaN(at)) fault(field, "is no instant", value);
    return at;
  };
  for (; row < activities.length; row++) {
    const given = activities[row];
    if (typeof given !== "object" || given === null) {
      fault("", "is no activity", given);
      continue;
    }
    const { kind, response } = given;
    if (typeof kind !== "string" || kind === "") fault("kind", "is not text, or is empty", kind);
    const due = instantOrNaN(given.dueAt, timeZone);
    if (Number.isNaN(due)) fault("dueAt", "is no instant", given.dueAt);
    const created = optional(given.createdAt, "createdAt");
    const done = optional(given.doneAt, "doneAt");
    const canceled = optional(given.canceledAt, "canceledAt");
    const responded = optional(given.respondedAt, "respondedAt");
    if (!Number.isNaN(done) && !Number.isNaN(canceled))
      fault("canceledAt", "is known although it was done", given.canceledAt);
    const isAnswered = response !== undefined && response !== null;
    if (isAnswered && Number.isNaN(done))
      fault("doneAt", "is missing although there is a response", given.doneAt);
    if (created >= asOf) continue;
    rows.push(given);
    dueAt.push(due);
    dueDay.push(Number.isNaN(due) ? due : dayOf(due));
    doneDay.push(done < asOf ? dayOf(done) : Number.NaN);
    isCanceled.push(canceled < asOf);
    hasResponse.push(isAnswered && done < asOf && !(responded >= asOf));
  }
  throwProblems(problems, "activities");
  return { asOf, timeZone, today: dayOf(asOf), rows, dueAt, dueDay, doneDay, isCanceled, hasResponse };
}
