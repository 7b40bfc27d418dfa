import { writeFileSync } from "node:fs";
import type { Reporter } from "vitest/node";

/**
 * Writes `N passed, N failed` (and `, N skipped` where any were) to the file, for a caller that wants the figures
 * without reading the report. A file that breaks before its tests are known counts as one failure.
 */
export function countsReporter(file: string | undefined): Reporter {
  return {
    onTestRunEnd(modules, unhandledErrors) {
      if (!file) return;
      const count = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 };
      for (const module of modules) {
        let failed = 0;
        for (const test of module.children.allTests()) {
          const { state } = test.result();
          count[state]++;
          if (state === "failed") failed++;
        }
        if (failed === 0 && module.state() === "failed") count.failed++;
      }
      const skipped = count.skipped + count.pending;
      const skippedPart = skipped > 0 ? `, ${skipped} skipped` : "";
      writeFileSync(file, `${count.passed} passed, ${count.failed} failed${skippedPart}\n`);
    },
  };
}
