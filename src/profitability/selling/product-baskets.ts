import { sortRange } from "./sort-range.js";

/**
 * Which products stand together: basket b has `items[offsets[b]]` up to, not including, `items[offsets[b + 1]]`, places in
 * `products`, ascending, each once.
 *
 * @internal
 */
export interface ProductBaskets {
  /** Distinct products, ascending in UTF-16 units: the order of their places is that of their names. */
  readonly products: readonly string[];
  readonly offsets: Uint32Array;
  readonly items: Uint32Array;
  /** Whose basket each is: customers of holdings; `null` where nobody asks. */
  readonly keys: readonly string[] | null;
  /** Purchases that count but name no product, and so are in no basket. */
  readonly rowsWithoutProduct: number;
  /** Purchases of baskets by order that are of no order, and so a basket each. */
  readonly rowsWithoutOrder: number;
}

/** What a basket holds before it is put in order. @internal */
export interface CollectedItems {
  /** Basket b has `codes[offsets[b]]` up to, not including, `codes[offsets[b + 1]]`. */
  readonly offsets: Uint32Array;
  /** Places in `names`, in any order and as often as they come; overwritten. */
  readonly codes: Uint32Array;
  /** Distinct names, of which some may be in no basket. */
  readonly names: readonly (string | null)[];
}

/** Orders the products by name and each basket by product, and leaves out what comes a second time. @internal */
export function orderedBaskets(
  { offsets, codes, names }: CollectedItems,
  keys: readonly string[] | null = null,
  rowsWithoutProduct = 0,
  rowsWithoutOrder = 0,
): ProductBaskets {
  const { products, placeOf } = placesByName(codes, names);
  const starts = new Uint32Array(offsets.length);
  let kept = 0;
  for (let basket = 0; basket + 1 < offsets.length; basket++) {
    const from = offsets[basket];
    const to = offsets[basket + 1];
    for (let i = from; i < to; i++) codes[i] = placeOf[codes[i]];
    sortRange(codes, from, to);
    for (let i = from; i < to; i++) {
      if (i === from || codes[i] !== codes[i - 1]) codes[kept++] = codes[i];
    }
    starts[basket + 1] = kept;
  }
  const rest = { keys, rowsWithoutProduct, rowsWithoutOrder };
  return { products, offsets: starts, items: codes.subarray(0, kept), ...rest };
}

/** Deals rows out to baskets, in the order of the baskets' numbers; codes that stand so already are given back. @internal */
export function dealRows(
  basketOfRow: Uint32Array,
  codes: Uint32Array,
  baskets: number,
): Pick<CollectedItems, "offsets" | "codes"> {
  const offsets = new Uint32Array(baskets + 1);
  let [latest, inOrder] = [0, true];
  for (let row = 0; row < basketOfRow.length; row++) {
    const basket = basketOfRow[row];
    inOrder = inOrder && basket >= latest;
    latest = basket;
    offsets[basket + 1]++;
  }
  for (let basket = 0; basket < baskets; basket++) offsets[basket + 1] += offsets[basket];
  if (inOrder) return { offsets, codes };
  const next = offsets.slice();
  const dealt = new Uint32Array(codes.length);
  for (let row = 0; row < codes.length; row++) dealt[next[basketOfRow[row]]++] = codes[row];
  return { offsets, codes: dealt };
}

function placesByName(
  codes: Uint32Array,
  names: readonly (string | null)[],
): { readonly products: readonly string[]; readonly placeOf: Uint32Array } {
  const isUsed = new Uint8Array(names.length);
  for (let i = 0; i < codes.length; i++) isUsed[codes[i]] = 1;
  const used: { readonly name: string; readonly code: number }[] = [];
  names.forEach((name, code) => {
    if (isUsed[code] === 1 && name !== null) used.push({ name, code });
  });
  used.sort((a, b) => (a.name < b.name ? -1 : 1));
  const placeOf = new Uint32Array(names.length);
  used.forEach(({ code }, place) => {
    placeOf[code] = place;
  });
  return { products: used.map(({ name }) => name), placeOf };
}
