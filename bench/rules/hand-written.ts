import { AS_OF, type Customer, type CustomerColumns } from "./customer-data.js";

/** 365 days before `asOf`. */
export const SINCE = AS_OF - 365 * 86_400_000;

/** The rule as a programmer writes it. */
export function isWanted(customer: Customer): boolean {
  return (
    (customer.plan === "pro" || customer.plan === "team") &&
    customer.age >= 25 &&
    customer.age <= 55 &&
    customer.lastOrderAt !== null &&
    customer.lastOrderAt >= SINCE &&
    (customer.city.startsWith("Ja") || customer.spent >= 500_000) &&
    !(customer.status === "blocked")
  );
}

/** The same with sets, which costs more than it looks. */
export function wantedBySet(): (customer: Customer) => boolean {
  const plans = new Set(["pro", "team"]);
  return (customer) =>
    plans.has(customer.plan) &&
    customer.age >= 25 &&
    customer.age <= 55 &&
    customer.lastOrderAt !== null &&
    customer.lastOrderAt >= SINCE &&
    (customer.city.startsWith("Ja") || customer.spent >= 500_000) &&
    !(customer.status === "blocked");
}

/** The limit: one loop over typed columns, with the tests of texts put to each distinct text before. */
export function fusedLoop({ plan, age, lastOrderAt, city, spent, status }: CustomerColumns): number {
  const table = (values: readonly string[], holds: (value: string) => boolean) =>
    Uint8Array.from(values, (value) => (holds(value) ? 1 : 0));
  const isPlan = table(plan.values, (value) => value === "pro" || value === "team");
  const isCity = table(city.values, (value) => value.startsWith("Ja"));
  const isStatus = table(status.values, (value) => value !== "blocked");
  const [planCodes, cityCodes, statusCodes] = [plan.codes, city.codes, status.codes];
  let count = 0;
  for (let row = 0; row < age.length; row++) {
    if (
      isPlan[planCodes[row]] === 1 &&
      age[row] >= 25 &&
      age[row] <= 55 &&
      lastOrderAt[row] >= SINCE &&
      (isCity[cityCodes[row]] === 1 || spent[row] >= 500_000) &&
      isStatus[statusCodes[row]] === 1
    )
      count++;
  }
  return count;
}
