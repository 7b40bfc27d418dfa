/** Days in the units in which long times are told: a month is a twelfth of the Julian year of 365.25 days. @internal */
export const DAYS_IN = { day: 1, week: 7, month: 365.25 / 12, year: 365.25 } as const;
