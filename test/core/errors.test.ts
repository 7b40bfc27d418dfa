import { describe, expect, it } from "vitest";
import { ClienteleError } from "../../src/core/errors.js";

describe("ClienteleError", () => {
  const error = new ClienteleError("INVALID_ARGUMENT", "options.by", "options.by is 3: pass a name");

  it("is an Error with a code to switch on and the path of the argument", () => {
    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(ClienteleError);
    expect([error.name, error.code, error.path, error.message]).toEqual([
      "ClienteleError",
      "INVALID_ARGUMENT",
      "options.by",
      "options.by is 3: pass a name",
    ]);
    expect(String(error)).toBe("ClienteleError: options.by is 3: pass a name");
    expect(error.stack).toContain("errors.test");
  });

  it("carries the rows at fault, and no such key where there are none", () => {
    const problems = [{ row: 2, field: "amount", reason: "is missing", value: undefined }];
    expect(new ClienteleError("INVALID_ROWS", "records", "1 problem", problems).problems).toEqual(problems);
    expect("problems" in error).toBe(false);
  });
});
