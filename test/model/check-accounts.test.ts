import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AccountNode, checkAccounts } from "../../src/model/check-accounts.js";
import { thrown } from "../core/thrown.js";

/** `"B>A"`: account B below account A. */
function accounts(...arrows: string[]): AccountNode[] {
  return arrows.map((arrow) => {
    const [id, parentId] = arrow.split(">");
    return parentId === undefined ? { id } : { id, parentId };
  });
}

describe("checkAccounts", () => {
  test.each([
    ["none", []],
    ["one", ["A"]],
    ["a tree, parents first", ["A", "B>A", "C>A", "D>B"]],
    ["a tree, parents last", ["D>B", "B>A", "C>A", "A"]],
    ["two trees", ["A", "B>A", "X", "Y>X"]],
  ])("accepts %s", (_, arrows) => {
    expect(() => checkAccounts(accounts(...arrows))).not.toThrow();
  });

  test.each<[string, string[], string[], string]>([
    ["its own parent", ["A>A"], ['row 1, parentId: "A" closes a loop: A > A'], "accounts[0].parentId"],
    [
      "two of each other",
      ["A>B", "B>A"],
      ['row 1, parentId: "B" closes a loop: A > B > A'],
      "accounts[0].parentId",
    ],
    [
      "a loop with a tail, told at the loop's first row and not at the tail",
      ["T>D", "U>T", "B>C", "C>D", "D>B"],
      ['row 3, parentId: "C" closes a loop: B > C > D > B'],
      "accounts[2].parentId",
    ],
    [
      "two loops, each told once",
      ["A>B", "X>Y", "B>A", "Y>X"],
      ['row 1, parentId: "B" closes a loop: A > B > A', 'row 2, parentId: "Y" closes a loop: X > Y > X'],
      "accounts[0].parentId",
    ],
    [
      "a parent that is missing",
      ["A", "B>Q"],
      ['row 2, parentId: "Q" is not the id of any of these accounts'],
      "accounts[1].parentId",
    ],
    [
      "an id that stands twice",
      ["A", "B>A", "A"],
      ['row 3, id: "A" is also the id of row 1'],
      "accounts[2].id",
    ],
  ])("refuses %s", (_, arrows, messages, path) => {
    const error = thrown(() => checkAccounts(accounts(...arrows)));
    expect([error.code, error.path]).toEqual(["INVALID_ROWS", path]);
    expect(error.message.split("\n  ").slice(1)).toEqual(messages);
  });

  test("shows the ends of a long loop, and walks it without recursion", () => {
    const n = 50_000;
    const ring = Array.from({ length: n }, (_, i) => ({ id: `${i}`, parentId: `${(i + 1) % n}` }));
    expect(thrown(() => checkAccounts(ring)).message).toBe(
      '1 problem in accounts:\n  row 1, parentId: "1" closes a loop: 0 > 1 > 2 > 3 > ... > 49999 > 0',
    );
  });

  test("finds a loop exactly where climbing n steps from some account does not end at a top", () => {
    const parents = fc.array(fc.option(fc.nat(11), { nil: undefined }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(parents, (parentOf) => {
        const list = parentOf.map((parent, id) => ({
          id: `${id}`,
          parentId: parent === undefined ? undefined : `${parent}`,
        }));
        const climbsForever = parentOf.some((_, start) => {
          let at: number | undefined = start;
          for (let step = 0; step <= parentOf.length && at !== undefined; step++) at = parentOf[at];
          return at !== undefined;
        });
        let refused = false;
        try {
          checkAccounts(list);
        } catch {
          refused = true;
        }
        expect(refused).toBe(climbsForever);
      }),
    );
  });

  test("refuses what is no list", () => {
    const error = thrown(() => checkAccounts(null as never));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "accounts"]);
    expect(error.message).toContain("null");
  });
});
