import {
  assertArgument,
  assertArray,
  assertBetween,
  assertInteger,
  assertOptions,
  shown,
} from "../../core/assert.js";
import { assertCurrency } from "../../core/currency.js";

/**
 * What makes a scheme convenient for its members?
 *
 * @example
 * ```ts
 * import { schemeConveniences } from "clientele";
 *
 * schemeConveniences; // => ["earnsByItself", "noMinimum", "noClaimStep", "anyChannel"]
 * ```
 */
export const schemeConveniences = ["earnsByItself", "noMinimum", "noClaimStep", "anyChannel"] as const;

/** A convenience; {@link schemeConveniences} lists them. */
export type SchemeConvenience = (typeof schemeConveniences)[number];

/** A reward of the catalogue, as members see it. */
export interface SchemeReward {
  /** Your identifier. */
  readonly id: string;
  /** What kind of thing it is: rewards of one category are one choice. */
  readonly category: string;
  /** What it takes, whole points above 0. */
  readonly points: number;
  /** What it is worth to the member, minor units. */
  readonly value: number;
  /** What the member pays beside the points, minor units, at most `value`; default 0. */
  readonly cash?: number;
  /** Whether it is something to live through (a concert, a flight) and not money or a thing; default no. */
  readonly isExperiential?: boolean;
  /** Where this reward differs from the scheme: `{ noClaimStep: false }`. */
  readonly convenience?: Readonly<Partial<Record<SchemeConvenience, boolean>>>;
}

/** What has to be known of a scheme to say what it is worth to a member. */
export interface SchemeFacts {
  /** Your identifier. */
  readonly id: string;
  /** ISO 4217 code of the amounts. */
  readonly currency: string;
  /** Points that the member in mind earns in a period, above 0, also fractions of one: a month, a quarter. */
  readonly pointsPerPeriod: number;
  /** What that member spends in a period to earn them, minor units, above 0. */
  readonly spendPerPeriod: number;
  /** How many periods make a year, above 0: 12 for months. */
  readonly periodsPerYear: number;
  /** A reward is within reach when it takes no more than so many periods, a whole number from 1. */
  readonly withinPeriods: number;
  /** The catalogue, at least one. */
  readonly rewards: readonly SchemeReward[];
  /** Which of the conveniences it has. */
  readonly convenience: Readonly<Record<SchemeConvenience, boolean>>;
}

/** @internal */
export function assertSchemeFacts(facts: SchemeFacts, path: string): void {
  assertOptions(facts, "{ id, currency, pointsPerPeriod, spendPerPeriod, ..., rewards, convenience }", path);
  assertText(facts.id, `${path}.id`);
  assertCurrency(facts.currency, `${path}.currency`);
  assertAbove0(facts.pointsPerPeriod, `${path}.pointsPerPeriod`);
  assertInteger(facts.spendPerPeriod, `${path}.spendPerPeriod`, 1);
  assertAbove0(facts.periodsPerYear, `${path}.periodsPerYear`);
  assertInteger(facts.withinPeriods, `${path}.withinPeriods`, 1);
  assertConvenience(facts.convenience, `${path}.convenience`, true);
  assertArray(facts.rewards, `${path}.rewards`);
  assertArgument(
    facts.rewards.length > 0,
    `${path}.rewards`,
    () => `${path}.rewards is empty: pass at least one reward`,
  );
  const placeOf = new Map<string, number>();
  for (const [i, reward] of facts.rewards.entries()) {
    const place = `${path}.rewards[${i}]`;
    assertReward(reward, place);
    const earlier = placeOf.get(reward.id);
    assertArgument(
      earlier === undefined,
      `${place}.id`,
      () => `${place}.id is ${shown(reward.id)}, as ${path}.rewards[${earlier}].id is: pass each reward once`,
    );
    placeOf.set(reward.id, i);
  }
}

/** @internal */
export function assertReward(reward: SchemeReward, path: string): void {
  assertOptions(reward, "{ id, category, points, value }", path);
  const { cash = 0, isExperiential = false } = reward;
  assertText(reward.id, `${path}.id`);
  assertText(reward.category, `${path}.category`);
  assertInteger(reward.points, `${path}.points`, 1);
  assertInteger(reward.value, `${path}.value`, 0);
  assertInteger(cash, `${path}.cash`, 0, reward.value);
  assertArgument(
    typeof isExperiential === "boolean",
    `${path}.isExperiential`,
    () => `${path}.isExperiential is ${shown(isExperiential)}: pass true or false`,
  );
  if (reward.convenience !== undefined) assertConvenience(reward.convenience, `${path}.convenience`, false);
}

function assertConvenience(
  checks: Readonly<Partial<Record<SchemeConvenience, boolean>>>,
  path: string,
  whole: boolean,
): void {
  assertOptions(checks, `{ ${schemeConveniences.join(", ")} }, each true or false`, path);
  for (const name of Object.keys(checks)) {
    assertArgument(
      (schemeConveniences as readonly string[]).includes(name),
      `${path}.${name}`,
      () => `${path}.${name} is not known: pass ${schemeConveniences.join(", ")}`,
    );
  }
  for (const name of schemeConveniences) {
    const value = checks[name];
    if (value === undefined && !whole) continue;
    assertArgument(
      typeof value === "boolean",
      `${path}.${name}`,
      () => `${path}.${name} is ${shown(value)}: pass true or false`,
    );
  }
}

/** Beyond 2^53 the amounts that follow from it would be no finite numbers. */
function assertAbove0(value: unknown, path: string): void {
  assertBetween(value, path, 0, 2 ** 53);
}

/** @internal */
export function assertText(value: unknown, path: string): asserts value is string {
  assertArgument(
    typeof value === "string" && value !== "",
    path,
    () => `${path} is ${shown(value)}: pass text that is not empty`,
  );
}
