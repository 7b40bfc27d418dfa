import { assertArgument, assertOptions, shown } from "../../core/assert.js";
import { isLater } from "../../core/id-order.js";
import { epochMs, type Instant, instantOrNaN } from "../../core/instant.js";
import { type RowProblem, throwRowProblems } from "../../core/row-problems.js";
import { assertTimeZone, localDayReader } from "../../core/time-zone.js";
import { idProblems } from "./repeated-ids.js";
import { notBefore } from "./stage-moves.js";

/** What the measures read of a sales activity; the record `SalesActivity` fits. */
export interface SalesActivityRow {
  /** Your identifier, text or a whole number; each activity once. */
  readonly id: string | number;
  /** What is to be done: `call`, `visit`. */
  readonly kind: string;
  /** Who is to do it. */
  readonly ownerId?: string | number | undefined;
  /** With whom. */
  readonly accountId?: string | number | undefined;
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
  /** The 0-based place of each in the input. */
  readonly place: Uint32Array;
  readonly dueAt: Float64Array;
  /** Local day of `dueAt`. */
  readonly dueDay: Float64Array;
  /** Local day; NaN: not done. */
  readonly doneDay: Float64Array;
  /** 1: called off. */
  readonly isCanceled: Uint8Array;
  /** 1: answered. */
  readonly hasResponse: Uint8Array;
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
  const problems: RowProblem[] = [];
  const size = activities.length;
  const [dueAt, dueDay, doneDay] = Array.from({ length: 3 }, () => new Float64Array(size));
  const [isCanceled, hasResponse] = [new Uint8Array(size), new Uint8Array(size)];
  const place = new Uint32Array(size);
  let [row, length] = [0, 0];
  let [idsFollow, latestId] = [true, ""];
  const fault = (field: string, reason: string, value: unknown): void => {
    problems.push({ row, field, reason, value });
  };
  const optional = (value: Instant | null | undefined, field: string): number => {
    if (value === undefined || value === null) return Number.NaN;
    const at = instantOrNaN(value, timeZone);
    if (Number.isNaN(at)) fault(field, "is no instant", value);
    return at;
  };
  for (; row < size; row++) {
    const given = activities[row];
    if (typeof given !== "object" || given === null) {
      fault("", "is no activity", given);
      continue;
    }
    const { kind, response } = given;
    if (idsFollow) {
      const id: unknown = given.id;
      idsFollow = typeof id === "string" && isLater(id, latestId);
      if (idsFollow) latestId = id as string;
    }
    if (typeof kind !== "string" || kind === "") fault("kind", "is not text, or is empty", kind);
    const due = instantOrNaN(given.dueAt, timeZone);
    if (Number.isNaN(due)) fault("dueAt", "is no instant", given.dueAt);
    const created = optional(given.createdAt, "createdAt");
    const done = optional(given.doneAt, "doneAt");
    const canceled = optional(given.canceledAt, "canceledAt");
    if (!Number.isNaN(done) && !Number.isNaN(canceled))
      fault("canceledAt", "is known although it was done", given.canceledAt);
    const isAnswered = response !== undefined && response !== null;
    if (isAnswered && Number.isNaN(done))
      fault("doneAt", "is missing although there is a response", given.doneAt);
    const responded = optional(given.respondedAt, "respondedAt");
    if (!Number.isNaN(responded)) {
      if (!isAnswered) fault("response", "is missing although respondedAt is known", response);
      else if (notBefore(done, given.respondedAt, timeZone) < done)
        fault("respondedAt", "is before doneAt", given.respondedAt);
    }
    if (created >= asOf) continue;
    place[length] = row;
    dueAt[length] = due;
    dueDay[length] = Number.isNaN(due) ? due : dayOf(due);
    doneDay[length] = done < asOf ? dayOf(done) : Number.NaN;
    if (canceled < asOf) isCanceled[length] = 1;
    if (isAnswered && done < asOf && !(responded >= asOf)) hasResponse[length] = 1;
    length++;
  }
  throwRowProblems(idsFollow ? problems : idProblems(activities).concat(problems), "activities");
  const rows = length === size ? activities : Array.from(place.subarray(0, length), (one) => activities[one]);
  const today = dayOf(asOf);
  return { asOf, timeZone, today, rows, place, dueAt, dueDay, doneDay, isCanceled, hasResponse };
}
