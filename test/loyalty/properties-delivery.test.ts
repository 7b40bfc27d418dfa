import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accountLots } from "../../src/loyalty/ledger/account-lots.js";
import { decideLoyalty } from "../../src/loyalty/ledger/decide-loyalty.js";
import { emptyLoyaltyAccount, type LoyaltyAccount } from "../../src/loyalty/ledger/loyalty-account.js";
import type { ClawBackCommand, LoyaltyCommand } from "../../src/loyalty/ledger/loyalty-command.js";
import type { LoyaltyEvent } from "../../src/loyalty/ledger/loyalty-event.js";
import { settleLoyalty } from "../../src/loyalty/ledger/settle-loyalty.js";
import { defineProgram } from "../../src/loyalty/parse-loyalty.js";
import type { LoyaltyProgram } from "../../src/loyalty/program/loyalty-program.js";
import { anyMoves, anyRules, commandOf, type Move, programFor, type Seen, START } from "./commands.js";
import { countedIn } from "./counted-in.js";
import { expectInvariants } from "./invariants.js";
import { tell } from "./model.js";
import { DAY, newBook } from "./model-lots.js";

// What networks and batch jobs do to a ledger: commands that come twice, late, in another order; jobs that run or do not.

const RUNS = { numRuns: 120 };

/** The commands that moves are, of one account. */
function commandsOf(moves: readonly Move[]): LoyaltyCommand[] {
  const seen: Seen = { orders: [], spent: [], sent: [] };
  let now = START;
  return moves.map((move, i) => {
    now += (move.wait * DAY) / 2;
    const command = commandOf(move, i + 1, now, seen, "B");
    seen.sent.push(command);
    return command;
  });
}

interface Host {
  account: LoyaltyAccount;
  readonly events: LoyaltyEvent[];
}

function opened(program: LoyaltyProgram): Host {
  const host = { account: emptyLoyaltyAccount("A"), events: [] };
  send(host, program, { type: "enroll", key: "enrolled", at: START - 30 * DAY, memberId: "M" });
  return host;
}

/** Sends a command and keeps what comes of it; says what was answered. */
function send(host: Host, program: LoyaltyProgram, command: LoyaltyCommand): string {
  const decided = decideLoyalty(program, host.account, command);
  if (!decided.ok) return decided.error.code;
  host.account = decided.value.account;
  host.events.push(...decided.value.events);
  return decided.value.repeated ? "repeated" : "granted";
}

const figuresAt = (program: LoyaltyProgram, account: LoyaltyAccount, at: number) => {
  const settled = settleLoyalty(program, account, at).account;
  const balances = Object.entries(settled.points).map(([type, holdings]) => [type, holdings.balances]);
  return { balances, lots: accountLots(settled), standing: settled.standing };
};

test("7 answers and balances do not depend on whether or when a job booked what was due", () => {
  fc.assert(
    fc.property(
      anyRules,
      anyMoves,
      fc.array(fc.nat(8), { minLength: 70, maxLength: 70 }),
      (rules, moves, jobs) => {
        const program = programFor(rules);
        const without = opened(program);
        const withJobs = opened(program);
        let now = START;
        for (const [i, command] of commandsOf(moves).entries()) {
          if (command.type === "expire") continue;
          const next = Number(command.recordedAt);
          // Anywhere between the last command and this one, often more than once.
          for (const part of [jobs[i] ?? 0, jobs[i + 1] ?? 0].sort()) {
            if (part > 4) continue;
            const at = Math.round(now + ((next - now) * part) / 4);
            send(withJobs, program, { type: "expire", key: `job ${i} at ${at}`, at });
          }
          now = next;
          expect(send(withJobs, program, command)).toBe(send(without, program, command));
          expect(figuresAt(program, withJobs.account, now)).toEqual(figuresAt(program, without.account, now));
        }
        const later = now + 45 * DAY;
        expect(figuresAt(program, withJobs.account, later)).toEqual(
          figuresAt(program, without.account, later),
        );
      },
    ),
    RUNS,
  );
});

