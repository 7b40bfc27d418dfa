import { describe, expect, it } from "vitest";
import { dataTable } from "../src/report/data-table.js";
import { html } from "../src/report/html.js";

const NASTY = `<img src=x onerror="alert('&')">`;
const HARMLESS = "&lt;img src=x onerror=&quot;alert(&#39;&amp;&#39;)&quot;&gt;";

describe("html", () => {
  it("escapes every text, also in attributes and lists, and markup only once", () => {
    const inner = html`<b title="${NASTY}">${[NASTY, 5, null]}</b>`;
    expect(html`<p>${inner}</p>`.markup).toBe(`<p><b title="${HARMLESS}">${HARMLESS}5</b></p>`);
  });
});

describe("dataTable", () => {
  it("gives each cell the name of its column for the cards on a phone", () => {
    const { markup } = dataTable<{ name: string; n: number }>({
      caption: "Rows",
      rows: [{ name: NASTY, n: 5 }],
      columns: [
        { head: "Name", kind: "text", cell: ({ name }) => name },
        { head: "Money", unit: "USD", cell: ({ n }) => n },
      ],
    });
    expect(markup).toContain(`<th scope="row" class="text">${HARMLESS}</th>`);
    expect(markup).toContain('<td class="number" data-label="Money, USD">5</td>');
  });
});
