import { assertArgument } from "../../core/assert.js";
import { assertContractModel, type ContractModel, periodsPerYear } from "../contracts/contract-model.js";
import { discountedSurvival } from "../contracts/discounted-survival.js";
import { survivalKernel } from "../contracts/survival-kernel.js";
import { divergence, type MarginStream, streamSums } from "./margin-stream.js";
import { type RetentionByPeriod, readRetention } from "./retention-by-period.js";

/**
 * How customers stay, by how long they have been there: a {@link RetentionByPeriod}, of which the last rate goes on, or a
 * contract model, which tells it for every tenure.
 */
export type RetentionByTenure = RetentionByPeriod | ContractModel;

/** Retention and what follows from it, by tenure: the periods that a customer has completed. @internal */
export interface TenureRetention {
  /** One rate for all: tenure does not matter. */
  readonly isConstant: boolean;
  /** Periods a year that a contract model implies; `null` for all else. */
  readonly periodsPerYear: number | null;
  /** Share of those who begin a period with this tenure that stays to its end. */
  readonly rate: (tenure: number) => number;
  /** What one of them is worth at the begin of the period, over all time, for a margin of 1 in it; `null` without limit. */
  readonly multiple: (tenure: number, flow: Flow) => number | null;
  /** Why there is no limit; `null` where there is one. */
  readonly reason: (flow: Flow) => string | null;
}

/** When margins come, and how they grow and are discounted. */
type Flow = Pick<MarginStream, "delay" | "isAfterRenewal" | "rate" | "growth">;

/** Checks a retention by tenure. @internal */
export function readRetentionByTenure(
  retention: RetentionByTenure,
  path = "options.retention",
): TenureRetention {
  if (typeof retention === "object" && retention !== null && "model" in retention) {
    assertContractModel(retention, path);
    return ofContract(retention);
  }
  const { rate, survival } = readRetention(retention, path);
  if (survival === null) return ofRates([rate], true);
  const rates = survival.slice(1).map((left, i) => {
    const before = survival[i] as number;
    return before === 0 ? 0 : Math.min(1, left / before);
  });
  return ofRates(rates, false);
}

function ofRates(rates: readonly number[], isConstant: boolean): TenureRetention {
  const last = rates.length - 1;
  const rate = (tenure: number) => rates[Math.min(tenure, last)] as number;
  const streamAfter = (flow: Flow): MarginStream => ({
    ...{ ...flow, margin: 1, acquisitionCost: 0, horizon: null },
    retention: { rate: rate(last), survival: null, periods: null },
  });
  const reason = (flow: Flow) => divergence(streamAfter(flow));
  return {
    isConstant,
    periodsPerYear: null,
    rate,
    reason,
    multiple: (tenure, flow) => {
      if (reason(flow) !== null) return null;
      let worth = streamSums(streamAfter(flow)).multiple;
      const discount = (1 + flow.rate) ** -flow.delay;
      for (let at = last - 1; at >= tenure; at--) {
        const paid = discount * (flow.isAfterRenewal ? rate(at) : 1);
        worth = paid + (rate(at) * (1 + flow.growth) * worth) / (1 + flow.rate);
      }
      return worth;
    },
  };
}

function ofContract(model: ContractModel): TenureRetention {
  const { retention } = survivalKernel(model);
  const multiple = (tenure: number, { rate, growth, delay, isAfterRenewal }: Flow) => {
    const net = Math.log1p(rate) - Math.log1p(growth);
    if (net < 0) return null;
    const from = isAfterRenewal ? tenure + 1 : tenure;
    const kept = isAfterRenewal ? retention(tenure + 1) : 1;
    const worth = (1 + rate) ** -delay * kept * discountedSurvival(model, from, net, null);
    return Number.isFinite(worth) ? worth : null;
  };
  return {
    isConstant: false,
    periodsPerYear: periodsPerYear(model.period),
    rate: (tenure) => retention(tenure + 1),
    multiple,
    reason: (flow) =>
      multiple(0, flow) === null
        ? `growth ${flow.growth} is no less than a discount rate of ${flow.rate} a period, and too many customers hardly ever leave: the sum has no limit, pass a higher rate`
        : null,
  };
}

/** Periods a year: those of a contract model, which none that were asked for may contradict. @internal */
export function periodsPerYearOf(
  { periodsPerYear: own }: TenureRetention,
  asked: number | undefined,
): number {
  assertArgument(
    own === null || asked === undefined || asked === own,
    "options.periodsPerYear",
    () => `options.periodsPerYear is ${asked}, and options.retention is a model with ${own}: leave it out`,
  );
  return own ?? asked ?? 1;
}
