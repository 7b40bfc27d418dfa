import type { RowFilter } from "./row-filter.js";
import { noRow } from "./row-filter.js";
import type { DictionaryColumn, OpenColumns } from "./rule-columns.js";
import type { ValueTest } from "./value-test.js";

/** Picks the rows of dictionaries: a condition is put to each distinct value once, however long that takes. @internal */
export interface DictionaryFilters {
  /** The rows whose value passes a test. */
  readonly passing: (column: DictionaryColumn, test: ValueTest) => RowFilter;
  /** The rows whose value is one of these, which hold nothing that is missing. */
  readonly among: (column: DictionaryColumn, wanted: readonly unknown[], test: ValueTest) => RowFilter;
}

const FILTERS = new WeakMap<OpenColumns, DictionaryFilters>();

/** The filters of columns, which know what they found out about a dictionary for another condition. @internal */
export function dictionaryFilters(columns: OpenColumns): DictionaryFilters {
  let filters = FILTERS.get(columns);
  if (filters === undefined) {
    filters = newFilters(columns.length);
    FILTERS.set(columns, filters);
  }
  return filters;
}

/** How many bytes the tables of all conditions may take together. */
const ROOM = 2 ** 25;

function newFilters(rows: number): DictionaryFilters {
  const known = new Map<DictionaryColumn, Dictionary>();
  const of = (column: DictionaryColumn): Dictionary => {
    const dictionary = known.get(column) ?? openDictionary(column);
    known.set(column, dictionary);
    return dictionary;
  };
  let room = ROOM;
  const tableFor = ({ codes, values }: DictionaryColumn): Uint8Array | null => {
    // One that has a place for every code that a byte can be needs no look at the codes.
    const length = Math.max(values.length, codes.BYTES_PER_ELEMENT === 1 ? BYTES : 0);
    // With fewer rows than values each row is asked about instead: less to do, and no table.
    if (length > Math.max(rows, BYTES) || length > room) return null;
    room -= length;
    return new Uint8Array(length);
  };
  const passing = (column: DictionaryColumn, test: ValueTest): RowFilter => {
    const { values } = column;
    const passes = tableFor(column);
    if (passes === null) return rowByRow(column, test);
    for (let code = 0; code < values.length; code++) passes[code] = test(values[code]) ? 1 : 0;
    return tableFilter(column, passes, of(column).hasCodeFrom(passes.length));
  };
  const among = (column: DictionaryColumn, wanted: readonly unknown[], test: ValueTest): RowFilter => {
    const { codeOf, hasCodeFrom } = of(column);
    const codes = new Set<number>();
    for (const value of wanted) {
      const code = codeOf(value);
      if (code === SEVERAL) return passing(column, test);
      if (code !== NONE) codes.add(code);
    }
    const [only] = codes;
    if (only === undefined) return noRow;
    if (codes.size === 1) return codeFilter(column.codes, only);
    const passes = tableFor(column);
    if (passes === null) return rowByRow(column, test);
    for (const code of codes) passes[code] = 1;
    return tableFilter(column, passes, hasCodeFrom(passes.length));
  };
  return { passing, among };
}

const BYTES = 256;

/** What conditions on one dictionary share. */
interface Dictionary {
  /** The code of a value; {@link NONE} or {@link SEVERAL}. */
  readonly codeOf: (value: unknown) => number;
  /** Whether some code is this one or a higher one, the same at each call. */
  readonly hasCodeFrom: (end: number) => boolean;
}

const NONE = -1;
const SEVERAL = -2;

/** How many values of a dictionary are looked for one by one before a map is made of them all. */
const FEW = 8;

function openDictionary({ codes, values }: DictionaryColumn): Dictionary {
  let strays: boolean | null = null;
  let asked = 0;
  let places: Map<unknown, number> | null = null;
  return {
    codeOf: (value) => {
      if (++asked <= FEW) {
        const code = values.indexOf(value);
        return code !== NONE && values.includes(value, code + 1) ? SEVERAL : code;
      }
      places ??= placesOf(values);
      return places.get(value) ?? NONE;
    },
    hasCodeFrom: (end) => {
      strays ??= end < 2 ** (8 * codes.BYTES_PER_ELEMENT) && highest(codes) >= end;
      return strays;
    },
  };
}

function placesOf(values: readonly unknown[]): Map<unknown, number> {
  const places = new Map<unknown, number>();
  values.forEach((value, code) => {
    places.set(value, places.has(value) ? SEVERAL : code);
  });
  return places;
}

function highest(codes: DictionaryColumn["codes"]): number {
  let most = 0;
  for (let row = 0; row < codes.length; row++) most = Math.max(most, codes[row]);
  return most;
}

function codeFilter(codes: DictionaryColumn["codes"], wanted: number): RowFilter {
  return (rows, count, out) => {
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const row = rows[i];
      out[kept] = row;
      kept += Number(codes[row] === wanted);
    }
    return kept;
  };
}

/**
 * Every row is written and the next written over it unless it holds: a branch that goes either way for every other row
 * costs four times as much. Where codes lie beyond the table the branch is what keeps them out.
 */
function tableFilter({ codes }: DictionaryColumn, passes: Uint8Array, hasStrayCodes: boolean): RowFilter {
  if (hasStrayCodes) {
    return (rows, count, out) => {
      let kept = 0;
      for (let i = 0; i < count; i++) {
        const row = rows[i];
        if (passes[codes[row]] === 1) out[kept++] = row;
      }
      return kept;
    };
  }
  return (rows, count, out) => {
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const row = rows[i];
      out[kept] = row;
      kept += passes[codes[row]];
    }
    return kept;
  };
}

function rowByRow({ codes, values }: DictionaryColumn, test: ValueTest): RowFilter {
  return (rows, count, out) => {
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const row = rows[i];
      if (test(values[codes[row]])) out[kept++] = row;
    }
    return kept;
  };
}
