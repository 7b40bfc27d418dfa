import { compileRule, parseRule, type RuleFields, ruleBuilder, ruleFields, selectRows } from "clientele";
import { AS_OF, type Customer, columnsOf } from "./customer-data.js";
import * as engines from "./engines.js";
import { fusedLoop, isWanted, wantedBySet } from "./hand-written.js";

/** One way to find the members. */
export interface Contender {
  readonly name: string;
  readonly input: Input;
  /** Of how many customers it is asked at most, where all of them would take minutes. */
  readonly most?: number;
  /** Makes what is not timed: gives what counts the members. */
  readonly prepare: (list: readonly Customer[]) => Promise<() => number | Promise<number>>;
}

export type Input = "objects" | "columns" | "rule";

export const OURS = "clientele: select";
export const OURS_ONE = "clientele: matches, one by one";
export const OURS_ROWS = "clientele: selectRows";
export const OURS_ROWS_AGAIN = "clientele: selectRows of a compiled rule";
export const OURS_PARSE = "clientele: parseRule";
export const PREDICATE = "predicate by hand";
export const FUSED = "fused loop by hand";

const fields = ruleFields({
  id: "number",
  plan: "text",
  country: "text",
  age: "number",
  joinedAt: "instant",
  lastOrderAt: "instant",
  city: "text",
  spent: "number",
  status: "text",
});
const { all, any, not, field } = ruleBuilder(fields);
const rule = all(
  field("plan").in(["pro", "team"]),
  field("age").between(25, 55),
  field("lastOrderAt").gte("2023-07-02"),
  any(field("city").startsWith("Ja"), field("spent").gte(500_000)),
  not(field("status").eq("blocked")),
);
const options: { readonly fields: RuleFields; readonly asOf: number } = { fields, asOf: AS_OF };

export const contenders: readonly Contender[] = [
  {
    name: OURS,
    input: "objects",
    prepare: async (list) => {
      const compiled = compileRule(rule, options);
      return () => compiled.select(list).rowIndexes.length;
    },
  },
  {
    name: OURS_ONE,
    input: "objects",
    prepare: async (list) => {
      const compiled = compileRule(rule, options);
      return () => {
        let count = 0;
        for (const customer of list) if (compiled.matches(customer)) count++;
        return count;
      };
    },
  },
  loop(PREDICATE, () => isWanted),
  loop("predicate by hand, Set.has", wantedBySet),
  engine("json-logic-engine, compiled (eval)", engines.jsonLogicCompiled),
  engine("react-querybuilder > json-logic-engine, compiled (eval)", engines.queryBuilderCompiled),
  engine("json-logic-engine, run", engines.jsonLogicEngineRun),
  engine("@ucast/js", engines.ucastInterpreter),
  engine("@ucast/mongo2js", engines.ucastGuard),
  engine("filtrex (eval)", engines.filtrexExpression),
  engine("@marcbachmann/cel-js", engines.celByMarcBachmann),
  engine("json-logic-engine, run, not optimized", engines.jsonLogicEngineInterpreted),
  engine("mingo", engines.mingoQuery),
  engine("json-logic-js", engines.jsonLogicJs),
  engine("react-querybuilder > json-logic-js", engines.queryBuilderLogicJs),
  engine("sift", engines.siftQuery),
  engine("@bufbuild/cel", engines.celByBufbuild, 200_000),
  engine("node-rules", engines.nodeRules, 100_000),
  engine("cel-js", engines.celByChevrotain, 100_000),
  engine("json-rules-engine", engines.jsonRulesEngine, 20_000),
  {
    name: OURS_ROWS,
    input: "columns",
    prepare: async (list) => {
      const columns = columnsOf(list);
      return () => selectRows(rule, { ...columns }, options).rowIndexes.length;
    },
  },
  {
    name: OURS_ROWS_AGAIN,
    input: "columns",
    prepare: async (list) => {
      const columns = columnsOf(list);
      const compiled = compileRule(rule, options);
      return () => compiled.selectRows({ ...columns }).rowIndexes.length;
    },
  },
  {
    name: FUSED,
    input: "columns",
    prepare: async (list) => {
      const columns = columnsOf(list);
      return () => fusedLoop(columns);
    },
  },
  {
    name: OURS_PARSE,
    input: "rule",
    most: 20_000,
    // So many times over as there are customers: what it costs for each is what one rule takes.
    prepare: async (list) => {
      const stored = JSON.parse(JSON.stringify(rule));
      return () => {
        for (let i = 0; i < list.length; i++) parseRule(stored, options);
        return 0;
      };
    },
  },
];

function loop(name: string, predicate: () => (customer: Customer) => boolean): Contender {
  return {
    name,
    input: "objects",
    prepare: async (list) => {
      const holds = predicate();
      return () => {
        let count = 0;
        for (const customer of list) if (holds(customer)) count++;
        return count;
      };
    },
  };
}

function engine(name: string, load: () => Promise<engines.Predicate>, most?: number): Contender {
  return {
    name,
    input: "objects",
    ...(most && { most }),
    prepare: async (list) => {
      const holds = await load();
      if (!(holds(list[0]) instanceof Promise)) {
        return () => {
          let count = 0;
          for (const customer of list) if (holds(customer) === true) count++;
          return count;
        };
      }
      return async () => {
        let count = 0;
        for (const customer of list) if (await holds(customer)) count++;
        return count;
      };
    },
  };
}
