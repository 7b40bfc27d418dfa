import { assertArray, assertBetween, assertOptions } from "../../core/assert.js";
import { type Instant, instantOrNaN } from "../../core/instant.js";
import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { safeInteger } from "../../core/safe-integer.js";
import type { Consent } from "../../model/consent.js";
import type { DataIncentive } from "../../model/data-incentive.js";
import type { Provenance } from "../../model/provenance.js";
import type { ConfidenceOptions } from "../../statistics/confidence.js";
import { wilsonInterval } from "../../statistics/wilson-interval.js";
import { readAsOf, type SchemeAsOfOptions } from "./known-as-of.js";
import { requireParsed, requireParsedConsent } from "./parsed-instants.js";

/** A customer who was asked: the fields of the incentive stand beside these. A `Customer` fits. */
export interface AskedCustomer {
  /** Your identifier. */
  readonly id: string;
  /** Where each field came from, and when (epoch milliseconds, as `customerSchema` parses it). */
  readonly provenance?: Readonly<Record<string, Provenance>> | undefined;
  /** Agreements. */
  readonly consent?: readonly Consent[] | undefined;
}

/** A benefit that a customer was given. */
export interface DataIncentiveGrant {
  /** To whom. */
  readonly customerId: string;
  /** When. */
  readonly at: Instant;
}

/** What became of one field. */
export interface IncentiveField {
  /** Its name. */
  readonly field: string;
  /** Customers who had it before: it has no origin, or one from before `startAt`. */
  readonly before: number;
  /** Customers who were given the benefit and filled it in, on the form of the incentive, in its days. */
  readonly completed: number;
  /** Customers who filled it in since by other ways. */
  readonly otherwise: number;
  /** Customers without it. The four sum to the customers asked. */
  readonly missing: number;
}

/** What an incentive for data brought. */
export interface DataIncentiveReport {
  /** The incentive. */
  readonly incentiveId: string;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** ISO 4217 code of the costs. */
  readonly currency: string;
  /** Customers who were given the benefit, over those asked. */
  readonly response: Rate;
  /** Where the response lies (Wilson 1927); `null` where nobody was asked. */
  readonly responseInterval: Interval | null;
  /** The fields, in the order of the incentive. */
  readonly fields: readonly IncentiveField[];
  /** What the benefits cost, minor units. */
  readonly cost: number;
  /** Cost for each field that was completed, minor units. */
  readonly costPerField: Rate;
  /** Fields filled before, over all fields of all customers asked. */
  readonly completenessBefore: Rate;
  /** Fields filled now. */
  readonly completenessAfter: Rate;
  /** Fields completed by the incentive: what it added to the completeness. */
  readonly completenessGained: Rate;
  /** Customers who got the benefit and completed no field: paid for nothing. */
  readonly grantsWithoutData: number;
  /** Of those who got the benefit, those who agreed to `consentPurpose` in its days and still do; `null` without a purpose. */
  readonly consented: Rate;
}

/**
 * What did an incentive for data bring, and what did a field cost?
 *
 * A field was completed for the incentive when it is filled, its provenance is of the incentive's days and form, and the customer
 * got the benefit. Provenance knows the last origin only: a field that was filled before and is given again counts as completed.
 *
 * @param incentive - The incentive, as `dataIncentiveSchema` parses it.
 * @param customers - All who were asked, whether they answered or not.
 * @param grants - The benefits that were given, at most one for each of them.
 * @param options - `asOf`: what was given or filled in at or after it does not exist yet; `timeZone` of civil days (default
 * `"UTC"`); `confidenceLevel` (default 0.95).
 * @returns Response, cost for each field, and completeness before and after.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a customer comes twice or is not parsed, or a benefit went to nobody who was
 * asked, twice to one, or outside the days of the incentive; `INVALID_ARGUMENT`; `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { dataIncentiveReport, dataIncentiveSchema } from "clientele";
 *
 * const incentive = dataIncentiveSchema.parse({
 *   id: "half-price-card",
 *   benefit: { kind: "cardPriceDiscount", share: 0.5 },
 *   cost: 12_500,
 *   currency: "IDR",
 *   fields: ["birthday", "email"],
 *   startAt: "2024-03-01T00:00:00Z",
 * });
 * const capturedAt = Date.UTC(2024, 2, 5);
 * const report = dataIncentiveReport(
 *   incentive,
 *   [
 *     { id: "ani", birthday: "1990-01-01", provenance: { birthday: { source: "applicationForm", capturedAt } } },
 *     { id: "budi", email: "budi@contoh.co.id" },
 *   ],
 *   [{ customerId: "ani", at: "2024-03-05" }],
 *   { asOf: "2024-04-01" },
 * );
 * report.costPerField.value; // => 12500
 * [report.completenessBefore.value, report.completenessAfter.value]; // => [0.25, 0.5]
 * ```
 */
