import { type ClusterChoice, type ClusterProfile, clusterProfileChart } from "clientele";
import { chartFigure } from "../chart-figure.js";
import { type CustomerClusters, FEWEST_CUSTOMERS } from "../cluster-analysis.js";
import { count, counted, day, percent, twoDigits } from "../formats.js";
import { type Html, html } from "../html.js";
import type { ReportInput } from "../report-input.js";

/** Which groups the data show that nobody has named. */
export async function clusterSection({ analysis }: ReportInput): Promise<Html> {
  const { customers, found } = analysis.clusters;
  const { window, timeZone } = analysis.pyramid;
  const heading = html`<h2>Which groups are there that nobody has named?</h2>`;
  if (found === null) {
    const why =
      customers < FEWEST_CUSTOMERS
        ? `${counted(customers, "customer")} paid something in the last 12 months, and groups are looked for among ${count(FEWEST_CUSTOMERS)} or more`
        : "those who paid something in the last 12 months are too much alike";
    return html`<section id="clusters">
${heading}
<p class="answer">That cannot be said: ${why}.</p>
</section>`;
  }
  const { choice, profiles, shareOfRevenue, labels } = found;
  return html`<section id="clusters">
${heading}
${await chartFigure((options) => clusterProfileChart(profiles, { ...options, labels }), answer(found))}
<ul>
${profiles.clusters.map(
  (cluster) =>
    html`<li>${cluster.words} They bring ${percent(shareOfRevenue[cluster.cluster] ?? null)} of the revenue. ${advice(cluster)}</li>\n`,
)}
</ul>
<p class="note">Customers who paid something from ${day(window.start, timeZone)} up to, not including, ${day(window.end, timeZone)}, grouped by number and average of their purchases (k-means on logarithms);
the other columns only describe the groups. ${chosen(choice)}</p>
</section>`;
}

/** How much the first group brings, which brings most. */
function answer({ profiles, shareOfRevenue }: CustomerClusters): string {
  const [first] = profiles.clusters;
  const what = `By how often and for how much they buy, customers fall into ${counted(profiles.clusters.length, "group")}`;
  return first === undefined
    ? `${what}.`
    : `${what}: ${first.name} has ${percent(first.share)} of them and brings ${percent(shareOfRevenue[0] ?? null)} of the revenue of the last 12 months.`;
}

/** By whether a group buys more often than all, and for more at a time. */
function advice({ columns }: ClusterProfile): string {
  const isAbove = (column: string) => (columns.find((each) => each.column === column)?.index.value ?? 0) >= 1;
  if (isAbove("purchases")) {
    return isAbove("average")
      ? "Keep them: service before price."
      : "Make the basket larger: sets, free delivery from an amount on.";
  }
  return isAbove("average")
    ? "Bring them back sooner: remind them when their purchase is used up."
    : "Spend little on each: one reason to come again, by mail or app.";
}

/** How the number of groups was found, and how far apart they are (Kaufman & Rousseeuw 1990). */
function chosen({ tried, bySilhouette, reason }: ClusterChoice): string {
  const each = tried.flatMap(({ clusters, silhouette }) =>
    silhouette === null ? [] : [`${twoDigits(silhouette)} for ${clusters}`],
  );
  const best = tried.find(({ clusters }) => clusters === bySilhouette)?.silhouette ?? 0;
  const apart =
    best > 0.7
      ? "the groups lie far apart"
      : best > 0.5
        ? "the groups can be told apart"
        : best > 0.25
          ? "the groups run into each other: use them for what to say, not to judge a single customer"
          : "there are hardly any groups: take them for a way to cut one crowd";
  const more = reason === null ? "" : " (no more were tried: many customers are exactly alike)";
  return `Their number is that of the greatest mean silhouette (from −1 to 1): ${each.join(", ")}${more}. With ${twoDigits(best)} ${apart}.`;
}
