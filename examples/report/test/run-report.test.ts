import { describe, expect, it } from "vitest";
import { runIn, textOf } from "./files.js";
import { ARGS, SHOP } from "./shop-file.js";

describe("the report", () => {
  it("says what is in the file", async () => {
    const run = await runIn({ "shop.csv": SHOP }, [...ARGS, "--as-of", "2024-01-01"]);
    expect([run.exitCode, run.err]).toEqual([0, ""]);
    expect(run.files.toSorted()).toEqual(["report.html", "shop.csv"]);
    const page = textOf(await run.read("report.html"));
    expect(page).toContain("7 rows were read from shop.csv (1 of them zero); none was rejected.");
    expect(page).toContain("4 customers with transactions, from March 1, 2022 to December 31, 2023");
    expect(page).toContain("740.75 USD in all, net of refunds");
    expect(page).toContain("380.50 USD, net of refunds");
    expect(page).toContain("Active customers 2 of 4 who ever bought; 2 are inactive");
    // Of ani, citra and dewi, ani came again; she had brought 230.25 of 360.25.
    expect(page).toContain("Retention 33.3% 1 of the 3 customers of the year before bought again");
    expect(run.out).toContain("33.3% of customers (1 of 3), 63.9% of sales");
    expect(page).toContain("Of 2 inactive customers, these 2 brought most: 130 USD of revenue together.");
    expect(page).toContain("That cannot be said: the data have no costs.");
    expect(page).toContain("Column of the amount total by its name");
    expect(page).toContain("Interested (signs of interest).");
  });

  it("counts what is known on the day of the report alone, in every place", async () => {
    // T4 to T7 come later: all that budi bought, the refund, and the amount of zero.
    const run = await runIn({ "shop.csv": SHOP }, [...ARGS, "--as-of", "2023-01-01"]);
    const page = textOf(await run.read("report.html"));
    expect(page).toContain("amounts in USD. 3 transactions of 3 customers.");
    expect(page).toContain("7 rows were read from shop.csv; none was rejected.");
    expect(page).toContain("3 customers with transactions, from March 1, 2022 to June 1, 2022");
    expect(page).toContain(
      "4 rows lie on the day of the report or later and count in no figure; 3 rows remain.",
    );
    expect(page).toContain("No refunds.");
    expect(page).not.toContain("an amount of zero");
    expect(run.out).toContain("7 rows, 0 rejected, 4 on the day of the report or later");
    expect(run.out).toContain("2022-03-01 to 2022-06-01");
    // T7, the zero, is known by then; it is no share of the rows read.
    const later = await runIn({ "shop.csv": SHOP }, [...ARGS, "--as-of", "2023-12-31"]);
    const laterPage = textOf(await later.read("report.html"));
    expect(laterPage).toContain("7 rows were read from shop.csv; none was rejected.");
    expect(laterPage).toContain("1 row has an amount of zero");
    expect(later.out).toContain("7 rows, 0 rejected, 2 on the day of the report or later");
  });

  it("needs nothing but itself: no script, no link to elsewhere, no id twice", async () => {
    const page = await (await runIn({ "shop.csv": SHOP }, ARGS)).read("report.html");
    // Pyramid, Pareto curve, grid, overlaps, migration, retention, cohorts and lifetimes, each for a desk and for a phone;
    // without costs there is no whale curve, and four customers are no clusters.
    expect(page.match(/<svg/g)?.length).toBe(16);
    expect(page).not.toMatch(/<script|<link|@import|\son\w+=/i);
    expect(
      [...page.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, to]) => to).filter((to) => !to?.startsWith("#")),
    ).toEqual([]);
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(ids.length).toBe(new Set(ids).size);
  });

  it("takes the day after the last transaction where no day is given, and says so", async () => {
    const run = await runIn({ "shop.csv": SHOP }, ARGS);
    expect(textOf(await run.read("report.html"))).toContain("2024-01-01, the day after the last transaction");
  });

  it("shows profit where there are costs", async () => {
    const costs = SHOP.split("\n").map((line, index) =>
      line ? `${line},${index === 0 ? "cost" : "0"}` : "",
    );
    costs[4] = `${SHOP.split("\n")[4]},200.00`;
    const run = await runIn({ "shop.csv": costs.join("\n") }, [...ARGS, "--as-of", "2024-01-01"]);
    expect(run.exitCode).toBe(0);
    const page = textOf(await run.read("report.html"));
    expect(page).not.toContain("the data have no costs:");
    expect(page).toContain("2 with a profit");
    expect(run.out).toMatch(/Profit, 12 months\s+180\.50 USD/);
  });

  it("escapes what the file says", async () => {
    const name = "<script>alert('x')</script>";
    const run = await runIn({ "shop.csv": SHOP.replaceAll("citra", name) }, [
      ...ARGS,
      "--title",
      "<b>Toko</b>",
    ]);
    const page = await run.read("report.html");
    expect(page).toContain("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
    expect(page).toContain("The customer base of &lt;b&gt;Toko&lt;/b&gt;");
    expect(page).not.toContain("<script>");
  });

  it("writes where it is told to, and makes the folder", async () => {
    const inFolder = await runIn({ "shop.csv": SHOP }, [...ARGS, "--out", "out/2024"]);
    expect(await inFolder.read("out/2024/report.html")).toContain("<!doctype html>");
    const asFile = await runIn({ "shop.csv": SHOP }, [...ARGS, "--out", "shop.html"]);
    expect(asFile.files).toContain("shop.html");
  });

  it("reads what a spreadsheet saves: a byte order mark, CRLF, semicolons, quotes, decimal commas", async () => {
    const file = [
      "\uFEFFID Pelanggan;Tanggal;Total Bayar;Produk",
      '"Sari; Ani";31.12.2023 23:30;"1.250.000,50";"Kopi ""Luwak"""',
      'Budi;01.02.2023;150.000;"Teh\nhijau"',
      "",
    ].join("\r\n");
    const run = await runIn({ "toko.csv": file }, [
      ...["--transactions", "toko.csv", "--currency", "IDR", "--zone", "Asia/Jakarta"],
    ]);
    expect([run.exitCode, run.err]).toEqual([0, ""]);
    expect(run.out).toContain("as of 2024-01-01 (Asia/Jakarta)");
    expect(run.out).toMatch(/Revenue\s+1,400,000\.50 IDR in all/);
    expect(run.out).toContain("2 customers: 2 active");
  });

  it("holds for a file of one row", async () => {
    const run = await runIn({ "one.csv": "customer,date,amount\nani,2023-01-31,5\n" }, [
      ...["--transactions", "one.csv", "--currency", "IDR", "--zone", "Asia/Jakarta"],
    ]);
    expect([run.exitCode, run.err]).toEqual([0, ""]);
    expect(run.out).toContain("1 customer: 1 active, 0 inactive");
  });
});

