import { type Html, type HtmlValue, html } from "./html.js";

/** One column of a table. */
export interface TableColumn<Row> {
  readonly head: string;
  /** Unit of the numbers, written small below the head. */
  readonly unit?: string;
  readonly cell: (row: Row) => HtmlValue;
  /** Numbers stand to the right, words to the left; default number. */
  readonly kind?: "number" | "text";
}

/** A table of records; the first column names the row. */
export interface DataTable<Row> {
  /** What the table shows, for those who meet it alone. */
  readonly caption: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  /** Below a phone's width, `stack` shows each row as a card; a table of few columns can stay as it is. */
  readonly onPhone?: "stack" | "keep";
  /** A last row with the sums. */
  readonly total?: Row;
}

/** Writes a table; each cell carries its column's name, for the cards on a phone. */
export function dataTable<Row>({ caption, columns, rows, onPhone = "stack", total }: DataTable<Row>): Html {
  // A card has three numbers side by side, or two where three would leave one alone.
  const numbers = columns.slice(1).filter(({ kind = "number" }) => kind === "number").length;
  const perLine = numbers % 3 === 1 ? "two" : "three";
  return html`<table class="${onPhone} ${perLine}">
<caption>${caption}</caption>
<thead><tr>${columns.map(headOf)}</tr></thead>
<tbody>${rows.map((row) => rowOf(columns, row))}</tbody>
${total === undefined ? null : html`<tfoot>${rowOf(columns, total)}</tfoot>`}
</table>`;
}

function headOf<Row>({ head, unit, kind = "number" }: TableColumn<Row>): Html {
  return html`<th scope="col" class="${kind}">${head}${unit === undefined ? null : html` <small>${unit}</small>`}</th>`;
}

function rowOf<Row>(columns: readonly TableColumn<Row>[], row: Row): Html {
  const cells = columns.map(({ head, unit, cell, kind = "number" }, index) => {
    const label = unit === undefined ? head : `${head}, ${unit}`;
    return index === 0
      ? html`<th scope="row" class="${kind}">${cell(row)}</th>`
      : html`<td class="${kind}" data-label="${label}">${cell(row)}</td>`;
  });
  return html`<tr>${cells}</tr>\n`;
}
