import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type CardStanding,
  cardNumbers,
  cardStanding,
  changeCard,
} from "../../../src/loyalty/schemes/member-cards.js";
import { type CardStatus, cardStatuses, cardTransitions } from "../../../src/model/card-status.js";
import { membershipCardSchema, membershipSchema } from "../../../src/model/membership.js";
import { thrown } from "../../core/thrown.js";

const day = (n: number) => Date.UTC(2024, 0, 1) + n * 86_400_000;
const issued = membershipCardSchema.parse({ cardNo: "1", issuedAt: day(0), validUntil: day(100) });

describe("the standing of a card", () => {
  const used = membershipCardSchema.parse({
    ...issued,
    history: [
      { status: "active", at: day(1) },
      { status: "blocked", at: day(10) },
      { status: "active", at: day(20) },
    ],
  });
  test.each<[number, CardStanding | null]>([
    [0, null],
    [0.5, "issued"],
    [1, "issued"],
    [1.5, "active"],
    [10.5, "blocked"],
    [20.5, "active"],
    [100, "active"],
    [100.5, "expired"],
  ])("as of day %d is %s: the fact of that very instant does not exist yet", (n, standing) => {
    expect(cardStanding(used, { asOf: day(n) })).toBe(standing);
  });
  test("a day begins in the zone", () => {
    const active = [{ status: "active" as const, at: Date.UTC(2024, 0, 9, 20) }];
    const card = membershipCardSchema.parse({ ...issued, history: active });
    const member = membershipSchema.parse({ schemeId: "c", memberId: "m", joinedAt: day(0), cards: [card] });
    const as = (timeZone?: string) => ({ asOf: "2024-01-10", timeZone });
    expect([cardStanding(card, as()), cardStanding(card, as("Asia/Jakarta"))]).toEqual(["active", "issued"]);
    expect(cardNumbers([member], as("Asia/Jakarta")).byStanding).toMatchObject({ issued: 1, active: 0 });
  });
  test("a card that was lost stays lost after its last day", () => {
    const lost = { ...used, history: [...used.history, { status: "lost" as const, at: day(30) }] };
    expect(cardStanding(lost, { asOf: day(200) })).toBe("lost");
  });
});

describe("changes", () => {
  test("what changeCard lets pass, the record's schema takes, and the other way round", () => {
    const change = fc.record({
      status: fc.constantFrom(...cardStatuses),
      day: fc.integer({ min: -1, max: 99 }),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), (changes) => {
        let card = issued;
        for (const { status, day: n } of changes) {
          const before = structuredClone(card);
          const result = changeCard(card, { status, at: day(n) });
          const wanted = { ...card, history: [...card.history, { status, at: day(n) }] };
          expect(membershipCardSchema.safeParse(wanted).success).toBe(result.ok);
          expect(card).toEqual(before);
          if (result.ok) card = result.value;
        }
      }),
    );
  });

  test.each<[CardStatus[], CardStatus, number, string]>([
    [[], "blocked", 5, "transition"],
    [["active"], "active", 5, "transition"],
    [["active", "lost"], "active", 50, "transition"],
    [["canceled"], "active", 5, "transition"],
    [["active"], "blocked", 0, "out_of_order"],
    [["active", "blocked"], "active", 100, "expired"],
  ])("after %j, %s on day %d is refused: %s", (statuses, status, n, code) => {
    const history = statuses.map((one, i) => ({ status: one, at: day(1 + i) }));
    const result = changeCard({ ...issued, history }, { status, at: day(n) });
    expect(result).toMatchObject({ ok: false, error: { code } });
  });

  test("a card that has run out can still be replaced, and the reason is kept", () => {
    const result = changeCard(issued, { status: "replaced", at: day(150), reason: "new design" });
    expect(result.ok && result.value.history).toEqual([
      { status: "replaced", at: day(150), reason: "new design" },
    ]);
  });

  test("nothing follows an end, and every other status has a way to one", () => {
    const ends = cardStatuses.filter((status) => cardTransitions[status].length === 0);
    expect(ends).toEqual(["replaced", "canceled"]);
    for (const status of cardStatuses) {
      if (!ends.includes(status)) expect(cardTransitions[status]).toContain("canceled");
    }
  });

  test("an unknown status and an empty reason are mistakes", () => {
    expect(() => changeCard(issued, { status: "stolen" as CardStatus, at: day(1) })).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path: "change.status" }),
    );
    expect(() => changeCard(issued, { status: "active", at: day(1), reason: "" })).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path: "change.reason" }),
    );
  });
});

