import { ClienteleError } from "../core/errors.js";
import { exactSum, knownFacts, metricWindow } from "../history/known-facts.js";
import type { TransactionLog } from "../history/log-columns.js";
import type { WindowedMetricOptions } from "../history/metric-options.js";

/** Sales less refunds and less cost of each customer of a log, minor units, in the log's order. @internal */
export function marginByCustomer(log: TransactionLog, options: WindowedMetricOptions): number[] {
  const facts = knownFacts(log, options);
  const { start, end } = metricWindow(facts, options);
  const { net, cost } = facts;
  if (cost === null) {
    throw new ClienteleError(
      "INVALID_ARGUMENT",
      "options.monetary",
      'options.monetary is "margin", and the log has no costs: pass transactions with cost, or "revenue"',
    );
  }
  const { offsets, at, customerIds } = log;
  const margin: number[] = new Array(customerIds.length);
  for (let customer = 0; customer < margin.length; customer++) {
    let sum = 0;
    for (let row = offsets[customer]; row < facts.end[customer]; row++) {
      if (at[row] < start || at[row] >= end) continue;
      sum += net[row] - cost[row];
      if (Math.abs(sum) > Number.MAX_SAFE_INTEGER) break;
    }
    margin[customer] = exactSum(sum, customerIds[customer]);
  }
  return margin;
}
