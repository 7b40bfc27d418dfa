import { type Instant, instantOrNaN } from "../../core/instant.js";
import { isId, textId } from "../text-ids.js";

/**
 * When and where a cost arose, as far as that is known. By period, channel or product it then stands in its own; without, it
 * is split by what the customers bought in each.
 */
export interface CostPlace {
  /**
   * When. What arose outside the window of the statement, or at `asOf` or later, is not in it; a cost without an instant
   * always is.
   */
  readonly at?: Instant | null | undefined;
  /** In which channel, also one in which nothing was sold. */
  readonly channel?: string | null | undefined;
  /** For which product, also one that nobody bought. */
  readonly productId?: string | number | null | undefined;
}

/** What costs are read for. @internal */
export interface CostContext {
  /** Price of an hour. */
  readonly hourlyRate: number | undefined;
  /** Of civil days. */
  readonly timeZone: string;
  /** Half-open. */
  readonly window: { readonly start: number; readonly end: number };
  /** By what costs are grouped; `null`: not by their place. */
  readonly by: keyof CostPlace | null;
}

/** The instant, channel or product of a cost; `null` for none. @internal */
export type OwnPlace = string | number | null;

/** @internal */
export type NotePlace = (field: keyof CostPlace, reason: string, value: unknown) => void;

/** The place of a cost by which it is grouped, `undefined` where the cost is outside the window; faults are noted. @internal */
export function placeOfCost(
  { at, channel, productId }: CostPlace,
  { timeZone, window, by }: CostContext,
  note: NotePlace,
): OwnPlace | undefined {
  const isDated = at !== undefined && at !== null;
  const instant = isDated ? instantOrNaN(at, timeZone) : Number.NaN;
  if (isDated && Number.isNaN(instant)) note("at", "is no instant", at);
  const itsChannel = nameOf(channel, "channel", note);
  const itsProduct = nameOf(textId(productId), "productId", note);
  if (instant < window.start || instant >= window.end) return undefined;
  if (by === "at") return isDated ? instant : null;
  if (by === "channel") return itsChannel;
  return by === "productId" ? itsProduct : null;
}

function nameOf(value: unknown, field: "channel" | "productId", note: NotePlace): string | null {
  if (value === undefined || value === null) return null;
  if (isId(value)) return value;
  note(field, "is not a name: text that is not empty; leave it out where it is not known", value);
  return null;
}
