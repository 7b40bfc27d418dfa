import { assertArgument, assertArray, shown } from "../../core/assert.js";
import { assertCivilDay, type CivilDay, dayNumber } from "../../core/civil-day.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { begunDayReader } from "../../core/time-zone.js";

/** A time in which customers were asked to buy. */
export interface CampaignWindow {
  /** First civil day. */
  readonly from: CivilDay;
  /** Last civil day, included. */
  readonly through: CivilDay;
}

/** Opportunities by consecutive number. @internal */
export interface OpportunityReader {
  /** Number of the last opportunity that has begun at an instant. */
  readonly begunBy: (at: number) => number;
  /** Whether that one still runs then. */
  readonly heldAt: (at: number) => boolean;
  /** Number of the last one that is over. */
  readonly over: number;
}

/** Reads campaigns by their number, from 1, as they are at an instant. @internal */
export function campaignReader(
  campaigns: readonly CampaignWindow[],
  asOf: number,
  timeZone: string,
): OpportunityReader {
  assertArray(campaigns, "options.campaigns");
  assertArgument(
    campaigns.length > 0,
    "options.campaigns",
    () => "options.campaigns is empty: pass { from, through } of each campaign",
  );
  const problems: RowProblem[] = [];
  let before = Number.NEGATIVE_INFINITY;
  const starts: number[] = [];
  const ends: number[] = [];
  for (const [row, campaign] of campaigns.entries()) {
    const path = `options.campaigns[${row}]`;
    assertArgument(
      typeof campaign === "object" && campaign !== null,
      path,
      () => `${path} is ${shown(campaign)}: pass { from, through }`,
    );
    assertCivilDay(campaign.from, `${path}.from`);
    assertCivilDay(campaign.through, `${path}.through`);
    const [from, to] = [dayNumber(campaign.from), dayNumber(campaign.through)];
    if (from <= before)
      problems.push({ row, field: "from", reason: "is not after the campaign before", value: campaign.from });
    if (to < from)
      problems.push({
        row,
        field: "through",
        reason: `is before from, ${campaign.from}`,
        value: campaign.through,
      });
    before = Math.max(before, to);
    starts.push(from);
    ends.push(to);
  }
  if (problems.length > 0) throw invalidRows(problems, problems.length, "options.campaigns");
  const dayOf = begunDayReader(timeZone);
  const begunOn = (day: number) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= day) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const today = dayOf(asOf);
  return {
    begunBy: (at) => begunOn(dayOf(at)),
    heldAt: (at) => {
      const day = dayOf(at);
      const begun = begunOn(day);
      return begun > 0 && day <= ends[begun - 1];
    },
    over: ends.filter((end) => end < today).length,
  };
}
