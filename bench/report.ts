import { cpus, loadavg, totalmem } from "node:os";
import { parseArgs } from "node:util";

/** Prints rows with their columns aligned: the first to the left, numbers to the right. */
export function printTable(title: string, rows: readonly Readonly<Record<string, string>>[]): void {
  const names = Object.keys(rows[0] ?? {});
  const widths = names.map((name) => Math.max(name.length, ...rows.map((row) => row[name].length)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  ");
  console.log(`\n${title}`);
  console.log(line(names));
  console.log(line(widths.map((width) => "-".repeat(width))));
  for (const row of rows) console.log(line(names.map((name) => row[name])));
}

/** What the figures were measured on. */
export function machine() {
  const processors = cpus();
  return {
    node: process.version,
    processor: processors[0]?.model.trim() ?? "unknown",
    cores: processors.length,
    memoryGB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    /** Running processes, on average over the last 1, 5 and 15 minutes: well above the cores' number is noise. */
    load: loadavg().map((load) => Number(load.toFixed(2))),
  };
}

/** The sizes of a run, by option (`--customers 100000`) or as told here; printed with what it runs on. */
export function runSizes<K extends string>(
  defaults: Readonly<Record<K, number>>,
): Readonly<Record<K, number>> {
  const names = Object.keys(defaults) as K[];
  const options = Object.fromEntries(names.map((name) => [name, { type: "string" as const }]));
  const { values } = parseArgs({ options });
  const sizes = Object.fromEntries(
    names.map((name) => [name, Number(values[name] ?? defaults[name])]),
  ) as Record<K, number>;
  const { processor, cores, node, load } = machine();
  const said = names.map((name) => `${sizes[name]} ${name}`).join(", ");
  console.log(`${said}. ${processor}, ${cores} cores, node ${node}, load ${load[0]}.`);
  return sizes;
}

export function median(values: readonly number[]): number {
  const ascending = [...values].sort((left, right) => left - right);
  const middle = ascending.length >> 1;
  return ascending.length % 2 === 1 ? ascending[middle] : (ascending[middle - 1] + ascending[middle]) / 2;
}

export function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(2)} GB`;
}
