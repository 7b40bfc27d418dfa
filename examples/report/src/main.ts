import { runReport } from "./run-report.js";

// npm runs scripts in the package's folder; the user's own folder is in INIT_CWD.
process.exitCode = await runReport(process.argv.slice(2), {
  folder: process.env.INIT_CWD ?? process.cwd(),
  out: process.stdout,
  err: process.stderr,
});
