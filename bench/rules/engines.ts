import type { Customer } from "./customer-data.js";
import { SINCE } from "./hand-written.js";

/** The rule in an engine: whether it holds for a customer. */
export type Predicate = (customer: Customer) => boolean | Promise<boolean>;

const PLANS = ["pro", "team"];

/** As in MongoDB: the null of a date is below every number. */
const query = {
  plan: { $in: PLANS },
  age: { $gte: 25, $lte: 55 },
  lastOrderAt: { $gte: SINCE },
  $or: [{ city: { $regex: /^Ja/ } }, { spent: { $gte: 500_000 } }],
  status: { $not: { $eq: "blocked" } },
};

const logic = {
  and: [
    { in: [{ var: "plan" }, PLANS] },
    { "<=": [25, { var: "age" }, 55] },
    { ">=": [{ var: "lastOrderAt" }, SINCE] },
    { or: [{ startsWith: [{ var: "city" }, "Ja"] }, { ">=": [{ var: "spent" }, 500_000] }] },
    { "!": [{ "===": [{ var: "status" }, "blocked"] }] },
  ],
};

/** The rule as react-querybuilder's form holds it. */
const formQuery = {
  combinator: "and",
  rules: [
    { field: "plan", operator: "in", value: PLANS },
    { field: "age", operator: "between", value: [25, 55] },
    { field: "lastOrderAt", operator: ">=", value: SINCE },
    {
      combinator: "or",
      rules: [
        { field: "city", operator: "beginsWith", value: "Ja" },
        { field: "spent", operator: ">=", value: 500_000 },
      ],
    },
    { not: true, combinator: "and", rules: [{ field: "status", operator: "=", value: "blocked" }] },
  ],
};

/** JsonLogic as react-querybuilder exports it. */
async function formLogic(): Promise<object> {
  const { formatQuery } = await import("@react-querybuilder/core");
  return formatQuery(formQuery as never, "jsonlogic") as object;
}

export async function jsonLogicCompiled(): Promise<Predicate> {
  return compiledLogic(logic);
}

export async function queryBuilderCompiled(): Promise<Predicate> {
  return compiledLogic(await formLogic());
}

async function compiledLogic(given: object): Promise<Predicate> {
  const engine = await logicEngine();
  const compiled = engine.build(given as never) as (customer: Customer) => unknown;
  return (customer) => compiled(customer) === true;
}

export async function jsonLogicEngineRun(): Promise<Predicate> {
  const engine = await logicEngine();
  return (customer) => engine.run(logic, customer) === true;
}

export async function jsonLogicEngineInterpreted(): Promise<Predicate> {
  const engine = await logicEngine({ disableInterpretedOptimization: true });
  return (customer) => engine.run(logic, customer) === true;
}

async function logicEngine(options: { readonly disableInterpretedOptimization?: boolean } = {}) {
  const { LogicEngine } = await import("json-logic-engine");
  const engine = new LogicEngine(undefined, options);
  engine.addMethod("startsWith", ([text, start]: [string, string]) => text.startsWith(start), {
    deterministic: true,
    sync: true,
  } as never);
  return engine;
}

export async function jsonLogicJs(): Promise<Predicate> {
  return interpretedLogic(logic);
}

export async function queryBuilderLogicJs(): Promise<Predicate> {
  return interpretedLogic(await formLogic());
}

async function interpretedLogic(given: object): Promise<Predicate> {
  const { default: jsonLogic } = await import("json-logic-js");
  jsonLogic.add_operation("startsWith", (text: string, start: string) => text.startsWith(start));
  return (customer) => jsonLogic.apply(given, customer) === true;
}

export async function siftQuery(): Promise<Predicate> {
  const { default: sift } = await import("sift");
  return (sift as unknown as (query: object) => Predicate)(query);
}

export async function mingoQuery(): Promise<Predicate> {
  const { Query } = await import("mingo");
  const compiled = new Query(query as never);
  return (customer) => compiled.test(customer as never);
}

export async function ucastGuard(): Promise<Predicate> {
  const { guard } = await import("@ucast/mongo2js");
  return guard(query as never) as unknown as Predicate;
}

/** The same conditions, as nodes made by hand. */
export async function ucastInterpreter(): Promise<Predicate> {
  const { CompoundCondition, FieldCondition } = await import("@ucast/core");
  const { allInterpreters, createJsInterpreter } = await import("@ucast/js");
  const condition = new CompoundCondition("and", [
    new FieldCondition("in", "plan", PLANS),
    new FieldCondition("gte", "age", 25),
    new FieldCondition("lte", "age", 55),
    new FieldCondition("gte", "lastOrderAt", SINCE),
    new CompoundCondition("or", [
      new FieldCondition("regex", "city", /^Ja/),
      new FieldCondition("gte", "spent", 500_000),
    ]),
    new CompoundCondition("not", [new FieldCondition("eq", "status", "blocked")]),
  ]);
  const interpret = createJsInterpreter(allInterpreters) as (
    condition: object,
    customer: Customer,
  ) => boolean;
  return (customer) => interpret(condition, customer);
}

