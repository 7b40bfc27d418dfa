/**
 * Events are only ever added. Two commands that were decided on the same state want the same `seq`, and the second one
 * fails: that is the optimistic lock. A command that is sent twice wants the same `key`, and fails as well.
 */
export const TABLES = `
create table if not exists loyalty_event (
  account_id text not null,
  seq integer not null check (seq > 0),
  key text,
  recorded_at bigint not null,
  event jsonb not null,
  primary key (account_id, seq),
  unique (account_id, key)
);
create table if not exists loyalty_snapshot (
  account_id text primary key,
  seq integer not null,
  account jsonb not null
);
`;
