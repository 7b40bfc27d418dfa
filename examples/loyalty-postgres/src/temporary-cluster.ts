import { spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A server of its own in a folder of its own, reached through a socket there. */
export interface TemporaryCluster {
  /** What a client's environment needs. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): void;
}

/** Makes a cluster with `initdb` and starts it with `pg_ctl`; `null` where PostgreSQL is not installed. */
export function startTemporaryCluster(): TemporaryCluster | null {
  const programs = installedPrograms();
  if (programs === null) return null;
  const folder = mkdtempSync(join(tmpdir(), "ledger-"));
  const user = serverUser();
  if (user !== undefined) chownSync(folder, user.uid, user.gid);

  const run = (program: string, ...args: string[]): void => {
    const { status, stderr, error } = spawnSync(join(programs, program), args, {
      ...user,
      cwd: folder,
      encoding: "utf8",
      // pg_ctl's server keeps what it inherits: its output goes to a file.
      stdio: ["ignore", "ignore", "pipe"],
    });
    if (status !== 0) throw new Error(`${program} failed: ${stderr || error?.message}`);
  };
  const data = join(folder, "data");
  run(
    "initdb",
    "--pgdata",
    data,
    "--username=ledger",
    "--auth=trust",
    "--encoding=UTF8",
    "--no-locale",
    "--no-sync",
  );
  const settings = `-c listen_addresses='' -c unix_socket_directories=${folder} -c fsync=off -c max_connections=60`;
  run("pg_ctl", "start", "--wait", "--pgdata", data, "--log", join(folder, "log"), "--options", settings);
  return {
    environment: { PGHOST: folder, PGUSER: "ledger", PGDATABASE: "postgres", PGPORT: "5432" },
    stop() {
      run("pg_ctl", "stop", "--pgdata", data, "--mode", "immediate");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Where `initdb` and `pg_ctl` are: the newest of Debian's versions, or on the path. */
function installedPrograms(): string | null {
  const versions = "/usr/lib/postgresql";
  const folders = existsSync(versions)
    ? readdirSync(versions)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(versions, version, "bin"))
    : [];
  const onPath = (process.env.PATH ?? "").split(":");
  return [...folders, ...onPath].find((folder) => existsSync(join(folder, "initdb"))) ?? null;
}

/** PostgreSQL refuses to run as root: then as its own user, else as nobody. */
function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (option: string, name: string) => spawnSync("id", [option, name], { encoding: "utf8" });
  for (const name of ["postgres", "nobody"]) {
    const [uid, gid] = ["-u", "-g"].map((option) => idOf(option, name));
    if (uid?.status === 0 && gid?.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  return undefined;
}
