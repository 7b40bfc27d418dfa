import type { CustomerEvents } from "./compiled-rule.js";
import type { RuleRequirement } from "./explained-leaf.js";
import type { SegmentRule } from "./rule.js";

/** What is known of a customer. */
export interface CustomerFacts {
  /** The customer's fields. */
  readonly record: object;
  /** What the customer did, by kind; needed where the rule asks about events. */
  readonly events?: CustomerEvents;
}

/** A rule or a segment, explained for one customer. */
export interface ExplainedTree {
  /** Whether it holds. */
  readonly held: boolean;
  /** The rule, node by node. */
  readonly tree: ExplainedNode;
  /**
   * The fewest leaves whose change would turn the result around, as their paths, each once, in order of the rule; a
   * reference stands for the leaves of its segment, such as `"segments.loyal.of[1]"`. Leaves are taken as independent of
   * each other, and so is each mention of a segment. Of several such sets it is the one that comes first in the rule.
   * `null` when nothing can: `all` of nothing always holds.
   */
  readonly flip: readonly string[] | null;
}

/** Why a rule holds for a customer or not. */
export interface RuleExplanation extends ExplainedTree {
  /** Each segment that the rule reaches, explained by itself. */
  readonly segments: Readonly<Record<string, ExplainedTree>>;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of its days. */
  readonly timeZone: string;
}

/** One node of a rule, with what it came to. */
export interface ExplainedNode {
  /** Where it stands: `"rule.of[1]"`, `"segments.loyal.of[0]"`. */
  readonly path: string;
  /** Its operator. */
  readonly op: SegmentRule["op"];
  /** Whether it held. */
  readonly held: boolean;
  /** Of a leaf that reads a field: its path; of an event condition: the field that it measures. */
  readonly field?: string;
  /** Of an event condition: the kind of event. */
  readonly events?: string;
  /** Of a reference: the segment, explained in `segments`. */
  readonly segment?: string;
  /** Of `custom`: the operator's name. */
  readonly name?: string;
  /** Of `atLeast`: how many parts must hold. */
  readonly count?: number;
  /**
   * Of a leaf: what was found, `null` when it is missing. Instants are epoch milliseconds; of `size` it is the number of
   * items, of an event condition the number that was measured, of a sequence whether there is one. A number that is not
   * finite is text, `"Infinity"`, which JSON keeps.
   */
  readonly actual?: unknown;
  /** Of a leaf: with what it was compared. */
  readonly required?: RuleRequirement;
  /** Of an event condition: the half-open window of instants that counts, epoch milliseconds; `null`: no bound. */
  readonly window?: { readonly start: number | null; readonly end: number | null };
  /** Of a sequence: how far it came. The first step that does not hold is where it failed. */
  readonly steps?: readonly ExplainedStep[];
  /** Of a combination: its parts. */
  readonly of?: readonly ExplainedNode[];
}

/** One step of a sequence, with what it came to. */
export interface ExplainedStep {
  /** Where it stands: `"rule.steps[1]"`, `"rule.notFollowedBy"`. */
  readonly path: string;
  /** The kind of event. */
  readonly events: string;
  /** How many events would do for this step, whatever came before them. */
  readonly found: number;
  /**
   * Whether events follow each other as the steps up to this one say. Of the step that must not follow: whether they do so
   * without it.
   */
  readonly held: boolean;
}
