import fc from "fast-check";
import { expect, test } from "vitest";
import { ClienteleError } from "../../src/core/errors.js";
import { decideLoyalty } from "../../src/loyalty/ledger/decide-loyalty.js";
import { evolveLoyalty } from "../../src/loyalty/ledger/evolve-loyalty.js";
import { emptyLoyaltyAccount, type LoyaltyAccount } from "../../src/loyalty/ledger/loyalty-account.js";
import type { LoyaltyCommand } from "../../src/loyalty/ledger/loyalty-command.js";
import { mergeAccounts, transferPoints } from "../../src/loyalty/ledger/transfer-points.js";
import { parseLoyaltyCommand, parseLoyaltyEvent } from "../../src/loyalty/parse-loyalty.js";
import { anyMoves, anyRules } from "./commands.js";
import { newWorld, play, type World } from "./side-by-side.js";

// Commands and events that are not what their types say: nothing but a ClienteleError is thrown, and nothing changes.

const played = fc.tuple(anyRules, anyMoves).map(([rules, moves]) => {
  const world = newWorld(rules);
  for (const move of moves) play(world, move);
  return world;
});
const garbage = fc.oneof(
  fc.anything(),
  fc.constantFrom<unknown>(
    0,
    -1,
    0.5,
    -0,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    2 ** 53,
    -(2 ** 53),
    1e300,
    "",
    " ",
    "1",
    "2025-02-30",
    "2025-01-01T00:00",
    null,
    undefined,
    true,
    [],
    {},
    [null],
    [{}],
    new Date(Number.NaN),
    10n,
    Symbol("s"),
    "__proto__",
    "constructor",
  ),
);
const RUNS = { numRuns: 200 };

/** Changes one field of a plain object, or one inside of it, or adds one, or leaves one out. */
function spoiled(value: object, path: readonly number[], how: number, waste: unknown): unknown {
  const entries = Object.entries(value);
  if (entries.length === 0 || how % 7 === 0) return { ...value, [`field ${how}`]: waste };
  const [name, inner] = entries[(path[0] ?? 0) % entries.length];
  if (how % 7 === 1) return Object.fromEntries(entries.filter(([other]) => other !== name));
  const deeper = typeof inner === "object" && inner !== null && path.length > 1 && how % 2 === 0;
  const changed = deeper ? spoiled(inner, path.slice(1), how + 2, waste) : waste;
  if (Array.isArray(value)) return value.map((item, i) => (String(i) === name ? changed : item));
  return { ...value, [name]: changed };
}

/** Runs what may refuse or throw a ClienteleError; anything else thrown fails. Says whether it was thrown. */
function onlyKnownFaults(run: () => unknown): boolean {
  try {
    run();
    return false;
  } catch (error) {
    if (error instanceof ClienteleError) return true;
    throw error;
  }
}

const accountsOf = ({ sides }: World) => sides.map(({ account }) => account);

test("a malformed command throws a ClienteleError or is answered, and never changes the account", () => {
  let thrown = 0;
  fc.assert(
    fc.property(
      played,
      fc.array(fc.nat(), { maxLength: 4 }),
      fc.nat(),
      garbage,
      ({ program, sides, now }, path, how, waste) => {
        const [{ account, sent }] = sides;
        const before = structuredClone(account);
        const valid = {
          ...(sent[how % sent.length] ?? { type: "expire", at: now }),
          key: "a new key",
          recordedAt: now,
        };
        const command = spoiled(valid, path, how, waste) as LoyaltyCommand;
        if (onlyKnownFaults(() => decideLoyalty(program, account, command))) thrown++;
        onlyKnownFaults(() => parseLoyaltyCommand(command));
        expect(account).toEqual(before);
      },
    ),
    RUNS,
  );
  expect(thrown).toBeGreaterThan(RUNS.numRuns / 4);
});

test("anything at all as a command throws a ClienteleError", () => {
  const world = newWorld({
    pendingDays: 0,
    expiry: "never",
    burnOrder: "oldest",
    returnPolicy: "unlimited",
    reversal: "newLot",
    windowDays: null,
    lateEarns: "frozen",
    holdDays: null,
    tiers: true,
    household: null,
    share: null,
  });
  const [account] = accountsOf(world) as [LoyaltyAccount];
  fc.assert(
    fc.property(fc.anything(), (waste) => {
      expect(onlyKnownFaults(() => decideLoyalty(world.program, account, waste as LoyaltyCommand))).toBe(
        true,
      );
      expect(onlyKnownFaults(() => parseLoyaltyCommand(waste))).toBe(true);
    }),
    RUNS,
  );
});

test("a malformed transfer or merge throws a ClienteleError or is answered, and changes neither account", () => {
  fc.assert(
    fc.property(
      played,
      fc.array(fc.nat(), { maxLength: 2 }),
      fc.nat(),
      garbage,
      (world, path, how, waste) => {
        const [a, b] = accountsOf(world) as [LoyaltyAccount, LoyaltyAccount];
        const before = structuredClone([a, b]);
        const base = { key: "a new key", transferId: "a new id", at: world.now };
        const transfer = spoiled({ ...base, points: 1 }, path, how, waste) as {
          key: string;
        } & typeof base & { points: number };
        const merge = spoiled({ ...base, reason: "two cards", actor: "desk" }, path, how, waste);
        onlyKnownFaults(() => transferPoints(world.program, a, b, transfer));
        onlyKnownFaults(() =>
          mergeAccounts(world.program, a, b, merge as typeof base & { reason: string; actor: string }),
        );
        expect([a, b]).toEqual(before);
      },
    ),
    RUNS,
  );
});

test("a malformed event is refused where it is read or where it is applied, and never changes the account", () => {
  fc.assert(
    fc.property(
      played,
      fc.array(fc.nat(), { maxLength: 4 }),
      fc.nat(),
      garbage,
      ({ sides }, path, how, waste) => {
        const [{ events }] = sides;
        const last = how % events.length;
        const account = events.slice(0, last).reduce(evolveLoyalty, emptyLoyaltyAccount("A"));
        const before = structuredClone(account);
        const event = spoiled(events[last] ?? {}, path, how, waste);
        onlyKnownFaults(() => evolveLoyalty(account, parseLoyaltyEvent(event)));
        expect(account).toEqual(before);
      },
    ),
    RUNS,
  );
});
