import type { LoyaltyAccount } from "../../src/loyalty/ledger/loyalty-account.js";
import { qualifyingReader } from "../../src/loyalty/ledger/qualifying-days.js";
import { defineProgram } from "../../src/loyalty/parse-loyalty.js";
import type { TierPlan } from "../../src/loyalty/program/tier-plan.js";

const pointTypes = ["points", "q"];

const programOf = (measure: TierPlan["measure"]) =>
  defineProgram({
    version: 1,
    id: "reader",
    currency: "EUR",
    pointTypes: pointTypes.map((id) => ({ id, kind: "spendable" })),
    tiers: { levels: [{ id: "basic", threshold: 0 }], measure, period: { kind: "ever" }, downgrade: "none" },
  });

const activity = (["spend", "visits", "orders"] as const).map((kind) => programOf({ kind }));
const points = new Map(pointTypes.map((id) => [id, programOf({ kind: "points", pointType: id })]));

/** All that counts towards a level in an account: spend, visits, orders, then points of these types. */
export function countedIn(account: LoyaltyAccount, types: readonly string[]): number[] {
  const programs = [...activity, ...types.flatMap((id) => points.get(id) ?? [])];
  return programs.map((program) => qualifyingReader(program, account)(-1e7, 1e7));
}
