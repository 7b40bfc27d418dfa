/**
 * What is a customer worth over all the time to come?
 *
 * @module
 */

export * from "./bg-bb/index.js";
export * from "./bg-nbd/index.js";
export * from "./contracts/index.js";
export * from "./evaluation/index.js";
export * from "./formulas/index.js";
export * from "./gamma-gamma/index.js";
export * from "./models/index.js";
export * from "./pareto-nbd/index.js";
export { parseLifetimeModel } from "./parse-lifetime-model.js";
export * from "./predictions/index.js";
export { type LifetimeModel, lifetimeModelSchema, type StoredLifetimeModel } from "./schema.js";
