import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distinctValues, withValue } from "../../../src/segmentation/rules/distinct-values.js";
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

describe("distinct values", () => {
  it("are those of a Set, however they come", () => {
    const value = fc.oneof(fc.integer({ min: -400, max: 400 }), fc.constantFrom(Infinity, -Infinity, 0.5));
    const text = fc.string({ maxLength: 2 });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.tuple(fc.array(value, { maxLength: 300 }), fc.array(value, { maxLength: 300 })),
          fc.tuple(fc.array(text, { maxLength: 300 }), fc.array(text, { maxLength: 300 })),
        ),
        ([first, others]) => {
          const known = new Set<number | string>(first);
          let lists = distinctValues(known);
          for (const other of others) {
            const next = withValue(lists, other);
            expect(next === lists).toBe(known.has(other));
            known.add(other);
            lists = next;
          }
          expect(lists.flat()).toEqual([...known].sort((a, b) => (a < b ? -1 : 1)));
          expect(Math.max(0, ...lists.map(({ length }) => length))).toBeLessThanOrEqual(64);
        },
      ),
      { numRuns: 300 },
    );
  });
});
