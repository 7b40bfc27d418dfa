/** The lines that others are made of, and that add up; in the order in which they are named. @internal */
const BASE_LINES = [
  "orders",
  "units",
  "sales",
  "returns",
  "costOfGoods",
  "costToServe",
  "paymentCost",
  "acquisitionCost",
  "retentionCost",
  "marketingCost",
  "opportunityCost",
  "expectedRevenue",
  "potentialMargin",
] as const;

/** @internal */
export type BaseLine = (typeof BASE_LINES)[number];

/** The lines that others are made of, by statement; `null` where a line is not known. @internal */
export type BaseLines = { readonly [Line in BaseLine]: Float64Array | null };

/** Something of each line that is known. @internal */
export function eachLine<Line, Result>(
  lines: { readonly [Name in BaseLine]: Line | null },
  resultOf: (line: Line, name: BaseLine) => Result,
): { readonly [Name in BaseLine]: Result | null } {
  const results: Partial<Record<BaseLine, Result | null>> = {};
  for (const name of BASE_LINES) {
    const line = lines[name];
    results[name] = line === null ? null : resultOf(line, name);
  }
  return results as Record<BaseLine, Result | null>;
}
