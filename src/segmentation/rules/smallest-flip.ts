/** What of an explained rule matters for its flip. @internal */
export interface FlipNode {
  /** Where the node stands. */
  readonly path: string;
  /** How its parts decide it; anything else is a leaf. */
  readonly op: string;
  /** Whether it held. */
  readonly held: boolean;
  /** How many parts must hold, of `atLeast`. */
  readonly count?: number;
  /** Its parts; absent for a leaf and for a reference. */
  readonly of?: readonly FlipNode[];
  /** Of a reference: the segment, whose tree it stands for. */
  readonly segment?: string;
}

/** Finds the fewest leaves that turn trees around. @internal */
export interface FlipFinder {
  /**
   * The fewest leaves whose change turns the result of a tree around, as paths, each once, in order of the tree; `null`
   * where none can.
   */
  readonly flipOf: (root: FlipNode) => readonly string[] | null;
  /** The same of a segment, which trees that come later may refer to. */
  readonly flipOfSegment: (segment: string, tree: FlipNode) => readonly string[] | null;
}

/**
 * Leaves are taken as independent, so each part is turned on its own and the costs add up: bottom up, every node is told
 * how many leaves it takes to make it the other way. Of equally cheap choices the earlier part is taken. A reference costs
 * what its segment costs; two references to one segment are taken as independent as well.
 *
 * @param isTurnable - Whether a leaf can change at all; default each.
 * @internal
 */
export function flipFinder(isTurnable: (path: string) => boolean = () => true): FlipFinder {
  const segments = new Map<string, { readonly cost: number; readonly paths: readonly string[] | null }>();
  const costs = new Map<FlipNode, number>();
  /** By node with parts, those that are turned. */
  const turned = new Map<FlipNode, readonly FlipNode[]>();
  const segmentOf = ({ segment }: FlipNode) => (segment === undefined ? undefined : segments.get(segment));
  const costOf = (node: FlipNode): number => {
    let cost = segmentOf(node)?.cost;
    if (cost === undefined && node.of) {
      for (const part of node.of) costOf(part);
      const parts = partsToTurn(node, node.of, costs);
      turned.set(node, parts);
      cost = costOfParts(parts, costs);
    }
    cost ??= leafCost(node);
    costs.set(node, cost);
    return cost;
  };
  const leafCost = ({ path }: FlipNode) => (isTurnable(path) ? 1 : Number.POSITIVE_INFINITY);
  const collect = (node: FlipNode, paths: Set<string>): void => {
    const segment = segmentOf(node);
    if (segment) for (const path of segment.paths ?? []) paths.add(path);
    else if (node.of === undefined) paths.add(node.path);
    else for (const part of turned.get(node) ?? []) collect(part, paths);
  };
  const flipOf = (root: FlipNode): readonly string[] | null => {
    if (costOf(root) === Number.POSITIVE_INFINITY) return null;
    const paths = new Set<string>();
    collect(root, paths);
    return [...paths];
  };
  return {
    flipOf,
    flipOfSegment: (segment, tree) => {
      const paths = flipOf(tree);
      segments.set(segment, { cost: costs.get(tree) ?? 0, paths });
      return paths;
    },
  };
}

/** Costs double with each level of double references, and only "impossible" may be infinite. */
function costOfParts(turned: readonly FlipNode[], costs: ReadonlyMap<FlipNode, number>): number {
  if (turned.length === 0) return Number.POSITIVE_INFINITY;
  let sum = 0;
  for (const part of turned) {
    const cost = costs.get(part) ?? 0;
    if (cost === Number.POSITIVE_INFINITY) return cost;
    sum = Math.min(sum + cost, Number.MAX_VALUE);
  }
  return sum;
}

/** The parts that must be turned around to turn the node, in order; none where it cannot be. */
function partsToTurn(
  { op, held, count = 0 }: FlipNode,
  parts: readonly FlipNode[],
  costs: ReadonlyMap<FlipNode, number>,
): readonly FlipNode[] {
  if (op === "not") return parts;
  // To make it hold, more of the parts that do not hold must; to make it fail, fewer of those that do.
  const needed = op === "any" ? 1 : op === "atLeast" ? count : parts.length;
  const movable = parts.filter((part) => part.held === held);
  const turns = held ? movable.length - needed + 1 : needed - (parts.length - movable.length);
  if (turns > movable.length) return [];
  if (turns === movable.length) return movable;
  // The dearest that is still taken, and how many of its cost.
  const ascending = Float64Array.from(movable, (part) => costs.get(part) ?? 0).sort();
  const dearest = ascending[turns - 1];
  let ties = turns - ascending.indexOf(dearest);
  return movable.filter((part) => {
    const cost = costs.get(part) ?? 0;
    return cost < dearest || (cost === dearest && ties-- > 0);
  });
}
