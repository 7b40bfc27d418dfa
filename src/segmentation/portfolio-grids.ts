import { assertFinite, assertOptions } from "../core/assert.js";
import { type GridAxis, scoreGrid } from "./score-grid.js";

// The sources name axes and cells, not cut points: what is a high price or a difficult customer differs from business to
// business, so every cut is an argument. A score at a cut is high.

/** Where low ends, for each of two axes or more. */
export type GridCuts<AxisName extends string> = { readonly [Axis in AxisName]: number };

/** Where low ends and where high begins. */
export interface LowHighCuts {
  /** A score at or above it is no longer low. */
  readonly middle: number;
  /** A score at or above it is high. */
  readonly high: number;
}

/**
 * Which accounts are key, and which of them are hard to manage? The first step of Fiocca's portfolio.
 *
 * Strategic importance of the account by difficulty of managing it (Fiocca 1982, "Account portfolio analysis for strategy
 * development", Industrial Marketing Management 11).
 *
 * @param cuts - From which score on importance and difficulty are high.
 * @returns A grid of four cells.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a cut is no finite number.
 * @example
 * ```ts
 * import { fioccaImportanceGrid } from "clientele";
 *
 * fioccaImportanceGrid({ importance: 5, difficulty: 5 }).cells;
 * // => ["key difficult", "key easy", "non-key difficult", "non-key easy"]
 * ```
 */
export function fioccaImportanceGrid(cuts: GridCuts<"importance" | "difficulty">) {
  return scoreGrid({
    axes: [lowHigh("importance", cuts), lowHigh("difficulty", cuts)],
    cells: [
      { name: "key difficult", at: { importance: "high", difficulty: "high" } },
      { name: "key easy", at: { importance: "high", difficulty: "low" } },
      { name: "non-key difficult", at: { importance: "low", difficulty: "high" } },
      { name: "non-key easy", at: { importance: "low", difficulty: "low" } },
    ],
    source: "Fiocca 1982, step 1",
  });
}

/**
 * How attractive is a key account's business, and how strong is our relationship with it? Fiocca's second step.
 *
 * For the key accounts of {@link fioccaImportanceGrid} (Fiocca 1982). The nine cells are named by where they lie; what
 * to do in each is yours to say. The portfolio leaves out profitability (Yorke & Droussiotis 1994).
 *
 * @param cuts - Where the middle and the high part of each axis begin.
 * @returns A grid of nine cells.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when cuts do not ascend.
 * @example
 * ```ts
 * import { fioccaRelationshipGrid } from "clientele";
 *
 * const third = { middle: 4, high: 7 };
 * fioccaRelationshipGrid({ attractiveness: third, strength: third }).cells.length; // => 9
 * ```
 */
export function fioccaRelationshipGrid(cuts: {
  readonly attractiveness: LowHighCuts;
  readonly strength: LowHighCuts;
}) {
  const levels = ["high", "medium", "low"] as const;
  const strengths = ["strong", "average", "weak"] as const;
  return scoreGrid({
    axes: [
      {
        name: "attractiveness",
        cuts: middleAndHigh("attractiveness", cuts),
        labels: ["low", "medium", "high"],
      },
      {
        name: "strength",
        cuts: middleAndHigh("strength", cuts),
        labels: ["weak", "average", "strong"],
      },
    ],
    cells: levels.flatMap((attractiveness) =>
      strengths.map((strength) => ({
        name: `${attractiveness} attractiveness, ${strength} relationship` as const,
        at: { attractiveness, strength },
      })),
    ),
    source: "Fiocca 1982, step 2",
  });
}

/**
 * Which customers pay well for what they cost, and is the relationship worth more than the margin?
 *
 * Cost to serve by net price by relationship value (Turnbull & Zolkiewski 1997, "Profitability in customer portfolio
 * planning"), with the names of cost and price from the matrix they build on (Shapiro, Rangan, Moriarty & Ross 1987).
 *
 * @param cuts - From which score on each of the three is high.
 * @returns A grid of eight cells.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a cut is no finite number.
 * @example
 * ```ts
 * import { turnbullZolkiewskiGrid } from "clientele";
 *
 * const grid = turnbullZolkiewskiGrid({ costToServe: 100, netPrice: 400, relationshipValue: 5 });
 * grid.cells[0]; // => "carriage trade, high relationship value"
 * ```
 */
export function turnbullZolkiewskiGrid(cuts: GridCuts<"costToServe" | "netPrice" | "relationshipValue">) {
  const trades = [
    { trade: "carriage trade", costToServe: "high", netPrice: "high" },
    { trade: "passive", costToServe: "low", netPrice: "high" },
    { trade: "aggressive", costToServe: "high", netPrice: "low" },
    { trade: "bargain basement", costToServe: "low", netPrice: "low" },
  ] as const;
  const levels = ["high", "low"] as const;
  return scoreGrid({
    axes: [lowHigh("costToServe", cuts), lowHigh("netPrice", cuts), lowHigh("relationshipValue", cuts)],
    cells: trades.flatMap(({ trade, costToServe, netPrice }) =>
      levels.map((relationshipValue) => ({
        name: `${trade}, ${relationshipValue} relationship value` as const,
        at: { costToServe, netPrice, relationshipValue },
      })),
    ),
    source: "Turnbull & Zolkiewski 1997; Shapiro, Rangan, Moriarty & Ross 1987",
  });
}

