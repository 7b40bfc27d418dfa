import { civilDay, dayNumber } from "clientele";

/** First and last civil day of the sample, and the zone and currency of the shop. */
export const shop = {
  name: "Toko Melati",
  opens: "2021-01-01",
  asOf: "2024-01-01",
  timeZone: "Asia/Jakarta",
  currency: "IDR",
} as const;

/** Ramadan begins, and Idul Fitri (Lebaran), as the Indonesian government set them. */
const ramadans = [
  { begins: dayNumber("2021-04-13"), lebaran: dayNumber("2021-05-13") },
  { begins: dayNumber("2022-04-03"), lebaran: dayNumber("2022-05-02") },
  { begins: dayNumber("2023-03-23"), lebaran: dayNumber("2023-04-22") },
];

/** Day numbers on which the shop trades: `[firstDay, lastDay)`. */
export const firstDay = dayNumber(shop.opens);
export const lastDay = dayNumber(shop.asOf);

/** How much busier than an ordinary day is this one? */
export function dayWeight(day: number): number {
  const date = civilDay(day);
  return holidayWeight(day) * paydayWeight(date) * weekendWeight(day) * saleDayWeight(date);
}

/** Before Lebaran everybody shops, with the holiday allowance in hand; at Lebaran everybody is at home. */
function holidayWeight(day: number): number {
  for (const { begins, lebaran } of ramadans) {
    if (day >= lebaran && day < lebaran + 4) return 0.35;
    if (day >= lebaran - 14 && day < lebaran) return 2.1;
    if (day >= begins && day < lebaran) return 1.3;
  }
  return 1;
}

/** Wages come on the 25th and last until the 1st. */
function paydayWeight(date: string): number {
  const dayOfMonth = Number(date.slice(8));
  return dayOfMonth >= 25 || dayOfMonth === 1 ? 1.35 : 1;
}

function weekendWeight(day: number): number {
  const weekday = (day + 4) % 7; // 1970-01-01 was a Thursday; 0 is Sunday.
  return weekday === 0 || weekday === 6 ? 1.3 : 1;
}

/** Harbolnas, the national online shopping days, and the end of the year. */
function saleDayWeight(date: string): number {
  const monthDay = date.slice(5);
  if (monthDay === "11-11" || monthDay === "12-12") return 1.9;
  return monthDay >= "12-18" ? 1.2 : 1;
}

/** Share of a day's purchases by local hour, 0 to 23; the web is awake later than the shop is open. */
export const hourWeights = {
  store: [0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 6, 8, 9, 7, 6, 7, 8, 9, 10, 9, 6, 1, 0, 0],
  web: [2, 1, 0.5, 0.5, 0.5, 1, 2, 3, 4, 5, 6, 7, 9, 8, 6, 6, 6, 6, 7, 9, 10, 10, 7, 4],
  app: [2, 1, 0.5, 0.5, 1, 1.5, 3, 5, 5, 5, 5, 6, 9, 7, 5, 5, 6, 7, 8, 9, 10, 10, 8, 5],
} as const;

/** Through which channels the shop sells. */
export type SalesChannel = keyof typeof hourWeights;
