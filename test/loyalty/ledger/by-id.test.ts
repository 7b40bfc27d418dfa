import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addById,
  type ById,
  copyById,
  FEW,
  findById,
  replaceById,
  walkById,
} from "../../../src/loyalty/ledger/by-id.js";

// Against a plain Map, over lists that grow past their length into sorted maps.

interface Thing {
  readonly id: string;
  readonly value: number;
}

type Step = { readonly id: string; readonly kind: "add" | "replace" };

const steps = fc.array(
  fc.record({
    id: fc.integer({ min: 0, max: 60 }).map((number) => `id ${number}`),
    kind: fc.constantFrom<Step["kind"]>("add", "add", "replace"),
  }),
  { maxLength: 4 * FEW, size: "max" },
);

function played(history: readonly Step[], own: boolean, start: ById<Thing> = null) {
  let map = start;
  const plain = new Map<string, number>();
  walkById(start, ({ id, value }) => plain.set(id, value));
  for (const [value, { id, kind }] of history.entries()) {
    if (kind === "replace" && !plain.has(id)) continue;
    map = kind === "add" ? addById(map, { id, value }, own) : replaceById(map, { id, value }, own);
    plain.set(id, value);
  }
  return { map, plain };
}

test("finds what a plain map has, the last of an id", () => {
  fc.assert(
    fc.property(steps, (history) => {
      const { map, plain } = played(history, false);
      for (let number = 0; number <= 60; number++) {
        expect(findById(map, `id ${number}`)?.value).toBe(plain.get(`id ${number}`));
      }
      const walked = new Map<string, number>();
      walkById(map, ({ id, value }) => walked.set(id, value));
      expect(walked).toEqual(plain);
    }),
  );
});

test("changed in place or by copies it has the same form, and copies leave the old one alone", () => {
  fc.assert(
    fc.property(steps, steps, (history, more) => {
      const { map } = played(history, false);
      expect(played(history, true).map).toEqual(map);
      const before = JSON.stringify(map);
      const after = played(more, false, map).map;
      expect(played(more, true, copyById(map)).map).toEqual(after);
      expect(JSON.stringify(map)).toBe(before);
      expect(JSON.parse(before)).toEqual(map);
    }),
  );
});

test("the 33rd makes the list a sorted map, in which an id stands once", () => {
  const ids = Array.from({ length: FEW }, (_, i) => ({ id: `id ${i % 20}`, kind: "add" as const }));
  const { map } = played(ids, true);
  expect(map).toHaveLength(32);
  const { map: many } = played([...ids, { id: "one more", kind: "add" }], true);
  expect(Array.isArray(many)).toBe(false);
  const walked: string[] = [];
  walkById(many, ({ id }) => walked.push(id));
  expect(walked).toHaveLength(21);
  expect(findById(many, "id 11")?.value).toBe(31);
});
