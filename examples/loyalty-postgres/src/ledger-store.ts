import {
  ClienteleError,
  decideLoyalty,
  emptyLoyaltyAccount,
  foldLoyalty,
  type LoyaltyAccount,
  type LoyaltyCommand,
  type LoyaltyDecision,
  type LoyaltyEvent,
  type LoyaltyProgram,
  type LoyaltyRefusal,
  parseLoyaltyEvents,
  type Result,
  transferPoints,
} from "clientele";
import { type Database, isPassing, type Query } from "./database.js";
import { TABLES } from "./tables.js";

/** A points ledger in a database. */
export interface LedgerStore {
  /** Makes the tables where there are none. */
  prepare(): Promise<void>;
  /** Decides a command on the account as it is stored, and stores what it comes to. */
  send(accountId: string, command: LoyaltyCommand): Promise<Result<LoyaltyDecision, LoyaltyRefusal>>;
  /** Moves points between two accounts: both sides are stored, or neither. */
  transfer(fromId: string, toId: string, transfer: TransferRequest): Promise<TransferResult>;
  /** The account as its stored events make it. */
  account(accountId: string): Promise<LoyaltyAccount>;
  /** All events of an account, checked. */
  events(accountId: string): Promise<readonly LoyaltyEvent[]>;
  /** How often work was done again, and why. */
  readonly retries: Readonly<Record<string, number>>;
}

type TransferRequest = Parameters<typeof transferPoints>[3];
type TransferResult = ReturnType<typeof transferPoints>;

/** Events since the last snapshot before the next one is taken. */
const SNAPSHOT_EVERY = 50;
const MOST_ATTEMPTS = 100;

export function ledgerStore(database: Database, program: LoyaltyProgram): LedgerStore {
  const retries: Record<string, number> = {};

  /** The same command again is the same answer, so whatever may pass is simply tried again. */
  async function again<T>(work: (query: Query) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await database.transaction(work);
      } catch (error) {
        if (error instanceof ClienteleError || !isPassing(error) || attempt === MOST_ATTEMPTS) throw error;
        const code = String((error as { readonly code?: unknown }).code ?? "connection lost");
        retries[code] = (retries[code] ?? 0) + 1;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(200, 5 * attempt)));
      }
    }
  }

  return {
    retries,
    prepare: () =>
      database.transaction(async (query) => {
        for (const statement of TABLES.split(";").filter((text) => text.trim() !== ""))
          await query(statement);
      }),

    send: (accountId, command) =>
      again(async (query) => {
        const { account, snapshotSeq } = await load(query, accountId);
        const decision = decideLoyalty(program, account, command);
        if (decision.ok) await append(query, decision.value, snapshotSeq);
        return decision;
      }),

    transfer: (fromId, toId, request) =>
      again(async (query) => {
        const from = await load(query, fromId);
        const to = await load(query, toId);
        const decision = transferPoints(program, from.account, to.account, request);
        if (!decision.ok) return decision;
        const sides = [
          { id: fromId, decision: decision.value.from, snapshotSeq: from.snapshotSeq },
          { id: toId, decision: decision.value.to, snapshotSeq: to.snapshotSeq },
        ];
        // In the order of their ids, so that two transfers that cross do not wait for each other.
        sides.sort((a, b) => (a.id < b.id ? -1 : 1));
        for (const side of sides) await append(query, side.decision, side.snapshotSeq);
        return decision;
      }),

    account: (accountId) => again(async (query) => (await load(query, accountId)).account),

    events: (accountId) => again(async (query) => parseLoyaltyEvents(await eventsAfter(query, accountId, 0))),
  };
}

async function load(query: Query, accountId: string) {
  const [snapshot] = await query("select seq, account from loyalty_snapshot where account_id = $1", [
    accountId,
  ]);
  const snapshotSeq = snapshot === undefined ? 0 : Number(snapshot.seq);
  const start =
    snapshot === undefined ? emptyLoyaltyAccount(accountId) : (snapshot.account as LoyaltyAccount);
  const events = (await eventsAfter(query, accountId, snapshotSeq)) as readonly LoyaltyEvent[];
  return { account: foldLoyalty(events, start), snapshotSeq };
}

async function eventsAfter(query: Query, accountId: string, seq: number): Promise<readonly unknown[]> {
  const rows = await query(
    "select event from loyalty_event where account_id = $1 and seq > $2 order by seq",
    [accountId, seq],
  );
  return rows.map(({ event }) => event);
}

async function append(
  query: Query,
  { events, account }: LoyaltyDecision,
  snapshotSeq: number,
): Promise<void> {
  for (const event of events) {
    await query(
      "insert into loyalty_event (account_id, seq, key, recorded_at, event) values ($1, $2, $3, $4, $5)",
      [event.accountId, event.seq, event.key, event.recordedAt, JSON.stringify(event)],
    );
  }
  if (account.seq - snapshotSeq < SNAPSHOT_EVERY) return;
  await query(
    `insert into loyalty_snapshot (account_id, seq, account) values ($1, $2, $3)
     on conflict (account_id) do update set seq = excluded.seq, account = excluded.account
     where loyalty_snapshot.seq < excluded.seq`,
    [account.accountId, account.seq, JSON.stringify(account)],
  );
}
