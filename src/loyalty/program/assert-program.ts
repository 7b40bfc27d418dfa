import { assertArray, assertOptions, shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import type { LoyaltyProgram } from "./loyalty-program.js";
import type { LoyaltyProgramDefault } from "./program-draft.js";

/** What {@link defineProgram} fills in: a programme that lacks one of these was not through it. */
const FILLED_IN: Readonly<Record<LoyaltyProgramDefault, true>> = {
  version: true,
  timeZone: true,
  earnRules: true,
  earnOn: true,
  roundingPer: true,
  rounding: true,
  burnOrder: true,
  rewards: true,
  returnPolicy: true,
  reversal: true,
  lateEarns: true,
};

// A memo: a programme is data that does not change, and a look at each field costs more than most decisions do.
const whole = /* @__PURE__ */ new WeakSet<object>();

/**
 * Throws where a programme lacks what `defineProgram` fills in: a draft decided with would lapse, burn and round by no rule.
 * That its rules make sense is asked there and not here.
 *
 * @internal
 */
export function assertProgram(program: LoyaltyProgram, path = "program"): void {
  if (whole.has(program)) return;
  assertOptions(program, "a program, as defineProgram gives it", path);
  for (const name of Object.keys(FILLED_IN) as LoyaltyProgramDefault[]) {
    if (program[name] !== undefined && program[name] !== null) continue;
    throw new ClienteleError(
      "INVALID_ARGUMENT",
      path,
      `${path} ${shown(program.id)} has no ${name}: pass what defineProgram(${path}) gives, which checks it and fills in defaults`,
    );
  }
  if (program.version !== 1) {
    throw new ClienteleError(
      "INVALID_ARGUMENT",
      path,
      `${path}.version is ${shown(program.version)}: this release knows version 1`,
    );
  }
  assertArray(program.pointTypes, `${path}.pointTypes`);
  whole.add(program);
}
