import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { transactionLog } from "../../src/history/transaction-log.js";
import { transactionLogBuilder } from "../../src/history/transaction-log-builder.js";
import { thrown } from "../core/thrown.js";
import { plainLog } from "./plain-log.js";

const IDR = { currency: "IDR" } as const;
const many = (length: number, first = 0) =>
  Array.from({ length }, (_, n) => ({ customerId: (first + n) % 100, at: first + n, amount: n }));
const columns = (length: number, first = 0) => ({
  customerId: Int32Array.from({ length }, (_, n) => (first + n) % 100),
  at: Float64Array.from({ length }, (_, n) => first + n),
  amount: Float64Array.from({ length }, (_, n) => n),
});

describe("transactionLogBuilder", () => {
  test("makes of batches what transactionLog makes of all", () => {
    fc.assert(
      fc.property(plainLog(), fc.integer({ min: 1, max: 9 }), ({ rows, options }, size) => {
        const builder = transactionLogBuilder(options);
        for (let at = 0; at < rows.length; at += size) builder.add(rows.slice(at, at + size));
        expect(builder.rowsRead()).toBe(rows.length);
        expect(builder.build()).toEqual(transactionLog(rows, options));
      }),
    );
  });

  test("takes columns and records in turn, and leaves the columns alone", () => {
    const whole = transactionLog(many(3000), IDR);
    const first = columns(1000);
    const last = columns(1000, 2000);
    const before = structuredClone([first, last]);
    const builder = transactionLogBuilder(IDR);
    builder.add(first);
    builder.add(many(1000, 1000));
    builder.add(last);
    expect(builder.rowsRead()).toBe(3000);
    const { at, amount, ...others } = builder.build();
    expect(others).toEqual({ ...whole, at: undefined, amount: undefined });
    expect(at).toEqual(whole.at);
    expect(amount).toEqual(
      transactionLog([...many(1000), ...many(1000, 1000), ...many(1000, 2000)], IDR).amount,
    );
    expect([first, last]).toEqual(before);
  });

  test("counts rows over all batches, good and bad", () => {
    const bad = { customerId: 1, at: 0, amount: 0.5 };
    const builder = transactionLogBuilder(IDR);
    builder.add(columns(10));
    builder.add([bad]);
    builder.add([...many(5), bad]);
    expect(builder.rowsRead()).toBe(17);
    const { log, rejects } = builder.collect();
    expect(log.length).toBe(15);
    expect(rejects.map(({ row }) => row)).toEqual([10, 16]);
  });

  test("ends with its log", () => {
    for (const end of ["build", "collect"] as const) {
      const builder = transactionLogBuilder(IDR);
      builder.add(many(3));
      builder[end]();
      for (const again of [() => builder.add([]), () => builder.build(), () => builder.collect()]) {
        const error = thrown(again);
        expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "builder"]);
      }
    }
  });

  test("onProgress hears of every 65,536 rows; of typed columns once", () => {
    const heard: number[] = [];
    const builder = transactionLogBuilder({ ...IDR, onProgress: (rowsRead) => heard.push(rowsRead) });
    builder.add(many(65_536));
    builder.add(many(65_535));
    builder.add(many(1));
    expect(heard).toEqual([65_536, 131_072]);
    transactionLog(columns(500), { ...IDR, onProgress: (rowsRead) => heard.push(rowsRead) });
    expect(heard).toEqual([65_536, 131_072, 500]);
  });

  test("a signal that has fired stops the next batch, the rows of a long one, and the build", () => {
    const stop = new AbortController();
    const signal = stop.signal;
    const begun = transactionLogBuilder({ ...IDR, signal });
    begun.add(many(3));
    let read = 0;
    function* endless() {
      for (;;) {
        if (read === 70_000) stop.abort();
        yield { customerId: 1, at: read++, amount: 1 };
      }
    }
    const aborted = [
      () => transactionLog(endless(), { ...IDR, signal }),
      () => begun.add([]),
      () => begun.build(),
      () => transactionLog([], { ...IDR, signal }),
    ].map((call) => thrown(call));
    expect(aborted.map(({ code, path }) => [code, path])).toEqual(
      Array(4).fill(["ABORTED", "options.signal"]),
    );
    expect(read).toBe(131_072);
  });
});
