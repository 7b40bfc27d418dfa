import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDuration } from "../../../src/core/duration.js";
import { rows } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import type { WinBackContact } from "../../../src/retention/purchases/win-back-outcome.js";
import { winBackRate } from "../../../src/retention/purchases/win-back-rate.js";
import { thrown } from "../../core/thrown.js";
import { plainFacts, plainLog, plainOptions } from "../../history/plain-log.js";
import { referenceLog } from "../../history/reference-log.js";

const at = "2024-02-01";
const contacts = (ids: string) => [...ids].map((customerId) => ({ customerId, at }));

describe("winBackRate on the reference log", () => {
  it("C and E and F contacted on 2024-02-01: C buys on 2024-02-29", () => {
    const result = winBackRate(referenceLog, contacts("CEF"), {
      asOf: "2025-01-01",
      within: { days: 60 },
      inactiveFor: null,
    });
    expect(result.rate).toEqual({ value: 1 / 3, numerator: 1, denominator: 3, reason: null });
    expect([result.counted, result.wonBack]).toEqual([3, 1]);
    expect(rows(result.contacts)).toEqual([
      { customerId: "C", at: Date.parse(at), outcome: "wonBack", wonBackAt: Date.UTC(2024, 1, 29, 12) },
      { customerId: "E", at: Date.parse(at), outcome: "notWonBack", wonBackAt: null },
      { customerId: "F", at: Date.parse(at), outcome: "notWonBack", wonBackAt: null },
    ]);
    expect([result.control, result.comparison]).toEqual([null, null]);
  });

  it("the time is half-open, in the calendar of the zone", () => {
    const call = (within: { days: number }, start: string) =>
      winBackRate(referenceLog, [{ customerId: "C", at: start }], {
        asOf: "2025-01-01",
        within,
        inactiveFor: null,
      }).wonBack;
    expect(call({ days: 1 }, "2024-02-28T12:00:00Z")).toBe(0);
    expect(call({ days: 1 }, "2024-02-28T12:00:01Z")).toBe(1);
    expect(call({ days: 1 }, "2024-02-29T12:00:00Z")).toBe(1);
    expect(call({ days: 1 }, "2024-02-29T12:00:01Z")).toBe(0);
  });

  it("leaves out, and counts, those of whom it cannot be said or who were not lost", () => {
    const targets: WinBackContact[] = [
      { customerId: "A", at }, // bought the day before
      { customerId: "D", at }, // nothing but a purchase that went back, which is known
      { customerId: "nobody", at },
      { customerId: "E", at: "2024-12-15" }, // 60 days are not over on 2025-01-01
      { customerId: "F", at: "2025-01-01" }, // contacted at asOf
      { customerId: "C", at },
    ];
    const options = { asOf: "2025-01-01", within: { days: 60 }, inactiveFor: { months: 6 } };
    const result = winBackRate(referenceLog, targets, options);
    const { leftOut, counted, contacts: all } = result;
    expect([result.within, result.inactiveFor]).toEqual([{ days: 60 }, { months: 6 }]);
    expect(leftOut).toEqual({ open: 1, afterAsOf: 1, neverBought: 2, stillActive: 1 });
    expect(counted).toBe(1);
    expect(all.columns.outcome).toEqual([
      "stillActive",
      "neverBought",
      "neverBought",
      "open",
      "afterAsOf",
      "wonBack",
    ]);
  });

  it("who bought at the start of the time of inactivity was active in it", () => {
    const call = (start: string) =>
      winBackRate(referenceLog, [{ customerId: "E", at: start }], {
        asOf: "2025-01-01",
        within: { days: 60 },
        inactiveFor: { days: 30 },
      }).leftOut.stillActive;
    // E bought on 2022-08-31 at 12:00.
    expect([call("2022-09-30T12:00:00Z"), call("2022-09-30T12:00:01Z")]).toEqual([1, 0]);
  });

  it("who has bought already does not count before the time is over either", () => {
    const options = { asOf: "2024-03-15", within: { days: 60 }, inactiveFor: null };
    const { rate, leftOut, contacts: all } = winBackRate(referenceLog, contacts("CE"), options);
    expect(leftOut.open).toBe(2);
    expect(rate.reason).toBe("contacts that count: 0");
    expect(all.columns.wonBackAt).toEqual([Date.UTC(2024, 1, 29, 12), null]);
  });

  it("time that is over at asOf is over", () => {
    const call = (asOf: string) =>
      winBackRate(referenceLog, contacts("C"), { asOf, within: { days: 30 }, inactiveFor: null }).counted;
    expect([call("2024-03-01T23:59:59Z"), call("2024-03-02")]).toEqual([0, 1]);
  });
});

