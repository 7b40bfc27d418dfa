import {
  type CivilDay,
  type ComparedModel,
  civilDay,
  compareLifetimeModels,
  evaluateLifetimeModel,
  type HoldoutErrors,
  type LifetimeComparison,
  type LifetimeEvaluation,
  lifetimeSummary,
  type PeriodUnit,
  rows,
  type TransactionLog,
  type TransactionTracking,
  trackTransactions,
} from "clientele";
import { estimateSpend, spendPerPurchase } from "./spend-estimate.js";

/** Times are mean months, each a whole number of days: many customers share a history, which makes fits fast. */
export const UNIT = "month";

/** The models that are tried. */
export const MODELS: readonly ComparedModel[] = ["paretoNbd", "bgNbd", "mbgNbd"];

/** A holdout of less shows chance alone. */
const SHORTEST_HOLDOUT = 30;

/** Which part of the history is learnt from, and which is held out. */
export interface Holdout {
  /** Last civil day that the models learn from. */
  readonly through: CivilDay;
  /** Last civil day that is held out. */
  readonly until: CivilDay;
  readonly days: number;
}

/** What each model foretold of a time that it had not seen. */
export interface ModelCheck {
  readonly holdout: Holdout;
  readonly comparison: LifetimeComparison;
  /** Those that were fitted, from the one that won. */
  readonly ranked: readonly ComparedModel[];
  /** Of the winner, with money. */
  readonly evaluation: LifetimeEvaluation;
  /** That each customer goes on as before. */
  readonly naive: HoldoutErrors;
  readonly tracking: TransactionTracking;
}

/** The last third of the history, at most a year; `null` where that is too short to tell anything. */
export function holdoutOf(firstDay: number, lastDay: number): Holdout | null {
  const days = Math.min(365, Math.floor((lastDay - firstDay + 1) / 3));
  if (days < SHORTEST_HOLDOUT) return null;
  return { through: civilDay(lastDay - days), until: civilDay(lastDay), days };
}

/** Which model foretells best what customers did next? A sentence where none could be fitted. */
export function checkModels(log: TransactionLog, holdout: Holdout, by: PeriodUnit): ModelCheck | string {
  const { through, until } = holdout;
  const summary = lifetimeSummary(log, { through, holdoutThrough: until, unit: UNIT });
  const comparison = compareLifetimeModels(summary, { models: MODELS });
  const ranked = rankedModels(comparison);
  const fit = ranked[0] && comparison.fits[ranked[0]];
  if (comparison.naive === null || !fit?.converged) return reasonOf(comparison);
  const spend = spendPerPurchase(estimateSpend(summary), summary);
  return {
    holdout,
    comparison,
    ranked,
    evaluation: evaluateLifetimeModel(fit, summary, { spend }),
    naive: comparison.naive,
    tracking: trackTransactions(fit, log, { through, until, by }),
  };
}

/**
 * Those that were fitted, the best first: by the likelihood of what was held out, which counts both the level and who buys; by
 * AIC where there is none.
 */
export function rankedModels({ table }: LifetimeComparison): ComparedModel[] {
  const fitted = rows(table).filter(({ converged }) => converged);
  const isHeldOut = fitted.every(({ holdoutLogLikelihood }) => holdoutLogLikelihood !== null);
  return fitted
    .sort((a, b) =>
      isHeldOut ? (b.holdoutLogLikelihood ?? 0) - (a.holdoutLogLikelihood ?? 0) : (a.aic ?? 0) - (b.aic ?? 0),
    )
    .map(({ model }) => model);
}

function reasonOf({ table }: LifetimeComparison): string {
  return table.columns.reason.find((reason) => reason !== null) ?? "nothing could be compared";
}
