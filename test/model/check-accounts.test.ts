import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AccountNode, checkAccounts, readAccounts } from "../../src/model/check-accounts.js";
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

  test("takes whole numbers, 7 is 7, and null at the top", () => {
    const tree = [
      { id: 7, parentId: null },
      { id: 8, parentId: 7 },
      { id: "x", parentId: "8" },
    ];
    expect(() => checkAccounts(tree)).not.toThrow();
    expect(readAccounts(tree)).toMatchObject({
      ids: ["7", "8", "x"],
      parents: Int32Array.of(-1, 0, 1),
    });
    expect(thrown(() => checkAccounts([{ id: 7 }, { id: "7" }])).message).toContain(
      'row 2, id: "7" is also the id of row 1',
    );
    expect(thrown(() => checkAccounts([{ id: 7, parentId: 7 }])).message).toContain("closes a loop: 7 > 7");
  });

  test.each([
    ["a number", 5, "accounts[1]", "row 2: 5 is no account"],
    ["text", "x", "accounts[1]", 'row 2: "x" is no account'],
    ["null", null, "accounts[1]", "row 2: null is no account"],
    ["no id", {}, "accounts[1].id", "row 2, id: is not an id: text that is not empty, or a whole number"],
    ["an empty id", { id: "" }, "accounts[1].id", 'row 2, id: "" is not an id'],
    ["a fraction", { id: 1.5 }, "accounts[1].id", "row 2, id: 1.5 is not an id"],
    [
      "an empty parent",
      { id: "B", parentId: "" },
      "accounts[1].parentId",
      'row 2, parentId: "" is not an id',
    ],
    ["a parent of true", { id: "B", parentId: true }, "accounts[1].parentId", "row 2, parentId: true is not"],
  ])("refuses %s, by row", (_, account, path, message) => {
    const error = thrown(() => checkAccounts([{ id: "A" }, account as never]));
    expect([error.code, error.path]).toEqual(["INVALID_ROWS", path]);
    expect(error.problems?.length).toBe(1);
    expect(error.message).toContain(message);
  });

  test("refuses what is no list", () => {
    const error = thrown(() => checkAccounts(null as never));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "accounts"]);
    expect(error.message).toContain("null");
  });
});