describe("9 idempotency", () => {
  test("a command sent again gives the first answer and no event, with its fields in any order, however late", () => {
    fc.assert(
      fc.property(anyRules, anyMoves, fc.nat(30), (rules, moves, days) => {
        const program = programFor(rules);
        const host = opened(program);
        for (const command of commandsOf(moves)) {
          const first = decideLoyalty(program, host.account, command);
          const answer = send(host, program, command);
          if (!first.ok || answer !== "granted") continue;
          // What books nothing has nothing to repeat.
          if (first.value.events.length === 0) continue;
          const turned = Object.fromEntries(Object.entries(command).reverse());
          const recordedAt = Number(command.recordedAt ?? command.at) + days * DAY;
          const again = { ...turned, recordedAt } as LoyaltyCommand;
          const second = decideLoyalty(program, host.account, again);
          if (!second.ok) throw new Error(second.error.message);
          expect(second.value).toMatchObject({ events: [], outcome: first.value.outcome, repeated: true });
          expect(second.value.account).toBe(host.account);
        }
      }),
      RUNS,
    );
  });

  test("a key with another payload is a conflict, whatever the field that differs, and changes nothing", () => {
    fc.assert(
      fc.property(anyRules, anyMoves, fc.nat(), (rules, moves, pick) => {
        const program = programFor(rules);
        const host = opened(program);
        for (const command of commandsOf(moves)) {
          const known = host.events.length;
          if (send(host, program, command) !== "granted" || host.events.length === known) continue;
          const changes = [
            { at: Number(command.at) - 1 },
            ...("points" in command && command.points !== undefined
              ? [{ points: command.points === -1 ? -2 : command.points + 1 }]
              : []),
            ...("reason" in command ? [{ reason: `${command.reason}.` }] : []),
            ...("orderId" in command ? [{ orderId: `${command.orderId} ` }] : []),
          ];
          const other = { ...command, ...changes[pick % changes.length] } as LoyaltyCommand;
          const before = JSON.stringify(host.account);
          expect(send(host, program, other)).toBe("idempotency_conflict");
          expect(JSON.stringify(host.account)).toBe(before);
        }
      }),
      RUNS,
    );
  });
});

test("commands that come twice, in another order, lost and sent again: each has one effect, and the model agrees", () => {
  const fates = fc.array(fc.record({ order: fc.nat(6), copies: fc.nat(2), answerLost: fc.boolean() }), {
    minLength: 70,
    maxLength: 70,
  });
  fc.assert(
    fc.property(anyRules, anyMoves, fates, (rules, moves, fate) => {
      const program = programFor(rules);
      const deliveries = commandsOf(moves).flatMap((command, i) => {
        const { order, copies, answerLost } = fate[i] ?? { order: 0, copies: 0, answerLost: false };
        const first = { command, place: i + order };
        const copy = Array.from({ length: copies }, (_, n) => ({ command, place: i + order + n + 1 }));
        return [first, ...copy, ...(answerLost ? [{ command, place: i + 9 }] : [])];
      });
      deliveries.sort((a, b) => a.place - b.place);
      const host = opened(program);
      const book = newBook(rules);
      let now = START;
      for (const { command } of deliveries) {
        now = Math.max(now, Number(command.recordedAt ?? command.at));
        const arriving = command.type === "expire" ? command : { ...command, recordedAt: now };
        const before = host.events.length;
        const answer = send(host, program, arriving);
        expect(answer).toBe(tell(book, arriving, host.events.length > before));
      }
      const keys = host.events.flatMap(({ key }) => (key === null ? [] : [key]));
      expect(new Set(keys).size).toBe(keys.length);
      const settled = settleLoyalty(program, host.account, now);
      expectInvariants([...host.events, ...settled.events], settled.account, now);
    }),
    RUNS,
  );
});

