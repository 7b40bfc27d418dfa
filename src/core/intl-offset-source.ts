import { assertArgument, shown } from "./assert.js";
import { ClienteleError } from "./errors.js";

/** Reads the offset of a zone from the runtime: exact, but about a microsecond a call. @internal */
export type OffsetSource = (epochMs: number) => number;

// Intl takes names in any case; one key per zone keeps the cache as small as the list of zones.
const sources = new Map<string, OffsetSource>();

/**
 * The runtime's own answer for a zone, cached.
 *
 * @throws {@link ClienteleError} `UNKNOWN_TIME_ZONE`, or `INVALID_ARGUMENT` when it is not text.
 * @internal
 */
export function intlOffsetSource(timeZone: string, path: string): OffsetSource {
  assertArgument(
    typeof timeZone === "string",
    path,
    () => `${path} is ${shown(timeZone)}: pass an IANA name, for example "Asia/Jakarta"`,
  );
  const key = timeZone.toLowerCase();
  const known = sources.get(key);
  if (known !== undefined) return known;
  const format = offsetFormat(timeZone, path);
  const source = (epochMs: number) => parseOffset(format.format(epochMs));
  sources.set(key, source);
  return source;
}

function offsetFormat(timeZone: string, path: string): Intl.DateTimeFormat {
  // Newer runtimes also take "+07:00", older ones do not: a log must not work on one and fail on the other.
  if (/^[A-Za-z]/.test(timeZone)) {
    try {
      // The day is asked for because something must be, and one field is formatted faster than a whole date.
      return new Intl.DateTimeFormat("en-US", { timeZone, day: "numeric", timeZoneName: "longOffset" });
    } catch {
      // Falls through to the error that names the fix.
    }
  }
  throw new ClienteleError(
    "UNKNOWN_TIME_ZONE",
    path,
    `${path} is ${shown(timeZone)}, which this runtime does not know: pass an IANA name, for example "Asia/Jakarta" or "UTC"`,
  );
}

/** Milliseconds of "1, GMT", "31, GMT-05:00" or, for local mean times, "1, GMT+07:07:12". */
function parseOffset(text: string): number {
  const sign = text.indexOf("GMT") + 3;
  if (sign === text.length) return 0;
  const hours = Number(text.slice(sign + 1, sign + 3));
  const minutes = Number(text.slice(sign + 4, sign + 6));
  const seconds = Number(text.slice(sign + 7));
  const size = (hours * 3600 + minutes * 60 + seconds) * 1000;
  return text[sign] === "+" ? size : -size;
}
