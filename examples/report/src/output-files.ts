import { mkdir, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { inputError, isInputError } from "./input/input-error.js";

/** Where a run writes. */
export interface OutputFiles {
  readonly report: string;
  /** Rejected rows; written where there are any. */
  readonly rejects: string;
}

/**
 * Which files does a run write? A path that ends in `.html` is the report, any other a folder.
 *
 * @param input - The user's file, which must be none of them; `null` without one.
 */
export async function outputFiles(path: string, input: string | null): Promise<OutputFiles> {
  const existing = await stat(path).catch(() => null);
  const report = /\.html?$/i.test(path) && !existing?.isDirectory() ? path : join(path, "report.html");
  const files = { report, rejects: report.replace(/\.html?$/i, "-rejects.csv") };
  for (const file of Object.values(files)) {
    if (input !== null && (await isSameFile(file, input))) {
      throw inputError(`${input} would be overwritten: pass another --out`);
    }
  }
  return files;
}

/** Makes way for the files of this run; rejects of an earlier run would contradict the report. */
export async function clearOutput({ report, rejects }: OutputFiles): Promise<void> {
  await writing(report, async () => {
    await mkdir(dirname(report), { recursive: true });
    await rm(rejects, { force: true });
  });
}

/** Does what writes a file; a failure says which file it was. */
export async function writing(path: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (isInputError(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw inputError(`${path} cannot be written: ${reason}; pass another --out`);
  }
}

/** By identity: two paths may lead to one file by links, or by the case of their letters. */
async function isSameFile(left: string, right: string): Promise<boolean> {
  if (left === right) return true;
  const [one, other] = await Promise.all(
    [left, right].map((path) => stat(path, { bigint: true }).catch(() => null)),
  );
  return Boolean(one && other && one.dev === other.dev && one.ino === other.ino);
}
