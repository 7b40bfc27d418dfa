/** The ledger: commands are decided into events, events are folded into an account of lots. */

export { accountLots } from "./account-lots.js";
export type { ById, Identified } from "./by-id.js";
export { decideLoyalty } from "./decide-loyalty.js";
export type { LotAllocation, LoyaltyEventBase, PointAccount, PointPosting } from "./event-parts.js";
export { evolveLoyalty, foldLoyalty } from "./evolve-loyalty.js";
export type { LedgerOutcome } from "./ledger-outcome.js";
export {
  type AnsweredCommand,
  type EarnedOrder,
  emptyLoyaltyAccount,
  type LotState,
  type LoyaltyAccount,
  type PointHold,
  type PointHoldings,
  type PointLot,
  type PointRedemption,
} from "./loyalty-account.js";
export type {
  AddMemberCommand,
  AdjustCommand,
  AuthorizeCommand,
  CaptureCommand,
  ClawBackCommand,
  CloseCommand,
  EarnCommand,
  EnrollCommand,
  ExpireCommand,
  LoyaltyCommand,
  LoyaltyCommandBase,
  OrderLine,
  RedeemCommand,
  RemoveMemberCommand,
  ReverseRedemptionCommand,
  SetTierCommand,
  TransferInCommand,
  TransferOutCommand,
  TransferredLot,
  VoidCommand,
} from "./loyalty-command.js";
export type { LoyaltyDecision } from "./loyalty-decision.js";
export type {
  AdjustedEvent,
  EarnedEvent,
  EarnedLine,
  EnrolledEvent,
  LoyaltyEvent,
  MergedHistory,
  MergedOrder,
  OpenedLot,
  RedemptionReversedEvent,
  TransferredInEvent,
  TransferredOutEvent,
} from "./loyalty-event.js";
export type {
  DatedBefore,
  InsufficientPoints,
  LoyaltyLimitRefusal,
  LoyaltyRefusal,
  LoyaltyStateRefusal,
} from "./loyalty-refusal.js";
export type {
  ActivatedEvent,
  AuthorizedEvent,
  CapturedEvent,
  ClawedBackEvent,
  ClosedEvent,
  MembersChangedEvent,
  PointRate,
  PointsExpiredEvent,
  ReallocatedEvent,
  RedeemedEvent,
  TierChangedEvent,
  VoidedEvent,
} from "./movement-events.js";
export { paidWithPoints } from "./paid-with-points.js";
export type { ReturnedOrder } from "./returned-order.js";
export { type SettledLoyalty, settleLoyalty } from "./settle-loyalty.js";
export { type LoyaltySimulation, simulateLoyalty } from "./simulate-loyalty.js";
export type { KeyParts, SortedBranch, SortedLeaf, SortedMap, SortedNode } from "./sorted-map.js";
export {
  type AccountMerge,
  mergeAccounts,
  type PointTransfer,
  type TransferDecision,
  transferPoints,
} from "./transfer-points.js";