export function dataIncentiveReport<Asked extends AskedCustomer>(
  incentive: DataIncentive,
  customers: readonly Asked[],
  grants: readonly DataIncentiveGrant[],
  options: SchemeAsOfOptions & ConfidenceOptions,
): DataIncentiveReport {
  assertOptions(incentive, "a DataIncentive", "incentive");
  const asOf = readAsOf(options);
  const { confidenceLevel = 0.95, timeZone = "UTC" } = options;
  assertBetween(confidenceLevel, "options.confidenceLevel", 0, 1);
  const ids = readCustomers(customers, incentive.fields);
  const given = readGrants(grants, ids, incentive, { asOf, timeZone });
  const asked = customers.length;

  const completedBy = new Set<string>();
  const fields = incentive.fields.map((field): IncentiveField => {
    const counts = { before: 0, completed: 0, otherwise: 0, missing: 0 };
    for (const customer of customers) {
      const state = stateOf(customer, field, incentive, given.has(customer.id), asOf);
      counts[state]++;
      if (state === "completed") completedBy.add(customer.id);
    }
    return { field, ...counts };
  });
  const total = (name: "before" | "completed" | "otherwise") =>
    fields.reduce((sum, one) => sum + one[name], 0);
  const cells = asked * fields.length;
  const cost = safeInteger(given.size * incentive.cost, "incentive.cost", "the cost of the benefits");
  return {
    incentiveId: incentive.id,
    asOf,
    currency: incentive.currency,
    response: ratio(given.size, asked, "customers asked"),
    responseInterval: asked === 0 ? null : wilsonInterval(given.size, asked, { confidenceLevel }),
    fields,
    cost,
    costPerField: ratio(cost, total("completed"), "fields completed"),
    completenessBefore: ratio(total("before"), cells, "fields asked for"),
    completenessAfter: ratio(
      total("before") + total("completed") + total("otherwise"),
      cells,
      "fields asked for",
    ),
    completenessGained: ratio(total("completed"), cells, "fields asked for"),
    grantsWithoutData: given.size - completedBy.size,
    consented: consentShare(customers, given, incentive, asOf),
  };
}

function stateOf(
  customer: object & AskedCustomer,
  field: string,
  { startAt, endAt, source }: DataIncentive,
  gotBenefit: boolean,
  asOf: number,
): "before" | "completed" | "otherwise" | "missing" {
  const value = Object.hasOwn(customer, field)
    ? (customer as { readonly [name: string]: unknown })[field]
    : undefined;
  if (value === undefined || value === null || value === "") return "missing";
  const { provenance } = customer;
  const origin = provenance !== undefined && Object.hasOwn(provenance, field) ? provenance[field] : undefined;
  if (origin === undefined) return "before";
  if (origin.capturedAt >= asOf) return "missing";
  if (origin.capturedAt < startAt) return "before";
  const isOfIncentive =
    (endAt === undefined || origin.capturedAt < endAt) && (source === undefined || origin.source === source);
  return gotBenefit && isOfIncentive ? "completed" : "otherwise";
}

function consentShare(
  customers: readonly AskedCustomer[],
  given: ReadonlySet<string>,
  { consentPurpose, startAt, endAt = Number.POSITIVE_INFINITY }: DataIncentive,
  asOf: number,
): Rate {
  if (consentPurpose === undefined) {
    return {
      value: null,
      numerator: 0,
      denominator: given.size,
      reason: "the incentive asks for no consent",
    };
  }
  const agreed = customers.filter(
    ({ id, consent = [] }) =>
      given.has(id) &&
      consent.some(
        ({ purpose, at, withdrawnAt }) =>
          purpose === consentPurpose &&
          at >= startAt &&
          at < Math.min(endAt, asOf) &&
          (withdrawnAt === undefined || withdrawnAt >= asOf),
      ),
  );
  return ratio(agreed.length, given.size, "benefits given");
}

function readCustomers(customers: readonly AskedCustomer[], fields: readonly string[]): Set<string> {
  assertArray(customers, "customers");
  const problems: RowProblem[] = [];
  const ids = new Set<string>();
  for (const [row, customer] of customers.entries()) {
    const id: unknown = customer?.id;
    if (typeof id !== "string" || id === "") {
      problems.push({ row, field: "id", reason: "is not text, or is empty", value: id });
    } else if (ids.has(id))
      problems.push({ row, field: "id", reason: "comes in an earlier row too", value: id });
    else ids.add(id);
    const { provenance = {}, consent } = customer ?? {};
    for (const field of fields) {
      if (!Object.hasOwn(provenance, field)) continue;
      requireParsed(problems, row, `provenance.${field}.capturedAt`, provenance[field]?.capturedAt);
    }
    requireParsedConsent(problems, row, consent);
  }
  if (problems.length > 0) throw invalidRows(problems, problems.length, "customers");
  return ids;
}

/** Who got the benefit before `asOf`. */
function readGrants(
  grants: readonly DataIncentiveGrant[],
  asked: ReadonlySet<string>,
  { startAt, endAt = Number.POSITIVE_INFINITY }: DataIncentive,
  { asOf, timeZone }: { readonly asOf: number; readonly timeZone: string },
): Set<string> {
  assertArray(grants, "grants");
  const problems: RowProblem[] = [];
  const seen = new Set<string>();
  const given = new Set<string>();
  for (const [row, value] of grants.entries()) {
    const { customerId, at: sent } = (value ?? {}) as Partial<DataIncentiveGrant>;
    const must = (holds: boolean, field: string, reason: string, wrong: unknown) => {
      if (!holds) problems.push({ row, field, reason, value: wrong });
    };
    const at = instantOrNaN(sent, timeZone);
    const id = String(customerId);
    must(asked.has(id), "customerId", "is none of the customers who were asked", customerId);
    must(!seen.has(id), "customerId", "has the benefit already", customerId);
    must(!Number.isNaN(at), "at", "is no instant", sent);
    must(Number.isNaN(at) || (at >= startAt && at < endAt), "at", "is not of the incentive's days", sent);
    seen.add(id);
    if (at < asOf) given.add(id);
  }
  if (problems.length > 0) throw invalidRows(problems, problems.length, "grants");
  return given;
}
