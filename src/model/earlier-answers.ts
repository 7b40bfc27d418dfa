/** Gives numbers to the ids of answers, so that answers can be compared as numbers. @internal */
export interface AnswerNumbers {
  /** By row: which respondent in which wave; -1: the row was passed over. */
  readonly personOf: Int32Array;
  /** By row: which item. */
  readonly itemOf: Int32Array;
  /** Notes an answer. */
  readonly note: (row: number, respondentId: string, waveId: string | null, itemId: string) => void;
  /** How many persons and items there are by now. */
  readonly counts: () => { readonly people: number; readonly items: number };
}

/** Ids are numbered by nesting, so that none is joined with another. @internal */
export function answerNumbers(length: number): AnswerNumbers {
  const personOf = new Int32Array(length).fill(-1);
  const itemOf = new Int32Array(length);
  const itemIds: string[] = [];
  const items = new Map<string, number>();
  const respondentIds: string[] = [];
  const waveOf: (string | null)[] = [];
  const waves = new Map<string | null, Map<string, number>>();
  let people = new Map<string, number>();
  let lastWave: string | null | undefined;
  let [person, item] = [-1, -1];
  const note = (row: number, respondentId: string, waveId: string | null, itemId: string) => {
    if (waveId !== lastWave) {
      people = waves.get(waveId) ?? new Map<string, number>();
      waves.set(waveId, people);
      lastWave = waveId;
    }
    // Answers mostly come respondent by respondent, or item by item with the respondents in one order: then no map is asked.
    if (!(respondentIds[person] === respondentId && waveOf[person] === waveId)) {
      const next = person + 1;
      const isNext = respondentIds[next] === respondentId && waveOf[next] === waveId;
      person = isNext ? next : (people.get(respondentId) ?? -1);
      if (person < 0) {
        person = respondentIds.push(respondentId) - 1;
        waveOf.push(waveId);
        people.set(respondentId, person);
      }
    }
    if (itemIds[item] !== itemId) {
      const next = item + 1 < itemIds.length ? item + 1 : 0;
      item = itemIds[next] === itemId ? next : (items.get(itemId) ?? -1);
      if (item < 0) {
        item = itemIds.push(itemId) - 1;
        items.set(itemId, item);
      }
    }
    personOf[row] = person;
    itemOf[row] = item;
  };
  return {
    personOf,
    itemOf,
    note,
    counts: () => ({ people: respondentIds.length, items: itemIds.length }),
  };
}

/**
 * Which answers come a second time: for each row the number, from 1, of the row in which this respondent answered the item in the
 * same wave before; 0: in none. `null` when no answer does.
 *
 * @internal
 */
export function earlierAnswers({ personOf, itemOf, counts }: AnswerNumbers): Int32Array | null {
  const { people, items } = counts();
  // Rows by person, by counting: that takes no more memory than there are rows, however many items there are.
  const starts = new Int32Array(people + 1);
  for (const person of personOf) if (person >= 0) starts[person + 1]++;
  for (let person = 0; person < people; person++) starts[person + 1] += starts[person];
  const rows = new Int32Array(starts[people]);
  const filled = starts.slice();
  for (let row = 0; row < personOf.length; row++) {
    const person = personOf[row];
    if (person >= 0) rows[filled[person]++] = row;
  }
  const lastPerson = new Int32Array(items).fill(-1);
  const firstRow = new Int32Array(items);
  let earlier: Int32Array | null = null;
  for (const row of rows) {
    const [item, person] = [itemOf[row], personOf[row]];
    if (lastPerson[item] === person) {
      earlier ??= new Int32Array(personOf.length);
      earlier[row] = firstRow[item] + 1;
    } else {
      lastPerson[item] = person;
      firstRow[item] = row;
    }
  }
  return earlier;
}
