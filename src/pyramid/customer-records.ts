import { assertArgument, shown } from "../core/assert.js";
import { epochMs, type Instant } from "../core/instant.js";
import { invalidRows, type RowProblem } from "../core/row-problems.js";
import type { CustomerKey } from "../history/transaction-row.js";

/** What the pyramid asks about a person or an organization that may not have bought; a `Customer` record fits. */
export interface PyramidCustomer {
  /** Your identifier, the `customerId` of the log. */
  readonly id: CustomerKey;
  /**
   * The relation, purchases aside: we serve them, they answered or asked, nothing happened yet, they have no need or
   * means. Undated: it is taken to hold at `asOf`. Left out (or `null`), it counts as `"none"`, but is no word against
   * somebody with transactions, who is then a prospect.
   */
  readonly relation?: "customer" | "responded" | "none" | "cannot" | null | undefined;
  /** Dated deeds of interest: asked for a brochure, came to the fair. */
  readonly signals?: readonly { readonly at: Instant }[] | null | undefined;
  /** When the record began; at `asOf` or later the record is not there yet. Left out (or `null`): always there. */
  readonly createdAt?: Instant | null | undefined;
}

/** What is known at `asOf` of somebody who has not bought. @internal */
export interface KnownRecord {
  readonly status: "prospect" | "suspect" | "restOfWorld";
  readonly hasRelation: boolean;
}

/** The records by id, `null` for one that is not there yet at `asOf`. @internal */
export function knownRecords(
  customers: readonly PyramidCustomer[],
  asOf: number,
  timeZone: string,
): Map<string, KnownRecord | null> {
  assertArgument(
    Array.isArray(customers),
    "options.customers",
    () => `options.customers is ${shown(customers)}: pass an array of { id, relation, signals }`,
  );
  const records = new Map<string, KnownRecord | null>();
  const problems: RowProblem[] = [];
  for (const [row, customer] of customers.entries()) {
    const problem = recordProblem(customer, records);
    if (problem) {
      problems.push({ row, ...problem });
      continue;
    }
    const isBefore = (at: Instant, field: string) =>
      epochMs(at, `options.customers[${row}].${field}`, timeZone) < asOf;
    const { id, relation = null, signals, createdAt = null }: PyramidCustomer = customer;
    const interested = (signals ?? []).filter(({ at }, i) => isBefore(at, `signals[${i}].at`)).length > 0;
    const known = createdAt === null || isBefore(createdAt, "createdAt");
    records.set(
      String(id),
      known ? { status: statusWithoutPurchase(relation, interested), hasRelation: relation !== null } : null,
    );
  }
  if (problems.length > 0) throw invalidRows(problems, problems.length, "options.customers");
  return records;
}

const RELATIONS = ["customer", "responded", "none", "cannot"];

function recordProblem(
  customer: PyramidCustomer | null | undefined,
  seen: ReadonlyMap<string, unknown>,
): Omit<RowProblem, "row"> | null {
  const { id, relation, signals: given } = Object(customer) as Partial<PyramidCustomer>;
  if (!((typeof id === "string" && id !== "") || Number.isSafeInteger(id))) {
    return { field: "id", reason: "is not an id: text that is not empty, or a whole number", value: id };
  }
  if (seen.has(String(id))) return { field: "id", reason: "comes a second time", value: id };
  if (relation !== undefined && relation !== null && !RELATIONS.includes(relation)) {
    return { field: "relation", reason: `is not one of ${RELATIONS.join(", ")}`, value: relation };
  }
  const signals: unknown = given ?? [];
  if (!Array.isArray(signals)) {
    return { field: "signals", reason: "is not an array of { at }", value: signals };
  }
  const unusable = signals.findIndex((signal) => (signal?.at ?? null) === null);
  return unusable < 0
    ? null
    : { field: `signals[${unusable}]`, reason: "is not { at }", value: signals[unusable] };
}

function statusWithoutPurchase(
  relation: PyramidCustomer["relation"],
  interested: boolean,
): KnownRecord["status"] {
  if (interested || relation === "customer" || relation === "responded") return "prospect";
  return relation === "cannot" ? "restOfWorld" : "suspect";
}
