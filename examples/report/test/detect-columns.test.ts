import { describe, expect, it } from "vitest";
import { readColumnMap } from "../src/input/column-map.js";
import { detectDelimiter, readDelimiter } from "../src/input/delimiter.js";
import { detectColumns } from "../src/input/detect-columns.js";
import type { Field } from "../src/input/options.js";

function chosen(header: string[], rows: string[][], map?: Partial<Record<Field, string>>) {
  const { columns } = detectColumns({ header, rows }, map);
  return Object.fromEntries(Object.entries(columns).map(([field, { index }]) => [field, index]));
}

describe("detectColumns", () => {
  it("goes by names, in English and Indonesian, whatever their case and signs", () => {
    const row = ["T1", "C1", "2023-01-31", "12.50"];
    expect(chosen(["Order ID", "Customer_ID", "Order Date", "Total"], [row])).toEqual({
      id: 0,
      customer: 1,
      at: 2,
      amount: 3,
    });
    expect(chosen(["No. Transaksi", "ID Pelanggan", "Tanggal", "Total Bayar"], [row])).toEqual({
      id: 0,
      customer: 1,
      at: 2,
      amount: 3,
    });
  });

  it("goes by content where names say nothing, if there is but one column that fits", () => {
    const rows = [
      ["ani", "2023-01-31", "12.50"],
      ["budi", "2023-02-28", "8.00"],
    ];
    const { columns } = detectColumns({ header: ["who", "when", "paid"], rows });
    expect(columns.at?.why).toContain("only column of dates");
    expect(columns.amount?.why).toContain("only column of decimal numbers");
    expect(columns.customer).toMatchObject({ index: 0, name: "who" });
  });

  it("lists the candidates and the option to type where more than one fits", () => {
    const rows = [["00004", "0001", "19970101", "2", "29.33"]];
    const header = ["column 1", "column 2", "column 3", "column 4", "column 5"];
    expect(() => detectColumns({ header, rows })).toThrow(
      /which column is customer\?[\s\S]*1 "column 1" \(00004[\s\S]*2 "column 2" \(0001[\s\S]*--map customer=1,at=3,amount=5/,
    );
    expect(chosen(header, rows, { customer: "2" })).toEqual({ customer: 1, at: 2, amount: 4 });
  });

  it("does not take the price of one unit for the amount", () => {
    const header = ["CustomerID", "InvoiceDate", "Quantity", "UnitPrice"];
    expect(() => detectColumns({ header, rows: [["C1", "2023-01-31", "2", "1.50"]] })).toThrow(
      "no column looks like amount",
    );
  });

  it("does not take an order number that repeats for the id of a transaction, and says so", () => {
    const rows = [
      ["O1", "C1", "2023-01-31", "5.00"],
      ["O1", "C1", "2023-01-31", "7.00"],
    ];
    const { columns, leftOut } = detectColumns({ header: ["order_id", "customer", "date", "amount"], rows });
    expect(columns.id).toBeUndefined();
    expect(leftOut.join()).toContain('"order_id" is not used as id: it repeats');
  });
});

describe("a column that only has the name of a field", () => {
  const header = ["id", "customer", "date", "amount", "type", "parent_id", "currency"];
  const rows = [
    ["T1", "ani", "2023-01-31", "12.50", "retail", "P7", "$"],
    ["T2", "budi", "2023-02-28", "8.00", "online", "P7", "$"],
  ];

  it("is left out, and said", () => {
    const { columns, leftOut } = detectColumns({ header, rows });
    expect(Object.keys(columns).toSorted()).toEqual(["amount", "at", "customer", "id"]);
    expect(leftOut).toEqual([
      '"type" is not used as type: it tells no purchases from refunds',
      '"parent_id" is not used as refundOf: it names no transaction of the file',
      '"currency" is not used as currency: it holds no ISO 4217 codes',
    ]);
  });

  it("is taken where its cells are of the kind, or are still to come", () => {
    const real = rows.map(([id = "", ...rest], index) => [
      id,
      ...rest.slice(0, 3),
      "sale",
      index ? "T1" : "",
      "usd",
    ]);
    expect(Object.keys(detectColumns({ header, rows: real }).columns).length).toBe(7);
    const blank = rows.map((row) => [...row.slice(0, 4), "", "", ""]);
    expect(Object.keys(detectColumns({ header, rows: blank }).columns).length).toBe(7);
  });

  it("can be declined", () => {
    const sale = rows.map((row) => row.with(4, "sale"));
    expect(chosen(header, sale).type).toBe(4);
    expect(chosen(header, sale, readColumnMap("type=None")).type).toBeUndefined();
  });
});

describe("columns of the same name", () => {
  it("are asked about", () => {
    const rows = [["ani", "2023-01-31", "12.50", "8.00"]];
    const header = ["customer", "date", "amount", "Amount"];
    expect(() => detectColumns({ header, rows })).toThrow(
      'columns 3 "amount" and 4 "Amount" may both be amount: say which by its number, for example --map amount=3',
    );
    expect(chosen(header, rows, { amount: "4" }).amount).toBe(3);
    expect(chosen(header, rows, { amount: "Amount" }).amount).toBe(3);
    expect(() => chosen(header, rows, { amount: "AMOUNT" })).toThrow(
      "--map amount=AMOUNT: columns 3 and 4 have that name: pass the number",
    );
  });
});

describe("readColumnMap", () => {
  it("reads names and numbers", () => {
    expect(readColumnMap("customer=2, at=date,AMOUNT=Total")).toEqual({
      customer: "2",
      at: "date",
      amount: "Total",
    });
  });

  it.each([
    ["buyer=2", 'names "buyer": the fields are customer'],
    ["customer=", "gives no column for customer"],
    ["customer=none", "there is no transaction without it"],
    ["customer=1,customer=2", "gives customer twice"],
  ])("%s", (given, message) => {
    expect(() => readColumnMap(given)).toThrow(message);
  });

  it("names the columns that there are where one is not there", () => {
    const sample = { header: ["who", "when"], rows: [["ani", "2023-01-31"]] };
    expect(() => detectColumns(sample, { customer: "whom" })).toThrow(
      '--map customer=whom: there is no such column; the columns are 1 "who", 2 "when"',
    );
  });
});

describe("detectDelimiter", () => {
  it.each([
    [",", "a,b\n1,2\n"],
    [";", "a;b\n1,50;2,50\n"],
    ["\t", "a\tb c\n1\t2 3\n"],
    ["|", "a|b\n1|2\n"],
    ["blanks", " a  b\n 1  2\n"],
    [",", '"Sari, Ani","a;b"\n"Budi, Eko","c;d"\n'],
  ])("%j", (delimiter, text) => {
    expect(detectDelimiter(text)).toBe(delimiter);
  });

  it("finds none in a list of single words", () => {
    expect(detectDelimiter("a\nb\nc\n")).toBeNull();
  });

  it("reads its option by name or by character", () => {
    expect(["tab", "semicolon", "blanks", ":", "\\t"].map(readDelimiter)).toEqual([
      "\t",
      ";",
      "blanks",
      ":",
      "\t",
    ]);
    expect(() => readDelimiter("::")).toThrow('--delimiter is "::"');
  });
});