test("the cards of members and of those who left are counted by standing", () => {
  const active = [{ status: "active" as const, at: day(1) }];
  const coBrand = { partnerId: "bank" };
  const sent = [
    { memberId: "a", cards: [{ cardNo: "1", issuedAt: day(0), history: active, coBrand }] },
    { memberId: "b", cards: [{ cardNo: "2", issuedAt: day(0) }] },
    { memberId: "c", leftAt: day(5), cards: [{ cardNo: "3", issuedAt: day(0), history: active }] },
    { memberId: "d", cards: [{ cardNo: "4", issuedAt: day(50) }] },
  ];
  const memberships = sent.map((one) =>
    membershipSchema.parse({ schemeId: "club", joinedAt: day(0), ...one }),
  );
  expect(cardNumbers(memberships, { asOf: day(10) })).toEqual({
    asOf: day(10),
    members: 3,
    cards: 3,
    byStanding: { issued: 1, active: 2, blocked: 0, lost: 0, replaced: 0, canceled: 0, expired: 0 },
    membersWithActiveCard: { value: 1 / 3, numerator: 1, denominator: 3, reason: null },
    coBranded: { value: 0.5, numerator: 1, denominator: 2, reason: null },
    byPartner: [{ partnerId: "bank", cards: 1, paymentCards: 0 }],
  });
});

test("who leaves at the instant that is asked about is there still; partners come by their ids", () => {
  const card = (cardNo: string, partnerId: string) => ({
    cardNo,
    issuedAt: day(0),
    history: [{ status: "active" as const, at: day(1) }],
    coBrand: { partnerId, isPaymentCard: true },
  });
  const member = (memberId: string, leftAt: number, partnerId: string) =>
    membershipSchema.parse({
      schemeId: "c",
      memberId,
      joinedAt: day(0),
      leftAt,
      cards: [card(memberId, partnerId)],
    });
  const all = [member("a", day(10), "shop"), member("b", day(10) - 1, "bank"), member("c", day(11), "cafe")];
  const { members, byPartner } = cardNumbers(all, { asOf: day(10) });
  expect(members).toBe(2);
  expect(byPartner.map(({ partnerId, paymentCards }) => [partnerId, paymentCards])).toEqual([
    ["bank", 1],
    ["cafe", 1],
    ["shop", 1],
  ]);
});

describe("what stands twice is refused with its row", () => {
  const membership = (memberId: string, cardNo: string, change = {}) =>
    membershipSchema.parse({
      schemeId: "club",
      memberId,
      joinedAt: day(0),
      cards: [{ cardNo, issuedAt: day(0) }],
      ...change,
    });
  const [a, b] = [membership("a", "1"), membership("b", "2")];
  test.each<[string, typeof a, string, string]>([
    ["the same membership", a, "joinedAt", "overlaps the membership in row 1"],
    ["another one of the same member", membership("a", "9"), "joinedAt", "overlaps the membership in row 1"],
    ["a card of somebody else", membership("c", "2"), "cards[0].cardNo", "stands in row 2 already"],
  ])("%s", (_, again, field, reason) => {
    const error = thrown(() => cardNumbers([a, b, again], { asOf: day(10) }));
    expect([error.code, error.path]).toEqual(["INVALID_ROWS", `memberships[2].${field}`]);
    expect(error.message).toContain(`row 3, ${field}: `);
    expect(error.message).toContain(reason);
  });
  test("who came back has joined again, and another scheme has members and cards of its own", () => {
    const left = membership("a", "1", { leftAt: day(3) });
    const back = membership("a", "7", { joinedAt: day(3) });
    const elsewhere = membership("a", "1", { schemeId: "other" });
    const { members, cards } = cardNumbers([left, back, elsewhere], { asOf: day(10) });
    expect([members, cards]).toEqual([2, 3]);
  });
});

test.each<[string, unknown, string]>([
  ["no membership", null, "memberships[0]"],
  ["a membership that was not parsed", { memberId: "a", joinedAt: day(0) }, "memberships[0].cards"],
])("%s is a mistake, not an error of the engine", (_, row, path) => {
  expect(() => cardNumbers([row as never], { asOf: day(10) })).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", path }),
  );
});
