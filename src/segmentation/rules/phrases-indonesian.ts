import type { RulePhrases } from "./rule-phrases.js";

/** Rules in Indonesian. @internal */
export const indonesianPhrases: RulePhrases = {
  months: [
    ...["Januari", "Februari", "Maret", "April", "Mei", "Juni"],
    ...["Juli", "Agustus", "September", "Oktober", "November", "Desember"],
  ],
  digits: { group: ".", decimal: "," },
  yes: "benar",
  no: "salah",
  and: " dan ",
  or: " atau ",
  everybody: "semua orang",
  nobody: "tidak seorang pun",
  noValues: "nilai yang tidak ada",
  not: (part) => `tidak (${part})`,
  atLeast: (count, parts) => `setidaknya ${count} dari ini: ${parts}`,
  inSegment: (name) => `termasuk segmen ${name}`,
  custom: (name, field, value) => [field, name, value].filter((part) => part !== null).join(" "),
  compare: {
    eq: (subject, value) => `${subject} adalah ${value}`,
    ne: (subject, value) => `${subject} selain ${value}`,
    lt: (subject, value) => `${subject} kurang dari ${value}`,
    lte: (subject, value) => `${subject} paling banyak ${value}`,
    gt: (subject, value) => `${subject} lebih dari ${value}`,
    gte: (subject, value) => `${subject} paling sedikit ${value}`,
    between: (subject, from, to) => `${subject} dari ${from} sampai ${to}`,
    in: (subject, values) => `${subject} salah satu dari ${values}`,
    notIn: (subject, values) => `${subject} terisi, tetapi bukan salah satu dari ${values}`,
    contains: (subject, value) => `${subject} mengandung ${value}`,
    startsWith: (subject, value) => `${subject} diawali ${value}`,
    endsWith: (subject, value) => `${subject} diakhiri ${value}`,
    exists: (subject) => `${subject} terisi`,
    missing: (subject) => `${subject} kosong`,
    hasAny: (subject, values) => `${subject} memuat setidaknya satu dari ${values}`,
    hasAll: (subject, values) => `${subject} memuat semua dari ${values}`,
    hasNone: (subject, values) => `${subject} terisi, tetapi tidak memuat satu pun dari ${values}`,
  },
  compareInstant: {
    eq: (subject, { text }) => `${subject} pada ${text}`,
    ne: (subject, { text }) => `${subject} terisi, tetapi tidak pada ${text}`,
    lt: (subject, { text }) => `${subject} sebelum ${text}`,
    lte: (subject, { text }) => `${subject} pada atau sebelum ${text}`,
    gt: (subject, { text }) => `${subject} setelah ${text}`,
    gte: (subject, { text }) => `${subject} pada atau setelah ${text}`,
    between: (subject, from, to) => `${subject} dari ${from.text} sampai ${to.text}`,
  },
  ignoringCase: " (huruf besar atau kecil)",
  sizeOf: (field) => `jumlah isi ${field}`,
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
  },
  events: (kind, window, where) =>
    `${kind}${window === null ? "" : ` ${window}`}${where === null ? "" : ` (hanya yang ${where})`}`,
  did: (events) => `punya ${events}`,
  didNot: (events) => `tidak punya ${events}`,
  measure: {
    count: (events) => `banyaknya ${events}`,
    sum: (events, field) => `jumlah ${field} dari ${events}`,
    average: (events, field) => `rata-rata ${field} dari ${events}`,
    min: (events, field) => `${field} terendah dari ${events}`,
    max: (events, field) => `${field} tertinggi dari ${events}`,
    distinct: (events, field) => `banyaknya ${field} yang berbeda dari ${events}`,
    first: (events) => `yang pertama dari ${events}`,
    last: (events) => `yang terakhir dari ${events}`,
  },
  sequence: (steps, window, notFollowedBy) =>
    `punya ${window === null ? "" : `${window} `}berturut-turut: ${steps.join(", lalu ")}${
      notFollowedBy === null ? "" : `, tidak diikuti ${notFollowedBy}`
    }`,
  step: (events, within) => (within === null ? events : `${events} dalam ${within}`),
  frequency: (events, minimum, atLeast, outOf, unit) =>
    `punya paling sedikit ${minimum} ${events} pada masing-masing dari paling sedikit ${atLeast} dari ${outOf} ${UNITS[unit]} kalender lengkap terakhir`,
};

const UNITS = {
  day: "hari",
  week: "minggu",
  month: "bulan",
  quarter: "triwulan",
  halfYear: "semester",
  year: "tahun",
} as const;

const LENGTHS = { years: "tahun", months: "bulan", weeks: "minggu", days: "hari" } as const;
