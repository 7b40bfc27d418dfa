import { assertArgument, assertInRange, assertOptions, shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import type { Instant } from "../../core/instant.js";
import { assertTimeZone } from "../../core/time-zone.js";
import type { CustomerValue } from "../../value/worth/customer-value.js";
import type { WeightedBondOptions } from "../bonds/bond-index.js";
import type { Bond } from "../bonds/current-bonds.js";
import { commitmentDimensions } from "../commitment/commitment-dimension.js";
import type { CommitmentMarks, CommitmentMarksOptions } from "../commitment/commitment-marks.js";
import { COMMITMENT_FIELDS, type CommitmentScores, isPomp } from "../commitment/commitment-scores.js";
import type { CauseScore } from "../dependency/dependency-score.js";
import { isShare, type Tie, type TieOptions } from "../dependency/tie-balance.js";
import { assertCustomerValue } from "./assert-customer-value.js";

/** What was earned with one customer. */
export interface RelationshipProfit {
  /** Minor units of the currency; below 0 is a loss. */
  readonly amount: number;
  /** ISO 4217 code. */
  readonly currency: string;
}

/** All that is known of one customer. What is left out is not known: nothing is filled in. */
export interface RelationshipInput {
  /** Who. */
  readonly customerId: string;
  /** As of when. Bonds are looked at then; the other figures must be known by then. */
  readonly asOf: Instant;
  /** The result of {@link customerValue}. */
  readonly value?: CustomerValue | undefined;
  /** Percent of the maximum possible, 0 to 100; `null`: not answered. The mark `satisfied` does not stand in for it. */
  readonly satisfaction?: number | null | undefined;
  /** By dimension, POMP. A row of {@link commitmentFromScale} fits. */
  readonly commitment?: CommitmentScores | undefined;
  /** The four marks; needs `options.marks`. */
  readonly marks?: CommitmentMarks | undefined;
  /** Bonds of this customer; an empty list says that there are none. */
  readonly bonds?: readonly Bond[] | undefined;
  /** Ties of this customer; an empty list says that there are none. */
  readonly ties?: readonly Tie[] | undefined;
  /** Why this customer depends on us, and how much by each cause: as for {@link dependencyScore}. */
  readonly causes?: readonly CauseScore[] | undefined;
  /** What was earned in a period of your choice, the same for all customers. */
  readonly profit?: RelationshipProfit | undefined;
  /** Chance that the customer stays over a period of your choice, 0 to 1; `null`: not known. */
  readonly retentionProbability?: number | null | undefined;
}

/** How the parts of a profile are computed. */
export interface RelationshipProfileOptions
  extends Pick<WeightedBondOptions, "weights" | "timeZone">,
    TieOptions {
  /** Cuts, scale and rule of the four marks; needed where marks are passed. */
  readonly marks?: CommitmentMarksOptions | undefined;
}

/** Checks what the parts do not check themselves. @internal */
export function assertRelationshipInput(input: RelationshipInput, options: RelationshipProfileOptions): void {
  assertOptions(input, "{ customerId, asOf, ... }", "customer");
  assertOptions(options);
  if (options.timeZone !== undefined) assertTimeZone(options.timeZone, "options.timeZone");
  if (options.satisfiedFrom !== undefined)
    assertInRange(options.satisfiedFrom, "options.satisfiedFrom", 0, 1);
  assertParts(input);
  const { customerId, value, satisfaction, commitment, profit, retentionProbability } = input;
  assertArgument(
    typeof customerId === "string" && customerId !== "",
    "customer.customerId",
    () => `customer.customerId is ${shown(customerId)}: pass an id, text that is not empty`,
  );
  if (value !== undefined) assertCustomerValue(value);
  if (satisfaction !== undefined && satisfaction !== null) assertPomp(satisfaction, "customer.satisfaction");
  if (commitment !== undefined) assertScores(commitment);
  assertArgument(
    input.marks === undefined || options.marks !== undefined,
    "options.marks",
    () => "options.marks is undefined: pass { cuts }, from which each mark is there",
  );
  assertSameCustomer(input);
  if (profit !== undefined) assertProfit(profit);
  assertArgument(
    retentionProbability === undefined || retentionProbability === null || isShare(retentionProbability),
    "customer.retentionProbability",
    () =>
      `customer.retentionProbability is ${shown(retentionProbability)}: pass a number from 0 to 1, or null`,
  );
}

const PARTS: Readonly<Record<keyof RelationshipInput, true>> = {
  customerId: true,
  asOf: true,
  value: true,
  satisfaction: true,
  commitment: true,
  marks: true,
  bonds: true,
  ties: true,
  causes: true,
  profit: true,
  retentionProbability: true,
};

/** What is mistyped would be taken as not known. */
function assertParts(input: RelationshipInput): void {
  for (const part in input) {
    if (Object.hasOwn(PARTS, part)) continue;
    const path = `customer.${part}`;
    throw new ClienteleError(
      "INVALID_ARGUMENT",
      path,
      `${path} is no part of a profile: pass some of ${Object.keys(PARTS).join(", ")}`,
    );
  }
}

function assertScores(commitment: CommitmentScores): void {
  assertOptions(commitment, "scores by dimension", "customer.commitment");
  for (const dimension of Object.keys(commitment)) {
    if (COMMITMENT_FIELDS.has(dimension)) continue;
    const path = `customer.commitment.${dimension}`;
    throw new ClienteleError(
      "INVALID_ARGUMENT",
      path,
      `${path} is no dimension of commitment: pass dimensions of commitmentDimensions`,
    );
  }
  for (const dimension of commitmentDimensions) {
    const score = commitment[dimension];
    if (score === undefined || score === null || isPomp(score)) continue;
    assertPomp(score, `customer.commitment.${dimension}`);
  }
}

function assertPomp(score: unknown, path: string): void {
  assertArgument(isPomp(score), path, () => `${path} is ${shown(score)}: pass a number from 0 to 100 (POMP)`);
}

function assertSameCustomer({ customerId, bonds }: RelationshipInput): void {
  if (!Array.isArray(bonds)) return;
  for (let at = 0; at < bonds.length; at++) {
    const other: unknown = bonds[at]?.customerId;
    if (other === undefined || other === null || other === customerId) continue;
    const path = `customer.bonds[${at}].customerId`;
    throw new ClienteleError(
      "INVALID_ARGUMENT",
      path,
      `${path} is ${shown(other)}: pass the bonds of ${shown(customerId)} alone`,
    );
  }
}

function assertProfit(profit: RelationshipProfit): void {
  assertOptions(profit, "{ amount, currency }", "customer.profit");
  const { amount, currency } = profit;
  assertArgument(
    Number.isSafeInteger(amount),
    "customer.profit.amount",
    () => `customer.profit.amount is ${shown(amount)}: pass a whole number of minor units`,
  );
  assertArgument(
    typeof currency === "string" && CURRENCY.test(currency),
    "customer.profit.currency",
    () => `customer.profit.currency is ${shown(currency)}: pass an ISO 4217 code such as "IDR"`,
  );
}

const CURRENCY = /^[A-Z]{3}$/;
