/** The look of the report: one column of text and charts, dark on light, first for a phone, then for a desk, then for paper. */
export const styleSheet = `
:root { color-scheme: light; --ink: #1f2933; --soft: #52606d; --line: #d5dbe1; --pale: #f4f6f8; --accent: #0b3c5d; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: #fff; color: var(--ink); font: 16px/1.5 "Helvetica Neue", Helvetica, Arial, sans-serif; }
header, main, footer { max-width: 800px; margin: 0 auto; padding: 0 20px; }
header { padding-top: 28px; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 6px; overflow-wrap: anywhere; color: var(--accent); }
h2 { font-size: 1.35rem; line-height: 1.25; margin: 0 0 8px; }
h3 { font-size: 1.05rem; margin: 28px 0 6px; }
p { margin: 0 0 12px; overflow-wrap: anywhere; }
section { margin: 44px 0 0; }
.byline, .note { color: var(--soft); }
.note { font-size: .875rem; }
.answer { font-size: 1.0625rem; max-width: 64ch; }
code { font: .9em ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
ul { margin: 0 0 16px; padding-left: 20px; }
li { margin: 4px 0; overflow-wrap: anywhere; }

nav ul { list-style: none; padding: 0; margin: 16px 0 0; display: flex; flex-wrap: wrap; gap: 4px 18px; font-size: .9rem; }
nav li { margin: 0; }
nav a { color: var(--accent); }

#headline { margin-top: 24px; }
.tiles { display: grid; grid-template-columns: 1fr; gap: 1px; margin: 0; background: var(--line); border: 1px solid var(--line); }
.tile { background: #fff; padding: 14px 16px; }
.tile dt { font-size: .875rem; color: var(--soft); }
.tile dd { margin: 0; font-size: .8125rem; color: var(--soft); }
.tile dd.figure { font-size: 1.5rem; line-height: 1.25; font-weight: 600; color: var(--ink); margin: 2px 0 4px; }
.tile dd.change { margin-top: 4px; color: var(--ink); }

figure { margin: 0 0 16px; }
.chart svg { display: block; width: 100%; height: auto; }
.chart.wide { display: none; }
.chart.narrow { max-width: 460px; }

table { width: 100%; border-collapse: collapse; font-size: .875rem; margin: 16px 0; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); font-size: .8125rem; padding-bottom: 6px; }
th, td { padding: 6px 8px; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
thead th { vertical-align: bottom; border-bottom: 2px solid var(--ink); }
th { font-weight: 600; text-align: left; }
th small { display: block; font-weight: 400; color: var(--soft); }
.number { text-align: right; }
.text { text-align: left; }

dl.definitions dt { font-weight: 600; margin-top: 12px; }
dl.definitions dd { margin: 0; max-width: 68ch; }
footer { margin-top: 48px; padding-bottom: 40px; color: var(--soft); font-size: .8125rem; }

@media (max-width: 699px) {
  table.stack, table.stack tbody, table.stack tfoot, table.stack caption, table.stack th, table.stack td { display: block; }
  table.stack thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  table.stack tr { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 4px 12px; border-bottom: 1px solid var(--line); padding: 10px 0; }
  table.stack tbody tr:first-child { border-top: 2px solid var(--ink); }
  table.stack.two tr { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  table.stack th, table.stack td { border: 0; padding: 0; text-align: left; }
  table.stack tbody th, table.stack td.text { grid-column: 1 / -1; }
  table.stack td.number { display: flex; flex-direction: column; justify-content: space-between; }
  table.stack td::before { content: attr(data-label); display: block; color: var(--soft); font-size: .75rem; line-height: 1.3; }
  table.stack td.text::before { display: inline; margin-right: 6px; }
  table.stack td:has(.zero), table.stack td:empty { display: none; }
}
@media (min-width: 700px) {
  .tiles { grid-template-columns: repeat(6, 1fr); }
  .tile { grid-column: span 2; }
  .tile:nth-last-child(-n + 2) { grid-column: span 3; }
  .chart.wide { display: block; }
  .chart.narrow { display: none; }
  th small, td.number { white-space: nowrap; }
  th.text { min-width: 10.5em; }
  th, td { overflow-wrap: break-word; }
}
@media print {
  body { font-size: 10.5pt; }
  nav { display: none; }
  .chart.wide { display: block; }
  .chart.narrow { display: none; }
  section { break-inside: auto; margin-top: 28px; }
  h2, h3, caption { break-after: avoid; }
  figure, tr, .tile { break-inside: avoid; }
}
`;
