import { assertArray, assertInteger, assertOptions } from "../../core/assert.js";
import { type Rate, ratio } from "../../core/rate.js";
import { type RowProblem, throwRowProblems } from "../../core/row-problems.js";
import { safeInteger } from "../../core/safe-integer.js";

/** What {@link selfServiceShare} needs of an interaction. */
export interface ServiceContact {
  /** `inbound`: the customer came to us; others are not counted. */
  readonly direction: "inbound" | "outbound";
  /** Who served; absent: nobody, the customers served themselves. */
  readonly staffId?: string | null | undefined;
}

/** What a contact costs, for {@link selfServiceShare}. */
export interface SelfServiceOptions {
  /** Cost of one contact with a member of staff, whole minor units, zero or more. */
  readonly costWithStaff?: number | undefined;
  /** Cost of one contact of self-service, whole minor units, zero or more. */
  readonly costOfSelfService?: number | undefined;
}

/** How much customers do themselves, and what that saves. */
export interface SelfServiceShare {
  /** Inbound contacts without staff as a share of all inbound contacts. */
  readonly share: Rate;
  /** Cost of all inbound contacts, minor units; `null` without both costs. */
  readonly cost: number | null;
  /** What they would cost more if staff served all, minor units; negative where self-service is dearer; `null` without both costs. */
  readonly saved: number | null;
}

/**
 * What share of their business do customers do themselves, and what does that save us?
 *
 * @param contacts - {@link Interaction}s, or rows `{ direction, staffId? }`: inbound ones without a member of staff are
 * self-service, so record who served.
 * @param options - What a contact costs with staff and without; default: no costs are computed.
 * @returns The share, and the cost and saving where both costs are given.
 * @throws {@link ClienteleError} `INVALID_ROWS` for a direction that is none; `INVALID_ARGUMENT` for one cost without the
 * other or a cost that is no whole number; `UNSAFE_INTEGER`.
 * @example
 * ```ts
 * import { selfServiceShare } from "clientele";
 *
 * const contacts = [
 *   { direction: "inbound" as const, staffId: "dewi" },
 *   { direction: "inbound" as const },
 *   { direction: "inbound" as const },
 * ];
 * const { share, cost, saved } = selfServiceShare(contacts, { costWithStaff: 900, costOfSelfService: 100 });
 * [share.numerator, share.denominator, cost, saved]; // => [2, 3, 1100, 1600]
 * ```
 */
export function selfServiceShare(
  contacts: readonly ServiceContact[],
  options: SelfServiceOptions = {},
): SelfServiceShare {
  assertArray(contacts, "contacts");
  assertOptions(options);
  const problems: RowProblem[] = [];
  let inbound = 0;
  let alone = 0;
  contacts.forEach((given, row) => {
    const { direction, staffId } = Object(given) as Partial<ServiceContact>;
    if (direction !== "inbound" && direction !== "outbound")
      problems.push({
        row,
        field: "direction",
        reason: 'is neither "inbound" nor "outbound"',
        value: direction,
      });
    if (direction !== "inbound") return;
    inbound++;
    if (staffId === undefined || staffId === null) alone++;
  });
  throwRowProblems(problems, "contacts");
  const share = ratio(alone, inbound, "inbound contacts");
  const { costWithStaff, costOfSelfService } = options;
  if (costWithStaff === undefined && costOfSelfService === undefined)
    return { share, cost: null, saved: null };
  assertInteger(costWithStaff, "options.costWithStaff", 0);
  assertInteger(costOfSelfService, "options.costOfSelfService", 0);
  const cost = (inbound - alone) * costWithStaff + alone * costOfSelfService;
  return {
    share,
    cost: safeInteger(cost, "contacts", "the cost of all contacts"),
    saved: safeInteger(inbound * costWithStaff - cost, "contacts", "the saving"),
  };
}
