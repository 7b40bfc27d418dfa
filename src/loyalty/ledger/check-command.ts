import { assertArray, assertInteger, assertOneOf, assertOptions, shown } from "../../core/assert.js";
import { dayNumber } from "../../core/civil-day.js";
import { ClienteleError } from "../../core/errors.js";
import { epochMs, type Instant } from "../../core/instant.js";
import type { LoyaltyCommand } from "./loyalty-command.js";
import { readEarn } from "./read-earn.js";

/** A command whose instants are epoch milliseconds; `recordedAt` as it was given. @internal */
export type CheckedCommand<C extends LoyaltyCommand = LoyaltyCommand> = C extends LoyaltyCommand
  ? Omit<C, "at" | "recordedAt" | "until" | "activeAt" | "expiresAt"> & {
      readonly at: number;
      readonly recordedAt?: number;
      readonly until?: number;
      readonly activeAt?: number;
      readonly expiresAt?: number | null;
    }
  : never;

/** Gives the value as the ledger works with it, or throws. A path is spelled only for the message: `null` while it may do without. */
type Check = (value: unknown, path: string | null, timeZone: string) => unknown;

/** A field's check; a field that may be left out is wrapped by `maybe`. */
type Fields = Readonly<Record<string, Check>>;

/**
 * The command, its shape checked: no field unknown, none missing, numbers whole, instants read.
 *
 * @internal
 */
export function checkCommand(command: LoyaltyCommand, timeZone: string): CheckedCommand {
  assertOptions(command, "a command { type, key, at, ... }", "command");
  if (!Object.hasOwn(COMMANDS, command.type)) {
    assertOneOf(command.type, "command.type", Object.keys(COMMANDS) as LoyaltyCommand["type"][]);
  }
  if (command.type === "earn") {
    const earn = readEarn(command, timeZone);
    if (earn !== null) return earn;
  }
  const checked = checkedFields(command, timeZone);
  const { points, rewardId } = checked;
  if (command.type === "redeem" && (points === undefined) === (rewardId === undefined)) {
    throw fault(
      "command.points",
      `command has ${points === undefined ? "neither" : "both"} points and rewardId: pass one of them`,
    );
  }
  if (command.type === "clawBack" && checked.lines !== undefined && checked.amount !== undefined) {
    throw fault(
      "command.amount",
      "command has both lines and amount: pass one of them, or neither for the whole order",
    );
  }
  return checked as unknown as CheckedCommand;
}

/** Nearly all commands are well formed: only one that is not is read a second time, for the path of its fault. */
function checkedFields(command: LoyaltyCommand, timeZone: string): Record<string, unknown> {
  const fields = COMMANDS[command.type];
  try {
    return checkFields(command, fields, null, timeZone);
  } catch {
    return checkFields(command, fields, "command", timeZone);
  }
}

function checkFields(
  value: object,
  fields: Fields,
  path: string | null,
  timeZone: string,
): Record<string, unknown> {
  const given = value as Readonly<Record<string, unknown>>;
  for (const name in given) {
    if (!Object.hasOwn(fields, name) && Object.hasOwn(given, name)) {
      throw fault(`${path}.${name}`, `${path} has the unknown field "${name}": leave it out`);
    }
  }
  const checked: Record<string, unknown> = {};
  for (const name in fields) {
    const read = fields[name](given[name], path === null ? null : `${path}.${name}`, timeZone);
    if (read !== undefined) checked[name] = read;
  }
  return checked;
}

const text: Check = (value, path) => {
  if (typeof value === "string" && value !== "") return value;
  throw fault(path, `${path} is ${shown(value)}: pass a text that is not empty`);
};
const whole =
  (least: number): Check =>
  (value, path) => {
    assertInteger(value, path ?? "", least);
    return value + 0;
  };
const instant: Check = (value, path, timeZone) => epochMs(value as Instant, path ?? "", timeZone);
const flag: Check = (value, path) => {
  if (typeof value === "boolean") return value;
  throw fault(path, `${path} is ${shown(value)}: pass true or false`);
};
const day: Check = (value, path) => {
  try {
    dayNumber(value as string);
  } catch {
    throw fault(path, `${path} is ${shown(value)}: pass a day "YYYY-MM-DD"`);
  }
  return value;
};
const change: Check = (value, path) => {
  assertInteger(value, path ?? "");
  if (value !== 0) return value;
  throw fault(path, `${path} is 0: pass points to add (above 0) or to take (below 0)`);
};
const maybe =
  (check: Check): Check =>
  (value, path, timeZone) =>
    value === undefined ? undefined : check(value, path, timeZone);
