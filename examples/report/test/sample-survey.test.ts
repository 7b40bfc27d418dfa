import {
  bondSchema,
  checkSurveyAnswers,
  competitorOfferSchema,
  seededRandom,
  surveyAnswerSchema,
  surveyWaveSchema,
} from "clientele";
import { describe, expect, it } from "vitest";
import { sampleBonds } from "../src/sample/bonds.js";
import { sampleLoyalty } from "../src/sample/loyalty-club.js";
import { sampleBase } from "../src/sample/sample-base.js";
import { shop } from "../src/sample/shop-calendar.js";

const base = sampleBase({ buyers: 3000 });
const { survey, offers, transactions, books } = base;
const loyalty = sampleLoyalty(seededRandom(2024, "loyalty"), transactions);
const bondsOf = (seed: number) => sampleBonds(seededRandom(seed, "bonds"), base, loyalty.histories);
const bonds = bondsOf(2024);
const YEAR_MS = 365 * 86_400_000;
const purchases = transactions.filter(({ type }) => type === "purchase");

function buyersBetween(start: number, end: number): Set<string> {
  return new Set(
    purchases.flatMap((row) => (Number(row.at) >= start && Number(row.at) < end ? [row.customerId] : [])),
  );
}

describe("the survey of the sample", () => {
  it("has records in the shapes of the model, each answer once and within its wave", () => {
    for (const answer of survey.answers.filter((_, i) => i % 50 === 0)) surveyAnswerSchema.parse(answer);
    for (const { invitations: _, ...wave } of survey.waves) surveyWaveSchema.parse(wave);
    checkSurveyAnswers(survey.answers, survey.waves);
    for (const offer of offers) competitorOfferSchema.parse(offer);
    for (const bond of bonds) bondSchema.parse(bond);
    expect(new Set(bonds.map(({ id }) => id)).size).toBe(bonds.length);
  });

  it("has some hundreds of respondents in two waves, all of them asked, reached, and customers of that year", () => {
    expect(survey.waves).toHaveLength(2);
    for (const { id, startsAt, invitations } of survey.waves) {
      const answered = new Set(
        survey.answers.flatMap(({ waveId, respondentId }) => (waveId === id ? [respondentId] : [])),
      );
      expect(answered.size).toBeGreaterThan(150);
      expect(answered.size).toBeLessThan(invitations.length / 2);
      const reached = invitations.filter(({ isUndelivered }) => !isUndelivered);
      const reachable = new Set(reached.map(({ respondentId }) => respondentId));
      const buyers = buyersBetween(startsAt - YEAR_MS, startsAt);
      for (const respondentId of answered) expect(reachable).toContain(respondentId);
      for (const { respondentId } of invitations) expect(buyers).toContain(respondentId);
    }
  });

  it("asks those of the first wave again who still buy", () => {
    const [first, second] = survey.waves;
    const asked = new Set(second?.invitations.map(({ respondentId }) => respondentId));
    const start = second?.startsAt ?? 0;
    const buyers = buyersBetween(start - YEAR_MS, start);
    const panel = new Set(
      survey.answers.flatMap(({ waveId, respondentId }) => (waveId === first?.id ? [respondentId] : [])),
    );
    expect([...panel].some((id) => !buyers.has(id))).toBe(true);
    for (const id of panel) expect(asked.has(id)).toBe(buyers.has(id));
  });

  it("is answered less by those who buy less, leaves some questions open, and goes with buying again", () => {
    const [first] = survey.waves;
    const overall = survey.answers.filter(
      ({ waveId, itemId }) => waveId === first?.id && itemId === survey.questionnaire.satisfaction,
    );
    const answered = new Set(overall.map(({ respondentId }) => respondentId));
    const rate = (wanted: string) => {
      const group = first?.invitations.filter((invitation) => invitation.group === wanted) ?? [];
      return group.filter(({ respondentId }) => answered.has(respondentId)).length / group.length;
    };
    expect(rate("1 purchase")).toBeLessThan(rate("6 purchases or more"));
    expect(overall.some(({ value }) => value === null)).toBe(true);
    const end = first?.endsAt ?? 0;
    const back = buyersBetween(end, end + YEAR_MS);
    const mean = (isBack: boolean) => {
      const values = overall.flatMap(({ value, respondentId }) =>
        value !== null && back.has(respondentId) === isBack ? [value] : [],
      );
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    // The simulation lowers the mood of those who are about to leave.
    expect(mean(true)).toBeGreaterThan(mean(false));
  });

  it("is drawn by its seed alone", () => {
    expect(sampleBase({ buyers: 200 }).survey).toEqual(sampleBase({ buyers: 200 }).survey);
    expect(sampleBase({ buyers: 200, seed: 1 }).survey.answers).not.toEqual(
      sampleBase({ buyers: 200 }).survey.answers,
    );
    expect(bondsOf(2024)).toEqual(bonds);
    expect(bondsOf(1)).not.toEqual(bonds);
  });
});

describe("the bonds of the sample", () => {
  it("have evidence on file, and nothing that is still to come", () => {
    const asOf = Date.parse(`${shop.asOf}T00:00:00+07:00`);
    for (const { since, evidence } of bonds) {
      expect(Number(since)).toBeLessThan(asOf);
      expect(evidence).toBeTruthy();
    }
    const won = books.opportunities.filter(({ outcome }) => outcome === "won");
    const contracts = bonds.filter(({ kind }) => kind === "legal");
    expect(contracts.map(({ customerId }) => customerId)).toEqual(won.map(({ accountId }) => accountId));
    // A year, with or without a leap day.
    for (const { since, until } of contracts) {
      expect((Number(until) - Number(since)) / 86_400_000).toBeGreaterThanOrEqual(365);
      expect((Number(until) - Number(since)) / 86_400_000).toBeLessThanOrEqual(366);
    }
    const members = loyalty.histories.map(([first]) => first?.accountId);
    expect(bonds.flatMap(({ kind, customerId }) => (kind === "financial" ? [customerId] : []))).toEqual(
      members,
    );
  });
});

describe("the competitors' offers of the sample", () => {
  it("ask within a fifth of what the same basket costs in the shop, and are seen year by year", () => {
    expect(base.basketPrice).toBe(221_000_00);
    for (const { price } of offers) {
      expect(Math.abs((price?.amount ?? 0) / base.basketPrice - 1)).toBeLessThan(0.2);
    }
    const seen = new Map<string, number>();
    for (const { competitorId } of offers) seen.set(competitorId, (seen.get(competitorId) ?? 0) + 1);
    expect([...seen.values()].filter((times) => times === 2)).toHaveLength(4);
    expect(offers.filter(({ validUntil }) => validUntil !== undefined)).toHaveLength(1);
  });
});
