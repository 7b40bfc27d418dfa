import { describe, expect, it } from "vitest";
import { eventsOfHistory, historyOf, withLastEvent } from "../../../src/segmentation/rules/event-history.js";

describe("a history", () => {
  it("is the same whether its events came one by one or at once, in order", () => {
    let history = historyOf([]);
    const events: object[] = [];
    // Past two levels of full lists: 32 and 32 times 32.
    for (let i = 0; i < 2200; i++) {
      const before = JSON.stringify(history);
      const next = withLastEvent(history, { i });
      expect(JSON.stringify(history)).toBe(before);
      history = next;
      events.push({ i });
      if (i % 97 === 0 || [31, 32, 1055, 1056].includes(i)) {
        expect(history).toEqual(historyOf(events));
        expect(eventsOfHistory(history)).toEqual(events);
      }
    }
    expect(Math.max(...history.map(({ length }) => length))).toBeLessThanOrEqual(32);
    expect(eventsOfHistory(historyOf([]))).toEqual([]);
  });

  it("of very many events can be read", () => {
    const events = Array.from({ length: 200_000 }, (_, i) => ({ i }));
    expect(eventsOfHistory(historyOf(events))).toEqual(events);
  });
});
