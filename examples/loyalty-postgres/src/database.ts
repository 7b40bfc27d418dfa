import { PGlite } from "@electric-sql/pglite";
import pg from "pg";

/** Runs one statement and gives its rows. */
export type Query = (
  text: string,
  values?: readonly unknown[],
) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** What the ledger needs of a database: work that is done whole or not at all. */
export interface Database {
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** PostgreSQL inside this process: nothing to install, one connection. */
export async function openPGlite(): Promise<Database> {
  const database = await PGlite.create();
  return {
    transaction: (work) =>
      database.transaction((transaction) =>
        work(async (text, values = []) => {
          const { rows } = await transaction.query<Record<string, unknown>>(text, [...values]);
          return rows;
        }),
      ) as ReturnType<typeof work>,
    close: () => database.close(),
  };
}

/** A server: `DATABASE_URL`, or what PGHOST, PGUSER and PGDATABASE say. */
export function openServer(connections = 2): Database {
  const connectionString = process.env.DATABASE_URL;
  const pool = new pg.Pool({
    ...(connectionString === undefined ? {} : { connectionString }),
    max: connections,
    application_name: "loyalty-ledger",
  });
  // An idle connection that the server ends is replaced when the next one is needed.
  pool.on("error", () => {});
  return {
    async transaction(work) {
      const client = await pool.connect();
      // Without a listener a connection that breaks between two statements would end the process.
      const ignore = () => {};
      client.on("error", ignore);
      let broken: Error | undefined;
      try {
        await client.query("begin");
        const result = await work(async (text, values = []) => (await client.query(text, [...values])).rows);
        await client.query("commit");
        return result;
      } catch (error) {
        await client.query("rollback").catch((failure: Error) => {
          broken = failure;
        });
        throw error;
      } finally {
        client.off("error", ignore);
        client.release(broken);
      }
    },
    close: () => pool.end(),
  };
}

/** Whether the same work may be done again: another was faster, or the connection is gone. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { readonly code?: unknown }).code;
  if (typeof code === "string" && PASSING.has(code)) return true;
  return /connection terminated|connection ended|not queryable|timeout exceeded/i.test(error.message);
}

const PASSING = new Set([
  "23505", // unique_violation: another command took this place in the account's history, or this key
  "40001", // serialization_failure
  "40P01", // deadlock_detected
  "57P01", // admin_shutdown: the connection was ended by somebody
  "57P02",
  "57P03", // the server is starting
  "08000",
  "08003",
  "08006",
  "ECONNRESET",
  "ECONNREFUSED",
  "EPIPE",
]);
