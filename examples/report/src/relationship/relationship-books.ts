import type {
  Bond,
  CompetitorOffer,
  ScaleDefinition,
  SurveyAnswer,
  SurveyedValueItem,
  SurveyWave,
} from "clientele";

/** Who was asked in a wave. A respondent goes by the id of the customer. */
export interface Invitation {
  readonly respondentId: string;
  /** By which response is told apart. */
  readonly group: string;
  /** Whether the invitation came back: the address is gone. */
  readonly isUndelivered: boolean;
}

/** A wave with everybody who was asked. */
export interface InvitedWave extends SurveyWave {
  readonly endsAt: number;
  readonly invitations: readonly Invitation[];
}

/** What is asked. */
export interface Questionnaire {
  /** The judgment of the whole, 1 to 10. */
  readonly satisfaction: string;
  /** How likely to recommend us, 0 to 10. */
  readonly recommend: string;
  /** What is got and given, 1 to 10, with weights as customers stated them. */
  readonly value: readonly SurveyedValueItem[];
  readonly commitment: ScaleDefinition;
}

/** A survey of customers, taken in waves. */
export interface Survey {
  readonly questionnaire: Questionnaire;
  /** In the order of time. */
  readonly waves: readonly InvitedWave[];
  readonly answers: readonly SurveyAnswer[];
}

/** What is known of relationships beside what was bought. */
export interface RelationshipBooks extends Survey {
  readonly bonds: readonly Bond[];
  readonly offers: readonly CompetitorOffer[];
  /** What the same basket costs with us as in the competitors' offers, minor units. */
  readonly basketPrice: number;
  /** How we are called among offers. */
  readonly ourName: string;
}