describe("bad rows", () => {
  const BAD = `${SHOP}T8,eka,2023-13-01,5.00,\nT9,,2023-01-01,abc,\nT1,ani,2023-01-01,5.00,\nT10,ani,2023-01-01,-5.00,\n`;

  it("are written beside the report with row, column and reason, and counted in it", async () => {
    const run = await runIn({ "shop.csv": BAD }, [...ARGS, "--as-of", "2024-01-01"]);
    expect(run.exitCode).toBe(0);
    const [head, ...lines] = (await run.read("report-rejects.csv")).trimEnd().split("\n");
    expect(head).toBe("row (line in file),column,reason,order_id,customer_id,order_date,total,refund_of");
    expect(lines[0]).toMatch(/^9,order_date,is not a date YYYY-MM-DD,T8,eka,2023-13-01,5.00,$/);
    expect(lines[1]).toMatch(/^10,customer_id; total,is missing; is not an amount,T9,,2023-01-01,abc,$/);
    expect(lines[2]).toMatch(/^11,order_id,.*,T1,ani,2023-01-01,5.00,$/);
    expect(lines[3]).toMatch(/^12,total,"is negative on a purchase.*",T10,ani,2023-01-01,-5.00,$/);
    expect(lines.length).toBe(4);
    expect(run.out).toContain(
      'row 10, column "customer_id": is missing; column "total": "abc" is not an amount',
    );
    expect(run.out).toContain("--unlinked-refunds accept");
    const page = textOf(await run.read("report.html"));
    expect(page).toContain("11 rows were read from shop.csv (1 of them zero); 4 rows were rejected.");
    expect(page).toContain("740.75 USD in all");
  });

  it("are those in another encoding, further down too, where it would make one customer of two", async () => {
    const long = `customer,date,amount\n${"ani,2023-01-01,5\n".repeat(5000)}`;
    const file = Buffer.from(`${long}J\u00fcrg,2023-01-01,5\nJ\u00e4rg,2023-01-01,5\n`, "latin1");
    const run = await runIn({ "shop.csv": file }, ARGS);
    expect(run.out).toContain("2 of 5002 rows rejected");
    expect(run.out).toContain(
      'row 5002, column "customer": "J\uFFFDrg" is not UTF-8: save the file as CSV, UTF-8',
    );
    expect(run.out).toContain("1 customer: 1 active");
  });

  it("are those with an offset that no clock shows", async () => {
    const times = [...Array.from({ length: 9 }, () => "2023-01-01 10:00:00+07"), "2023-01-01T10:00:00+99:00"];
    const file = `customer,date,amount\n${times.map((time) => `ani,${time},5\n`).join("")}`;
    const run = await runIn({ "shop.csv": file }, ARGS);
    expect(run.out).toContain('row 11, column "date": "2023-01-01T10:00:00+99:00" is not a date YYYY-MM-DD');
  });

  it("are none where a column that only has the name of a field is declined", async () => {
    const file = "customer,date,amount,type\nani,2023-01-01,10,sale\nani,2023-01-02,4,wholesale\n";
    const taken = await runIn({ "shop.csv": file }, ARGS);
    expect(taken.out).toContain('column "type": "wholesale" is neither purchase nor refund');
    const declined = await runIn({ "shop.csv": file }, [...ARGS, "--map", "type=none"]);
    expect(declined.out).toMatch(/Revenue\s+14 USD in all/);
    expect(textOf(await declined.read("report.html"))).toContain(
      "&quot;type&quot; is not used as type: as --map says.",
    );
  });

  it("end the work with --strict", async () => {
    const run = await runIn({ "shop.csv": BAD }, [...ARGS, "--strict"]);
    expect(run.exitCode).toBe(1);
    expect(run.err).toContain("4 of 11 rows cannot be used");
    expect(run.files).toEqual(["shop.csv"]);
  });

  it("end the work where they are most of the file", async () => {
    const bad =
      "customer,date,amount\nani,2023-01-01,1\nbudi,2023-01-02,x\nbudi,2023-01-03,y\nbudi,2023-01-04,5,z\n";
    const run = await runIn({ "shop.csv": bad }, ARGS);
    expect(run.exitCode).toBe(1);
    expect(run.err).toContain('row 3, column "amount": "x" is not an amount');
    expect(run.err).toContain("row 5, the row has 4 columns, the table 3");
  });

  it("are none where refunds without a purchase are accepted", async () => {
    const file = "customer,date,amount\nani,2023-01-01,10\nani,2023-01-02,-4\n";
    const run = await runIn({ "shop.csv": file }, [...ARGS, "--unlinked-refunds", "accept"]);
    expect(run.out).toMatch(/Revenue\s+6 USD in all/);
  });
});