describe("against a control group", () => {
  const people = Array.from({ length: 150 }, (_, i) => i + 1);
  const log = transactionLog(
    [
      ...people.map((customerId) => ({ customerId, at: "2023-01-01", amount: 100 })),
      // 56 of the 70 contacted and 48 of the 80 others come back.
      ...[...people.slice(0, 56), ...people.slice(70, 118)].map((customerId) => ({
        customerId,
        at: "2024-02-20",
        amount: 100,
      })),
    ],
    { currency: "IDR" },
  );
  const contacted = people.slice(0, 70).map((customerId) => ({ customerId, at }));
  const control = people.slice(70).map((customerId) => ({ customerId, at }));
  const options = { asOf: "2025-01-01", within: { days: 60 }, inactiveFor: null, control };

  it("gives Newcombe's interval of the difference: 0.0524 to 0.3339 for 56/70 and 48/80 (Newcombe 1998)", () => {
    const result = winBackRate(log, contacted, options);
    expect([result.rate.value, result.control?.rate.value]).toEqual([0.8, 0.6]);
    expect(result.comparison?.interval?.lower.toFixed(4)).toBe("0.0524");
    expect(result.comparison?.interval?.upper.toFixed(4)).toBe("0.3339");
    expect(result.comparison?.difference).toBeCloseTo(0.2, 15);
  });

  it("an empty control group is compared with nothing, and says so", () => {
    const { comparison, control: none } = winBackRate(log, contacted, { ...options, control: [] });
    expect(none?.rate.reason).toBe("contacts that count: 0");
    expect([comparison?.difference, comparison?.interval]).toEqual([null, null]);
    expect(comparison?.reason).toContain("control");
  });

  it("refuses a customer of both groups", () => {
    const error = thrown(() =>
      winBackRate(log, contacted, { ...options, control: [...control, contacted[3]] }),
    );
    expect([error.code, error.path]).toEqual(["INVALID_ROWS", "options.control[80].customerId"]);
    expect(error.message).toContain('row 81, customerId: "4" is among the contacts too');
  });
});

describe("winBackRate refuses", () => {
  const call = (targets: unknown, more: object = {}) =>
    thrown(() =>
      winBackRate(referenceLog, targets as WinBackContact[], {
        asOf: "2025-01-01",
        within: { days: 60 },
        inactiveFor: null,
        ...more,
      }),
    );

  it("contacts without customer or instant, and customers who come twice, all at once", () => {
    const error = call([
      { customerId: "", at },
      { customerId: "A" },
      { customerId: "A", at },
      null,
      { customerId: "B", at: "soon" },
    ]);
    expect(error.code).toBe("INVALID_ROWS");
    expect(error.message.split("\n").slice(1)).toEqual([
      '  row 1, customerId: "" is not text or a whole number, or is empty',
      "  row 2, at: is missing",
      '  row 3, customerId: "A" comes in row 2 too',
      "  row 4: null is not { customerId, at }",
      '  row 5, at: "soon" is no instant',
    ]);
  });

  it("no list, and times of no length", () => {
    expect(call({}).path).toBe("contacts");
    expect(call([], { within: { days: 0 } }).path).toBe("options.within");
    expect(call([], { within: {} }).path).toBe("options.within");
    expect(call([], { within: undefined }).code).toBe("INVALID_ARGUMENT");
    expect(call([], { inactiveFor: { day: 3 } }).path).toBe("options.inactiveFor");
  });
});

it("agrees with a plain count", () => {
  fc.assert(
    fc.property(
      plainLog(),
      plainOptions,
      fc.integer({ min: 1, max: 90 }),
      ({ rows: records, options }, o, days) => {
        const { asOf, timeZone, refundAttribution } = o;
        const log = transactionLog(records, options);
        const contactedAt = Date.UTC(2023, 5, 15);
        const ids = ["ani", "budi", "citra", "dewi"];
        const result = winBackRate(
          log,
          ids.map((customerId) => ({ customerId, at: contactedAt })),
          { asOf, timeZone, refundAttribution, within: { days }, inactiveFor: null },
        );
        const until = addDuration(contactedAt, { days }, { timeZone });
        const instants = ids.map((id) =>
          plainFacts(records, id, { asOf, timeZone, refundAttribution })
            .filter(({ counts }) => counts)
            .map(({ row }) => row.at),
        );
        const lost = until > asOf ? [] : instants.filter((own) => own.some((when) => when < contactedAt));
        const back = lost.filter((own) => own.some((when) => when >= contactedAt && when < until));
        expect([result.counted, result.wonBack]).toEqual([lost.length, back.length]);
        const { open, afterAsOf, neverBought, stillActive } = result.leftOut;
        expect(result.counted + open + afterAsOf + neverBought + stillActive).toBe(4);
      },
    ),
  );
});

