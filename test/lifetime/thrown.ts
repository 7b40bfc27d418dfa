import { ClienteleError } from "../../src/core/errors.js";

/** The library's error that a call throws; anything else fails the test. */
export function thrown(call: () => unknown): ClienteleError {
  try {
    call();
  } catch (error) {
    if (error instanceof ClienteleError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