/**
 * Are loyal customers profitable, and profitable ones loyal?
 *
 * Duration of the relationship by profit: true friends, butterflies, barnacles and strangers (Reinartz & Kumar 2002, "The
 * mismanagement of customer loyalty", Harvard Business Review 80).
 *
 * @param cuts - From which duration on a customer is loyal, and from which profit on profitable.
 * @returns A grid of four cells.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a cut is no finite number.
 * @example
 * ```ts
 * import { loyaltyProfitGrid } from "clientele";
 *
 * loyaltyProfitGrid({ duration: 24, profit: 500 }).cells; // => ["true friends", "butterflies", "barnacles", "strangers"]
 * ```
 */
export function loyaltyProfitGrid(cuts: GridCuts<"duration" | "profit">) {
  return scoreGrid({
    axes: [
      { name: "duration", cuts: [cutOf("duration", cuts)], labels: ["short", "long"] },
      lowHigh("profit", cuts),
    ],
    cells: [
      { name: "true friends", at: { duration: "long", profit: "high" } },
      { name: "butterflies", at: { duration: "short", profit: "high" } },
      { name: "barnacles", at: { duration: "long", profit: "low" } },
      { name: "strangers", at: { duration: "short", profit: "low" } },
    ],
    source: "Reinartz & Kumar 2002",
  });
}

/**
 * Which valuable customers are likely to leave?
 *
 * Value by risk of loss. The cross is common practice without a single author; the names of the cells are ours.
 *
 * @param cuts - From which value on a customer is valuable, and from which risk (say, a churn probability) on at risk.
 * @returns A grid of four cells.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a cut is no finite number.
 * @example
 * ```ts
 * import { valueRiskGrid } from "clientele";
 *
 * valueRiskGrid({ value: 1000, risk: 0.3 }).cells; // => ["save", "keep", "let go", "maintain"]
 * ```
 */
export function valueRiskGrid(cuts: GridCuts<"value" | "risk">) {
  return scoreGrid({
    axes: [lowHigh("value", cuts), lowHigh("risk", cuts)],
    cells: [
      { name: "save", at: { value: "high", risk: "high" } },
      { name: "keep", at: { value: "high", risk: "low" } },
      { name: "let go", at: { value: "low", risk: "high" } },
      { name: "maintain", at: { value: "low", risk: "low" } },
    ],
    source: "common practice, no single author",
  });
}

/**
 * Which customers grow, and what is our share of what they buy?
 *
 * The growth and share matrix (Henderson 1970, "The product portfolio", Boston Consulting Group), with customers in the
 * place of products: growth of what a customer buys from anybody by our share of it relative to the largest rival's.
 *
 * @param cuts - From which growth (0.1 in the original) and from which relative share (1) on each is high.
 * @returns A grid of four cells.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a cut is no finite number.
 * @example
 * ```ts
 * import { growthShareGrid } from "clientele";
 *
 * growthShareGrid({ growth: 0.1, relativeShare: 1 }).cells; // => ["stars", "question marks", "cash cows", "dogs"]
 * ```
 */
export function growthShareGrid(cuts: GridCuts<"growth" | "relativeShare">) {
  return scoreGrid({
    axes: [lowHigh("growth", cuts), lowHigh("relativeShare", cuts)],
    cells: [
      { name: "stars", at: { growth: "high", relativeShare: "high" } },
      { name: "question marks", at: { growth: "high", relativeShare: "low" } },
      { name: "cash cows", at: { growth: "low", relativeShare: "high" } },
      { name: "dogs", at: { growth: "low", relativeShare: "low" } },
    ],
    source: "Henderson 1970, with customers in the place of products",
  });
}

/** An axis with one cut, which is told under its own name where it is none. @internal */
export function lowHigh<const Name extends string>(name: Name, cuts: GridCuts<NoInfer<Name>>) {
  return { name, cuts: [cutOf(name, cuts)], labels: ["low", "high"] } as const satisfies GridAxis;
}

function cutOf<Name extends string>(name: Name, cuts: GridCuts<Name>): number {
  assertOptions(cuts, "a cut for each axis, numbers", "cuts");
  const cut = (cuts as GridCuts<Name>)[name];
  assertFinite(cut, `cuts.${name}`);
  return cut;
}

function middleAndHigh<Name extends string>(
  name: Name,
  cuts: { readonly [Axis in Name]: LowHighCuts },
): [number, number] {
  assertOptions(cuts, "{ middle, high } for each axis", "cuts");
  const { middle, high } = Object((cuts as { readonly [Axis in Name]: LowHighCuts })[name]) as LowHighCuts;
  assertFinite(middle, `cuts.${name}.middle`);
  assertFinite(high, `cuts.${name}.high`);
  return [middle, high];
}
