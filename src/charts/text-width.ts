// The layout must not depend on where the chart is drawn (a server has no fonts to measure), so texts are measured here.
// Widths of Helvetica, U+0020 to U+007E, in thousandths of the font size (Adobe Font Metrics); Arial's are the same.
// biome-ignore format: a table
const HELVETICA = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
  556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
  1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
  667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
  333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
  556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const OTHER_LATIN = 611;
/** Chinese, Japanese, Korean and what is not known. */
const FULL = 1000;
/** Bold letters are wider, by up to a tenth in lower case. */
const BOLD = 1.08;

/** How wide a text is about, in pixels. @internal */
export function textWidth(text: string, fontSize: number, bold = false): number {
  let thousandths = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    // A blank that does not break (U+00A0) is a blank.
    thousandths += HELVETICA[code === 0xa0 ? 0 : code - 32] ?? (code < 0x2100 ? OTHER_LATIN : FULL);
  }
  return (thousandths / 1000) * fontSize * (bold ? BOLD : 1);
}

/** The text in lines that are at most so wide, broken at blanks; a longer word stands on a line of its own. @internal */
export function wrapped(text: string, width: number, fontSize: number, bold = false): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    const joined = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && textWidth(joined, fontSize, bold) <= width) lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  return lines;
}

/** The text in two lines at most, ended by "…" where it is longer. @internal */
export function inTwoLines(text: string, width: number, fontSize: number, bold = false): string {
  const lines = wrapped(text, width, fontSize, bold);
  const kept = lines.slice(0, 2).map((line, i) => {
    const isCut = i === 1 && lines.length > 2;
    if (!isCut && textWidth(line, fontSize, bold) <= width) return line;
    const letters = [...line];
    while (letters.length > 0 && textWidth(`${letters.join("")}…`, fontSize, bold) > width) letters.pop();
    return `${letters.join("")}…`;
  });
  return kept.join("\n");
}
