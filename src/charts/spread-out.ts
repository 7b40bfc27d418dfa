/**
 * Moves places on a line apart until neighbours have a gap, as little as may be, inside the limits.
 *
 * Places keep their order; each group that touches is centred on the mean of where its members would like to be.
 *
 * @internal
 */
export function spreadOut(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b] || a - b);
  interface Group {
    readonly members: readonly number[];
    readonly start: number;
  }
  const placed = (members: readonly number[]): Group => {
    const length = (members.length - 1) * gap;
    const middle = members.reduce((sum, i) => sum + wanted[i], 0) / members.length;
    return { members, start: Math.max(low, Math.min(high - length, middle - length / 2)) };
  };
  const groups: Group[] = [];
  for (const i of order) {
    let group = placed([i]);
    for (let before = groups.at(-1); before !== undefined; before = groups.at(-1)) {
      if (before.start + before.members.length * gap <= group.start) break;
      groups.pop();
      group = placed([...before.members, ...group.members]);
    }
    groups.push(group);
  }
  const places: number[] = new Array(wanted.length);
  for (const { members, start } of groups) {
    members.forEach((i, k) => {
      places[i] = start + k * gap;
    });
  }
  return places;
}
