import type { CoxDesign } from "./cox-design.js";

/** Sums of weight * exp(linear predictor - shift) over some subjects, and the same times covariates and their products. */
interface RiskSums {
  total: number;
  /** One for each covariate. */
  readonly first: Float64Array;
  /** Lower triangle, row by row; empty where products are not asked for. */
  readonly second: Float64Array;
}

/** Who is at risk at one time at which events happened. The next visit overwrites it. @internal */
export interface RiskSet {
  stratum: number;
  time: number;
  /** Linear predictor that is taken off before exponents, so that nothing overflows. */
  shift: number;
  /** Sums over all at risk. */
  readonly risk: RiskSums;
  /** Sums over those who had the event. */
  readonly tied: RiskSums;
  /** First sorted row that had the event, and the row after the last. */
  from: number;
  to: number;
  /** Sum of the weights of those who had the event. */
  eventWeight: number;
  /** Subjects at risk: the sum of their weights. */
  atRisk: number;
}

/**
 * Visits every time at which events happened, from the last to the first in each stratum.
 *
 * Going back in time subjects join the sums at their duration and leave at their entry. The shift is the largest
 * linear predictor yet, so the sums neither overflow nor vanish; where so much has left that the rounding of what is
 * gone could show, they are summed anew.
 *
 * @internal
 */
export function visitRiskSets(
  design: CoxDesign,
  predictor: Float64Array,
  products: boolean,
  visit: (set: Readonly<RiskSet>) => void,
): void {
  const { size, starts, duration, event, weight, entry, byEntry } = design;
  const set: RiskSet = {
    stratum: 0,
    time: 0,
    shift: 0,
    risk: emptySums(size, products),
    tied: emptySums(size, products),
    from: 0,
    to: 0,
    eventWeight: 0,
    atRisk: 0,
  };
  for (let stratum = 0; stratum + 1 < starts.length; stratum++) {
    const first = starts[stratum];
    const end = starts[stratum + 1];
    set.stratum = stratum;
    clear(set);
    let largest = 0;
    let leaving = end - 1;
    for (let next = end - 1; next >= first; ) {
      const time = duration[next];
      const last = next;
      for (; next >= first && duration[next] === time; next--) join(set, design, predictor, next);
      if (event[next + 1] === 0) continue;
      if (entry !== null && byEntry !== null) {
        largest = Math.max(largest, set.risk.total);
        for (; leaving >= first && entry[byEntry[leaving]] >= time; leaving--) {
          addTo(
            set.risk,
            design,
            byEntry[leaving],
            -relativeRisk(design, predictor, byEntry[leaving], set.shift),
          );
          set.atRisk -= design.weight[byEntry[leaving]];
        }
        if (!(set.risk.total > KEPT * largest)) {
          clear(set);
          for (let row = next + 1; row < end; row++) if (entry[row] < time) join(set, design, predictor, row);
          largest = set.risk.total;
        }
      }
      set.time = time;
      set.from = next + 1;
      set.to = set.from;
      set.eventWeight = 0;
      clearSums(set.tied);
      for (; set.to <= last && event[set.to] === 1; set.to++) {
        addTo(set.tied, design, set.to, relativeRisk(design, predictor, set.to, set.shift));
        set.eventWeight += weight[set.to];
      }
      visit(set);
    }
  }
}

/** The share of the largest sum that must be left, so that what left costs at most three digits. */
const KEPT = 1e-3;

function join(set: RiskSet, design: CoxDesign, predictor: Float64Array, row: number): void {
  if (predictor[row] > set.shift) {
    rescale(set.risk, Math.exp(set.shift - predictor[row]));
    set.shift = predictor[row];
  }
  addTo(set.risk, design, row, relativeRisk(design, predictor, row, set.shift));
  set.atRisk += design.weight[row];
}

function relativeRisk({ weight }: CoxDesign, predictor: Float64Array, row: number, shift: number): number {
  return weight[row] * Math.exp(predictor[row] - shift);
}

function addTo(sums: RiskSums, { size, x }: CoxDesign, row: number, risk: number): void {
  const { first, second } = sums;
  sums.total += risk;
  const start = row * size;
  for (let i = 0, at = 0; i < size; i++) {
    const product = risk * x[start + i];
    first[i] += product;
    if (second.length === 0) continue;
    for (let j = 0; j <= i; j++, at++) second[at] += product * x[start + j];
  }
}

function rescale(sums: RiskSums, factor: number): void {
  sums.total *= factor;
  for (let at = 0; at < sums.first.length; at++) sums.first[at] *= factor;
  for (let at = 0; at < sums.second.length; at++) sums.second[at] *= factor;
}

function clear(set: RiskSet): void {
  clearSums(set.risk);
  set.shift = Number.NEGATIVE_INFINITY;
  set.atRisk = 0;
}

function clearSums(sums: RiskSums): void {
  sums.total = 0;
  sums.first.fill(0);
  sums.second.fill(0);
}

function emptySums(size: number, products: boolean): RiskSums {
  return {
    total: 0,
    first: new Float64Array(size),
    second: new Float64Array(products ? (size * (size + 1)) / 2 : 0),
  };
}
