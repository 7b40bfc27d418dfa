import { assertArray } from "../core/assert.js";
import { ClienteleError } from "../core/errors.js";
import { epochMs, type Instant } from "../core/instant.js";
import { type RowProblem, throwRowProblems } from "../core/row-problems.js";

/**
 * From when until when a customer had a contract: the smallest shape that measures of contracts are computed from.
 *
 * A `Subscription` fits as it is. Rows that bear the same `id` are phases of one contract (another price, a return after
 * a pause): they may follow each other and may not overlap. Rows of different contracts may.
 */
export interface ContractRow {
  /** Whose contract. */
  readonly customerId: string;
  /** Which contract; left out, the row is a contract of its own. */
  readonly id?: string | null | undefined;
  /** First instant of the contract or phase. */
  readonly startAt: Instant;
  /** First instant after it; left out while no end is known. */
  readonly endAt?: Instant | null | undefined;
}

/**
 * Contracts as they were known at an instant: those that had begun before it. An end at or after it is not known yet.
 *
 * The arrays are parallel, in order of customer (order of first appearance), start, and row.
 *
 * @internal
 */
export interface KnownContracts {
  readonly length: number;
  /** Of all rows, also of those who had not begun: in order of first appearance. */
  readonly customerIds: readonly string[];
  /** Place in `customerIds`. */
  readonly customer: Uint32Array;
  /** Epoch milliseconds. */
  readonly start: Float64Array;
  /** Epoch milliseconds; `Infinity` while no end is known. */
  readonly end: Float64Array;
  /** Place in the input. */
  readonly row: Uint32Array;
}

/** Notes a broken rule of the row at hand: the rule as a predicate, the field, what is wrong, the value. @internal */
export type MustOfRow = (holds: boolean, field: string, reason: string, value: unknown) => void;

/**
 * Reads and checks contracts; `alsoCheck` holds further rules against each row (`start` is NaN where it is no instant), so
 * that one error tells all.
 *
 * @internal
 */
export function readContracts<Row extends ContractRow>(
  contracts: readonly Row[],
  { asOf, timeZone }: { readonly asOf: number; readonly timeZone: string },
  path = "contracts",
  alsoCheck?: (contract: Row, row: number, start: number, must: MustOfRow) => void,
): KnownContracts {
  assertArray(contracts, path);
  const problems: RowProblem[] = [];
  const starts = new Float64Array(contracts.length);
  const ends = new Float64Array(contracts.length);
  const codes = new Map<string, number>();
  const customers = new Uint32Array(contracts.length);
  const sound: number[] = [];
  let place = 0;
  const must: MustOfRow = (holds, field, reason, value) => {
    if (!holds) problems.push({ row: place, field, reason, value });
  };
  for (; place < contracts.length; place++) {
    const contract = contracts[place];
    const isRecord = typeof contract === "object" && contract !== null;
    must(isRecord, "", "is not { customerId, startAt, endAt }", contract);
    if (!isRecord) continue;
    const before = problems.length;
    checkNames(contract, must);
    starts[place] = readInstant(contract.startAt, "startAt", timeZone, must);
    const { endAt } = contract;
    ends[place] =
      endAt === undefined || endAt === null
        ? Number.POSITIVE_INFINITY
        : readInstant(endAt, "endAt", timeZone, must);
    must(!(ends[place] < starts[place]), "endAt", "is before startAt", endAt);
    if (problems.length === before) sound.push(place);
    alsoCheck?.(contract, place, starts[place], must);
    let code = codes.get(contract.customerId);
    if (code === undefined) {
      code = codes.size;
      codes.set(contract.customerId, code);
    }
    customers[place] = code;
  }
  for (const problem of overlaps(contracts, sound, starts, ends)) problems.push(problem);
  throwRowProblems(problems, path);

  const row = Uint32Array.from(contracts.keys())
    .filter((place) => starts[place] < asOf)
    .sort((a, b) => customers[a] - customers[b] || starts[a] - starts[b] || a - b);
  return {
    length: row.length,
    customerIds: [...codes.keys()],
    customer: Uint32Array.from(row, (place) => customers[place]),
    start: Float64Array.from(row, (place) => starts[place]),
    end: Float64Array.from(row, (place) => (ends[place] < asOf ? ends[place] : Number.POSITIVE_INFINITY)),
    row,
  };
}

function checkNames({ customerId, id }: ContractRow, must: MustOfRow): void {
  must(typeof customerId === "string" && customerId !== "", "customerId", "is no text, or empty", customerId);
  const isId = id === undefined || id === null || (typeof id === "string" && id !== "");
  must(isId, "id", "is no text, or empty", id);
}

/** NaN, and a problem, where there is none. */
function readInstant(
  value: Instant | null | undefined,
  field: string,
  timeZone: string,
  must: MustOfRow,
): number {
  if (value === undefined || value === null) {
    must(false, field, "is missing", undefined);
    return Number.NaN;
  }
  const at = instantIn(value, timeZone);
  must(!Number.isNaN(at), field, "is no instant", value);
  return at;
}

/** Epoch milliseconds; NaN where it is no instant. @internal */
export function instantIn(value: Instant, timeZone: string): number {
  try {
    return epochMs(value, "", timeZone);
  } catch (error) {
    if (error instanceof ClienteleError && error.code === "INVALID_ARGUMENT") return Number.NaN;
    throw error;
  }
}

/** Phases of one contract that lie over each other, the later row of each pair; a contract has one customer. Rows with problems of their own are left out. */
function overlaps(
  contracts: readonly ContractRow[],
  sound: readonly number[],
  starts: Float64Array,
  ends: Float64Array,
): RowProblem[] {
  const phases = new Map<string, number[]>();
  for (const row of sound) {
    const { id } = contracts[row];
    if (id === undefined || id === null) continue;
    const rows = phases.get(id);
    if (rows) rows.push(row);
    else phases.set(id, [row]);
  }
  const problems: RowProblem[] = [];
  for (const rows of phases.values()) {
    rows.sort((a, b) => starts[a] - starts[b] || ends[a] - ends[b] || a - b);
    let [before] = rows;
    for (const row of rows.slice(1)) {
      const { id, customerId, startAt } = contracts[row];
      if (contracts[before].customerId !== customerId)
        problems.push({
          row,
          field: "customerId",
          reason: `is not the customer of contract ${id} in row ${before + 1}`,
          value: customerId,
        });
      else if (starts[row] < ends[before])
        problems.push({
          row,
          field: "startAt",
          reason: `lies in the phase of contract ${id} in row ${before + 1}`,
          value: startAt,
        });
      if (ends[row] > ends[before]) before = row;
    }
  }
  return problems;
}
