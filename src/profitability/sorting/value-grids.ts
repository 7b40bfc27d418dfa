import { type GridCuts, lowHigh } from "../../segmentation/portfolio-grids.js";
import { scoreGrid } from "../../segmentation/score-grid.js";

/**
 * Which customers bring much for what they cost to serve, and which little?
 *
 * Value (gross margin, contribution before service) by cost to serve. The names are those of price by cost to serve (Shapiro,
 * Rangan, Moriarty & Ross 1987, "Manage customers for profits"); with margin in place of the price, Kaplan & Narayanan 2001.
 *
 * @param cuts - From which value and which cost to serve on each is high; see {@link chooseGridCuts}.
 * @returns A grid of four cells for {@link portfolioAnalysis} or {@link placeOnGrid}.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a cut is no finite number.
 * @example
 * ```ts
 * import { valueCostGrid } from "clientele";
 *
 * valueCostGrid({ value: 1000, costToServe: 200 }).cells; // => ["carriage trade", "passive", "aggressive", "bargain basement"]
 * ```
 */
export function valueCostGrid(cuts: GridCuts<"value" | "costToServe">) {
  return scoreGrid({
    axes: [lowHigh("value", cuts), lowHigh("costToServe", cuts)],
    cells: [
      { name: "carriage trade", at: { value: "high", costToServe: "high" } },
      { name: "passive", at: { value: "high", costToServe: "low" } },
      { name: "aggressive", at: { value: "low", costToServe: "high" } },
      { name: "bargain basement", at: { value: "low", costToServe: "low" } },
    ],
    source: "Shapiro, Rangan, Moriarty & Ross 1987; Kaplan & Narayanan 2001",
  });
}

/**
 * Where is business worth having, and how much of it do we have already?
 *
 * Attractiveness of the customer by our share of what they buy (share of wallet). The cross is common practice in account
 * planning without a single author; the names of the cells are ours.
 *
 * @param cuts - From which attractiveness and from which share (0 to 1) on each is high; see {@link chooseGridCuts}.
 * @returns A grid of four cells for {@link portfolioAnalysis} or {@link placeOnGrid}.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a cut is no finite number.
 * @example
 * ```ts
 * import { attractivenessShareGrid } from "clientele";
 *
 * attractivenessShareGrid({ attractiveness: 6, share: 0.5 }).cells; // => ["defend", "win share", "hold", "serve simply"]
 * ```
 */
export function attractivenessShareGrid(cuts: GridCuts<"attractiveness" | "share">) {
  return scoreGrid({
    axes: [lowHigh("attractiveness", cuts), lowHigh("share", cuts)],
    cells: [
      { name: "defend", at: { attractiveness: "high", share: "high" } },
      { name: "win share", at: { attractiveness: "high", share: "low" } },
      { name: "hold", at: { attractiveness: "low", share: "high" } },
      { name: "serve simply", at: { attractiveness: "low", share: "low" } },
    ],
    source: "common practice, no single author",
  });
}
