import { ClienteleError } from "../../src/core/errors.js";

/** The ClienteleError that the call throws; anything else fails the test. */
export function thrown(call: () => unknown): ClienteleError {
  let result: unknown;
  try {
    result = call();
  } catch (error) {
    if (error instanceof ClienteleError) return error;
    throw error;
  }
  throw new Error(`no error, but ${JSON.stringify(result)}`);
}
