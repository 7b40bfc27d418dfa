import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { countsReporter } from "./test/counts-reporter.js";

const source = fileURLToPath(new URL("src/", import.meta.url));

export default defineConfig({
  resolve: {
    // Examples in the documentation import the package by its name: here that is its source.
    alias: [
      { find: /^clientele$/, replacement: `${source}index.ts` },
      { find: /^clientele\/([a-z]+)$/, replacement: `${source}$1/index.ts` },
    ],
  },
  test: {
    include: ["test/**/*.test.ts", "examples/**/*.test.ts"],
    // Library code has no global state, so test files may share one module graph: minutes become seconds.
    isolate: false,
    pool: "threads",
    testTimeout: 120_000,
    hookTimeout: 240_000,
    reporters: ["default", countsReporter(process.env.TEST_COUNTS)],
    coverage: { include: ["src/**"], reporter: ["text-summary", "html"] },
  },
});
