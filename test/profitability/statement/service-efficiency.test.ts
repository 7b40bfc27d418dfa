import { describe, expect, it } from "vitest";
import { interactionSchema } from "../../../src/model/interaction.js";
import { cycleTime } from "../../../src/profitability/statement/cycle-time.js";
import { firstResponseTime } from "../../../src/profitability/statement/first-response-time.js";
import { selfServiceShare } from "../../../src/profitability/statement/self-service-share.js";
import { thrown } from "../../core/thrown.js";

const HOUR = 3_600_000;
const at = (hours: number) => Date.UTC(2024, 2, 1) + hours * HOUR;

describe("firstResponseTime and cycleTime", () => {
  const cases = [
    { openedAt: at(0), firstResponseAt: at(1), closedAt: at(4) },
    { openedAt: at(0), firstResponseAt: at(2) },
    { openedAt: at(0), closedAt: at(3) },
    { openedAt: at(0), firstResponseAt: at(20) },
    { openedAt: at(12), firstResponseAt: at(13) },
  ];

  it("counts in those who wait, and those closed without an answer until then", () => {
    const first = firstResponseTime(cases, { asOf: at(10) });
    // Answered after 1 and 2 hours; censored at 3 (closed) and 10 (the answer after 20 is not known yet).
    expect([first.cases, first.done, first.waiting]).toEqual([4, 2, 2]);
    expect(first.curve.points.columns.time).toEqual([1, 2, 3, 10]);
    // Half have an answer from 2 hours on; the level stretch at exactly one half runs to the end at 10: its middle.
    expect(first.median.value).toBe(6);
    expect(first.ninetieth.value).toBeNull();
    const cycle = cycleTime(cases, { asOf: at(10) });
    expect([cycle.done, cycle.waiting]).toEqual([2, 2]);
    expect(cycle.curve.points.columns.time).toEqual([3, 4, 10]);
  });

  it("names bad rows", () => {
    const bad = (row: object) => thrown(() => cycleTime([row as (typeof cases)[0]], { asOf: at(10) }));
    expect(bad({})).toMatchObject({ code: "INVALID_ROWS", path: "cases[0].openedAt" });
    expect(bad({ openedAt: at(2), closedAt: at(1) }).message).toContain("is before openedAt");
    expect(bad({ openedAt: at(2), closedAt: "soon" }).path).toBe("cases[0].closedAt");
  });
});

describe("selfServiceShare", () => {
  it("takes interactions; outbound ones are not counted", () => {
    const shared = { customerId: "C", at: at(0), channel: "web", planned: false, purpose: "order" };
    const contacts = [
      interactionSchema.parse({ ...shared, id: "1", direction: "inbound" }),
      interactionSchema.parse({ ...shared, id: "2", direction: "inbound", staffId: "dewi" }),
      interactionSchema.parse({ ...shared, id: "3", direction: "outbound" }),
    ];
    expect(selfServiceShare(contacts)).toEqual({
      share: { value: 0.5, numerator: 1, denominator: 2, reason: null },
      cost: null,
      saved: null,
    });
  });
  it("nobody came; one cost needs the other", () => {
    expect(selfServiceShare([]).share.reason).toBe("inbound contacts: 0");
    expect(thrown(() => selfServiceShare([], { costWithStaff: 5 })).path).toBe("options.costOfSelfService");
    expect(thrown(() => selfServiceShare([{ direction: "in" as "inbound" }])).path).toBe(
      "contacts[0].direction",
    );
  });
});
