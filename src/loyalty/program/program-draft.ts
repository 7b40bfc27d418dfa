import type { LoyaltyProgram } from "./loyalty-program.js";

/** What {@link defineProgram} fills in where it is left out. */
export type LoyaltyProgramDefault =
  | "version"
  | "timeZone"
  | "earnRules"
  | "earnOn"
  | "roundingPer"
  | "rounding"
  | "burnOrder"
  | "rewards"
  | "returnPolicy"
  | "reversal"
  | "lateEarns";

/**
 * A programme as it is written: a {@link LoyaltyProgram} that may leave out what has a default.
 *
 * | left out | is |
 * |---|---|
 * | `version` | 1 |
 * | `timeZone` | `"UTC"` |
 * | `earnRules`, `rewards` | none |
 * | `earnOn` | `"gross"` |
 * | `rounding`, `roundingPer` | `"floor"`, once for each rule and `"order"` |
 * | `burnOrder` | `"soonestExpiry"` |
 * | `returnPolicy` | `"withinBalance"` |
 * | `reversal` | `{ into: "originalLots" }` |
 * | `lateEarns` | `"frozen"` |
 */
export interface LoyaltyProgramDraft
  extends Omit<LoyaltyProgram, LoyaltyProgramDefault>,
    Partial<Pick<LoyaltyProgram, LoyaltyProgramDefault>> {}
