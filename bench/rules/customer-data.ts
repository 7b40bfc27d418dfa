import { drawUniform, seededRandom } from "clientele";

/** A customer as a program holds it: nine fields, flat, the instant `null` for some. */
export interface Customer {
  readonly id: number;
  readonly plan: string;
  readonly country: string;
  readonly age: number;
  readonly joinedAt: number;
  readonly lastOrderAt: number | null;
  readonly city: string;
  readonly spent: number;
  readonly status: string;
}

/** The same by column; texts as places in the list of the distinct ones. */
export interface CustomerColumns {
  readonly plan: TextCodes;
  readonly age: Float64Array;
  readonly lastOrderAt: Float64Array;
  readonly city: TextCodes;
  readonly spent: Float64Array;
  readonly status: TextCodes;
}

export interface TextCodes {
  readonly codes: Uint8Array;
  readonly values: readonly string[];
}

const PLANS = ["free", "trial", "pro", "team", "business"];
const COUNTRIES = ["ID", "SG", "MY", "TH", "VN", "PH"];
const CITIES = ["Jakarta", "Jayapura", "Bandung", "Surabaya", "Medan", "Jambi", "Makassar", "Denpasar"];
const STATUSES = ["active", "active", "active", "paused", "blocked"];
const DAY = 86_400_000;
export const AS_OF = Date.UTC(2024, 6, 1);

/** Customers from a seed, 5 % of them without an order. */
export function customers(count: number): Customer[] {
  const random = seededRandom(4);
  const below = (bound: number) => Math.floor(drawUniform(random, 0, bound));
  return Array.from({ length: count }, (_, id) => ({
    id,
    plan: PLANS[below(PLANS.length)],
    country: COUNTRIES[below(COUNTRIES.length)],
    age: 16 + below(70),
    joinedAt: AS_OF - below(3000 * DAY),
    lastOrderAt: drawUniform(random) < 0.05 ? null : AS_OF - below(730 * DAY),
    city: CITIES[below(CITIES.length)],
    spent: below(1_000_000),
    status: STATUSES[below(STATUSES.length)],
  }));
}

export function columnsOf(list: readonly Customer[]): CustomerColumns {
  const codes = (name: "plan" | "city" | "status", texts: readonly string[]): TextCodes => {
    const values = [...new Set(texts)];
    return { codes: Uint8Array.from(list, (customer) => values.indexOf(customer[name])), values };
  };
  return {
    plan: codes("plan", PLANS),
    age: Float64Array.from(list, ({ age }) => age),
    lastOrderAt: Float64Array.from(list, ({ lastOrderAt }) => lastOrderAt ?? Number.NaN),
    city: codes("city", CITIES),
    spent: Float64Array.from(list, ({ spent }) => spent),
    status: codes("status", STATUSES),
  };
}
