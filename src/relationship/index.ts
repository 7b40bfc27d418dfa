/**
 * What holds a customer: are they committed, by what are they bound, and do they stay because they want to?
 *
 * - **Commitment**: {@link commitmentProfile} and {@link commitmentMovement} by dimension, never as one total;
 *   {@link commitmentVerdict} for the four marks; {@link offerResistance} against a competitor's offer.
 * - **Bonds**: {@link bondIndex}, {@link bondCoverage}, {@link bondFragility}, {@link impliedSwitchingCosts}, {@link bondPlan}.
 * - **Dependency**: {@link tieBalance} of want-to and have-to, {@link lockInRisk}, {@link satisfactionBarrierMatrix},
 *   {@link lockInPlan}.
 * - **Together**: {@link relationshipProfile}, {@link relationshipHealth}, {@link retentionLink}.
 *
 * A **bond** is what holds a customer, social or structural; a **tie** is a reason why they depend on us, voluntary or forced.
 * Strengths are shares from 0 to 1, scores of commitment percent of the maximum possible (**POMP**), 0 to 100.
 *
 * ```ts
 * import { bondIndex, lockInRisk, type Bond } from "clientele";
 *
 * const bonds: Bond[] = [
 *   { id: "frame", class: "structural", kind: "legal", strength: 0.75, since: "2023-01-01", until: "2026-01-01" },
 *   { id: "dewi", class: "social", kind: "social", strength: 0.25, since: "2023-06-01", personId: "dewi" },
 * ];
 * bondIndex(bonds, { asOf: "2024-01-01" }).structuralShare.value; // => 0.75
 * lockInRisk([{ id: "frame", cause: "contract", bondKind: "legal", strength: 0.75, satisfaction: 0.5 }]).value; // => 0.5
 * ```
 *
 * @module
 */
export type { BudgetPlanMethod, BudgetPlanOptions } from "./best-within-budget.js";
export * from "./bonds/index.js";
export * from "./commitment/index.js";
export * from "./dependency/index.js";
export * from "./profile/index.js";
