import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runReport } from "../src/run-report.js";

/** What a run of the command left behind. */
export interface Run {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
  /** Names of the files in the folder afterwards. */
  readonly files: readonly string[];
  readonly read: (name: string) => Promise<string>;
}

/** Runs the command in a new folder that holds these files. */
export async function runIn(
  files: Readonly<Record<string, string | Uint8Array>>,
  args: readonly string[],
): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), "clientele-report-"));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const written = { out: "", err: "" };
  const stream = (name: "out" | "err") => ({
    write: (text: string) => {
      written[name] += text;
    },
  });
  const exitCode = await runReport(args, { folder, out: stream("out"), err: stream("err") });
  return {
    exitCode,
    ...written,
    files: await readdir(folder),
    read: (name) => readFile(join(folder, name), "utf8"),
  };
}

/** The text of a page as a reader sees it, blanks run together. */
export function textOf(page: string): string {
  return page
    .replace(/<(style|svg)[\s\S]*?<\/\1>/g, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
}
