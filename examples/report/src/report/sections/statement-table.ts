import type { ProfitAndLossTotal } from "clientele";
import type { ProfitAnalysis } from "../../profit/profit-analysis.js";
import { dataTable, type TableColumn } from "../data-table.js";
import { counted, type MoneyColumn, moneyColumn, percent } from "../formats.js";
import type { Html } from "../html.js";

type Amount =
  | "sales"
  | "returns"
  | "netRevenue"
  | "costOfGoods"
  | "grossMargin"
  | "costToServe"
  | "paymentCost"
  | "contribution"
  | "acquisitionCost"
  | "marketingCost"
  | "profit";

interface Line {
  readonly name: string;
  readonly amount: Amount;
  /** What is taken off is written with a minus sign. */
  readonly sign: 1 | -1;
}

const lines: readonly Line[] = [
  { name: "Sales", amount: "sales", sign: 1 },
  { name: "Returns", amount: "returns", sign: -1 },
  { name: "Net revenue", amount: "netRevenue", sign: 1 },
  { name: "Goods and sale", amount: "costOfGoods", sign: -1 },
  { name: "Gross margin", amount: "grossMargin", sign: 1 },
  { name: "Cost to serve", amount: "costToServe", sign: -1 },
  { name: "Cost of payment", amount: "paymentCost", sign: -1 },
  { name: "Contribution", amount: "contribution", sign: 1 },
  { name: "Winning customers", amount: "acquisitionCost", sign: -1 },
  { name: "Marketing to customers", amount: "marketingCost", sign: -1 },
  { name: "Profit", amount: "profit", sign: 1 },
];

/** How many lines there are when the data know no costs but those of the goods. */
const LINES_OF_GOODS = 5;

const kindNames: Readonly<Record<string, string>> = { person: "Households", organization: "Businesses" };

/** A line and its amounts: of each kind of customer, and of all. */
interface StatementRow {
  readonly name: string;
  readonly ofKinds: readonly number[];
  readonly all: number;
}

/** From sales to profit, for households, businesses and all. */
export function statementTable({ statement, byKind, whaleOfGoods }: ProfitAnalysis, currency: string): Html {
  const { total, customers } = statement;
  const groups = byKind?.groups.columns;
  const shown = whaleOfGoods === null ? lines.slice(0, LINES_OF_GOODS) : lines;
  const rows: StatementRow[] = shown.map(({ name, amount, sign }) => ({
    name,
    ofKinds: groups?.group.map((_, i) => sign * (groups[amount][i] ?? 0)) ?? [],
    all: sign * total[amount],
  }));
  const money = moneyColumn(
    rows.flatMap(({ ofKinds, all }) => [...ofKinds, all]),
    currency,
  );
  return dataTable<StatementRow>({
    caption: `Profit and loss of the last 12 months, of ${counted(customers.length, "customer")} who bought or cost something`,
    onPhone: groups ? "stack" : "keep",
    rows: [...rows, ...unassignedRows(total)],
    columns: [
      { head: "Line", kind: "text", cell: ({ name }) => name },
      ...(groups?.group.map((kind, i) => kindColumn(kindNames[kind ?? ""] ?? "Others", i, money)) ?? []),
      { head: "All", unit: money.unit, cell: ({ all }) => money.cell(all) },
      {
        head: "Share",
        unit: "of net revenue",
        cell: ({ all }) => percent(total.netRevenue > 0 ? all / total.netRevenue : null),
      },
    ],
  });
}

function kindColumn(head: string, place: number, money: MoneyColumn): TableColumn<StatementRow> {
  return { head, unit: money.unit, cell: ({ ofKinds }) => money.cell(ofKinds[place] ?? null) };
}

/** What no customer bears, and what is left then. */
function unassignedRows({ unassignedCost, profitAfterUnassigned }: ProfitAndLossTotal): StatementRow[] {
  if (unassignedCost === 0) return [];
  return [
    { name: "Unused time of the staff", ofKinds: [], all: -unassignedCost },
    { name: "Profit after it", ofKinds: [], all: profitAfterUnassigned },
  ];
}
