import type { Deals } from "./drawn-sums.js";
import type { ReadPipeline } from "./sales-pipeline.js";

/** The open opportunities of one forecast category. */
export interface ForecastCategory {
  /** Its name; `null`: stages without a category. */
  readonly category: string | null;
  /** How many there are. */
  readonly opportunities: number;
  /** What they would bring if all were won, minor units. */
  readonly amount: number;
  /** Each amount times its probability, minor units. */
  readonly weighted: number;
  /** `amount` of this category and all before it, minor units: a best case includes what is committed. */
  readonly cumulative: number;
}

/** The open opportunities in one stage. */
export interface PipelineStageAmount {
  /** Name of the stage. */
  readonly stage: string;
  /** The stage's own probability. */
  readonly probability: number;
  /** How many are in it. */
  readonly opportunities: number;
  /** What they would bring if all were won, minor units. */
  readonly amount: number;
  /** Each amount times its probability, minor units, not rounded. */
  readonly weighted: number;
}

/** Open opportunities with the places of their stages. @internal */
export interface Bucket extends Deals {
  readonly stage: ArrayLike<number>;
}

/** The opportunities by stage, the earliest first. @internal */
export function stagesOf(buckets: readonly Bucket[], { stages }: ReadPipeline): PipelineStageAmount[] {
  const sums = stages.map(({ name, probability }) => ({
    stage: name,
    probability,
    opportunities: 0,
    amount: 0,
    weighted: 0,
  }));
  for (const { amount, probability, stage } of buckets) {
    for (let i = 0; i < amount.length; i++) {
      const sum = sums[stage[i]];
      sum.opportunities++;
      sum.amount += amount[i];
      sum.weighted += amount[i] * probability[i];
    }
  }
  return sums;
}

/** The opportunities by forecast category. @internal */
export function categoriesOf(bucket: Bucket, pipeline: ReadPipeline): ForecastCategory[] {
  const latestFirst = [...pipeline.stages].reverse();
  if (latestFirst.every(({ category }) => category === undefined)) return [];
  const sums = stagesOf([bucket], pipeline).reverse();
  const named = latestFirst.flatMap(({ category }) => category ?? []);
  const isAnyWithout = named.length < latestFirst.length;
  // What is in no category is committed to nothing, however late its stage.
  const names = [...new Set(named), ...(isAnyWithout ? [null] : [])];
  let cumulative = 0;
  return names.map((category) => {
    const own = sums.filter((_, i) => (latestFirst[i].category ?? null) === category);
    const total = (field: "opportunities" | "amount" | "weighted") =>
      own.reduce((sum, one) => sum + one[field], 0);
    cumulative += total("amount");
    return {
      category,
      opportunities: total("opportunities"),
      amount: total("amount"),
      weighted: total("weighted"),
      cumulative,
    };
  });
}
