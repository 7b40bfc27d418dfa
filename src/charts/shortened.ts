import { textWidth } from "./text-width.js";

/** The text in one line that is at most so wide, ended by "…" where it is longer. @internal */
export function shortened(text: string, width: number, fontSize: number, bold = false): string {
  if (textWidth(text, fontSize, bold) <= width) return text;
  const letters = [...text];
  while (letters.length > 0 && textWidth(`${letters.join("").trimEnd()}…`, fontSize, bold) > width)
    letters.pop();
  return `${letters.join("").trimEnd()}…`;
}
