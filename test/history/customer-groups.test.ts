import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CustomerGrouping, groupCustomers } from "../../src/history/customer-groups.js";
import { thrown } from "../core/thrown.js";

const groupOf = (ids: readonly string[], grouping: CustomerGrouping) => {
  const { codes, names } = groupCustomers(ids, grouping);
  return ids.map((_, i) => names[codes[i]]);
};

describe("groupCustomers", () => {
  it("takes a map or a function; who is in no group is under null", () => {
    const ids = ["a", "b", "c", "d"];
    const map = new Map<string, string | null>([
      ["a", "west"],
      ["b", "east"],
      ["c", null],
    ]);
    expect(groupOf(ids, map)).toEqual(["west", "east", null, null]);
    expect(groupOf(ids, (id) => map.get(id))).toEqual(["west", "east", null, null]);
  });

  it("names groups in ascending order, null last, whatever the order of the customers", () => {
    const grouping = new Map([
      ["a", "west"],
      ["b", "east"],
      ["c", "Ost"],
    ]);
    expect(groupCustomers(["d", "a", "b", "c"], grouping).names).toEqual(["Ost", "east", "west", null]);
    expect(groupCustomers(["c", "b", "a"], grouping).names).toEqual(["Ost", "east", "west"]);
  });

  it("the empty text is a group like another, and not null", () => {
    expect(groupCustomers(["a", "b"], (id) => (id === "a" ? "" : null)).names).toEqual(["", null]);
  });

  it("has no groups without customers", () => {
    expect(groupCustomers([], () => "x")).toEqual({ codes: new Uint32Array(0), names: [] });
  });

  it("asks about every customer once, in their order", () => {
    const asked: string[] = [];
    groupCustomers(["b", "a", "c"], (id) => {
      asked.push(id);
      return id;
    });
    expect(asked).toEqual(["b", "a", "c"]);
  });

  it("gives each customer what the grouping says, and names each group once", () => {
    const group = fc.option(fc.constantFrom("x", "y", "zz", "", "null"));
    fc.assert(
      fc.property(fc.array(group), (groups) => {
        const ids = groups.map((_, i) => `c${i}`);
        const grouping = new Map(ids.map((id, i) => [id, groups[i]]));
        expect(groupOf(ids, grouping)).toEqual(groups);
        const { names } = groupCustomers(ids, grouping);
        expect(new Set(names)).toEqual(new Set(groups));
        expect(names.length).toBe(new Set(groups).size);
      }),
    );
  });

  it("refuses what is no grouping, and a group that is no text", () => {
    for (const wrong of [{ a: "west" }, "west", null, undefined, []]) {
      const error = thrown(() => groupCustomers(["a"], wrong as never));
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "options.groupBy"]);
      expect(error.message).toContain("pass a Map of customer ids, or a function");
    }
    const error = thrown(() =>
      groupCustomers(["a", "b7"], ((id: string) => (id === "a" ? "x" : 42)) as never),
    );
    expect(error.message).toBe('options.groupBy gives 42 for customer "b7": give text, or null for no group');
    expect(thrown(() => groupCustomers(["a"], 7 as never, "options.cohortBy")).path).toBe("options.cohortBy");
  });
});
