import type { ProductLadder } from "./product-ladders.js";

/** Which products take the place of which, marked customer by customer. @internal */
export interface Substitutes {
  /** Marks what takes the place of a product that this customer has, or is offered. */
  readonly block: (product: number, mark: number) => void;
  /** Whether the product takes the place of one that was marked for this customer. */
  readonly isBlocked: (product: number, mark: number) => boolean;
}

/**
 * Products of one ladder take the place of each other, and so do both sides of a replacement; marks are numbers from 1, one
 * for each customer.
 *
 * @internal
 */
export function substitutesOf(
  products: readonly string[],
  ladders: readonly ProductLadder[],
  replacements: readonly { readonly from: string; readonly to: string }[],
): Substitutes {
  const placeOf = new Map(products.map((product, place) => [product, place]));
  // A product on no ladder stands on one that is never marked.
  const ladderOf = new Int32Array(products.length).fill(ladders.length);
  ladders.forEach(({ rungs }, ladder) => {
    for (const product of rungs) {
      const place = placeOf.get(product);
      if (place !== undefined) ladderOf[place] = ladder;
    }
  });
  const others = products.map((): number[] => []);
  for (const { from, to } of replacements) {
    const [left, right] = [placeOf.get(from), placeOf.get(to)];
    if (left === undefined || right === undefined) continue;
    others[left].push(right);
    others[right].push(left);
  }
  const ofLadder = new Uint32Array(ladders.length + 1);
  const ofProduct = new Uint32Array(products.length);
  return {
    block(product, mark) {
      if (ladderOf[product] < ladders.length) ofLadder[ladderOf[product]] = mark;
      for (const other of others[product]) ofProduct[other] = mark;
    },
    isBlocked: (product, mark) => ofLadder[ladderOf[product]] === mark || ofProduct[product] === mark,
  };
}
