import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The project's folder. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** `clientele` and each `clientele/<folder>`. */
export const specifiers: readonly string[] = Object.keys(manifest.exports)
  .filter((path) => path !== "./package.json")
  .map((path) => path.replace(/^\./, "clientele"));

/** The package is tested as it was built: `npm test` builds first, a single test file does not. */
export function assertBuilt(): void {
  if (!existsSync(join(root, "dist/index.d.cts")))
    throw new Error("dist/ is missing or has no types: npm run build");
}

/** What a command printed, and how it ended. */
export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** An application into which the packed package is installed, as a user would get it from the registry. */
export interface PackedApp {
  readonly folder: string;
  readonly tarball: string;
  /** The paths in the tarball, relative to the package. */
  readonly files: readonly string[];
  /** Writes a file and gives its path. */
  write(path: string, text: string): string;
  node(args: readonly string[]): Promise<Outcome>;
  /** Type-checks with a `tsconfig.json` of these options and files. */
  typeCheck(options: Readonly<Record<string, unknown>>, files: readonly string[]): Promise<Outcome>;
  remove(): void;
}

/** Packs `dist` as it is and installs the tarball, with zod beside it, into a new folder. */
export async function packedApp(): Promise<PackedApp> {
  assertBuilt();
  const folder = mkdtempSync(join(tmpdir(), "clientele-app-"));
  const packed = await run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
    cwd: root,
  });
  const [{ filename, files }] = JSON.parse(packed.stdout);
  const tarball = join(folder, filename);
  const app = join(folder, "app");
  const write = (path: string, text: string): string => {
    const file = join(app, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  write("package.json", JSON.stringify({ name: "app", private: true }));
  const zod = `zod@${manifest.devDependencies.zod}`;
  const quiet = ["--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"];
  await run("npm", ["install", ...quiet, tarball, zod], { cwd: app });
  return {
    folder: app,
    tarball,
    files: files.map((file: { path: string }) => file.path),
    write,
    node: (args) => outcome(process.execPath, args, app),
    typeCheck: (options, names) => {
      const compilerOptions = { noEmit: true, strict: true, skipLibCheck: false, types: [], ...options };
      const project = write(`tsconfig-${names[0]}.json`, JSON.stringify({ compilerOptions, files: names }));
      return outcome(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", project], app);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Runs a command to its end, whatever that is. */
export async function outcome(command: string, args: readonly string[], cwd: string): Promise<Outcome> {
  try {
    const { stdout, stderr } = await run(command, args, { cwd, maxBuffer: 1e8 });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout = "", stderr = "", message } = error as Error & Partial<Record<string, string>>;
    return { code: Number(code) || 1, output: stdout + stderr || message };
  }
}
