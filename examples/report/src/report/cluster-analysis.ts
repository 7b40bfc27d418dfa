import {
  type ClusterChoice,
  type ClusterProfiles,
  chooseClusters,
  clusterProfiles,
  customerSummary,
  epochMs,
  fromMinorUnits,
  kMeans,
  rows,
  subtractDuration,
  type TransactionLog,
} from "clientele";

/** Groups that the data show by themselves. */
export interface CustomerClusters {
  readonly choice: ClusterChoice;
  /** From the group that brings most. */
  readonly profiles: ClusterProfiles;
  /** Of the revenue of all groups, by place of the group. */
  readonly shareOfRevenue: readonly number[];
  /** By columns of the profiles, as the report calls them. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Whether there are groups among those who paid something in the last 12 months. */
export interface ClusterAnalysis {
  /** How many paid. */
  readonly customers: number;
  /** `null` with fewer than {@link FEWEST_CUSTOMERS}, and where they are all too much alike. */
  readonly found: CustomerClusters | null;
}

/** Groups among fewer would be names for single customers. */
export const FEWEST_CUSTOMERS = 50;

/** How many groups are tried: one, where all are alike; more than six nobody remembers. */
const CLUSTERS = { from: 1, to: 6 };

/** What is clustered. Both have a long tail, so that their logarithms are compared. */
const CLUSTERED = ["purchases", "average"] as const;
const SEED = 2024;
/** To compare numbers of groups so many random starts do; the groups that are shown have the ten of the library. */
const STARTS = 5;

/** Which groups are there by how often and for how much customers buy? */
export function analyzeClusters(log: TransactionLog, asOf: string): ClusterAnalysis {
  const buyers = buyersOfYear(log, asOf);
  const customers = buyers.length;
  if (customers < FEWEST_CUSTOMERS) return { customers, found: null };
  const settings = { columns: CLUSTERED, log: CLUSTERED, seed: SEED };
  const choice = chooseClusters(buyers, { ...settings, ...CLUSTERS, starts: STARTS, sampleSize: 1000 });
  const clusters = choice.bySilhouette;
  if (clusters === null) return { customers, found: null };
  const clustering = byRevenue(
    kMeans(buyers, { ...settings, clusters }),
    buyers.map(({ revenue }) => revenue),
  );
  const labels = {
    purchases: "purchases",
    average: `spent per purchase (${log.currency})`,
    recency: "days since the last purchase",
    tenure: "months as customer",
  };
  const profiles = clusterProfiles(buyers, clustering, { columns: Object.keys(labels), labels });
  return { customers, found: { choice, profiles, shareOfRevenue: clustering.shareOfRevenue, labels } };
}

const DAY_MS = 86_400_000;
const MONTH_DAYS = 365.25 / 12;

/** Who paid something in the last 12 months; money in the currency's major unit. */
function buyersOfYear(log: TransactionLog, asOf: string) {
  const start = subtractDuration(asOf, { months: 12 }, { timeZone: log.timeZone });
  const end = epochMs(asOf, "asOf", log.timeZone);
  const firstAt = new Map(
    rows(customerSummary(log, { asOf })).map((ever) => [ever.customerId, ever.firstAt]),
  );
  const days = (from: number | null = null) => (end - (from ?? end)) / DAY_MS;
  return rows(customerSummary(log, { asOf, window: { start, end } }))
    .filter(({ purchases, net }) => purchases > 0 && net > 0)
    .map(({ customerId, purchases, net, lastAt }) => {
      const revenue = Number(fromMinorUnits(net, log.currency));
      return {
        ...{ revenue, purchases, average: revenue / purchases },
        recency: days(lastAt),
        tenure: days(firstAt.get(customerId)) / MONTH_DAYS,
      };
    });
}

/** Clusters come in no order: here the one that brings most is the first. */
function byRevenue(
  { assignment, sizes }: { readonly assignment: readonly number[]; readonly sizes: readonly number[] },
  revenue: readonly number[],
) {
  const sums = sizes.map(() => 0);
  assignment.forEach((cluster, i) => {
    sums[cluster] = (sums[cluster] ?? 0) + (revenue[i] ?? 0);
  });
  const order = sizes.map((_, cluster) => cluster).sort((a, b) => (sums[b] ?? 0) - (sums[a] ?? 0));
  const total = sums.reduce((sum, each) => sum + each, 0);
  return {
    assignment: assignment.map((cluster) => order.indexOf(cluster)),
    sizes: order.map((cluster) => sizes[cluster] ?? 0),
    shareOfRevenue: order.map((cluster) => (sums[cluster] ?? 0) / total),
  };
}
