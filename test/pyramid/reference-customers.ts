import type { PyramidCustomer } from "../../src/pyramid/customer-records.js";

/** Records beside the reference log, in which A to K buy: L asked for a brochure, M could be served, N has no need. */
export const referenceCustomers: readonly PyramidCustomer[] = [
  ...[..."ABCDEFGHIJK"].map((id) => ({ id, relation: "customer" as const })),
  { id: "L", relation: "responded" },
  { id: "M", relation: "none" },
  { id: "N", relation: "cannot" },
];
