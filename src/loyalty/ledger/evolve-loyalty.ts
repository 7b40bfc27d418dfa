import { assertArray, shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import { safeInteger } from "../../core/safe-integer.js";
import { type AccountDraft, eventFault, holdingsOf } from "./account-draft.js";
import { applyEvent, applySlides } from "./apply-event.js";
import { addById, copyById } from "./by-id.js";
import type { PointAccount, PointPosting } from "./event-parts.js";
import { copyLots } from "./lot-list.js";
import { emptyLoyaltyAccount, type LoyaltyAccount } from "./loyalty-account.js";
import type { LoyaltyEvent } from "./loyalty-event.js";
import { answerOf } from "./outcome.js";
import { copyMap } from "./sorted-map.js";

/**
 * What does an account look like after one more event?
 *
 * Nothing is decided here: the event says which lots it takes from, when points lapse, which level holds. What does not fit
 * the account is refused rather than booked. It is no audit: postings that come to zero are believed, whatever the event's lots
 * say. {@link parseLoyaltyEvents} holds each event against itself, {@link checkLedger} all of them against each other.
 *
 * @param account - The account as its events so far made it; it is not changed.
 * @param event - Its next event.
 * @returns The account after it.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the event is of another account, of an unknown version or type, not
 * the next one (`seq`), booked before the last one, when its postings do not come to zero, or when it takes points that are
 * not there; `UNSAFE_INTEGER` when a balance leaves the range of exact integers.
 * @example
 * ```ts
 * import { decideLoyalty, defineProgram, emptyLoyaltyAccount, evolveLoyalty } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 * });
 * const before = emptyLoyaltyAccount("A-1");
 * const enrolled = decideLoyalty(program, before, { type: "enroll", key: "k1", at: "2025-01-01", memberId: "M-1" });
 * enrolled.ok && evolveLoyalty(before, enrolled.value.events[0]).status; // => "open"
 * ```
 */
export function evolveLoyalty(account: LoyaltyAccount, event: LoyaltyEvent): LoyaltyAccount {
  const draft = privateAccount(account);
  applyNext(draft, event, false);
  return draft;
}

/**
 * What does an account look like after all its events?
 *
 * The same as {@link evolveLoyalty} one by one, several times faster: it works in a copy of its own. It believes what the events
 * say: what a store gives back is audited by {@link checkLedger}.
 *
 * @param events - Events of one account in order.
 * @param account - What earlier events made of it; default an account without events. It is not changed.
 * @returns The account after them.
 * @throws {@link ClienteleError} as {@link evolveLoyalty}; `INVALID_ARGUMENT` when there is neither an event nor an account.
 * @example
 * ```ts
 * import { decideLoyalty, defineProgram, emptyLoyaltyAccount, foldLoyalty } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 * });
 * const command = { type: "enroll", key: "k1", at: "2025-01-01", memberId: "M-1" } as const;
 * const enrolled = decideLoyalty(program, emptyLoyaltyAccount("A-1"), command);
 * enrolled.ok && foldLoyalty(enrolled.value.events).memberId; // => "M-1"
 * ```
 */
export function foldLoyalty(events: readonly LoyaltyEvent[], account?: LoyaltyAccount): LoyaltyAccount {
  assertArray(events, "events");
  if (account === undefined && events.length === 0) {
    throw new ClienteleError(
      "INVALID_ARGUMENT",
      "events",
      "events is empty and no account is given: pass at least one event, or emptyLoyaltyAccount(id)",
    );
  }
  // Of an empty account nobody else has anything.
  const draft =
    account === undefined
      ? (emptyLoyaltyAccount(events[0].accountId) as AccountDraft)
      : withOwnMaps(privateAccount(account));
  for (const event of events) applyNext(draft, event, true);
  return draft;
}

function applyNext(account: AccountDraft, event: LoyaltyEvent, own: boolean): void {
  checkHeader(account, event);
  applyPostings(account, event.postings);
  applyEvent(account, event, own);
  if (event.slides !== undefined) applySlides(account, event);
  account.seq = event.seq;
  account.recordedAt = event.recordedAt;
  if (event.key !== null) {
    account.keys = addById(account.keys, answerOf(event, event.key), own);
  }
}

function checkHeader(account: AccountDraft, event: LoyaltyEvent): void {
  if (event.version !== 1) {
    throw eventFault(
      "version",
      `event.version is ${shown(event.version)}: this package reads version 1, update it`,
    );
  }
  if (event.accountId !== account.accountId) {
    throw eventFault(
      "accountId",
      `event.accountId is ${shown(event.accountId)}: the account is ${shown(account.accountId)}`,
    );
  }
  if (event.seq !== account.seq + 1) {
    throw eventFault(
      "seq",
      `event.seq is ${shown(event.seq)}: the account's next event is ${account.seq + 1}`,
    );
  }
  if (!Number.isSafeInteger(event.at) || !Number.isSafeInteger(event.recordedAt)) {
    throw eventFault(
      "at",
      `event.at is ${shown(event.at)}, recordedAt ${shown(event.recordedAt)}: pass epoch milliseconds`,
    );
  }
  if (account.recordedAt !== null && event.recordedAt < account.recordedAt) {
    throw eventFault(
      "recordedAt",
      `event.recordedAt is ${event.recordedAt}, before the account's last, ${account.recordedAt}: events are booked in order`,
    );
  }
  if ((event.type === "enrolled") !== (account.status === "new") || account.status === "closed") {
    throw eventFault("type", `event.type is ${shown(event.type)}: the account is ${account.status}`);
  }
}

function applyPostings(account: AccountDraft, postings: readonly PointPosting[]): void {
  let pointType: string | undefined;
  let balances: Record<PointAccount, number> | undefined;
  let sum = 0;
  let types = 0;
  for (const posting of postings) {
    if (balances === undefined || posting.pointType !== pointType) {
      pointType = posting.pointType;
      balances = holdingsOf(account, pointType).balances;
      types++;
    }
    const before = balances[posting.account];
    if (before === undefined || !Object.hasOwn(balances, posting.account)) {
      throw eventFault(
        "postings",
        `event.postings names account ${shown(posting.account)}, which there is not`,
      );
    }
    const after = before + posting.points;
    if (!Number.isSafeInteger(after)) {
      if (!Number.isInteger(posting.points)) {
        throw eventFault(
          "postings",
          `event.postings has ${shown(posting.points)} points for "${posting.account}": points are whole numbers`,
        );
      }
      safeInteger(after, "event.postings", `the balance of "${posting.account}"`);
    }
    balances[posting.account] = after;
    sum += posting.points;
  }
  if (types > 1 || sum !== 0) checkSums(postings);
}

/** Each type of point comes to zero. */
function checkSums(postings: readonly PointPosting[]): void {
  const sums = new Map<string, number>();
  for (const { pointType, points } of postings) sums.set(pointType, (sums.get(pointType) ?? 0) + points);
  for (const [pointType, sum] of sums) {
    if (sum !== 0) {
      throw eventFault(
        "postings",
        `event.postings of ${shown(pointType)} come to ${shown(sum)}: what leaves one account enters another`,
      );
    }
  }
}

/** A copy whose own fields and holdings may be changed; the nodes of its maps may not. */
function privateAccount(account: LoyaltyAccount): AccountDraft {
  const points: AccountDraft["points"] = {};
  const draft = { ...account, points };
  for (const pointType of Object.keys(account.points)) {
    const holdings = account.points[pointType];
    const copy = { ...holdings, balances: { ...holdings.balances } };
    // Not by assignment to a name that an object may have already.
    if (pointType in points) draft.points = { ...draft.points, [pointType]: copy };
    else draft.points[pointType] = copy;
  }
  return draft;
}

function withOwnMaps(account: AccountDraft): AccountDraft {
  account.lots = copyLots(account.lots);
  account.pending = copyMap(account.pending);
  account.orders = copyById(account.orders);
  account.redemptions = copyById(account.redemptions);
  account.holds = copyById(account.holds);
  account.holdEnds = copyMap(account.holdEnds);
  account.paidWithPoints = copyMap(account.paidWithPoints);
  account.bookedBeforeMerge = copyMap(account.bookedBeforeMerge);
  account.transfers = copyMap(account.transfers);
  account.keys = copyById(account.keys);
  account.counters = copyMap(account.counters);
  account.days = copyMap(account.days);
  for (const holdings of Object.values(account.points)) {
    holdings.expiring = copyMap(holdings.expiring);
    holdings.aging = copyMap(holdings.aging);
    holdings.sliding = copyMap(holdings.sliding);
    holdings.lapsed = copyMap(holdings.lapsed);
  }
  return account;
}