describe("files and options that cannot be used", () => {
  it.each<[string, Record<string, string | Uint8Array>, string[], string]>([
    ["no such file", {}, ["--transactions", "none.csv", "--currency", "USD"], "there is no such file"],
    ["an empty file", { "f.csv": " \n" }, ["--transactions", "f.csv", "--currency", "USD"], "is empty"],
    ["a spreadsheet", { "f.xlsx": "PK\u0003\u0000" }, ["--transactions", "f.xlsx"], "is no UTF-8 text"],
    [
      "another encoding",
      { "f.csv": Buffer.from("customer,date,amount\nJ\u00fcrg,2023-01-01,5\n", "latin1") },
      ["--transactions", "f.csv", "--currency", "USD"],
      "is no UTF-8 text",
    ],
    [
      "a quote that would swallow the rest of a long file",
      {
        "f.csv": `customer,date,amount\n${"ani,2023-01-01,5\n".repeat(9)}"${"ani,2023-01-01,5\n".repeat(70_000)}`,
      },
      ["--transactions", "f.csv", "--currency", "USD"],
      "(a quote that is never closed?)",
    ],
    [
      "no day after the last transaction",
      { "f.csv": "customer,date,amount\nani,2023-01-01,5\nani,9999-12-31,5\n" },
      ["--transactions", "f.csv", "--currency", "USD"],
      "dated 9999-12-31, which has no day after it: pass --as-of",
    ],
    [
      "a header alone",
      { "f.csv": "customer,date,amount\n" },
      ["--transactions", "f.csv", "--currency", "USD"],
      "has no rows below its header",
    ],
    ["one column", { "f.csv": "a\nb\n" }, ["--transactions", "f.csv"], "no delimiter found"],
    [
      "a quote that is never closed",
      { "f.csv": `customer,date,amount\n${"ani,2023-01-01,5\n".repeat(9)}"ani,2023-01-01,5\n` },
      ["--transactions", "f.csv", "--currency", "USD"],
      "Quote Not Closed",
    ],
    ["no currency", { "f.csv": SHOP }, ["--transactions", "f.csv"], "--currency IDR"],
    ["no real currency", { "f.csv": SHOP }, ["--transactions", "f.csv", "--currency", "dollar"], "ISO 4217"],
    [
      "day and month that may be swapped",
      { "f.csv": "customer,date,amount\nani,01/02/2023,5\n" },
      ["--transactions", "f.csv", "--currency", "USD"],
      "pass --date-format DD/MM/YYYY (or MM/DD/YYYY)",
    ],
    [
      "amounts that may be thousands",
      { "f.csv": "customer;date;amount\nani;2023-01-01;150.000\n" },
      ["--transactions", "f.csv", "--currency", "IDR"],
      "pass --decimal point or --decimal comma",
    ],
    [
      "a day before all transactions",
      { "f.csv": SHOP },
      ["--transactions", "f.csv", "--currency", "USD", "--as-of", "2020-01-01"],
      "before the first transaction",
    ],
    ["an unknown option", {}, ["--form", "x"], "Unknown option '--form'; see npm run demo -- --help"],
    ["a file without its option", {}, ["shop.csv"], "Unexpected argument 'shop.csv'"],
    ["an option of a file without a file", {}, ["--currency", "USD"], "give the file with --transactions"],
    ["no such zone", {}, ["--transactions", "f.csv", "--zone", "Mars/Base"], '--zone is "Mars/Base"'],
    ["no such day", {}, ["--as-of", "2023-02-29"], '--as-of is "2023-02-29"'],
  ])("%s", async (_, files, args, message) => {
    const run = await runIn(files, args);
    expect(run.exitCode).toBe(1);
    expect(run.err).toContain(message);
    expect(run.err).not.toContain("    at ");
    expect(run.files).toEqual(Object.keys(files));
  });

  it("shows its options", async () => {
    const run = await runIn({}, ["--help"]);
    expect([run.exitCode, run.err]).toEqual([0, ""]);
    expect(run.out).toContain("--date-format");
  });
});
