import { firstDayOfMonth, monthOfDay, yearOfMonth } from "../../core/civil-day.js";
import type { BirthdayCondition } from "../program/earn-rule.js";

/**
 * The year of the birthday whose day, week (Monday to Sunday) or month holds this local day; `null` where none does.
 *
 * A week may lie in two years: the order of 2 January then belongs to the birthday of 31 December, and to its year.
 *
 * @internal
 */
export function birthdayYear(day: number, born: number, condition: BirthdayCondition): number | null {
  const year = yearOfMonth(monthOfDay(day));
  const bornIn = yearOfMonth(monthOfDay(born));
  for (let candidate = year - 1; candidate <= year + 1; candidate++) {
    if (candidate > bornIn && isAround(day, birthdayIn(candidate, born, condition), condition.within)) {
      return candidate;
    }
  }
  return null;
}

/** The day of a year with the month and day of birth; who was born on 29 February may have none. */
function birthdayIn(year: number, born: number, { leapDay = "feb28" }: BirthdayCondition): number {
  const bornMonth = monthOfDay(born);
  const month = bornMonth + 12 * (year - yearOfMonth(bornMonth));
  const day = firstDayOfMonth(month) + born - firstDayOfMonth(bornMonth);
  const afterMonth = firstDayOfMonth(month + 1);
  return day >= afterMonth && leapDay === "feb28" ? afterMonth - 1 : day;
}

function isAround(day: number, birthday: number, within: BirthdayCondition["within"]): boolean {
  if (within === "day") return day === birthday;
  if (within === "week") return weekOf(day) === weekOf(birthday);
  return monthOfDay(day) === monthOfDay(birthday);
}

/** Weeks begin on Monday; 1970-01-01 was a Thursday. */
function weekOf(day: number): number {
  return Math.floor((day + 3) / 7);
}
