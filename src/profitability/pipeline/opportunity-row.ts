import type { Instant } from "../../core/instant.js";

/**
 * What the measures read of an opportunity; the record `Opportunity` fits, and so does less: each measure says which of
 * the optional fields it needs.
 */
export interface OpportunityRow {
  /** Your identifier, text or a whole number; each opportunity once. */
  readonly id: string | number;
  /** With whom. */
  readonly accountId?: string | number | undefined;
  /** Who works on it. */
  readonly ownerId?: string | number | undefined;
  /** Where it came from. */
  readonly source?: string | undefined;
  /** What it would bring, in whole minor units, zero or positive. */
  readonly amount: number;
  /** ISO 4217 code, the same for all; absent: not said. */
  readonly currency?: string | undefined;
  /** Where it stands when the record is written. */
  readonly stage: string;
  /** How likely it is won, 0 to 1; absent: the stage's probability. */
  readonly probability?: number | undefined;
  /** When work on it began. */
  readonly openedAt: Instant;
  /** When the decision is expected; absent: nobody has said. */
  readonly expectedCloseAt?: Instant | undefined;
  /**
   * Each stage with the instant at which it was entered, the earliest first. The first counts from `openedAt` on; what is
   * entered at `closedAt` or later counts for nothing, and what was closed and opened again counts as open all along.
   * Without a history the opportunity has only been in `stage`.
   */
  readonly stageHistory?: readonly OpportunityStageEntry[] | undefined;
  /**
   * When it was won or lost; absent: it is open. A civil day, as many CRMs keep it, comes after whatever else happened on
   * that day.
   */
  readonly closedAt?: Instant | undefined;
  /** How it ended; absent: it is open. */
  readonly outcome?: "won" | "lost" | undefined;
  /** Why it was lost: text, or the whole number that a CRM keeps for a reason; 5 is "5". */
  readonly lostReason?: string | number | undefined;
}

/** That an opportunity entered a stage. */
export interface OpportunityStageEntry {
  /** Name of the stage. */
  readonly stage: string;
  /** When it was entered. */
  readonly at: Instant;
}

/** What every measure of opportunities is asked. */
export interface OpportunityOptions {
  /**
   * What happened at this instant or later does not exist yet: an opportunity opened later is left out, one that was
   * closed later is open, and stands where its history says. A civil day is its start in `timeZone`.
   */
  readonly asOf: Instant;
  /** IANA zone of civil days and periods; default `"UTC"`. */
  readonly timeZone?: string | undefined;
}

/** The part of the time that a measure of opportunities looks at. */
export interface OpportunityWindow {
  /** First instant. */
  readonly start: Instant;
  /** First instant after it. */
  readonly end: Instant;
}

/**
 * By what opportunities are dealt into groups: a field, or a function; `null` or nothing: the group `null`. Whole numbers in
 * a field name a group as text does.
 */
export type OpportunityGrouping<Row extends OpportunityRow = OpportunityRow> =
  | "ownerId"
  | "accountId"
  | "source"
  | ((opportunity: Row) => string | null | undefined);
