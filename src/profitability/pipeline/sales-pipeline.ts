import { assertArgument, assertInRange, assertOptions, shown } from "../../core/assert.js";

/** One stage of a {@link SalesPipeline}. */
export interface PipelineStage {
  /** As opportunities name it. */
  readonly name: string;
  /** How likely an opportunity in this stage is won, 0 to 1, where the opportunity itself does not say. */
  readonly probability: number;
  /** The forecast category of its opportunities, in your words: `commit`, `bestCase`, `pipeline`; absent: none. */
  readonly category?: string | undefined;
}

/** The stages through which a sale goes, as data. */
export interface SalesPipeline {
  /** The stages of open opportunities, the earliest first, each name once. */
  readonly stages: readonly PipelineStage[];
  /**
   * Names that your CRM gives opportunities once they are won or lost ("Closed Won"): they may stand in a record and in
   * its history and are no stage. Default none.
   */
  readonly closedStages?: readonly string[] | undefined;
}

/**
 * Which stages and probabilities does Salesforce start with?
 *
 * Those of a new organization, before anybody changed them; {@link stageCalibration} says what your own are.
 *
 * @example
 * ```ts
 * import { salesforcePipeline } from "clientele";
 *
 * salesforcePipeline.stages.at(-1); // => { name: "Negotiation/Review", probability: 0.9 }
 * ```
 */
export const salesforcePipeline: SalesPipeline = {
  stages: [
    { name: "Prospecting", probability: 0.1 },
    { name: "Qualification", probability: 0.1 },
    { name: "Needs Analysis", probability: 0.2 },
    { name: "Value Proposition", probability: 0.5 },
    { name: "Id. Decision Makers", probability: 0.6 },
    { name: "Perception Analysis", probability: 0.7 },
    { name: "Proposal/Price Quote", probability: 0.75 },
    { name: "Negotiation/Review", probability: 0.9 },
  ],
  closedStages: ["Closed Won", "Closed Lost"],
};

/**
 * Which stages and probabilities does HubSpot's default sales pipeline start with?
 *
 * @example
 * ```ts
 * import { hubSpotPipeline } from "clientele";
 *
 * hubSpotPipeline.stages.map(({ probability }) => probability); // => [0.2, 0.4, 0.6, 0.8, 0.9]
 * ```
 */
export const hubSpotPipeline: SalesPipeline = {
  stages: [
    { name: "appointmentscheduled", probability: 0.2 },
    { name: "qualifiedtobuy", probability: 0.4 },
    { name: "presentationscheduled", probability: 0.6 },
    { name: "decisionmakerboughtin", probability: 0.8 },
    { name: "contractsent", probability: 0.9 },
  ],
  closedStages: ["closedwon", "closedlost"],
};

/** A checked pipeline: place of each open stage, or `CLOSED_STAGE`, by name. @internal */
export interface ReadPipeline {
  readonly stages: readonly PipelineStage[];
  readonly placeOf: ReadonlyMap<string, number>;
}

/** In place of a stage: closed, or not known. @internal */
export const NO_STAGE = -1;

/** Checks a pipeline. @internal */
export function readPipeline(pipeline: SalesPipeline, path = "options.pipeline"): ReadPipeline {
  assertOptions(pipeline, "{ stages: [{ name, probability }] }", path);
  const { stages, closedStages = [] } = pipeline;
  assertArgument(
    Array.isArray(stages) && stages.length > 0,
    `${path}.stages`,
    () => `${path}.stages is ${shown(stages)}: pass one { name, probability } or more, the earliest first`,
  );
  assertArgument(
    Array.isArray(closedStages),
    `${path}.closedStages`,
    () => `${path}.closedStages is ${shown(closedStages)}: pass an array of names`,
  );
  const placeOf = new Map<string, number>();
  const named = (name: unknown, place: number, at: string): void => {
    assertArgument(
      typeof name === "string" && name !== "",
      at,
      () => `${at} is ${shown(name)}: pass a name, text that is not empty`,
    );
    assertArgument(!placeOf.has(name), at, () => `${at} is ${shown(name)}, which stands twice: name it once`);
    placeOf.set(name, place);
  };
  stages.forEach((stage: PipelineStage, i) => {
    const at = `${path}.stages[${i}]`;
    assertOptions(stage, "{ name, probability }", at);
    named(stage.name, i, `${at}.name`);
    assertInRange(stage.probability, `${at}.probability`, 0, 1);
    const { category } = stage;
    assertArgument(
      category === undefined || (typeof category === "string" && category !== ""),
      `${at}.category`,
      () => `${at}.category is ${shown(category)}: pass a name, or leave it out`,
    );
  });
  closedStages.forEach((name, i) => {
    named(name, NO_STAGE, `${path}.closedStages[${i}]`);
  });
  return { stages, placeOf };
}