describe("12 partial returns of an order in any order sum to the full one", () => {
  const program = (returnPolicy: LoyaltyProgram["returnPolicy"]) =>
    defineProgram({
      version: 1,
      id: "club",
      currency: "EUR",
      pointTypes: [
        { id: "points", kind: "spendable" },
        { id: "status", kind: "qualifying" },
      ],
      // Thirds and sevenths: shares of lines that are not whole.
      earnRules: [
        { id: "base", award: { per: "amount", points: 3, amount: 7 } },
        { id: "gift", award: { per: "order", points: 10 } },
        { id: "double", award: { per: "multiplier", factor: 1.3 } },
        { id: "status", pointType: "status", award: { per: "amount", points: 1, amount: 3, partial: true } },
      ],
      returnPolicy,
    });
  const anyLines = fc.array(fc.record({ amount: fc.nat(500), quantity: fc.integer({ min: 1, max: 5 }) }), {
    minLength: 1,
    maxLength: 4,
  });
  const policies = fc.constantFrom<LoyaltyProgram["returnPolicy"]>("unlimited", "withinBalance");

  function bought(
    returnPolicy: LoyaltyProgram["returnPolicy"],
    lines: readonly { amount: number; quantity: number }[],
  ) {
    const plan = program(returnPolicy);
    const host = opened(plan);
    const ordered = lines.map((line, i) => ({ lineId: `${i}`, ...line }));
    send(host, plan, { type: "earn", key: "earn", at: START, orderId: "O", lines: ordered });
    return { plan, host };
  }
  const giveBack = (
    plan: LoyaltyProgram,
    host: Host,
    part: Pick<ClawBackCommand, "lines" | "amount">,
    n: number,
  ) => send(host, plan, { type: "clawBack", key: `back ${n}`, at: START + n, orderId: "O", ...part });
  function ends(plan: LoyaltyProgram, host: Host) {
    const { balances, lots } = figuresAt(plan, host.account, START + DAY);
    return { balances, lots, counted: countedIn(host.account, ["points", "q"]) };
  }

  test("unit by unit", () => {
    fc.assert(
      fc.property(policies, anyLines, fc.infiniteStream(fc.nat()), (policy, lines, chance) => {
        const parts = bought(policy, lines);
        const units = lines.flatMap(({ quantity }, i) => Array.from({ length: quantity }, () => `${i}`));
        for (let n = 1; units.length > 0; n++) {
          const [lineId = ""] = units.splice((chance.next().value ?? 0) % units.length, 1);
          expect(giveBack(parts.plan, parts.host, { lines: [{ lineId, quantity: 1 }] }, n)).toBe("granted");
        }
        const whole = bought(policy, lines);
        giveBack(whole.plan, whole.host, {}, 1);
        expect(ends(parts.plan, parts.host)).toEqual(ends(whole.plan, whole.host));
      }),
      RUNS,
    );
  });

  test("amount by amount", () => {
    fc.assert(
      fc.property(
        policies,
        anyLines,
        fc.array(fc.integer({ min: 1, max: 300 })),
        (policy, lines, amounts) => {
          const parts = bought(policy, lines);
          let left = lines.reduce((sum, { amount }) => sum + amount, 0);
          let n = 0;
          for (const amount of amounts) {
            if (amount >= left) break;
            expect(giveBack(parts.plan, parts.host, { amount }, ++n)).toBe("granted");
            left -= amount;
          }
          expect(giveBack(parts.plan, parts.host, left > 0 ? { amount: left } : {}, ++n)).toBe("granted");
          const whole = bought(policy, lines);
          giveBack(whole.plan, whole.host, {}, 1);
          expect(ends(parts.plan, parts.host)).toEqual(ends(whole.plan, whole.host));
        },
      ),
      RUNS,
    );
  });
});
