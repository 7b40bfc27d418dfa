/**
 * What the clocks of a zone show, read from the date and time fields of Intl: another way than the offset names that the
 * library reads. Epoch milliseconds of the reading as if it were UTC.
 */
export function localClock(timeZone: string): (epochMs: number) => number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (epochMs) => {
    const fields = format.format(epochMs).match(/\d+/g)?.map(Number);
    if (fields?.length !== 6) throw new Error(`unexpected format ${format.format(epochMs)}`);
    const [month, day, year, hour, minute, second] = fields as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    return Date.UTC(year, month - 1, day, hour, minute, second) + (((epochMs % 1000) + 1000) % 1000);
  };
}

/** Zones with every kind of oddity: local mean time with seconds, half hours, skipped and repeated days, set back at 00:01. */
export const ODD_ZONES = [
  "Asia/Jakarta", // +07:07:12, then +07:20, +07:30, +09:00, +07:30, +08:00, +07:30, +07:00
  "America/New_York",
  "Australia/Lord_Howe", // summer time of half an hour
  "Africa/Monrovia", // -00:44:30 until 1972
  "Pacific/Apia", // no 2011-12-30
  "Pacific/Kwajalein", // no 1993-08-21; 1969-09-30 lasted 47 hours
  "America/Sao_Paulo", // no midnight on the day summer time began
  "America/St_Johns", // clocks set back at 00:01 from 1987 to 2011
  "Asia/Beirut", // no midnight on the day summer time begins
  "Asia/Gaza", // stretches of a week
  "Africa/Casablanca", // winter time in Ramadan
  "Europe/Dublin", // winter time as the exception
  "Asia/Kathmandu", // +05:45
  "Etc/GMT+12",
] as const;
