import { cohortHeatmapChart } from "clientele";
import { chartFigure } from "../chart-figure.js";
import { type Html, html } from "../html.js";
import type { ReportInput } from "../report-input.js";

/** Whether those who came later stay better; nothing where no cohort is a period old. */
export async function cohortPart({ analysis }: Pick<ReportInput, "analysis">): Promise<Html | null> {
  const { cohorts, cohortPeriod } = analysis;
  const isOld = cohorts.cohorts.some(({ customers, observedAges }) => customers > 0 && observedAges > 1);
  if (!isOld) return null;
  return html`<h3>Do those who came later stay as well?</h3>
${await chartFigure((options) => cohortHeatmapChart(cohorts, options))}
<p class="note">A row holds the customers whose first purchase fell into one ${cohortPeriod}, a column how many ${cohortPeriod}s later it is: read a
row to the right to see customers leave, a column downward to see whether the newer ones stay better. A white cell is not over yet. Those
who bought before the data begin look new in ${cohorts.cohorts[0]?.period.label ?? "the first row"}.</p>`;
}