export async function filtrexExpression(): Promise<Predicate> {
  const { compileExpression } = await import("filtrex");
  const compiled = compileExpression(
    `plan in ("pro", "team") and age >= 25 and age <= 55 and ordered(lastOrderAt) and lastOrderAt >= ${SINCE} ` +
      `and (startsWith(city, "Ja") or spent >= 500000) and not (status == "blocked")`,
    {
      extraFunctions: {
        ordered: (at: number | null) => at !== null,
        startsWith: (text: string, start: string) => text.startsWith(start),
      },
    },
  ) as (customer: Customer) => unknown;
  return (customer) => compiled(customer) === true;
}

const CEL =
  `plan in ["pro", "team"] && age >= 25.0 && age <= 55.0 && lastOrderAt != null && lastOrderAt >= ${SINCE}.0 ` +
  `&& (city.startsWith("Ja") || spent >= 500000.0) && !(status == "blocked")`;

export async function celByMarcBachmann(): Promise<Predicate> {
  const { Environment } = await import("@marcbachmann/cel-js");
  const environment = new Environment({ unlistedVariablesAreDyn: true });
  const compiled = environment.parse(CEL) as (context: object) => unknown;
  return (customer) => compiled(customer) === true;
}

export async function celByBufbuild(): Promise<Predicate> {
  const { celEnv, parse, plan } = await import("@bufbuild/cel");
  const planned = plan(celEnv(), parse(CEL));
  return (customer) => planned(customer as never) === true;
}

export async function celByChevrotain(): Promise<Predicate> {
  const { evaluate, parse } = await import("cel-js");
  const text = CEL.replaceAll(".0", "")
    .replace("lastOrderAt != null && ", "")
    .replace(`city.startsWith("Ja")`, `startsWith(city, "Ja")`);
  const parsed = parse(text);
  if (!parsed.isSuccess) throw new Error(parsed.errors.join("\n"));
  const functions = { startsWith: (value: string, start: string) => value.startsWith(start) };
  // It evaluates both sides of && and refuses to compare null: no order counts as one at the epoch.
  return (customer) => {
    const context = { ...customer, lastOrderAt: customer.lastOrderAt ?? 0 };
    return evaluate(parsed.cst, context, functions) === true;
  };
}

export async function jsonRulesEngine(): Promise<Predicate> {
  const { Engine } = await import("json-rules-engine");
  const engine = new Engine();
  engine.addOperator("startsWith", (text: string, start: string) => text.startsWith(start));
  engine.addRule({
    conditions: {
      all: [
        { fact: "plan", operator: "in", value: PLANS },
        { fact: "age", operator: "greaterThanInclusive", value: 25 },
        { fact: "age", operator: "lessThanInclusive", value: 55 },
        { fact: "lastOrderAt", operator: "greaterThanInclusive", value: SINCE },
        {
          any: [
            { fact: "city", operator: "startsWith", value: "Ja" },
            { fact: "spent", operator: "greaterThanInclusive", value: 500_000 },
          ],
        },
        { not: { fact: "status", operator: "equal", value: "blocked" } },
      ],
    },
    event: { type: "wanted" },
  });
  return async (customer) => (await engine.run({ ...customer })).events.length > 0;
}

export async function nodeRules(): Promise<Predicate> {
  const { RuleEngine } = await import("node-rules");
  const engine = new RuleEngine();
  engine.register({
    name: "wanted",
    condition: (rules: { when: (holds: boolean) => void }, customer: Customer) => {
      rules.when(
        PLANS.includes(customer.plan) &&
          customer.age >= 25 &&
          customer.age <= 55 &&
          customer.lastOrderAt !== null &&
          customer.lastOrderAt >= SINCE &&
          (customer.city.startsWith("Ja") || customer.spent >= 500_000) &&
          !(customer.status === "blocked"),
      );
    },
    consequence: (rules: { stop: () => void }, customer: { wanted?: boolean }) => {
      customer.wanted = true;
      rules.stop();
    },
  } as never);
  return (customer) =>
    new Promise((resolve) => {
      engine.execute(
        { ...customer } as never,
        ((outcome: { wanted?: boolean }) => resolve(outcome.wanted === true)) as never,
      );
    });
}
