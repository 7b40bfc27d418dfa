import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { shown } from "../../src/core/assert.js";
import { epochMs } from "../../src/core/instant.js";
import { isDate } from "../../src/core/is-date.js";
import { instantSchema } from "../../src/model/instant-schema.js";

it("knows a Date of another realm, everywhere in the library", () => {
  const foreign: Date = runInNewContext("new Date(5)");
  expect(foreign instanceof Date).toBe(false);
  expect(isDate(foreign)).toBe(true);
  expect(epochMs(foreign, "at")).toBe(5);
  expect(instantSchema.parse(foreign)).toBe(5);
  expect(shown(foreign)).toBe("1970-01-01T00:00:00.005Z");
});

it("takes nothing else for one", () => {
  for (const other of [0, "2024-02-29", null, undefined, {}, [], { [Symbol.toStringTag]: "Date" }]) {
    expect(isDate(other)).toBe(false);
  }
});
