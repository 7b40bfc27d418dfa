import { assertArgument, assertInRange, assertInteger, assertOptions } from "../../core/assert.js";
import type { TenureRetention } from "./retention-by-tenure.js";

/** Customers who have been there for so long. */
export interface CustomersOfTenure {
  /** Periods that they have completed: 0 for those who begin their first. */
  readonly tenure: number;
  /** How many, 0 or more. */
  readonly customers: number;
}

/** Customers by the periods that they have completed. @internal */
export type Cohorts = ReadonlyMap<number, number>;

/** @internal */
export function sumOver(cohorts: Cohorts, of: (tenure: number) => number): number {
  let sum = 0;
  for (const [tenure, customers] of cohorts) sum += customers * of(tenure);
  return sum;
}

/** @internal */
export function merged(some: Cohorts, others: Cohorts): Cohorts {
  const all = new Map(some);
  for (const [tenure, customers] of others) all.set(tenure, (all.get(tenure) ?? 0) + customers);
  return all;
}

/** Those who stay to the end of a period, a period older: which is no matter where one rate is for all. @internal */
export function kept(cohorts: Cohorts, { rate, isConstant }: TenureRetention): Cohorts {
  return new Map(
    Array.from(cohorts, ([tenure, customers]) => [
      isConstant ? tenure : tenure + 1,
      customers * rate(tenure),
    ]),
  );
}

/** A number of customers, or customers by tenure, checked. @internal */
export function cohortsOf(customers: unknown, { isConstant }: TenureRetention): Cohorts {
  const path = "options.customers";
  if (!Array.isArray(customers)) {
    assertInRange(customers, path, 0, Number.MAX_SAFE_INTEGER);
    assertArgument(
      isConstant || customers === 0,
      path,
      () =>
        `${path} is ${customers} and options.retention differs by tenure: pass { tenure, customers } of each tenure`,
    );
    return new Map([[0, customers]]);
  }
  const cohorts = new Map<number, number>();
  for (const [row, cohort] of customers.entries()) {
    assertOptions(cohort, "{ tenure, customers }", `${path}[${row}]`);
    const { tenure, customers: many } = cohort as CustomersOfTenure;
    assertInteger(tenure, `${path}[${row}].tenure`, 0, LONGEST);
    assertInRange(many, `${path}[${row}].customers`, 0, Number.MAX_SAFE_INTEGER);
    const at = isConstant ? 0 : tenure;
    cohorts.set(at, (cohorts.get(at) ?? 0) + many);
  }
  return cohorts;
}

/** More than a human life in hours, as in contracts. */
const LONGEST = 1_000_000;
