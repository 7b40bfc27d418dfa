import { statSync } from "node:fs";

/** Where messages go: `process.stderr` fits. */
export interface MessageStream {
  readonly isTTY?: boolean;
  readonly write: (text: string) => unknown;
}

/** A terminal's line is redrawn at most so often, in milliseconds. */
const REDRAW_MS = 200;

/** Files below this size are read before anybody wonders. */
const LONG_FILE = 20_000_000;

/**
 * Makes a progress line for reading a file: redrawn in a terminal, and for a long file a line a tenth elsewhere.
 *
 * @returns What to call with bytes and rows read so far, and what to call at the end.
 */
export function progressLine(path: string, stream: MessageStream) {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  let drawnAt = 0;
  let tenths = 0;
  let isDrawn = false;
  const update = (bytes: number, rows: number) => {
    const share = size > 0 ? Math.min(bytes / size, 1) : 1;
    const text = `${rows.toLocaleString("en-US")} rows read, ${Math.floor(100 * share)} %`;
    if (stream.isTTY) {
      if (Date.now() - drawnAt < REDRAW_MS) return;
      drawnAt = Date.now();
      isDrawn = true;
      stream.write(`\r${text}\u001b[K`);
    } else if (size >= LONG_FILE && Math.floor(10 * share) > tenths) {
      tenths = Math.floor(10 * share);
      stream.write(`${text}\n`);
    }
  };
  const end = () => {
    if (isDrawn) stream.write("\r\u001b[K");
  };
  return { update, end };
}
