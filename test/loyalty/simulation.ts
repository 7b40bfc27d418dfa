import { strict as assert } from "node:assert";
import { seededRandom } from "../../src/core/random.js";
import { foldLoyalty } from "../../src/loyalty/ledger/evolve-loyalty.js";
import { settleLoyalty } from "../../src/loyalty/ledger/settle-loyalty.js";
import { drawMove } from "./commands.js";
import { expectInvariants, expectTransfersConserved } from "./invariants.js";
import type { Rules } from "./model-lots.js";
import { newWorld, play } from "./side-by-side.js";

/** How long, how many, and by which random numbers. */
export interface SimulationSize {
  readonly seed: number;
  readonly commands: number;
  /** Accounts, in pairs that send each other points. */
  readonly accounts: number;
}

/** What was done; a difference between ledger and model, or a broken invariant, throws instead. */
export interface SimulationTally {
  readonly commands: number;
  readonly accounts: number;
  readonly events: number;
  /** Lots that were compared with the model's after a command. */
  readonly lotsCompared: number;
  /** Lots of the account that has the most: many are kept in another way than few. */
  readonly mostLots: number;
  /** Answers by name, the most frequent first: granted, repeated, or the code of a refusal. */
  readonly answers: readonly (readonly [string, number])[];
}

/** Plays commands by chance on the ledger and on the model, pair of accounts by pair; each pair has a programme of its own. */
export function simulateSideBySide({ seed, commands, accounts }: SimulationSize): SimulationTally {
  const pairs = Math.ceil(accounts / 2);
  const answers = new Map<string, number>();
  const tally = { commands: 0, events: 0, lotsCompared: 0, mostLots: 0 };
  for (let pair = 0; pair < pairs; pair++) {
    const draw = seededRandom(seed, pair);
    const world = newWorld(drawRules(draw));
    const until = Math.round((commands * (pair + 1)) / pairs);
    while (tally.commands < until) {
      const at = `seed ${seed}, pair ${pair}, command ${world.step + 1}`;
      try {
        const { ledger } = play(world, drawMove(draw));
        answers.set(ledger, (answers.get(ledger) ?? 0) + 1);
      } catch (error) {
        throw new Error(`${at}: ${error instanceof Error ? error.message : error}`, { cause: error });
      }
      tally.commands++;
      tally.lotsCompared += world.sides[0].book.lots.length;
    }
    for (const { account, events } of world.sides) {
      assert.deepEqual(foldLoyalty(events), account);
      const settled = settleLoyalty(world.program, account, world.now);
      expectInvariants([...events, ...settled.events], settled.account, world.now);
      tally.events += events.length;
      tally.mostLots = Math.max(tally.mostLots, account.lotCount);
    }
    expectTransfersConserved(world.sides[0].events, world.sides[1].events);
  }
  const ordered = [...answers].sort((a, b) => b[1] - a[1]);
  return { ...tally, accounts: 2 * pairs, answers: ordered };
}

function drawRules(draw: () => number): Rules {
  const one = <T>(of: readonly T[]): T => of[Math.floor(draw() * of.length)];
  return {
    pendingDays: one([0, 0, 5, 14]),
    expiry: one<Rules["expiry"]>(["never", "month", { days: 20 }, { idleDays: 12 }]),
    burnOrder: one(["soonestExpiry", "oldest"]),
    returnPolicy: one(["onlyPending", "withinBalance", "unlimited", "unlimited"]),
    reversal: one(["newLot", "originalLots", "originalLots"]),
    windowDays: one([null, 9]),
    lateEarns: one(["frozen", "rederived"]),
    holdDays: one([null, 6]),
    tiers: one([false, true]),
    household: one([null, "owner", "anyone"]),
    share: one([null, 0.5, 1]),
  };
}
