import type { FlipNode } from "../../../src/segmentation/rules/smallest-flip.js";

// Turning the result of a rule around, by trying everything out.

/** The leaves of a tree, in order. */
export function leavesOf(node: FlipNode): FlipNode[] {
  return node.of === undefined ? [node] : node.of.flatMap(leavesOf);
}

/** What a tree comes to when some leaves are turned around: the meaning of the operators, written down once more. */
export function heldWith(node: FlipNode, turned: ReadonlySet<FlipNode>): boolean {
  const parts = (node.of ?? []).map((part) => heldWith(part, turned));
  const holding = parts.filter(Boolean).length;
  if (node.op === "all") return holding === parts.length;
  if (node.op === "any") return holding > 0;
  if (node.op === "not") return holding === 0;
  if (node.op === "atLeast") return holding >= (node.count ?? 0);
  return node.held !== turned.has(node);
}

/** All the smallest sets of leaves that turn the result around, by trying all sets; none where nothing does. */
export function smallestByForce(root: FlipNode): FlipNode[][] {
  const leaves = leavesOf(root);
  let best: FlipNode[][] = [];
  for (let set = 1; set < 2 ** leaves.length; set++) {
    const turned = leaves.filter((_, i) => (set >> i) & 1);
    const least = best.at(0)?.length ?? Number.POSITIVE_INFINITY;
    if (turned.length > least || heldWith(root, new Set(turned)) === root.held) continue;
    best = turned.length < least ? [turned] : [...best, turned];
  }
  return best;
}

/** The tree with every reference replaced by its segment, each time anew: each mention by itself. */
export function expanded(node: FlipNode, segmentOf: (name: string) => FlipNode): FlipNode {
  if (node.segment !== undefined) return expanded(segmentOf(node.segment), segmentOf);
  return { ...node, ...(node.of && { of: node.of.map((part) => expanded(part, segmentOf)) }) };
}
