/**
 * What holds customers, at survey size: commitment of 100,000 respondents in two waves, three bonds for each customer, and
 * whether scores go with staying. The logistic regression is held against its own equations (at the maximum, residuals are at
 * right angles to every covariate), the area under the curve against the ranks; the script ends with an error when they differ.
 *
 * Options: --customers N (100000), --covariates N (5), --passes N (5).
 */
import {
  type Bond,
  bondClassOf,
  bondCoverage,
  bondFragility,
  bondIndex,
  bondKinds,
  type CommitmentScores,
  commitmentDimensions,
  commitmentMovement,
  commitmentProfile,
  commitmentVerdict,
  logisticProbability,
  logisticRegression,
  midRanks,
  offerResistance,
  relationshipHealth,
  relationshipProfile,
  retentionLink,
  rocAuc,
  satisfactionBarrierMatrix,
  seededRandom,
} from "clientele";
import { median, printTable, runSizes } from "./report.js";

const { customers, covariates, passes } = runSizes({ customers: 100_000, covariates: 5, passes: 5 });
const draw = seededRandom(1);
const asOf = "2024-01-01";
const ids = Array.from({ length: customers }, (_, i) => `customer-${i}`);
const score = () => Float64Array.from(ids, () => 100 * draw());
const scores = Object.fromEntries(Array.from({ length: covariates }, (_, i) => [`score ${i}`, score()]));
const [first = score()] = Object.values(scores);
const retained = Uint8Array.from(first, (value) => Number(draw() < 1 / (1 + Math.exp(1.5 - 0.03 * value))));
const wave = () =>
  ids.map((respondentId) => ({
    respondentId,
    ...(Object.fromEntries(
      commitmentDimensions.map((dimension) => [dimension, Math.round(100 * draw())]),
    ) as CommitmentScores),
  }));
const [before, after] = [wave(), wave()];
const byDimension = <Value>(value: Value) =>
  Object.fromEntries(commitmentDimensions.map((dimension) => [dimension, value]));
const bonds: readonly (readonly Bond[])[] = ids.map((customerId) =>
  [0, 1, 2].map((i) => {
    const kind = bondKinds[Math.floor(bondKinds.length * draw())] ?? "social";
    // Written out, as rows of a database come: after a spread Node 20 gives each object a layout of its own.
    return {
      id: `${customerId}-${i}`,
      customerId,
      class: bondClassOf(kind),
      kind,
      strength: draw(),
      since: "2023-01-01",
      until: i === 0 ? "2025-01-01" : undefined,
      contractId: i === 1 ? `${customerId}-K` : undefined,
    };
  }),
);
const allBonds = bonds.flat();
const offers = ids.flatMap((respondentId) =>
  [0.1, 0.2, 0.3].map((advantage) => ({ respondentId, advantage, stays: draw() > advantage })),
);
const marks = ids.map(() => ({
  satisfied: 100 * draw(),
  trust: { brand: 100 * draw(), offer: 100 * draw(), company: null },
  involvement: { brand: 100 * draw() },
  purchaseIntention: 100 * draw(),
}));
const held = ids.map((customerId) => ({ customerId, satisfaction: draw(), barrier: draw(), value: draw() }));
const profileOf = (i: number) =>
  relationshipProfile({
    customerId: ids[i] ?? "",
    asOf,
    satisfaction: first[i] ?? null,
    commitment: before[i],
    bonds: bonds[i] ?? [],
    ties: [{ id: "branch", cause: "locationAccess", strength: 0.5, satisfaction: 0.5 }],
    profit: { amount: i % 7 === 0 ? -1 : 1, currency: "IDR" },
    retentionProbability: 0.5,
  });
const cuts = {
  ...{ satisfaction: 60, commitment: 60, bond: 0.4, fragility: 0.5, lockInRisk: 0.3, profit: 0 },
  ...{ retentionProbability: 0.5, netValue: 0 },
};

const regression = { outcome: retained, covariates: scores };
const work: Record<string, () => unknown> = {
  [`logisticRegression, ${covariates} covariates, profile intervals`]: () => logisticRegression(regression),
  [`logisticRegression, ${covariates} covariates, Wald alone`]: () =>
    logisticRegression(regression, { profile: false }),
  [`retentionLink, ${covariates} scores`]: () => retentionLink({ retained, scores }),
  commitmentProfile: () => commitmentProfile(before, { highFrom: byDimension(60) }),
  commitmentMovement: () =>
    commitmentMovement(before, after, { quality: byDimension({ alpha: 0.8, sd: 20 }) }),
  "offerResistance, 3 offers each": () => offerResistance(offers),
  "commitmentVerdict, one by one": () => {
    for (const one of marks)
      commitmentVerdict(one, {
        cuts: { satisfied: 60, trust: 60, involvement: 60, purchaseIntention: 60 },
      });
  },
  "bondCoverage, 3 bonds each": () => bondCoverage(allBonds, { asOf }),
  "bondIndex, one by one": () => {
    for (const own of bonds) bondIndex(own, { asOf });
  },
  "bondFragility, one by one": () => {
    for (const own of bonds) bondFragility(own, { asOf });
  },
  satisfactionBarrierMatrix: () => satisfactionBarrierMatrix(held, { satisfaction: 0.5, barrier: 0.5 }),
  "relationshipProfile and relationshipHealth, one by one": () => {
    for (let i = 0; i < customers; i++) relationshipHealth(profileOf(i), cuts);
  },
};

holdRegression();
holdArea();
printTable(
  "Seconds: on the wall, median and slowest of the passes, and of the processor, median",
  Object.entries(work).map(([what, run]) => {
    run();
    const taken = Array.from({ length: passes }, () => {
      const [start, used] = [performance.now(), process.cpuUsage()];
      run();
      const { user, system } = process.cpuUsage(used);
      return { seconds: (performance.now() - start) / 1000, processor: (user + system) / 1e6 };
    });
    const seconds = taken.map((pass) => pass.seconds);
    return {
      what,
      median: median(seconds).toFixed(3),
      slowest: Math.max(...seconds).toFixed(3),
      processor: median(taken.map(({ processor }) => processor)).toFixed(3),
    };
  }),
);

function holdRegression(): void {
  const fit = logisticRegression(regression, { profile: false });
  if (!fit.converged) throw new Error(fit.reason);
  const chances = logisticProbability(fit, scores);
  for (const [name, column] of Object.entries(scores)) {
    const left = column.reduce((sum, value, i) => sum + ((retained[i] ?? 0) - (chances[i] ?? 0)) * value, 0);
    if (!(Math.abs(left) / customers < 1e-9)) throw new Error(`residuals lean on ${name}: ${left}`);
  }
  console.log(`score equations hold, n = ${fit.n}, log-likelihood ${fit.logLikelihood.fitted}`);
}

/** The sum of ranks of those who stayed (Mann & Whitney 1947). */
function holdArea(): void {
  const ranks = midRanks(first);
  const stayed = retained.reduce((sum, value) => sum + value, 0);
  const sum = ranks.reduce((total, rank, i) => total + (retained[i] === 1 ? rank : 0), 0);
  const expected = (sum - (stayed * (stayed + 1)) / 2) / (stayed * (customers - stayed));
  const { value } = rocAuc(first, retained);
  if (!(Math.abs((value ?? Number.NaN) - expected) < 1e-12))
    throw new Error(`the area is ${value}, by ranks it is ${expected}`);
  console.log(`area under the curve: ${expected}`);
}