const orNull =
  (check: Check): Check =>
  (value, path, timeZone) =>
    value === null ? null : check(value, path, timeZone);
const list =
  (check: Check, least = 0): Check =>
  (value, path, timeZone) => {
    assertArray(value, path ?? "");
    if (value.length < least) throw fault(path, `${path} is empty: pass at least one, or leave it out`);
    return value.map((item, i) => check(item, path === null ? null : `${path}[${i}]`, timeZone));
  };
const record =
  (fields: Fields): Check =>
  (value, path, timeZone) => {
    assertOptions(value, "an object", path ?? "");
    return checkFields(value, fields, path, timeZone);
  };
/** Lines of an order, each with an id of its own. */
const distinct =
  (check: Check): Check =>
  (value, path, timeZone) => {
    const lines = check(value, path, timeZone) as readonly { readonly lineId: string }[];
    if (lines.length < 2) return lines;
    const seen = new Set<string>();
    for (const [i, { lineId }] of lines.entries()) {
      if (seen.has(lineId))
        throw fault(
          `${path}[${i}].lineId`,
          `${path}[${i}].lineId is "${lineId}" a second time: lines have ids of their own`,
        );
      seen.add(lineId);
    }
    return lines;
  };

const base: Fields = { type: (value) => value, key: text, at: instant, recordedAt: maybe(instant) };
const by: Fields = { reason: text, actor: text };
const orderLine = record({
  lineId: text,
  productId: maybe(text),
  category: maybe(text),
  quantity: maybe(whole(1)),
  amount: whole(0),
});
const transferredLot = record({
  pointType: text,
  points: whole(1),
  earnedAt: instant,
  activeAt: instant,
  expiresAt: orNull(instant),
});

const COMMANDS: Readonly<Record<LoyaltyCommand["type"], Fields>> = {
  enroll: { ...base, memberId: text, birthday: maybe(day) },
  earn: {
    ...base,
    orderId: text,
    lines: maybe(distinct(list(orderLine))),
    paidWithPoints: maybe(whole(0)),
    channel: maybe(text),
    segmentIds: maybe(list(text)),
    visit: maybe(flag),
    event: maybe(text),
    memberId: maybe(text),
  },
  adjust: {
    ...base,
    ...by,
    pointType: maybe(text),
    points: change,
    activeAt: maybe(instant),
    expiresAt: maybe(orNull(instant)),
  },
  authorize: {
    ...base,
    holdId: text,
    pointType: maybe(text),
    points: whole(1),
    orderAmount: maybe(whole(0)),
    until: maybe(instant),
    orderId: maybe(text),
  },
  capture: { ...base, holdId: text, points: maybe(whole(1)) },
  void: { ...base, holdId: text },
  redeem: {
    ...base,
    redemptionId: text,
    pointType: maybe(text),
    points: maybe(whole(1)),
    rewardId: maybe(text),
    orderId: maybe(text),
    orderAmount: maybe(whole(0)),
    memberId: maybe(text),
  },
  reverseRedemption: { ...base, redemptionId: text, points: maybe(whole(1)) },
  clawBack: {
    ...base,
    orderId: text,
    lines: maybe(distinct(list(record({ lineId: text, quantity: whole(1) }), 1))),
    amount: maybe(whole(1)),
  },
  transferOut: { ...base, transferId: text, to: text, pointType: maybe(text), points: maybe(whole(1)) },
  transferIn: {
    ...base,
    transferId: text,
    from: text,
    lots: list(transferredLot),
    tier: maybe(orNull(text)),
  },
  expire: base,
  setTier: { ...base, ...by, tier: orNull(text), until: maybe(instant) },
  addMember: { ...base, memberId: text },
  removeMember: { ...base, memberId: text },
  close: { ...base, ...by },
};

/** @internal */
export function fault(path: string | null, message: string): ClienteleError {
  return new ClienteleError("INVALID_ARGUMENT", path ?? "", message);
}
