/**
 * What do the shared records look like?
 *
 * zod schemas, and the types inferred from them, of the records that the whole library speaks of: a **customer** is a
 * person or an organization in some relation to us (prospects and suspects too); an **account** is an organization
 * managed as a whole, with **contacts**; a **transaction** is a purchase or a refund; a **subscription** is paid for
 * again and again; an **interaction** is one contact through a **channel**.
 *
 * Instants come out as epoch milliseconds, money is whole minor units, a field that is not known is refused, absent
 * lists become empty and nothing else is made up. `z.toJSONSchema(schema, { io: "input" })` says what JSON callers
 * send. No function of the library needs a whole record: each says which few fields it reads.
 *
 * ```ts
 * import { customerSchemaWith, parseRecords } from "clientele/model";
 * import * as z from "zod";
 *
 * const shopper = customerSchemaWith(z.object({ city: z.string() }));
 * const sent = [
 *   { id: "C-1", kind: "person", name: "Siti Rahma", attributes: { city: "Bandung" } },
 *   { id: "C-2", kind: "company", attributes: { city: "Solo" } },
 * ];
 * const { valid, rejects } = parseRecords(shopper, sent, { what: "customers", onInvalid: "collect" });
 * valid[0]?.attributes.city; // => "Bandung"
 * rejects[0]?.problems[0]?.reason; // => 'is not one of "person", "organization"'
 * ```
 *
 * @module
 */
export { type Account, type AccountInput, accountSchema } from "./account.js";
export type { AnswerPlace, AnswerPlaceColumns, AnswerPlaces } from "./answer-places.js";
export { type BondInput, type BondRecord, bondSchema } from "./bond.js";
export { type BondClass, type BondKind, bondClassOf, bondKinds } from "./bond-kind.js";
export { type CardStatus, cardStatuses, cardTransitions } from "./card-status.js";
export { channelSchema } from "./channel.js";
export { type Channel, channels } from "./channels.js";
export { type AccountNode, checkAccounts } from "./check-accounts.js";
export { checkSurveyAnswers, type WaveWindow } from "./check-survey-answers.js";
export { civilDaySchema } from "./civil-day-schema.js";
export {
  type CompetitorOffer,
  type CompetitorOfferInput,
  competitorOfferSchema,
} from "./competitor-offer.js";
export { type Consent, consentSchema } from "./consent.js";
export { type Contact, contactSchema } from "./contact.js";
export {
  type Customer,
  type CustomerInput,
  type CustomerRelation,
  customerRelations,
  customerSchema,
  customerSchemaWith,
} from "./customer.js";
export {
  type ClubBenefitKind,
  type ClubOperator,
  type CustomerClub,
  type CustomerClubInput,
  clubBenefitKinds,
  clubOperators,
  customerClubSchema,
} from "./customer-club.js";
export {
  type DataBenefitKind,
  type DataIncentive,
  type DataIncentiveInput,
  dataBenefitKinds,
  dataIncentiveSchema,
} from "./data-incentive.js";
export { instantSchema } from "./instant-schema.js";
export { type Interaction, type InteractionInput, interactionSchema } from "./interaction.js";
export { kpiSchema } from "./kpi.js";
export {
  type Membership,
  type MembershipCard,
  type MembershipInput,
  membershipCardSchema,
  membershipSchema,
} from "./membership.js";
export { currencySchema, moneySchema } from "./money-schema.js";
export { type Opportunity, type OpportunityInput, opportunitySchema } from "./opportunity.js";
export {
  type ParsedRecords,
  type ParseRecordsOptions,
  parseRecords,
} from "./parse-records.js";
export {
  type Partnership,
  type PartnershipInput,
  type PartnerTrade,
  partnershipSchema,
  partnerTrades,
} from "./partnership.js";
export { type Product, productSchema } from "./product.js";
export {
  type Promotion,
  type PromotionInput,
  type PromotionKind,
  type PromotionOffer,
  promotionKinds,
  promotionOfferSchema,
  promotionSchema,
} from "./promotion.js";
export { type PromotionStatus, promotionStatuses, promotionTransitions } from "./promotion-status.js";
export {
  type ProspectSignal,
  type ProspectSignalKind,
  prospectSignalKinds,
  prospectSignalSchema,
} from "./prospect-signal.js";
export { type DataSource, dataSources, type Provenance, provenanceSchema } from "./provenance.js";
export {
  type SalesActivity,
  type SalesActivityInput,
  type SalesActivityKind,
  salesActivityKinds,
  salesActivitySchema,
} from "./sales-activity.js";
export {
  type Subscription,
  type SubscriptionInput,
  type SubscriptionStatus,
  subscriptionSchema,
  subscriptionStatuses,
} from "./subscription.js";
export { type SurveyAnswer, type SurveyAnswerInput, surveyAnswerSchema } from "./survey-answer.js";
export { type SurveyWave, type SurveyWaveInput, surveyWaveSchema } from "./survey-wave.js";
export {
  type Purchase,
  purchaseSchema,
  type Refund,
  refundSchema,
  type Transaction,
  type TransactionInput,
  transactionSchema,
} from "./transaction.js";
export {
  type ValueProposition,
  type ValuePropositionInput,
  valuePropositionSchema,
} from "./value-proposition.js";
export { type ValueSource, valueSources } from "./value-source.js";
