import { type BondKind, bondClassOf } from "../../../src/model/bond-kind.js";
import type { Bond } from "../../../src/relationship/bonds/current-bonds.js";

/** A bond since the beginning of 2023. */
export const bond = (id: string, kind: BondKind, strength: number, more: Partial<Bond> = {}): Bond => ({
  ...{ id, kind, strength, class: bondClassOf(kind), since: "2023-01-01" },
  ...more,
});

/** Bonds of one customer, of which one has ended when 2024 begins. */
export const bondsOfBase: readonly Bond[] = [
  bond("frame", "legal", 0.5, { contractId: "K-1", until: "2025-01-01" }),
  bond("edi", "technology", 1, { contractId: "K-1" }),
  bond("dewi", "social", 0.25, { personId: "dewi" }),
  bond("board", "social", 0.25, { level: "multiLevel" }),
  bond("old", "financial", 1, { until: "2024-01-01" }),
];
