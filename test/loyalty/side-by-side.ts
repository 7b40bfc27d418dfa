import { accountLots } from "../../src/loyalty/ledger/account-lots.js";
import { decideLoyalty } from "../../src/loyalty/ledger/decide-loyalty.js";
import { emptyLoyaltyAccount, type LoyaltyAccount } from "../../src/loyalty/ledger/loyalty-account.js";
import type { LoyaltyCommand } from "../../src/loyalty/ledger/loyalty-command.js";
import type { LoyaltyEvent } from "../../src/loyalty/ledger/loyalty-event.js";
import type { LoyaltyRefusal } from "../../src/loyalty/ledger/loyalty-refusal.js";
import { paidWithPoints } from "../../src/loyalty/ledger/paid-with-points.js";
import { settleLoyalty } from "../../src/loyalty/ledger/settle-loyalty.js";
import { mergeAccounts, transferPoints } from "../../src/loyalty/ledger/transfer-points.js";
import type { LoyaltyProgram } from "../../src/loyalty/program/loyalty-program.js";
import { commandOf, type Move, PAID, programFor, type Seen, START } from "./commands.js";
import { tell } from "./model.js";
import { figures, lotsOf, paidOf } from "./model-figures.js";
import { type Book, newBook, pass, type Rules } from "./model-lots.js";
import { merge, transfer } from "./model-transfers.js";

/** One account in the library and in the model. */
export interface Side extends Seen {
  account: LoyaltyAccount;
  readonly events: LoyaltyEvent[];
  readonly book: Book;
}

/** Two accounts of one programme, and the time. */
export interface World {
  readonly program: LoyaltyProgram;
  readonly rules: Rules;
  readonly sides: readonly [Side, Side];
  now: number;
  step: number;
}

export function newWorld(rules: Rules): World {
  const program = programFor(rules);
  return {
    program,
    rules,
    sides: [newSide(program, rules, "A"), newSide(program, rules, "B")],
    now: START,
    step: 0,
  };
}

function newSide(program: LoyaltyProgram, rules: Rules, id: string): Side {
  const command = { type: "enroll", key: "enrolled", at: START - 1, memberId: id } as const;
  const enrolled = decideLoyalty(program, emptyLoyaltyAccount(id), command);
  if (!enrolled.ok) throw new Error(enrolled.error.message);
  const { account, events } = enrolled.value;
  return { account, events: [...events], book: newBook(rules), orders: [], spent: [], sent: [] };
}

/** What both ledgers said to a command. */
export interface Answers {
  readonly command: LoyaltyCommand;
  readonly ledger: string;
  readonly model: string;
}

/** Makes a move on both; throws where they differ in the answer or in a figure. */
export function play(world: World, move: Move): Answers {
  world.now += (move.wait * 86_400_000) / 2;
  const { now, program, sides } = world;
  const side = sides[move.account];
  const other = sides[1 - move.account];
  const command = commandOf(move, ++world.step, now, side, other.account.accountId);
  side.sent.push(command);
  const answers =
    command.type === "transferOut" ? sent(program, side, other, command) : told(program, side, command);
  if (answers.ledger !== answers.model) {
    throw new Error(
      `the ledger says ${answers.ledger}, the model ${answers.model}: ${JSON.stringify(command)}`,
    );
  }
  compare(program, side, now);
  if (command.type === "transferOut") compare(program, other, now);
  return answers;
}

function told(program: LoyaltyProgram, side: Side, command: LoyaltyCommand): Answers {
  const decided = decideLoyalty(program, side.account, command);
  if (decided.ok) keep(side, decided.value);
  if (!decided.ok) expectNamed(decided.error);
  const ledger = decided.ok ? (decided.value.repeated ? "repeated" : "granted") : decided.error.code;
  const isBooked = decided.ok && decided.value.events.length > 0;
  return { command, ledger, model: tell(side.book, command, isBooked) };
}

function sent(
  program: LoyaltyProgram,
  from: Side,
  to: Side,
  command: Extract<LoyaltyCommand, { type: "transferOut" }>,
): Answers {
  const { key, at, recordedAt, transferId, points } = command;
  const common = { key, at, recordedAt, transferId };
  // Everything: the two become one.
  const both =
    points === undefined
      ? mergeAccounts(program, from.account, to.account, { ...common, reason: "moved in", actor: "desk" })
      : transferPoints(program, from.account, to.account, { ...common, points });
  if (both.ok) {
    keep(from, both.value.from);
    keep(to, both.value.to);
    if (points === undefined) {
      // Whoever asked about the one account asks about the other one now.
      to.orders.push(...from.orders);
      to.spent.push(...from.spent);
    }
  }
  if (!both.ok) expectNamed(both.error);
  const ledger = both.ok ? (both.value.from.repeated ? "repeated" : "granted") : both.error.code;
  const model = (points === undefined ? merge : transfer)(from.book, to.book, command);
  return { command, ledger, model };
}

/** A refusal says in words what it is about. */
function expectNamed(refusal: LoyaltyRefusal): void {
  const { message } = refusal;
  const named = "id" in refusal ? [refusal.id] : "requested" in refusal ? [`${refusal.requested}`] : [];
  if (message.length < 20 || !named.every((name) => message.includes(name))) {
    throw new Error(`the refusal ${JSON.stringify(refusal)} does not say what it is about`);
  }
}

function keep(
  side: Side,
  decision: { readonly events: readonly LoyaltyEvent[]; readonly account: LoyaltyAccount },
) {
  side.events.push(...decision.events);
  side.account = decision.account;
}

/** Holds every figure and every lot of an account against the model's. */
export function compare(
  program: LoyaltyProgram,
  { account, book }: Pick<Side, "account" | "book">,
  at: number,
): void {
  const settled = settleLoyalty(program, account, at).account;
  pass(book, at);
  for (const type of ["points", "q"]) {
    const {
      available = 0,
      pending = 0,
      held = 0,
      expired = 0,
      arrears = 0,
      redeemed = 0,
    } = settled.points[type]?.balances ?? {};
    same(
      `balances of ${type}`,
      { available, pending, held, expired, arrears, redeemed },
      figures(book, type),
    );
  }
  const lots = accountLots(settled).map((lot) => ({
    lot: lot.lot,
    pointType: lot.pointType,
    original: lot.original,
    remaining: lot.remaining,
    held: lot.held,
    lapsed: lot.lapsed,
    earnedAt: lot.earnedAt,
    activeAt: lot.activeAt,
    lapse: lot.status === "active" && lot.remaining > 0 ? lot.expiresAt : null,
  }));
  same("lots", lots, lotsOf(book));
  const paid = PAID.map((order) => paidWithPoints(settled, order));
  same(
    "what points pay",
    paid,
    PAID.map((order) => paidOf(book, order)),
  );
}

function same(what: string, ledger: unknown, model: unknown): void {
  const [a, b] = [JSON.stringify(ledger), JSON.stringify(model)];
  if (a !== b) throw new Error(`${what} differ:\n  ledger ${a}\n  model  ${b}`);
}
