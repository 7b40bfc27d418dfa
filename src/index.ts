/**
 * Customer relationship management as pure functions: from a list of transactions to who the customers are, who stays and
 * who earns money.
 *
 * Every folder is also a subpath (`clientele/core`); everything is here as well.
 *
 * | folder | question |
 * |---|---|
 * | `core` | What do errors, money, time and chance look like? |
 * | `statistics` | What could be chance? |
 * | `model` | What do the shared records look like? |
 * | `history` | What happened? |
 * | `segmentation` | Which customers are alike? |
 * | `pyramid` | Where does each customer stand, and who moves? |
 * | `retention` | Who stays? |
 * | `lifetime` | What is a customer worth over all the time to come? |
 * | `profitability` | Who earns us money? |
 * | `loyalty` | What do we owe to members? |
 * | `value` | What do customers get for what they give? |
 * | `relationship` | What holds a customer: commitment, bonds, dependency? |
 * | `charts` | What does it look like? |
 *
 * @module
 */
export * from "./charts/index.js";
export * from "./core/index.js";
export * from "./history/index.js";
export * from "./lifetime/index.js";
export * from "./loyalty/index.js";
export * from "./model/index.js";
export * from "./profitability/index.js";
export * from "./pyramid/index.js";
export * from "./relationship/index.js";
export * from "./retention/index.js";
export * from "./segmentation/index.js";
export * from "./statistics/index.js";
export * from "./value/index.js";
