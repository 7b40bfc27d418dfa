/** What an event says that gives back three points of redemption `R`, but for the lots that they go to. */
export const reversed = {
  type: "redemptionReversed",
  redemptionId: "R",
  points: 3,
  restored: [],
  lapsed: [],
  moved: [],
  lots: [],
  repaid: [],
};
