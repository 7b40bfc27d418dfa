import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDuration, type Duration } from "../../../src/core/duration.js";
import { epochMs, type Instant } from "../../../src/core/instant.js";
import { eachTermEnd } from "../../../src/retention/contracts/contract-terms.js";
import type { BillingInterval } from "../../../src/retention/revenue/normalized-revenue.js";

const DAY = 86_400_000;
const DURATIONS: Readonly<Record<BillingInterval["unit"], Duration>> = {
  day: { days: 1 },
  week: { weeks: 1 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { years: 1 },
};

describe("eachTermEnd", () => {
  it("gives what addDuration gives, term by term, in zones of every kind", () => {
    const unit = fc.constantFrom(...(Object.keys(DURATIONS) as BillingInterval["unit"][]));
    const count = fc.integer({ min: 1, max: 4 });
    const zone = fc.constantFrom(
      "UTC",
      "America/New_York",
      "Asia/Jakarta",
      "Pacific/Apia",
      "America/Sao_Paulo",
      "Australia/Lord_Howe",
    );
    // Half hours of 2008 to 2014, in which Apia skips a day.
    const halfHour = fc.nat(6 * 365 * 48).map((n) => Date.UTC(2008, 0, 1) + n * 1_800_000);
    const startAt = fc.tuple(halfHour, fc.boolean());
    fc.assert(
      fc.property(
        unit,
        count,
        zone,
        startAt,
        fc.tuple(fc.nat(1000), fc.nat(400)),
        (unit, count, timeZone, [ms, isDay], [wait, length]) => {
          const anchor: Instant = isDay ? new Date(ms).toISOString().slice(0, 10) : ms;
          const at = epochMs(anchor, "anchor", timeZone);
          const window = { start: at + wait * DAY, end: at + (wait + length) * DAY };
          const found: number[] = [];
          eachTermEnd({ unit, count }, { at, isDay }, window, timeZone, (end) => found.push(end));
          const expected: number[] = [];
          for (let times = 1; ; times++) {
            const end = addDuration(anchor, DURATIONS[unit], { timeZone, times: times * count });
            if (end >= window.end) break;
            if (end >= window.start) expected.push(end);
          }
          expect(found).toEqual(expected);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
