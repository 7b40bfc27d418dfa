import type { TimeWindow } from "../../core/duration.js";
import type { Table } from "../../core/table.js";

/** One end of the bridge. */
export interface ProfitBridgeEnd {
  /** Customers who bought. */
  readonly customers: number;
  /** Net of returns, minor units. */
  readonly revenue: number;
  /** Minor units. */
  readonly costOfGoods: number;
  /** Minor units. */
  readonly costToServe: number;
  /** `revenue - costOfGoods - costToServe`, minor units. */
  readonly profit: number;
}

/** What changed profit, in whole minor units, above zero where it raised it; together exactly the change. */
export interface ProfitBridgeEffects {
  /** Customers who bought before and no more: all of their profit, and what they still cost. */
  readonly lost: number;
  /** Customers who had not bought before: all of their profit. */
  readonly won: number;
  /** More or fewer units of those who stayed. */
  readonly volume: number;
  /** Other shares of products in what they buy; 0 without products, when it shows as price and cost of goods. */
  readonly mix: number;
  /** Other prices of the same products. */
  readonly price: number;
  /** Other unit costs of the same products; above zero where they fell. */
  readonly costOfGoods: number;
  /** Of those who stayed, and of those who bought in neither period; above zero where it fell. */
  readonly costToServe: number;
  /** Money of products without units in the period: refunds of an earlier one. */
  readonly other: number;
}

/** One row a customer of {@link ProfitBridge}: everyone with money in either period. Effects are not rounded. */
export interface ProfitBridgeCustomerColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Bought in both periods, only before, only after, or in neither. */
  readonly status: readonly ("kept" | "lost" | "won" | "neither")[];
  /** Profit of the first period, minor units. */
  readonly before: readonly number[];
  /** Profit of the second, minor units. */
  readonly after: readonly number[];
  /** `after - before`: all of it is lost or won where the status says so, otherwise the sum of the effects. */
  readonly change: readonly number[];
  /** Minor units; 0 for the lost and the won, as are the other effects. */
  readonly volume: readonly number[];
  /** Minor units. */
  readonly mix: readonly number[];
  /** Minor units. */
  readonly price: readonly number[];
  /** Minor units. */
  readonly costOfGoods: readonly number[];
  /** Minor units. */
  readonly costToServe: readonly number[];
  /** Minor units. */
  readonly other: readonly number[];
}

/** Why profit is not what it was. */
export interface ProfitBridge {
  /** The first period. */
  readonly before: ProfitBridgeEnd;
  /** The second. */
  readonly after: ProfitBridgeEnd;
  /** Profit of the second less that of the first, minor units. */
  readonly change: number;
  /** What changed it; the sum is `change`. */
  readonly effects: ProfitBridgeEffects;
  /** The two routes to profit: `raiseRevenue` is all but the effects of cost of goods and cost to serve, which are `takeCostOut`. */
  readonly routes: {
    /** Through customers, volume, mix and price, minor units. */
    readonly raiseRevenue: number;
    /** Through unit costs and service, minor units. */
    readonly takeCostOut: number;
  };
  /** How many bought in both periods, only before, only after. */
  readonly counts: {
    /** In both. */
    readonly kept: number;
    /** Only before. */
    readonly lost: number;
    /** Only after. */
    readonly won: number;
  };
  /** Where the effects arose. */
  readonly customers: Table<ProfitBridgeCustomerColumns>;
  /** How effects were told from each other. */
  readonly method: "sequential" | "symmetric";
  /** Whether products were told apart: without them there is no mix. */
  readonly byProduct: boolean;
  /** ISO 4217 code of the amounts; `null` for plain rows. */
  readonly currency: string | null;
  /** The two windows in epoch milliseconds; `null` for plain rows. */
  readonly windows: {
    /** The first. */
    readonly before: TimeWindow;
    /** The second. */
    readonly after: TimeWindow;
  } | null;
  /** IANA zone of the windows; `null` for plain rows. */
  readonly timeZone: string | null;
}
