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
  /** Its parts; absent for a leaf. */
  readonly of?: readonly FlipNode[];
}

/**
 * The fewest leaves whose change turns the result of a tree around, as paths in order of the tree; `null` where none can.
 *
 * Leaves are taken as independent, so each part is turned on its own and the costs add up: bottom up, every node is told
 * how many leaves it takes to make it the other way. Of equally cheap choices the earlier part is taken.
 *
 * @internal
 */
export function smallestFlip(root: FlipNode): string[] | null {
  const costs = new Map<FlipNode, number>();
  if (flipCost(root, costs) === Number.POSITIVE_INFINITY) return null;
  const paths: string[] = [];
  collect(root, costs, paths);
  return paths;
}

function flipCost(node: FlipNode, costs: Map<FlipNode, number>): number {
  for (const part of node.of ?? []) flipCost(part, costs);
  let cost = 1;
  if (node.of !== undefined) {
    const parts = partsToTurn(node, costs);
    cost = parts.length === 0 ? Number.POSITIVE_INFINITY : 0;
    for (const part of parts) cost += costs.get(part) ?? 0;
  }
  costs.set(node, cost);
  return cost;
}

function collect(node: FlipNode, costs: Map<FlipNode, number>, paths: string[]): void {
  if (node.of === undefined) paths.push(node.path);
  else for (const part of partsToTurn(node, costs)) collect(part, costs, paths);
}

/** The parts that must be turned around to turn the node, in order; none where it cannot be. */
function partsToTurn(node: FlipNode, costs: ReadonlyMap<FlipNode, number>): readonly FlipNode[] {
  const { op, of = [], held, count = 0 } = node;
  if (op === "not") return of;
  // To make it hold, more of the parts that do not hold must; to make it fail, fewer of those that do.
  const needed = op === "any" ? 1 : op === "atLeast" ? count : of.length;
  const movable = of.filter((part) => part.held === held);
  const turns = held ? movable.length - needed + 1 : needed - (of.length - movable.length);
  if (turns > movable.length) return [];
  const cheapest = new Set(
    movable
      .map((part, order) => ({ part, order, cost: costs.get(part) ?? 0 }))
      .sort((a, b) => (a.cost === b.cost ? a.order - b.order : a.cost - b.cost))
      .slice(0, turns)
      .map(({ part }) => part),
  );
  return movable.filter((part) => cheapest.has(part));
}
