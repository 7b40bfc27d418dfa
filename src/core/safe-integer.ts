import { ClienteleError } from "./errors.js";

// Integers are exact in a double up to 2^53 - 1. A result beyond is refused, never returned a little wrong.

/**
 * The number, if it is a safe integer (-0 becomes 0); `what` names the result in the message.
 *
 * @internal
 */
export function safeInteger(value: number, path: string, what: string): number {
  if (!Number.isSafeInteger(value)) throw unsafe(String(value), path, what);
  return value + 0;
}

/**
 * The same for an exact BigInt result.
 *
 * @internal
 */
export function safeIntegerOf(value: bigint, path: string, what: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw unsafe(String(value), path, what);
  return number;
}

/**
 * The exact sum of safe integers: passing through a partial sum out of range is no error, ending there is.
 *
 * @internal
 */
export function safeSum(values: Iterable<number>, path: string, what: string): number {
  let sum = 0;
  let beyond = 0n;
  for (const value of values) {
    const next = sum + value;
    if (Number.isSafeInteger(next)) {
      sum = next;
    } else {
      beyond += BigInt(sum) + BigInt(value);
      sum = 0;
    }
  }
  return beyond === 0n ? sum + 0 : safeIntegerOf(beyond + BigInt(sum), path, what);
}

function unsafe(value: string, path: string, what: string): ClienteleError {
  return new ClienteleError(
    "UNSAFE_INTEGER",
    path,
    `${what} is ${shortened(value)}, beyond 2^53 - 1 where integers stop being exact: use smaller parts or a larger unit`,
  );
}

/** A factor of 1e999 is legal and its product has a thousand digits, which no message needs. */
function shortened(digits: string): string {
  return digits.length <= 40 ? digits : `${digits.slice(0, 20)}... (${digits.length} characters)`;
}
