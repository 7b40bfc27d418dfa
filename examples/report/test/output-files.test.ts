import { link, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runIn } from "./files.js";
import { ARGS, SHOP } from "./shop-file.js";

describe("what is written", () => {
  it.each([
    ["report-rejects.csv", "report.html"],
    ["shop.html", "shop.html"],
    ["shop.html", "./more/../shop.html"],
  ])("is never the user's own file: %s with --out %s", async (name, out) => {
    const run = await runIn({ [name]: SHOP }, [
      ...["--transactions", name, "--currency", "USD", "--as-of", "2024-01-01", "--out", out],
    ]);
    expect(run.exitCode).toBe(1);
    expect(run.err).toContain(`${name} would be overwritten: pass another --out`);
    expect(run.files).toEqual([name]);
    expect(await run.read(name)).toBe(SHOP);
  });

  it("is told apart from the user's file by the file, not by its name", async () => {
    const folder = await mkdtemp(join(tmpdir(), "clientele-link-"));
    await writeFile(join(folder, "sales.csv"), SHOP);
    await link(join(folder, "sales.csv"), join(folder, "report.html"));
    const run = await runIn({}, [
      ...["--transactions", join(folder, "sales.csv"), "--currency", "USD", "--out", folder],
    ]);
    expect([run.exitCode, run.err]).toEqual([1, expect.stringContaining("would be overwritten")]);
  });

  it("replaces what an earlier run has rejected", async () => {
    const run = await runIn({ "shop.csv": SHOP, "report-rejects.csv": "row" }, ARGS);
    expect(run.files.toSorted()).toEqual(["report.html", "shop.csv"]);
  });

  it("says where it cannot be written", async () => {
    const run = await runIn({ "shop.csv": SHOP }, [...ARGS, "--out", "shop.csv/report.html"]);
    expect(run.exitCode).toBe(1);
    expect(run.err).toMatch(/report\.html cannot be written: .*; pass another --out/);
  });
});
