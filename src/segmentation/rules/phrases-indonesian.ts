import type { EventPhrase, RulePhrases } from "./rule-phrases.js";

/** Rules in Indonesian. @internal */
export const indonesianPhrases: RulePhrases = {
  months: [
    ...["Januari", "Februari", "Maret", "April", "Mei", "Juni"],
    ...["Juli", "Agustus", "September", "Oktober", "November", "Desember"],
  ],
  digits: { group: ".", decimal: "," },
  yes: "ya",
  no: "tidak",
  and: " dan ",
  or: " atau ",
  everybody: (events) => `semua ${events ?? "pelanggan"} dimaksud`,
  nobody: (events) => `tidak ada ${events ?? "pelanggan"} yang dimaksud`,
  noValues: "daftar kosong",
  not: (part) => `tidak benar bahwa (${part})`,
  atLeast: (count, parts) => `paling sedikit ${count} dari syarat ini terpenuhi: ${parts}`,
  inSegment: (name) => `pelanggan termasuk segmen ${name}`,
  custom: (name, field, value) =>
    `syarat ${name} terpenuhi${field === null ? "" : ` untuk ${field}`}${value === null ? "" : ` dengan ${value}`}`,
  compare: {
    eq: (subject, value) => `${subject} adalah ${value}`,
    ne: (subject, value) => `${subject} ada datanya, tetapi bukan ${value}`,
    lt: (subject, value) => `${subject} kurang dari ${value}`,
    lte: (subject, value) => `${subject} paling banyak ${value}`,
    gt: (subject, value) => `${subject} lebih dari ${value}`,
    gte: (subject, value) => `${subject} paling sedikit ${value}`,
    between: (subject, from, to) => `${subject} dari ${from} sampai ${to}`,
    in: (subject, values) => `${subject} adalah salah satu dari ${values}`,
    notIn: (subject, values) => `${subject} ada datanya, tetapi bukan salah satu dari ${values}`,
    contains: (subject, value) => `${subject} mengandung ${value}`,
    startsWith: (subject, value) => `${subject} diawali ${value}`,
    endsWith: (subject, value) => `${subject} diakhiri ${value}`,
    exists: (subject) => `${subject} ada datanya`,
    missing: (subject) => `${subject} tidak ada datanya`,
    hasAny: (subject, values) => `${subject} memuat paling sedikit satu dari ${values}`,
    hasAll: (subject, values) => `${subject} memuat semua dari ${values}`,
    hasNone: (subject, values) => `${subject} ada datanya, tetapi tidak memuat satu pun dari ${values}`,
  },
  isNot: (subject, value) => `${subject} bukan ${value}`,
  compareInstant: {
    eq: (subject, { text }) => `${subject} pada ${text}`,
    ne: (subject, { text }) => `${subject} ada datanya, tetapi tidak pada ${text}`,
    lt: (subject, { text }) => `${subject} sebelum ${text}`,
    lte: (subject, { text }) => `${subject} pada atau sebelum ${text}`,
    gt: (subject, { text }) => `${subject} setelah ${text}`,
    gte: (subject, { text }) => `${subject} pada atau setelah ${text}`,
    between: (subject, from, to) => `${subject} dari ${from.text} sampai ${to.text}`,
  },
  inZone: (timeZone) => `waktu ${timeZone}`,
  ignoringCase: " (huruf besar/kecil diabaikan)",
  sizeOf: (field) => `banyaknya isi ${field}`,
  inWindow: (subject, window) => `${subject} ${window}`,
  anniversary: (field, length, direction) =>
    direction === "next"
      ? `ulang tahun ${field} dalam ${length} ke depan, termasuk hari ini`
      : `ulang tahun ${field} dalam ${length} terakhir, termasuk hari ini`,
  duration: (parts) => parts.map(([part, length]) => `${length} ${LENGTHS[part]}`).join(" "),
  window: {
    last: (length) => `dalam ${length} terakhir`,
    next: (length) => `dalam ${length} ke depan`,
    ago: (from, to) => `antara ${from} dan ${to} yang lalu`,
    calendar: (unit, offset, count) => {
      const name = `${UNITS[unit]} kalender`;
      const apart = Math.abs(offset);
      const last =
        offset === 0
          ? `${name} ini`
          : apart === 1
            ? `${name} ${offset < 0 ? "sebelumnya" : "berikutnya"}`
            : `${name} ${apart} ${UNITS[unit]} ${offset < 0 ? "yang lalu" : "ke depan"}`;
      return count === 1 ? `pada ${last}` : `pada ${count} ${name} yang berakhir dengan ${last}`;
    },
    from: (moment) => `mulai ${moment}`,
    until: (moment) => `sebelum ${moment}`,
    between: (from, until) => `mulai ${from} sampai sebelum ${until}`,
    always: "kapan saja",
    resolved: (from, to) => ` (${from} sampai ${to})`,
    onDay: (day) => ` (${day})`,
    empty: " (tanpa waktu sama sekali)",
  },
  where: (rule) => `(hanya yang ${rule})`,
  did: (events) => `ada ${someOf(events)}`,
  didNot: (events) => `tidak ada ${someOf(events)}`,
  measure: {
    count: (events) => `banyaknya ${someOf(events)}`,
    sum: (events, field) => `total ${field} dari ${someOf(events)}`,
    average: (events, field) => `rata-rata ${field} dari ${someOf(events)}`,
    min: (events, field) => `${field} terendah dari ${someOf(events)}`,
    max: (events, field) => `${field} tertinggi dari ${someOf(events)}`,
    distinct: (events, field) => `banyaknya ${field} berbeda dalam ${someOf(events)}`,
    first: (events) => `${wordOf(events)} pertama${events.rest}`,
    last: (events) => `${wordOf(events)} terakhir${events.rest}`,
  },
  sequence: (steps, window, notFollowedBy) =>
    `secara berurutan${window === null ? "" : ` ${window}`}: ${steps.join(", lalu ")}${
      notFollowedBy === null ? "" : `, tidak diikuti ${notFollowedBy}`
    }`,
  step: (events, within) => (within === null ? events : `${events} dalam ${within}`),
  frequencyPeriods: (atLeast, outOf, unit) =>
    outOf === 1
      ? `pada ${UNITS[unit]} kalender lengkap terakhir`
      : `paling sedikit pada ${atLeast} dari ${outOf} ${UNITS[unit]} kalender lengkap terakhir`,
  frequency: (events, minimum, periods, each) => {
    if (minimum === 1) return `${periods} ada ${someOf(events)}`;
    const where = each === null ? periods : `${periods}, tiap ${UNITS[each]}`;
    return `${where} ada paling sedikit ${minimum} ${someOf(events)}`;
  },
};

/** One word for one and for several: Indonesian has no plural, so that of a label in another language the singular does. */
function wordOf({ one, many }: EventPhrase): string {
  return one ?? many;
}

function someOf(events: EventPhrase): string {
  return wordOf(events) + events.rest;
}

const UNITS = {
  day: "hari",
  week: "minggu",
  month: "bulan",
  quarter: "triwulan",
  halfYear: "semester",
  year: "tahun",
} as const;

const LENGTHS = { years: "tahun", months: "bulan", weeks: "minggu", days: "hari" } as const;
