import {
  ClienteleError,
  compileRule,
  describeRule,
  explainRule,
  fromJsonLogic,
  fromQueryBuilder,
  parseRule,
  type SegmentRule,
} from "clientele";
import { asOf, customer, fields, operators } from "./largest-rules.js";

const options = { fields, operators };

/** Every way in for a rule from elsewhere. */
export const doors: Readonly<Record<string, (input: unknown) => unknown>> = {
  parse: (input) => parseRule(input, options),
  "compile, one evaluation": (input) =>
    compileRule(input as SegmentRule, { ...options, asOf }).matches(customer.record, customer.events),
  describe: (input) => describeRule(input as SegmentRule, { ...options, asOf }),
  explain: (input) => explainRule(input as SegmentRule, customer, { ...options, asOf }),
  "from react-querybuilder": (input) => fromQueryBuilder(input as never, options),
  "from JsonLogic": (input) => fromJsonLogic(input as never, options),
};

/** How long a door takes for an input, and whether it lets it in; any error but the library's own goes through. */
export function knock(door: string, input: unknown): { readonly ms: number; readonly isIn: boolean } {
  const start = performance.now();
  let isIn = true;
  try {
    const answer = doors[door](input) as { readonly ok?: boolean };
    isIn = answer?.ok !== false;
  } catch (error) {
    if (!(error instanceof ClienteleError)) throw error;
    isIn = false;
  }
  return { ms: performance.now() - start, isIn };
}
