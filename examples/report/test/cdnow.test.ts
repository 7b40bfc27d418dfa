import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { runIn, textOf } from "./files.js";

// The CDNOW data set (Fader & Hardie 2001) is not part of the project.
const folder = fileURLToPath(new URL("../../../../shared/data/", import.meta.url));
const master = `${folder}CDNOW_master.txt`;
const sample = `${folder}CDNOW_sample.txt`;

describe("CDNOW", () => {
  test.skipIf(!existsSync(master))("the file as it is (needs ../shared/data/CDNOW_master.txt)", async () => {
    const run = await runIn({ "CDNOW_master.txt": readFileSync(master, "utf8") }, [
      ...[
        "--transactions",
        "CDNOW_master.txt",
        "--currency",
        "USD",
        "--zone",
        "UTC",
        "--as-of",
        "1998-07-01",
      ],
    ]);
    expect([run.exitCode, run.err]).toEqual([0, ""]);
    const page = textOf(await run.read("report.html"));
    expect(page).toContain(
      "69,659 rows were read from CDNOW_master.txt (80 of them zero); none was rejected.",
    );
    expect(page).toContain("23,570 customers with transactions, from January 1, 1997 to June 30, 1998");
    expect(page).toContain("2,500,315.63 USD in all");
    expect(page).toContain("Active customers 8,332 of 23,570 who ever bought; 15,238 are inactive");
    expect(run.out).toContain("23,570 customers: 8,332 active, 15,238 inactive");
  });

  test.skipIf(!existsSync(sample))(
    "its sample, without a header, by column numbers (needs ../shared/data/CDNOW_sample.txt)",
    async () => {
      const args = ["--transactions", "sample.txt", "--currency", "USD"];
      const files = { "sample.txt": readFileSync(sample, "utf8") };
      const unmapped = await runIn(files, args);
      expect([unmapped.exitCode, unmapped.files]).toEqual([1, ["sample.txt"]]);
      expect(unmapped.err).toContain("--map customer=1,at=3,amount=5");
      const run = await runIn(files, [...args, "--map", "customer=2,at=3,amount=5"]);
      // 6,919 lines and 2,357 customers, as the authors describe the sample.
      expect(run.out).toMatch(/6,919 rows[\s\S]*2,357 customers/);
    },
  );
});
