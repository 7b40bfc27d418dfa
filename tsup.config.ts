import { existsSync, readdirSync } from "node:fs";
import { defineConfig } from "tsup";

const folders = readdirSync("src").filter((name) => existsSync(`src/${name}/index.ts`));

/** One entry for each subpath export: `clientele` itself and `clientele/<folder>`. */
const entry = Object.fromEntries([
  ["index", "src/index.ts"],
  ...folders.map((folder) => [`${folder}/index`, `src/${folder}/index.ts`]),
]);

export default defineConfig({
  entry,
  format: ["esm", "cjs"],
  target: "es2022",
  platform: "neutral",
  // Shared chunks in both formats, so that a class or a cache imported through two subpaths is one and the same.
  splitting: true,
  clean: true,
  treeshake: false,
  dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
});
