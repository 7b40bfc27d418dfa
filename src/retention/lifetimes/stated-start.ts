import { assertArgument, shown } from "../../core/assert.js";
import { epochMs, type Instant } from "../../core/instant.js";
import { begunDayReader } from "../../core/time-zone.js";
import { type ByCustomer, customerPath, customerReader } from "../../history/customer-reader.js";

/** From when on facts are complete, and what older records say. */
interface ObservationOptions {
  readonly observedFrom?: Instant;
  readonly startedAt?: ByCustomer<Instant>;
}

/** How the sources name things in messages. */
interface Wording {
  /** What the first fact of a life is: "first purchase". */
  readonly first: string;
  /** What is complete: "every purchase". */
  readonly every: string;
}

/** Left truncation, read from the options. @internal */
export interface StatedStarts {
  /** Epoch milliseconds; `-Infinity` when lives are seen from their start. */
  readonly from: number;
  /** When the life began, by older records: epoch milliseconds, `null` where they say nothing. `seen`: the first fact. */
  readonly startOf: (customerId: string, seen: number) => number | null;
}

/** Reads `observedFrom` and `startedAt`; a start that contradicts the facts is refused under the customer's name. @internal */
export function statedStarts(
  { observedFrom, startedAt }: ObservationOptions,
  { asOf, timeZone }: { readonly asOf: number; readonly timeZone: string },
  { first, every }: Wording,
): StatedStarts {
  if (observedFrom === undefined) {
    assertArgument(
      startedAt === undefined,
      "options.startedAt",
      () => `options.startedAt is given without observedFrom: pass from when on ${every} is known`,
    );
    return { from: Number.NEGATIVE_INFINITY, startOf: (_, seen) => seen };
  }
  const from = epochMs(observedFrom, "options.observedFrom", timeZone);
  assertArgument(
    from <= asOf,
    "options.observedFrom",
    () => `options.observedFrom is ${shown(observedFrom)}, after asOf: pass an instant before it`,
  );
  if (startedAt === undefined) return { from, startOf: () => null };
  const statedOf = customerReader(startedAt, "options.startedAt");
  const dayOf = begunDayReader(timeZone);
  return {
    from,
    startOf: (customerId, seen) => {
      const stated = statedOf(customerId);
      if (stated === null) return null;
      const path = customerPath(startedAt, "options.startedAt", customerId);
      const start = epochMs(stated, path, timeZone);
      // A civil day says no more than the day.
      if (dayOf(start) === dayOf(seen)) return seen;
      const given = () =>
        `${path} is ${shown(stated)}, but the ${first} is at ${new Date(seen).toISOString()}`;
      assertArgument(start < seen, path, () => `${given()}: pass its day, or an earlier one`);
      assertArgument(
        start < from,
        path,
        () =>
          `${given()}, and ${every} since observedFrom is known: pass its day, or one before observedFrom`,
      );
      return start;
    },
  };
}
