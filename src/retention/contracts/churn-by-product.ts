import { assertArgument } from "../../core/assert.js";
import type { TimeWindow } from "../../core/duration.js";
import type { Interval } from "../../core/interval.js";
import type { Rate } from "../../core/rate.js";
import { windowOption } from "../../core/window-option.js";
import { byName } from "../../history/customer-groups.js";
import { confidenceLevelOf } from "../../statistics/confidence.js";
import { countedShare } from "../rates/counted-share.js";
import { notOver } from "../rates/windows.js";
import { type ActiveContracts, joinedContracts, readActiveContracts } from "./active-contracts.js";
import {
  type ChurnRateOptions,
  type ContractChurn,
  contractChurn,
  contractRules,
  oneWindow,
  termReader,
} from "./churn-rate.js";
import type { RenewableContract } from "./contract-terms.js";
import { tallyChurn } from "./tally-churn.js";

/** A contract for a product; a `Subscription` fits as it is. */
export interface ProductContract extends RenewableContract {
  /** What for; left out, it is shown under `null`. */
  readonly productId?: string | null | undefined;
}

/** In which window, and by which rules, churn by product is measured. */
export interface ChurnByProductOptions extends Omit<ChurnRateOptions, "groupBy"> {}

/** Who gave up one product. */
export interface ProductChurn extends ContractChurn {
  /** The product; `null` for contracts that name none. */
  readonly productId: string | null;
  /**
   * Defections that are none: of those who gave up the product (`churned`, the denominator), those who still have another
   * at the end of the window (numerator). `null` where nobody gave it up, or the window is not over.
   */
  readonly keptElsewhere: Rate;
  /** Where that share plausibly lies among such losses (Wilson 1927); `null` where the rate is. */
  readonly keptElsewhereInterval: Interval | null;
}

/** Churn seen by product, beside what the company lost. */
export interface ChurnByProduct {
  /** Each customer once: the churn of the company, as {@link churnRate} has it. */
  readonly customers: ContractChurn;
  /**
   * Each product that a customer has had, in ascending order of name, `null` last. Every count is of customers of the
   * product; a customer counts in each product that they have.
   */
  readonly products: readonly ProductChurn[];
  /** What happened in it is counted. */
  readonly window: TimeWindow;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of the calendar. */
  readonly timeZone: string;
}

/**
 * Which products do contract customers give up, and which of these defections are none, because another contract stays?
 *
 * Who manages a product sees each customer who ends it as lost. The company has lost only those who have no contract any
 * more: a customer of two products who drops one, or moves from one to the other, has not defected (Buttle 2009, chapter
 * 9). The like of a log is {@link defectionByView}.
 *
 * @param contracts - Contracts or `Subscription` records with a `productId`, as {@link churnRate} takes them.
 * @param options - Those of {@link churnRate}, but `groupBy`: `asOf`, `window`, `base` (default `"classic"`), `exposure`
 * (default `"allAtStart"`), `statuses`, `timeZone` (default `"UTC"`) and `confidenceLevel` (default 0.95).
 * @returns The churn of each product's customers, beside that of the company's.
 * @throws {@link ClienteleError} as {@link churnRate}; `INVALID_ROWS` also for a `productId` that is no text.
 * @example
 * ```ts
 * import { churnByProduct } from "clientele";
 *
 * const contracts = [
 *   { customerId: "ani", productId: "fiber", startAt: "2023-01-15" },
 *   { customerId: "ani", productId: "tv", startAt: "2023-01-15", endAt: "2024-03-10" },
 *   { customerId: "budi", productId: "tv", startAt: "2023-02-01", endAt: "2024-03-20" },
 * ];
 * const march = { start: "2024-03-01", end: "2024-04-01" };
 * const { products, customers } = churnByProduct(contracts, { asOf: "2024-04-01", window: march });
 * products.map(({ productId, churn }) => [productId, churn.value]); // => [["fiber", 0], ["tv", 1]]
 * products[1].keptElsewhere; // => { value: 0.5, numerator: 1, denominator: 2, reason: null }
 * customers.churn.value; // => 0.5
 * ```
 */
export function churnByProduct<Contract extends ProductContract>(
  contracts: readonly Contract[],
  options: ChurnByProductOptions,
): ChurnByProduct {
  const rules = contractRules(options);
  assertArgument(
    (options as ChurnRateOptions).groupBy === undefined,
    "options.groupBy",
    () => "options.groupBy is given: leave it out, the groups are the products; filter the contracts instead",
  );
  const { asOf, timeZone, exposure } = rules;
  const window = windowOption(options.window, "options.window", timeZone);
  const read = readActiveContracts(contracts, rules, options.statuses);
  const terms = termReader(contracts, read, rules);
  const withheld = notOver(window, asOf, "the window");
  const churnOf = (active: ActiveContracts): ContractChurn => {
    const codes = new Uint32Array(active.customerIds.length);
    const [[tally]] = tallyChurn(active, oneWindow(window), { codes, count: 1 }, terms);
    return contractChurn(tally, options, exposure, withheld);
  };
  const stay = new Set(activeBefore(read.active, window.end));
  const products = [...contractsByProduct(contracts, read.active)]
    .sort(([a], [b]) => byName(a, b))
    .map(([productId, active]): ProductChurn => {
      const churn = churnOf(active);
      const have = new Set(activeBefore(active, window.end));
      const kept = activeIn(active, window).filter((id) => !have.has(id) && stay.has(id));
      const share = countedShare(
        kept.length,
        churn.churned,
        "customers who gave up the product",
        confidenceLevelOf(options),
        withheld,
      );
      return { productId, ...churn, keptElsewhere: share.rate, keptElsewhereInterval: share.interval };
    });
  return { customers: churnOf(read.active), products, window, asOf, timeZone };
}

/** The stretches of each product's customers. */
function contractsByProduct(
  rows: readonly ProductContract[],
  { contracts }: ActiveContracts,
): Map<string | null, ActiveContracts> {
  const byProduct = new Map<string | null, (typeof contracts)[number][]>();
  for (const contract of contracts) {
    const productId = rows[contract.row].productId ?? null;
    const own = byProduct.get(productId);
    if (own) own.push(contract);
    else byProduct.set(productId, [contract]);
  }
  return new Map([...byProduct].map(([productId, own]) => [productId, joinedContracts(own)]));
}

/** Customers who are active right before an instant. */
function activeBefore(active: ActiveContracts, at: number): string[] {
  return customersWith(active, (start, end) => start < at && at <= end);
}

/** Customers who are active at the start of a window or become so in it. */
function activeIn(active: ActiveContracts, window: TimeWindow): string[] {
  return customersWith(active, (start, end) => start < window.end && end >= window.start);
}

function customersWith(
  { customerIds, offsets, start, end }: ActiveContracts,
  holds: (start: number, end: number) => boolean,
): string[] {
  return customerIds.filter((_, customer) => {
    for (let i = offsets[customer]; i < offsets[customer + 1]; i++) if (holds(start[i], end[i])) return true;
    return false;
  });
}