describe("inactiveFor", () => {
  const log = transactionLog(
    [
      { customerId: "active", at: "2024-01-20", amount: 1 },
      { customerId: "active", at: "2024-02-10", amount: 1 },
      { customerId: "lost", at: "2023-01-20", amount: 1 },
    ],
    { currency: "IDR" },
  );
  const targets = [
    { customerId: "active", at },
    { customerId: "lost", at },
  ];
  const options = { asOf: "2025-01-01", within: { days: 60 } };

  it("leaves an active customer out, whose purchase wins nobody back", () => {
    const { rate, leftOut } = winBackRate(log, targets, { ...options, inactiveFor: { months: 6 } });
    expect([rate.value, rate.denominator, leftOut.stillActive]).toEqual([0, 1, 1]);
    const whoever = winBackRate(log, targets, { ...options, inactiveFor: null });
    expect([whoever.rate.value, whoever.leftOut.stillActive, whoever.inactiveFor]).toEqual([0.5, 0, null]);
  });

  it("has to be said", () => {
    const error = thrown(() => winBackRate(log, targets, options as never));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "options.inactiveFor"]);
    expect(error.message).toContain("or null to count whoever was contacted");
  });
});

it("a contact far after asOf is not yet one, however far", () => {
  const call = { asOf: "2025-01-01", within: { days: 60 }, inactiveFor: null };
  const { leftOut, contacts: all } = winBackRate(referenceLog, [{ customerId: "C", at: "9999-12-31" }], call);
  expect(leftOut.afterAsOf).toBe(1);
  expect(all.columns.wonBackAt).toEqual([null]);
});

describe("groupBy", () => {
  it("gives each group's contacts and those left alone", () => {
    const call = {
      asOf: "2025-01-01",
      within: { days: 60 },
      inactiveFor: null,
      control: contacts("E"),
      groupBy: new Map([
        ["C", "west"],
        ["E", "west"],
        ["X", "east"],
      ]),
    };
    const { groups } = winBackRate(referenceLog, [...contacts("CFX")], call);
    expect(
      groups?.map(({ group, counted, wonBack, control }) => [group, counted, wonBack, control?.counted]),
    ).toEqual([
      ["east", 0, 0, 0],
      ["west", 1, 1, 1],
      [null, 1, 0, 0],
    ]);
    expect(groups?.[1].comparison?.difference).toBe(1);
    expect(groups?.[0].rate.reason).toBe("contacts that count: 0");
    expect(winBackRate(referenceLog, [], { ...call, control: undefined }).groups).toEqual([]);
  });

  it("the groups add up to all, and the whole is the same with and without them", () => {
    fc.assert(
      fc.property(plainLog(), plainOptions, fc.nat(3), ({ rows: records, options }, o, parts) => {
        const { asOf, timeZone, refundAttribution } = o;
        const log = transactionLog(records, options);
        const shared = { asOf, timeZone, refundAttribution, within: { days: 30 }, inactiveFor: { days: 20 } };
        const ids = ["ani", "budi", "citra", "dewi"].map((customerId) => ({
          customerId,
          at: Date.UTC(2023, 5, 15),
        }));
        const [targets, control] = [ids.slice(0, 2), ids.slice(2)];
        const groupBy = (id: string) => (id.length % 4 < parts ? `g${id.length % 4}` : null);
        const { groups, ...whole } = winBackRate(log, targets, { ...shared, control, groupBy });
        expect({ ...whole, groups: null }).toEqual(winBackRate(log, targets, { ...shared, control }));
        const sum = (pick: (one: NonNullable<typeof groups>[number]) => number) =>
          (groups ?? []).reduce((total, one) => total + pick(one), 0);
        expect(sum(({ counted }) => counted)).toBe(whole.counted);
        expect(sum(({ wonBack }) => wonBack)).toBe(whole.wonBack);
        expect(sum(({ leftOut }) => leftOut.stillActive)).toBe(whole.leftOut.stillActive);
        expect(sum((one) => one.control?.counted ?? 0)).toBe(whole.control?.counted);
      }),
    );
  });
});
