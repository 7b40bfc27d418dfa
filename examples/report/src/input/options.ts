import type { RoundingMode } from "clientele";

/** What a column of the user's file can stand for. */
export const fields = [
  "customer",
  "at",
  "amount",
  "id",
  "cost",
  "quantity",
  "product",
  "channel",
  "type",
  "refundOf",
  "currency",
] as const;

/** One of {@link fields}. */
export type Field = (typeof fields)[number];

/** The three without which there is no transaction. */
export const requiredFields = ["customer", "at", "amount"] as const;

/** How the user's file is to be read; what is absent is detected, and said in the report. */
export interface FileOptions {
  readonly transactions: string;
  /** Column name or 1-based column number, by field. */
  readonly map?: Partial<Record<Field, string>>;
  readonly delimiter?: string;
  readonly header?: boolean;
  readonly dateFormat?: string;
  /** The character before the decimals. */
  readonly decimal?: DecimalMark;
  readonly rounding?: RoundingMode;
  readonly currency?: string;
  readonly zone: string;
  readonly unlinkedRefunds: "reject" | "accept";
  /** Any bad row ends the work. */
  readonly strict: boolean;
}

/** Which character stands before the decimals; the other one, if any, groups the thousands. */
export type DecimalMark = "point" | "comma";

/** Something that was found out about the file, and why it is believed. */
export interface Finding {
  readonly what: string;
  readonly value: string;
  readonly why: string;
}
