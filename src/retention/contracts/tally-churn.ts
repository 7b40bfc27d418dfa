import type { TimeWindow } from "../../core/duration.js";
import type { ActiveContracts } from "./active-contracts.js";
import { eachTermEnd, type RenewableContract, type TermAnchors, termOf } from "./contract-terms.js";

/** Windows that follow each other without a gap, and where an instant lies among them. @internal */
export interface ConsecutiveWindows<Window extends TimeWindow = TimeWindow> {
  readonly count: number;
  readonly at: (place: number) => Window;
  /** 0 to `count - 1`; -1 before the first, `count` after the last. */
  readonly placeOf: (at: number) => number;
}

/** What happened to the customers of one group in one window. @internal */
export interface ChurnTally {
  activeAtStart: number;
  started: number;
  churned: number;
  churnedOfStarted: number;
  returned: number;
  /** Active at the start, with a contract whose term ends in the window. */
  dueAtStart: number;
  /** Those of them who were not active at the end. */
  churnedOfDue: number;
}

/** What {@link tallyChurn} needs to know of terms; `null`: who is up for renewal is not asked. @internal */
export interface TermReader extends TermAnchors {
  readonly rows: readonly RenewableContract[];
  readonly timeZone: string;
}

/**
 * Counts who starts and who leaves in each window.
 *
 * Active at an edge is who was so right before it: what happens at the edge belongs to the window that begins there, as
 * everywhere with half-open windows. So each start and each end lies in exactly one window, and what is active at the end
 * of a window is what is active at the start of the next.
 *
 * @returns By group, a tally for each window.
 * @internal
 */
export function tallyChurn(
  active: ActiveContracts,
  windows: ConsecutiveWindows,
  groups: { readonly codes: Uint32Array; readonly count: number },
  terms: TermReader | null,
): ChurnTally[][] {
  const { customerIds, offsets, start, end } = active;
  const byGroup = Array.from({ length: groups.count }, () => Array.from({ length: windows.count }, newTally));
  const readDue = terms === null ? null : dueReader(active, windows, terms);
  for (let customer = 0; customer < customerIds.length; customer++) {
    const tallies = byGroup[groups.codes[customer]];
    const due = readDue?.(customer);
    // The window in which the customer last left, and the one in which they last started.
    let leftIn = -2;
    let startedIn = -2;
    for (let i = offsets[customer]; i < offsets[customer + 1]; i++) {
      const first = windows.placeOf(start[i]);
      const last = windows.placeOf(end[i]);
      if (first >= 0 && first < windows.count) {
        if (leftIn === first) {
          // Back before the window was over: the loss was none.
          tallies[first].returned++;
        } else {
          tallies[first].started++;
          startedIn = first;
        }
      }
      for (let place = first + 1; place <= Math.min(last, windows.count - 1); place++) {
        tallies[place].activeAtStart++;
        if (due?.has(place)) tallies[place].dueAtStart++;
      }
      leftIn = last;
      const isBack = i + 1 < offsets[customer + 1] && windows.placeOf(start[i + 1]) === last;
      if (last < 0 || last === windows.count || isBack) continue;
      tallies[last].churned++;
      if (startedIn === last) tallies[last].churnedOfStarted++;
      else if (due?.has(last)) tallies[last].churnedOfDue++;
    }
  }
  return byGroup;
}

/**
 * Gives, customer by customer in their order, the windows in which a term ends of a contract that was there at their start.
 * The set is the same each time: read it before the next customer.
 */
function dueReader(
  { contracts }: ActiveContracts,
  windows: ConsecutiveWindows,
  { rows, timeZone, anchors, ends }: TermReader,
): (customer: number) => ReadonlySet<number> {
  const bounds = Array.from({ length: windows.count }, (_, place) => windows.at(place));
  const due = new Set<number>();
  const add = (at: number): void => {
    due.add(windows.placeOf(at));
  };
  let next = 0;
  return (customer) => {
    due.clear();
    for (; next < contracts.length && contracts[next].customer === customer; next++) {
      const { row, start, end } = contracts[next];
      const first = windows.placeOf(start) + 1;
      const last = Math.min(windows.placeOf(end), windows.count - 1);
      if (first > last) continue;
      // A contract that ends before its term, in the same window, was up for renewal all the same.
      const range = { start: bounds[first].start, end: bounds[last].end };
      const term = termOf(rows[row]);
      if (term !== null) eachTermEnd(term, anchors[row], range, timeZone, add);
      else if (ends[row] >= range.start && ends[row] < range.end) add(ends[row]);
    }
    return due;
  };
}

/** Several groups as one. @internal */
export function joinedChurn(tallies: readonly ChurnTally[]): ChurnTally {
  const all = newTally();
  const counts = Object.keys(all) as (keyof ChurnTally)[];
  for (const tally of tallies) for (const count of counts) all[count] += tally[count];
  return all;
}

function newTally(): ChurnTally {
  return {
    activeAtStart: 0,
    started: 0,
    churned: 0,
    churnedOfStarted: 0,
    returned: 0,
    dueAtStart: 0,
    churnedOfDue: 0,
  };
}
