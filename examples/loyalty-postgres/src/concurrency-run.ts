import { runConcurrency } from "./concurrency.js";
import { startTemporaryCluster } from "./temporary-cluster.js";

// `npm run concurrency -- 8 1000 20`: workers, operations of each, accounts.

const [workers = 6, operations = 500, accounts = 20] = process.argv.slice(2).map(Number);
const cluster = process.env.DATABASE_URL === undefined ? startTemporaryCluster() : null;
if (process.env.DATABASE_URL === undefined && cluster === null) {
  console.log(
    "Not run: there is no DATABASE_URL and PostgreSQL is not installed (apt-get install postgresql).",
  );
} else {
  Object.assign(process.env, cluster?.environment);
  try {
    const report = await runConcurrency({ workers, operations, accounts, killOneIn: 50, endOneIn: 20 });
    console.log(report);
    process.exitCode = report.problems.length === 0 ? 0 : 1;
  } finally {
    cluster?.stop();
  }
}
