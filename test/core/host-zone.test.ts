import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const probe = fileURLToPath(new URL("host-zone-probe.ts", import.meta.url));

async function resultsUnder(timeZone: string): Promise<{ hostOffset: string; results: string }> {
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", probe], {
    env: { ...process.env, TZ: timeZone },
  });
  const [hostOffset = "", results = ""] = stdout.split("\n");
  return { hostOffset, results };
}

describe("the zone of the host", () => {
  it("trap 4: time zone: does not change any result", async () => {
    const zones = ["UTC", "Asia/Jakarta", "America/Sao_Paulo", "Pacific/Apia"];
    const hosts = await Promise.all(zones.map(resultsUnder));
    // The hosts differ, so equal results mean something.
    expect(new Set(hosts.map(({ hostOffset }) => hostOffset)).size).toBe(4);
    const [utc] = hosts;
    expect(utc?.results.length).toBeGreaterThan(1000);
    for (const { results } of hosts) expect(results).toBe(utc?.results);
  });
});
