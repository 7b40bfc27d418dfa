import type { Rate } from "../core/rate.js";

/** One column over all customers. */
export interface ProfileBase {
  /** Name of the column. */
  readonly column: string;
  /** Mean, in the unit of the column. */
  readonly mean: number;
  /** Median (quantile of type 7). */
  readonly median: number;
  /** Standard deviation of the population, over n. */
  readonly deviation: number;
  /** Least value. */
  readonly lowest: number;
}

/** One column of one cluster against the base. */
export interface ProfileColumn {
  /** Name of the column. */
  readonly column: string;
  /** Mean of the cluster, in the unit of the column; `null` where nobody is in it. */
  readonly mean: number | null;
  /** Median of the cluster. */
  readonly median: number | null;
  /** Mean of the cluster to that of all: 1 is the same, 2 twice as much; `null` for a column with negative values or nothing but zeros. */
  readonly index: Rate;
  /** (Mean of the cluster - mean of all) in standard deviations of all; `null` where these are zero or nobody is in it. */
  readonly effect: Rate;
}

/** Who is in a cluster. */
export interface ClusterProfile {
  /** Place of the cluster, from 0. */
  readonly cluster: number;
  /** What it is called. */
  readonly name: string;
  /** How many customers. */
  readonly customers: number;
  /** Of all customers. */
  readonly share: Rate;
  /** By column, in the order of the base. */
  readonly columns: readonly ProfileColumn[];
  /** What sets the cluster apart, in a sentence: the columns of an effect of at least 0.2, at most three. */
  readonly words: string;
}
