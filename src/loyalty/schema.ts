export { loyaltyCommandSchema, loyaltyEventSchema } from "./ledger/schema.js";
export { loyaltyProgramSchema } from "./program/schema.js";
