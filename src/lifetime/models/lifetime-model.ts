/**
 * In what time is measured; a week is 7 days, a month 365.25 / 12, a quarter 365.25 / 4, half a year 365.25 / 2, a year 365.25.
 * A `lifetimeSummary` measures in days, weeks, months and years.
 */
export type ModelTimeUnit = "day" | "week" | "month" | "quarter" | "halfYear" | "year";

/** Effects of covariates: a coefficient by the name of its measure. */
export type CovariateEffects = Readonly<Record<string, number>>;

/** Gamma distributed purchase rates (shape r, rate alpha), beta distributed chances to leave after a purchase (a, b). */
export interface BgNbdParameters {
  /** Shape of the purchase rates: the smaller, the more customers differ. */
  readonly r: number;
  /** Rate of the purchase rates, in the unit of time: r / alpha purchases a unit on average. */
  readonly alpha: number;
  /** First shape of the chances to leave. */
  readonly a: number;
  /** Second shape of the chances to leave: a / (a + b) leave after a purchase on average. */
  readonly b: number;
}

/** Gamma distributed purchase rates (shape r, rate alpha), gamma distributed rates of leaving (shape s, rate beta). */
export interface ParetoNbdParameters {
  /** Shape of the purchase rates: the smaller, the more customers differ. */
  readonly r: number;
  /** Rate of the purchase rates, in the unit of time: r / alpha purchases a unit on average. */
  readonly alpha: number;
  /** Shape of the rates of leaving. */
  readonly s: number;
  /** Rate of the rates of leaving, in the unit of time: s / beta on average. */
  readonly beta: number;
}

/** Beta distributed chances to buy at an opportunity (alpha, beta), beta distributed chances to leave before it (gamma, delta). */
export interface BgBbParameters {
  /** First shape of the chances to buy. */
  readonly alpha: number;
  /** Second shape of the chances to buy: alpha / (alpha + beta) buy on average. */
  readonly beta: number;
  /** First shape of the chances to leave. */
  readonly gamma: number;
  /** Second shape of the chances to leave: gamma / (gamma + delta) leave on average. */
  readonly delta: number;
}

/** What the transaction models have in common. */
interface ModelInUnit {
  /** In what time is measured. For BG/BB how long one opportunity is. */
  readonly unit: ModelTimeUnit;
}

/** BG/NBD (Fader, Hardie & Lee 2005): nobody leaves before a first repeat purchase. Plain JSON, to be kept. */
export interface BgNbdModel extends ModelInUnit {
  /** Which model. */
  readonly model: "bgNbd";
  /** Its parameters, each above 0. */
  readonly parameters: BgNbdParameters;
  /** Fitted with covariates: alpha exp(-effect), a and b exp(effect), summed over the measures. */
  readonly covariates?: CovariateModel | undefined;
}

/** MBG/NBD (Batislam, Denizel & Filiztekin 2007): BG/NBD where one may also leave right after the first purchase. */
export interface MbgNbdModel extends ModelInUnit {
  /** Which model. */
  readonly model: "mbgNbd";
  /** Its parameters, each above 0. */
  readonly parameters: BgNbdParameters;
}

/** Pareto/NBD (Schmittlein, Morrison & Colombo 1987): one may leave at any time. Plain JSON, to be kept. */
export interface ParetoNbdModel extends ModelInUnit {
  /** Which model. */
  readonly model: "paretoNbd";
  /** Its parameters, each above 0. */
  readonly parameters: ParetoNbdParameters;
  /** Fitted with covariates: alpha exp(-effect) and beta exp(-effect), summed over the measures. */
  readonly covariates?: CovariateModel | undefined;
}

/** BG/BB (Fader, Hardie & Shang 2010): purchases at most once at each of many opportunities, as yearly gifts. */
export interface BgBbModel extends ModelInUnit {
  /** Which model. */
  readonly model: "bgBb";
  /** Its parameters, each above 0. */
  readonly parameters: BgBbParameters;
}

/** Coefficients of measures known from the start, which do not change. */
export interface CovariateModel {
  /** On the purchase rate: above 0 buys more often. */
  readonly transaction: CovariateEffects;
  /** On leaving: above 0 leaves sooner. */
  readonly dropout: CovariateEffects;
}

/** A model of when customers buy and leave: what is needed to predict, plain JSON. */
export type TransactionModel = BgNbdModel | MbgNbdModel | ParetoNbdModel | BgBbModel;

/** Mean spend of one purchase: gamma distributed about a customer's own mean, which itself varies over customers. */
export interface GammaGammaParameters {
  /** Shape of the spends of one customer. */
  readonly p: number;
  /** Shape of the customers' rates; a mean over all customers exists above 1. */
  readonly q: number;
  /** Scale, in the unit of money: p * v / (q - 1) is the mean over all customers. Fader & Hardie write gamma for it. */
  readonly v: number;
}

/** Gamma-Gamma (Fader, Hardie & Lee 2005): how much customers spend, whatever how often. Plain JSON, to be kept. */
export interface GammaGammaModel {
  /** Which model. */
  readonly model: "gammaGamma";
  /** Its parameters, each above 0. */
  readonly parameters: GammaGammaParameters;
}
