import { assertArgument, shown } from "../../core/assert.js";
import type { CompiledSet } from "./compiled-set.js";
import type { SegmentRule } from "./rule.js";
import { changeBetween, type RuleChange, type RuleSituation } from "./rule-change.js";
import { type RuleClock, ruleClock } from "./rule-clock.js";
import { type RuleExplainer, ruleExplainer } from "./rule-explainer.js";
import type { CustomerFacts, RuleExplanation } from "./rule-explanation.js";
import { segmentsIn } from "./segment-order.js";

/** Why customers are in the segments of a set; paths begin with the segment: `"segments.loyal.of[0]"`. */
export interface SegmentExplanations {
  /**
   * Why is this customer in a segment, or not, and what would have to change?
   *
   * @param segment - Its name.
   * @param customer - The customer's fields and events, as {@link explainRule} takes them.
   * @returns The same as of {@link explainRule}, as of this set.
   * @throws {@link ClienteleError} `INVALID_ARGUMENT` for no segment of the set, and as {@link explainRule}.
   */
  explain(segment: string, customer: CustomerFacts): RuleExplanation;
  /**
   * By which condition did this customer enter a segment, or leave it?
   *
   * @param segment - Its name.
   * @param before - The customer as of one instant, whatever that of the set.
   * @param after - The customer as of another.
   * @returns The same as of {@link ruleChange}.
   * @throws {@link ClienteleError} `INVALID_ARGUMENT` as {@link SegmentExplanations.explain}.
   */
  change(segment: string, before: RuleSituation, after: RuleSituation): RuleChange;
}

interface ReadySegment {
  readonly explain: RuleExplainer;
  /** The segments that it reaches, each after those to which it refers. */
  readonly reached: readonly string[];
}

/** How many instants are kept ready: two for a migration, and the set's own. */
const KEPT = 3;

/** Explains the segments of a set; each is made ready once for each instant. @internal */
export function explanationsOf(set: CompiledSet): SegmentExplanations {
  const ready = new Map<number, Map<string, ReadySegment>>();
  const readyAt = (name: string, clock: RuleClock): ReadySegment => {
    const rule = set.rules.get(name);
    assertArgument(
      rule !== undefined,
      "segment",
      () => `segment is ${shown(name)}, which the set does not have: pass one of ${listed(set.order)}`,
    );
    let segments = ready.get(clock.asOf);
    if (!segments) {
      if (ready.size === KEPT) ready.clear();
      segments = new Map();
      ready.set(clock.asOf, segments);
    }
    const known = segments.get(name);
    if (known) return known;
    const reached = reachedFrom(rule, set);
    const { fields, operators = {} } = set.options;
    const explain = ruleExplainer(rule, `segments.${name}`, reached, { fields, operators, clock });
    const made = { explain, reached: [...reached.keys()] };
    segments.set(name, made);
    return made;
  };
  return {
    explain: (segment, customer) => readyAt(segment, set.clock).explain(customer),
    change: (segment, before, after) => {
      const [was, is] = [before, after].map((situation) => {
        const { explain, reached } = readyAt(segment, ruleClock({ ...set.options, asOf: situation?.asOf }));
        return { explained: explain(situation), reached };
      });
      return changeBetween(was.explained, is.explained, is.reached);
    },
  };
}

/** The segments that a rule reaches, in order of reference. */
function reachedFrom(rule: SegmentRule, { order, rules }: CompiledSet): Map<string, SegmentRule> {
  const wanted = new Set(segmentsIn(rule));
  const found: [string, SegmentRule][] = [];
  for (let i = order.length - 1; i >= 0; i--) {
    const tree = rules.get(order[i]);
    if (tree === undefined || !wanted.has(order[i])) continue;
    found.push([order[i], tree]);
    for (const name of segmentsIn(tree)) wanted.add(name);
  }
  return new Map(found.reverse());
}

function listed(names: readonly string[]): string {
  const more = names.length > 20 ? `, and ${names.length - 20} more` : "";
  return `${names.slice(0, 20).map(shown).join(", ")}${more}`;
}
