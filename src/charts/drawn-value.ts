import type { CustomerValue } from "../value/worth/customer-value.js";
import type { SurveyedValue } from "../value/worth/surveyed-value.js";
import type { ValueSide } from "../value/worth/value-item.js";
import type { ValueUnit } from "../value/worth/weigh-items.js";
import { assertResult } from "./chart-input.js";

/** One bar. @internal */
export interface DrawnItem {
  readonly id: string;
  readonly side: ValueSide;
  readonly contribution: number;
  /** Of its side; `null` where that is not above 0. */
  readonly share: { readonly value: number | null };
}

/** Benefits and sacrifices of one customer, or the means of many. @internal */
export interface DrawnValue {
  readonly benefit: number;
  readonly sacrifice: number;
  readonly net: number;
  readonly unit: ValueUnit;
  readonly currency: string | null;
  readonly combine: "sum" | "mean";
  readonly contributions: readonly DrawnItem[];
  /** How many the means are of, and of how many; `null`: no means. */
  readonly people: { readonly complete: number; readonly asked: number } | null;
}

/** What there is to draw. @internal */
export function drawnValue(value: CustomerValue | SurveyedValue): DrawnValue {
  if (typeof value !== "object" || value === null || !("items" in value)) {
    const from = "customerValue(), customerValueInMoney() or surveyedValue()";
    assertResult(value, "value", from, ["contributions", "ratio"]);
    return { ...value, people: null };
  }
  assertResult(value, "value", "surveyedValue()", ["items", "benefit", "sacrifice", "net"]);
  const { items, complete, respondents: asked, unit, combine } = value;
  const [benefit, sacrifice, net] = [value.benefit, value.sacrifice, value.net].map(({ mean }) => mean ?? 0);
  const totals = { benefit, sacrifice };
  const contributions = items.flatMap(({ id, side, contribution }) =>
    contribution === null
      ? []
      : [{ id, side, contribution, share: { value: totals[side] > 0 ? contribution / totals[side] : null } }],
  );
  return {
    ...{ benefit, sacrifice, net, unit, currency: null, combine, contributions },
    people: { complete, asked },
  };
}
