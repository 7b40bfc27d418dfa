import { readFileSync } from "node:fs";
import { ClienteleError, parseRule, type SegmentRule } from "clientele";
import * as z from "zod";
import { inputError } from "../input/input-error.js";
import { shopFields } from "./segment-fields.js";

/** A segment as somebody wrote it down. */
export interface StoredSegment {
  readonly name: string;
  /** What to do with its customers. */
  readonly action: string;
  readonly rule: SegmentRule;
}

/** As a row of a database would hold it; what the rule is, only `parseRule` can say. */
const storedSchema = z.array(
  z.strictObject({ name: z.string().min(1), action: z.string(), rule: z.unknown() }),
);

const FILE = new URL("../../segments.json", import.meta.url);

/** Reads the segments that stand beside the example. */
export function readStoredSegments(): StoredSegment[] {
  return parseSegments(readFileSync(FILE, "utf8"));
}

/** Reads segments; a rule that is none, or asks about what a shop does not have, is said with its place. */
export function parseSegments(json: string): StoredSegment[] {
  const stored = storedSchema.safeParse(asJson(json));
  if (!stored.success) throw inputError(`segments.json: ${z.prettifyError(stored.error)}`);
  const names = stored.data.map(({ name }) => name);
  const twin = names.find((name, i) => names.indexOf(name) !== i);
  if (twin !== undefined) throw inputError(`segments.json: two segments are called "${twin}": rename one`);
  return stored.data.map(({ name, action, rule }) => ({ name, action, rule: parsed(name, rule, names) }));
}

function parsed(name: string, rule: unknown, segments: readonly string[]): SegmentRule {
  try {
    return parseRule(rule, { fields: shopFields, segments });
  } catch (error) {
    if (error instanceof ClienteleError) throw inputError(`segments.json, "${name}": ${error.message}`);
    throw error;
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw inputError(`segments.json is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
