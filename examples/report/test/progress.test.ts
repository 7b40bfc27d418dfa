import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { progressLine } from "../src/progress.js";

it("draws one line in a terminal and clears it, and is silent for a short file elsewhere", () => {
  const written: string[] = [];
  const stream = (isTTY: boolean) => ({ isTTY, write: (text: string) => written.push(text) });
  const path = fileURLToPath(import.meta.url);
  const inTerminal = progressLine(path, stream(true));
  inTerminal.update(100, 1234);
  inTerminal.update(200, 2345);
  inTerminal.end();
  const shown = written.join("").replaceAll("\u001b[K", "<clear>").replaceAll("\r", "<start>");
  expect(shown).toMatch(/^<start>1,234 rows read, \d+ %<clear><start><clear>$/);
  written.length = 0;
  const inFile = progressLine(path, stream(false));
  inFile.update(100, 1234);
  inFile.end();
  expect(written).toEqual([]);
});
