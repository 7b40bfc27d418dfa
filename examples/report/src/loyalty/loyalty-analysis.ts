import {
  allocateToPoints,
  estimateRedemption,
  type LiabilityRollForward,
  type LoyaltyEvent,
  type LoyaltyProgram,
  liabilityRollForward,
  type PointRollForward,
  type PointsByAge,
  type ProgramEconomics,
  periodOf,
  pointMovements,
  pointRollForward,
  pointsByAge,
  programEconomics,
  type RedemptionDevelopment,
  type TierPyramid,
  tierPyramid,
} from "clientele";

/** A loyalty programme with the events of its members. */
export interface LoyaltyBooks {
  readonly program: LoyaltyProgram;
  /** All events of each member. */
  readonly histories: readonly (readonly LoyaltyEvent[])[];
  /** What a redeemed point costs, minor units. */
  readonly costPerPoint: number;
}

/** What the programme owes, gives and costs. */
export interface LoyaltyAnalysis {
  readonly program: LoyaltyProgram;
  readonly pyramid: TierPyramid;
  /** Quarter by quarter, in points. */
  readonly points: PointRollForward;
  /** Quarter by quarter, the deferred revenue. */
  readonly liability: LiabilityRollForward;
  readonly estimate: RedemptionDevelopment;
  readonly ages: PointsByAge;
  readonly economics: ProgramEconomics;
}

/** Half of the points is expected to be spent until the ledger's own history says otherwise. */
const FIRST_GUESS = 0.5;

/** What do we owe our members? `null` when nobody has earned by then. */
export function analyzeLoyalty(books: LoyaltyBooks, asOf: string): LoyaltyAnalysis | null {
  const { program, costPerPoint } = books;
  const { timeZone } = program;
  const by = "quarter";
  // A report on an earlier day knows nothing of what was booked later.
  const end = periodOf(asOf, "day", { timeZone }).start;
  const known = books.histories
    .map((history) => history.filter(({ recordedAt }) => recordedAt < end))
    .filter((history) => history.length > 0);
  const events = known.flat();
  const movements = pointMovements(events, { program, asOf });
  if (movements.length === 0) return null;
  const periods = { by, asOf, timeZone } as const;
  const estimate = estimateRedemption(movements, periods);
  const rate = estimate.total.rate.value ?? FIRST_GUESS;
  return {
    program,
    pyramid: tierPyramid(program, known, { asOf }),
    points: pointRollForward(movements, periods),
    liability: liabilityRollForward(movements, {
      ...periods,
      allocations: allocationsOf(program, events, by, rate),
      estimates: [{ at: 0, redemptionRate: rate }],
    }),
    estimate,
    ages: pointsByAge(movements, { asOf, timeZone }),
    economics: programEconomics(program, events, { asOf, by: "year", costPerPoint }),
  };
}

/** What of the sales of each period belongs to the points that they gave. */
function allocationsOf(
  program: LoyaltyProgram,
  events: readonly LoyaltyEvent[],
  by: "quarter",
  redemptionRate: number,
): { readonly cohort: string; readonly amount: number }[] {
  const sales = new Map<string, { price: number; points: number }>();
  for (const event of events) {
    if (event.type !== "earned") continue;
    const { label } = periodOf(event.at, by, { timeZone: program.timeZone });
    const sum = sales.get(label) ?? { price: 0, points: 0 };
    sales.set(label, sum);
    for (const { amount } of event.lines) sum.price += amount;
    for (const { points } of event.lots) sum.points += points;
  }
  const { points: perPoints = 1, amount = 0 } = program.redemption ?? {};
  return [...sales].map(([cohort, { price, points }]) => {
    const goods = [{ id: "goods", standAlonePrice: Math.max(1, price) }];
    const sale = { price, goods, points, valuePerPoint: amount / perPoints, redemptionRate };
    return { cohort, amount: allocateToPoints(sale).points.allocated };
  });
}
