import type { CohortAge } from "../retention/cohorts/cohort-cells.js";
import type { CohortTable } from "../retention/cohorts/cohort-table.js";
import type { AmountText } from "./amount-text.js";
import type { CohortMeasure, HeatTable } from "./cohort-heat-table.js";
import { counted, type NumberText } from "./number-text.js";

/** What a cohort table says, in a sentence on its first age and the last that is known for many cohorts. @internal */
export function cohortAnswer(
  { ages, means, cohorts, rows }: HeatTable,
  table: CohortTable,
  measure: CohortMeasure,
  text: NumberText,
  money: AmountText,
): string {
  if (rows.every((row) => row.customers === 0)) return "There are no cohorts.";
  const isShare = measure === "rate" || measure === "customers";
  const known = ages.flatMap((age, i) => {
    const value = means[i] ?? null;
    return value === null || (isShare && age.from === 0) ? [] : [{ age, value, cohorts: cohorts[i] }];
  });
  const first = known[0];
  // The last ages rest on the oldest cohort or two: at least half of those of the first must be there.
  const last = [...known].reverse().find((point) => 2 * point.cohorts >= first.cohorts);
  if (isWithoutCosts({ means, cohorts }, measure)) return "Profit is not known: the log has no costs.";
  if (first === undefined || last === undefined)
    return isShare
      ? "No cohort has been observed beyond the period in which it started."
      : "No cohort has been observed for a whole age.";
  const when = (age: CohortAge): string =>
    `${IS_CUMULATIVE[measure] && age.from > 0 ? "up to " : ""}${ageName(age, table)}`;
  const from = (count: number): string => `(${counted(text, count, "cohort")})`;
  const write = (value: number): string => {
    if (measure === "rate") return text.percent(value);
    return measure === "customers" ? counted(text, Math.round(value), "customer") : money.amount(value);
  };
  const end = first === last ? "" : `; ${when(last.age)}, ${write(last.value)} ${from(last.cohorts)}`;
  return `${SUBJECTS[measure](write(first.value))} ${when(first.age)} ${from(first.cohorts)}${end}.`;
}

/** Whether cells are empty not for want of time. @internal */
export function isWithoutCosts(
  { means, cohorts }: Pick<HeatTable, "means" | "cohorts">,
  measure: CohortMeasure,
): boolean {
  return measure === "profit" && cohorts.some((count, i) => count > 0 && means[i] === null);
}

const IS_CUMULATIVE: Record<CohortMeasure, boolean> = {
  rate: false,
  customers: false,
  revenue: false,
  profit: false,
  cumulativeRevenue: true,
  cumulativeRevenuePerCustomer: true,
};

const SUBJECTS: Record<CohortMeasure, (value: string) => string> = {
  rate: (value) => `${value} of the customers bought again`,
  customers: (value) => `On average ${value} of a cohort bought again`,
  revenue: (value) => `On average a cohort brings ${value}`,
  profit: (value) => `On average a cohort brings a profit of ${value}`,
  cumulativeRevenue: (value) => `On average a cohort has brought ${value}`,
  cumulativeRevenuePerCustomer: (value) => `A customer has brought ${value}`,
};

/** When an age is: `"in the first month"`, `"3 months after the start"`, `"60 to 120 days after the start"`. */
function ageName({ from, to }: CohortAge, { by, rollingDays, mode }: CohortTable): string {
  const [length, unit] =
    rollingDays !== null
      ? [rollingDays, "day"]
      : typeof by === "string"
        ? [1, by === "halfYear" ? "half-year" : by]
        : [by.days, "day"];
  const units = (count: number): string => `${count} ${unit}${count === 1 ? "" : "s"}`;
  if (from === 0) return `in the first ${to * length === 1 ? unit : units(to * length)}`;
  const until = to === from + 1 ? "" : ` to ${(to - 1) * length}`;
  const many = until === "" ? units(from * length) : `${from * length}${until} ${unit}s`;
  return `${many} after the start${mode === "onOrAfter" ? " or later" : ""}`;
}
