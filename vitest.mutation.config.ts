import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** A mutant dies with the first test that fails: random histories of the ledger, seconds long, come last. */
class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isSlow = ({ moduleId }: TestSpecification) => /loyalty\/(simulation|properties)/.test(moduleId);
    return [...files.filter((file) => !isSlow(file)), ...files.filter(isSlow)];
  }
}

/** The tests of single files alone: those of the whole read sources as text, which a mutant does not change. */
export default defineConfig({
  test: {
    include: [
      "test/{core,statistics,published}/**/*.test.ts",
      "test/loyalty/{ledger,tiers,earning,mutants}/**/*.test.ts",
      "test/loyalty/{scenarios*,simulation,properties*}.test.ts",
    ],
    sequence: { sequencer: QuickFirst },
    testTimeout: 60_000,
  },
});
