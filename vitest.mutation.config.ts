import { defineConfig } from "vitest/config";

/** The tests of single files alone: those of the whole read sources as text, which a mutant does not change. */
export default defineConfig({
  test: {
    include: ["test/{core,statistics,published}/**/*.test.ts"],
    testTimeout: 60_000,
  },
});
