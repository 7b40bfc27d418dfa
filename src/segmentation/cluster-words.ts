import type { ClusterProfile, ProfileBase, ProfileColumn } from "./cluster-profile.js";

/** Below a small effect (Cohen 1988) a column does not set a cluster apart. */
const SMALL = 0.2;
const MOST_NAMED = 3;

interface Phrases {
  readonly locale: string;
  readonly nobody: (name: string) => string;
  readonly customers: (count: string, isOne: boolean) => string;
  readonly onAverage: (column: string, mean: string) => string;
  readonly percent: (percent: string, isAbove: boolean, base: string) => string;
  readonly deviations: (deviations: string, isAbove: boolean, base: string) => string;
  readonly likeAll: string;
}

const english: Phrases = {
  locale: "en-US",
  nobody: (name) => `${name}: no customers.`,
  customers: (count, isOne) => `${count} ${isOne ? "customer" : "customers"}`,
  onAverage: (column, mean) => `${column} ${mean} on average`,
  percent: (percent, isAbove, base) => `${percent} ${isAbove ? "above" : "below"} all (${base})`,
  deviations: (deviations, isAbove, base) =>
    `${deviations} standard deviations ${isAbove ? "above" : "below"} all (${base})`,
  likeAll: "much like all customers",
};

const indonesian: Phrases = {
  locale: "id-ID",
  nobody: (name) => `${name}: tidak ada pelanggan.`,
  customers: (count) => `${count} pelanggan`,
  onAverage: (column, mean) => `rata-rata ${column} ${mean}`,
  percent: (percent, isAbove, base) =>
    `${percent} di ${isAbove ? "atas" : "bawah"} semua pelanggan (${base})`,
  deviations: (deviations, isAbove, base) =>
    `${deviations} simpangan baku di ${isAbove ? "atas" : "bawah"} semua pelanggan (${base})`,
  likeAll: "hampir sama dengan semua pelanggan",
};

/** What sets a cluster apart, the strongest first. @internal */
export function profileSentence(
  { name, customers, share, columns }: Omit<ClusterProfile, "words">,
  base: readonly ProfileBase[],
  labels: Readonly<Record<string, string>>,
  language: "en" | "id",
): string {
  const phrases = language === "id" ? indonesian : english;
  if (customers === 0) return phrases.nobody(name);
  const whole = new Intl.NumberFormat(phrases.locale, { maximumFractionDigits: 0 });
  const percent = new Intl.NumberFormat(phrases.locale, { style: "percent", maximumFractionDigits: 0 });
  const tenths = new Intl.NumberFormat(phrases.locale, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const digits = new Intl.NumberFormat(phrases.locale, { maximumSignificantDigits: 3 });
  // Three digits of small numbers, all before the point of great ones; more where two numbers would look the same.
  const amount = (value: number, apart: number) => {
    if (Math.abs(value) < 100) return digits.format(value + 0);
    if (apart === 0 || apart >= 10) return whole.format(value + 0);
    const maximumFractionDigits = Math.min(20, 1 - Math.floor(Math.log10(apart)));
    return new Intl.NumberFormat(phrases.locale, { maximumFractionDigits }).format(value + 0);
  };
  const strength = (column: ProfileColumn) => Math.abs(column.effect.value ?? 0);
  const apart = columns
    .map((column, j) => ({ column, all: base[j] }))
    .filter(({ column }) => strength(column) >= SMALL)
    .sort((a, b) => strength(b.column) - strength(a.column))
    .slice(0, MOST_NAMED)
    .map(({ column, all }) => {
      const mean = column.mean ?? 0;
      const isAbove = mean > all.mean;
      const label = Object.hasOwn(labels, all.column) ? labels[all.column] : all.column;
      const difference = Math.abs(mean - all.mean);
      const baseMean = amount(all.mean, difference);
      const { value: index } = column.index;
      // Where the index is not defined, or rounds to "0% above all", standard deviations say it.
      const far =
        index === null || Math.abs(index - 1) < 0.005
          ? phrases.deviations(tenths.format(strength(column)), isAbove, baseMean)
          : phrases.percent(percent.format(Math.abs(index - 1)), isAbove, baseMean);
      return `${phrases.onAverage(label, amount(mean, difference))}, ${far}`;
    });
  const who = `${name} (${phrases.customers(whole.format(customers), customers === 1)}, ${percent.format(share.value ?? 0)})`;
  return `${who}: ${apart.length === 0 ? phrases.likeAll : apart.join("; ")}.`;
}
