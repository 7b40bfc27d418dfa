import { describe, expect, test } from "vitest";
import { customerPath, customerReader } from "../../src/history/customer-reader.js";
import { thrown } from "../core/thrown.js";

describe("customerReader", () => {
  test("a map and a function answer alike, null where nothing is known", () => {
    const map = new Map([["ani", 3]]);
    for (const source of [map, (id: string) => map.get(id)]) {
      const read = customerReader(source, "options.x");
      expect([read("ani"), read("budi")]).toEqual([3, null]);
    }
  });

  test("an error says which customer, and how he was asked for", () => {
    expect(customerPath(new Map(), "options.x", "ani")).toBe('options.x.get("ani")');
    expect(customerPath(() => null, "options.x", "ani")).toBe('options.x("ani")');
  });

  test.each([null, undefined, 3, "ani", {}, [1]])("refuses %j", (source) => {
    const { code, path } = thrown(() => customerReader(source as never, "options.x"));
    expect([code, path]).toEqual(["INVALID_ARGUMENT", "options.x"]);
  });
});
