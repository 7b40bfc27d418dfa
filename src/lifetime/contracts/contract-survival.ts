import { assertInteger } from "../../core/assert.js";
import { assertContractModel, type ContractModel } from "./contract-model.js";
import { survivalKernel } from "./survival-kernel.js";

/**
 * What share of customers is left after so many renewals?
 *
 * @param model - A fitted or stored contract model.
 * @param renewals - How many renewals from the start: 0 or more, whole.
 * @returns From 1, after none, towards 0.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`.
 * @example
 * ```ts
 * import { contractSurvival } from "clientele";
 *
 * const model = { model: "shiftedBetaGeometric", parameters: { alpha: 1, beta: 1 }, period: "year" } as const;
 * [0, 1, 2, 3].map((renewals) => contractSurvival(model, renewals)); // ~> [1, 0.5, 0.3333333333333333, 0.25]
 * ```
 */
export function contractSurvival(model: ContractModel, renewals: number): number {
  assertContractModel(model);
  assertInteger(renewals, "renewals", 0);
  return survivalKernel(model).survival(renewals);
}

/**
 * What share of those who come to a renewal renew?
 *
 * @param model - A fitted or stored contract model.
 * @param renewal - Which renewal, 1 the first.
 * @returns The retention rate from 0 to 1; of the shifted-beta-geometric it rises with tenure.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`.
 * @example
 * ```ts
 * import { contractRetention } from "clientele";
 *
 * const model = { model: "shiftedBetaGeometric", parameters: { alpha: 1, beta: 1 }, period: "year" } as const;
 * [1, 2, 3].map((renewal) => contractRetention(model, renewal)); // ~> [0.5, 0.6666666666666666, 0.75]
 * ```
 */
export function contractRetention(model: ContractModel, renewal: number): number {
  assertContractModel(model);
  assertInteger(renewal, "renewal", 1);
  return survivalKernel(model).retention(renewal);
}

/**
 * What share of all customers leaves at this renewal: has a lifetime of just so many periods?
 *
 * @param model - A fitted or stored contract model.
 * @param renewal - Which renewal, 1 the first.
 * @returns A probability; over all renewals they sum to 1.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`.
 * @example
 * ```ts
 * import { contractEndProbability } from "clientele";
 *
 * const model = { model: "shiftedBetaGeometric", parameters: { alpha: 1, beta: 1 }, period: "year" } as const;
 * [1, 2, 3].map((renewal) => contractEndProbability(model, renewal)); // ~> [0.5, 0.16666666666666666, 0.08333333333333333]
 * ```
 */
export function contractEndProbability(model: ContractModel, renewal: number): number {
  assertContractModel(model);
  assertInteger(renewal, "renewal", 1);
  const { survival, churn } = survivalKernel(model);
  return survival(renewal - 1) * churn(renewal);
}
