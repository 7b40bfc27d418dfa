/** A number of things by place, from the best, of which only so many are wanted. @internal */
export interface BestFirst {
  /** Takes one more. */
  readonly add: (item: number) => void;
  /** How many of those taken are wanted. */
  readonly size: () => number;
  /** Calls back for those wanted, the best first, and forgets all; gives how many were not wanted. */
  readonly drain: (each: (item: number, rank: number) => void) => number;
}

// Up to here each finds its place by stepping past those that are worse; above, all are sorted at the end.
const FEW = 32;

/** `isBetter` must put any two in one order. @internal */
export function bestFirst(limit: number, isBetter: (item: number, other: number) => boolean): BestFirst {
  const items: number[] = [];
  let added = 0;
  return {
    add(item) {
      added++;
      if (limit > FEW) {
        items.push(item);
        return;
      }
      if (items.length === limit) {
        if (limit === 0 || !isBetter(item, items[limit - 1])) return;
        items.pop();
      }
      let place = items.length;
      items.push(item);
      for (; place > 0 && isBetter(item, items[place - 1]); place--) items[place] = items[place - 1];
      items[place] = item;
    },
    size: () => Math.min(limit, items.length),
    drain(each) {
      if (limit > FEW && items.length > 1) items.sort((a, b) => (isBetter(a, b) ? -1 : 1));
      const wanted = Math.min(limit, items.length);
      for (let i = 0; i < wanted; i++) each(items[i], i + 1);
      const beyond = added - wanted;
      items.length = 0;
      added = 0;
      return beyond;
    },
  };
}
