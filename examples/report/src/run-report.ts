import { writeFile } from "node:fs/promises";
import { basename, relative, resolve } from "node:path";
import { type Command, helpText, readCommand } from "./command-line.js";
import { isInputError } from "./input/input-error.js";
import { type LoadedTransactions, loadTransactions } from "./input/load-transactions.js";
import { describeReject, writeRejects } from "./input/rejected-lines.js";
import { clearOutput, outputFiles, writing } from "./output-files.js";
import { type MessageStream, progressLine } from "./progress.js";
import type { ReportInput } from "./report/report-input.js";
import { reportPage } from "./report/report-page.js";
import { terminalSummary } from "./report/terminal-summary.js";
import { reportOnFile, reportOnSample } from "./sources.js";

/** The outside world of a run. */
export interface Surroundings {
  /** Paths of the command are relative to this folder. */
  readonly folder: string;
  /** Takes the summary. */
  readonly out: MessageStream;
  /** Takes progress and errors. */
  readonly err: MessageStream;
}

/** How many rejected rows the terminal shows. */
const SHOWN_REJECTS = 5;

/** Runs the command and returns its exit code: 0, or 1 with a message that says what to put right. */
export async function runReport(
  args: readonly string[],
  { folder, out, err }: Surroundings,
): Promise<number> {
  try {
    const command = readCommand(args);
    if (command.help) {
      out.write(helpText);
      return 0;
    }
    const started = performance.now();
    const source = command.file && resolve(folder, command.file.transactions);
    const files = await outputFiles(resolve(folder, command.out), source);
    const { input, loaded } = await gather(command, folder, files.rejects, err);
    const page = await reportPage(input);
    await clearOutput(files);
    if (loaded && loaded.rejected > 0) {
      await writing(files.rejects, () => writeRejects(files.rejects, loaded.layout.header, loaded.rejects()));
      out.write(rejectsText(loaded, shownPath(folder, files.rejects)));
    }
    await writing(files.report, () => writeFile(files.report, page));
    out.write(`\n${terminalSummary(input)}\n\n`);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    out.write(`${shownPath(folder, files.report)} written in ${seconds} s\n`);
    return 0;
  } catch (error) {
    if (!isInputError(error)) throw error;
    err.write(`${error.message}\n`);
    return 1;
  }
}

async function gather(
  command: Command,
  folder: string,
  rejectsFile: string,
  err: MessageStream,
): Promise<{ input: ReportInput; loaded: LoadedTransactions | null }> {
  if (!command.file) return { input: reportOnSample(command), loaded: null };
  const file = { ...command.file, transactions: resolve(folder, command.file.transactions) };
  const progress = progressLine(file.transactions, err);
  const loaded = await loadTransactions(file, progress.update).finally(progress.end);
  return { input: reportOnFile(command, file, loaded, basename(rejectsFile)), loaded };
}

function rejectsText({ rejected, rowsRead, firstRejects, hint }: LoadedTransactions, file: string): string {
  const lines = firstRejects.slice(0, SHOWN_REJECTS).map((reject) => `  ${describeReject(reject)}`);
  const more = rejected > lines.length ? [`  ... and ${rejected - lines.length} more`] : [];
  const heading = `${rejected} of ${rowsRead} rows rejected, written to ${file}:`;
  return `${[heading, ...lines, ...more, ...hint].join("\n")}\n`;
}

/** As the user would type it: relative where it lies in the user's folder. */
function shownPath(folder: string, path: string): string {
  const inside = relative(folder, path);
  return inside.startsWith("..") ? path : inside;
}
