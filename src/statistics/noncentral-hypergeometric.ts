/**
 * The successes of the first of two groups, given all totals of the 2 x 2 table.
 *
 * @internal
 */
export interface ConditionalTable {
  readonly observed: number;
  readonly firstTrials: number;
  readonly secondTrials: number;
  readonly successes: number;
  /** Fewest successes that the totals allow in the first group. */
  readonly lowest: number;
  /** Most successes that the totals allow in the first group. */
  readonly highest: number;
}

/** @internal */
export function conditionalTable(
  observed: number,
  firstTrials: number,
  secondTrials: number,
  successes: number,
): ConditionalTable {
  return {
    observed,
    firstTrials,
    secondTrials,
    successes,
    lowest: Math.max(0, successes - secondTrials),
    highest: Math.min(firstTrials, successes),
  };
}

/**
 * P(X <= observed), P(X >= observed) and the probability of all counts no likelier than the observed one.
 *
 * @internal
 */
export function tails(
  table: ConditionalTable,
  logOddsRatio: number,
): { lower: number; upper: number; noMoreProbable: number } {
  const { observed } = table;
  const oddsRatio = Math.exp(logOddsRatio);
  const weightOfObserved = weightFromMode(table, oddsRatio);
  // R's fisher.test: equally likely tables must not fall apart by rounding.
  const limit = weightOfObserved * (1 + 1e-7);
  let total = 0;
  let below = 0;
  let above = 0;
  let unlikely = 0;
  walk(table, oddsRatio, weightOfObserved, (count, weight) => {
    total += weight;
    if (count < observed) below += weight;
    else if (count > observed) above += weight;
    if (weight <= limit) unlikely += weight;
  });
  return {
    lower: (below + weightOfObserved) / total,
    upper: (above + weightOfObserved) / total,
    noMoreProbable: Math.min(1, unlikely / total),
  };
}

/** The expected count at an odds ratio. @internal */
export function conditionalMean(table: ConditionalTable, logOddsRatio: number): number {
  const oddsRatio = Math.exp(logOddsRatio);
  const origin = modeOf(table, oddsRatio);
  let total = 0;
  let moment = 0;
  walk(table, oddsRatio, 1, (count, weight) => {
    total += weight;
    moment += weight * (count - origin);
  });
  return origin + moment / total;
}

// Weights are relative to the most probable count and come from the ratio of neighbors alone, so a table of a
// million trials needs no factorial and only the counts that matter: some 20 standard deviations.

// A weight this small is 0: among the subnormal numbers, multiplying by 0.999 would never bring it there.
const VANISHING = 1e-300;

/** P(count + 1) / P(count) of Fisher's noncentral hypergeometric distribution: falls as the count rises. */
function neighborRatio(table: ConditionalTable, oddsRatio: number, count: number): number {
  const { firstTrials, secondTrials, successes } = table;
  return (
    ((oddsRatio * (firstTrials - count)) / (count + 1)) *
    ((successes - count) / (secondTrials - successes + count + 1))
  );
}

function modeOf(table: ConditionalTable, oddsRatio: number): number {
  let low = table.lowest;
  let high = table.highest;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (neighborRatio(table, oddsRatio, middle) > 1) low = middle + 1;
    else high = middle;
  }
  return low;
}

function weightFromMode(table: ConditionalTable, oddsRatio: number): number {
  const mode = modeOf(table, oddsRatio);
  let weight = 1;
  for (let count = mode; count < table.observed && weight > VANISHING; count++) {
    weight *= neighborRatio(table, oddsRatio, count);
  }
  for (let count = mode; count > table.observed && weight > VANISHING; count--) {
    weight /= neighborRatio(table, oddsRatio, count - 1);
  }
  return weight > VANISHING ? weight : 0;
}

/** Visits every count whose weight matters beside `scale`, from the mode outwards. */
function walk(
  table: ConditionalTable,
  oddsRatio: number,
  scale: number,
  visit: (count: number, weight: number) => void,
): void {
  const negligible = Math.max(scale * 1e-20, VANISHING);
  const mode = modeOf(table, oddsRatio);
  let weight = 1;
  for (let count = mode; weight > negligible; count++) {
    visit(count, weight);
    if (count === table.highest) break;
    weight *= neighborRatio(table, oddsRatio, count);
  }
  weight = 1;
  for (let count = mode; count > table.lowest; count--) {
    weight /= neighborRatio(table, oddsRatio, count - 1);
    if (weight <= negligible) break;
    visit(count - 1, weight);
  }
}
