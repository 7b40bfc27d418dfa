/**
 * Through which touchpoints do customer and company meet?
 *
 * `phone` is a call to or from a person whom one side knows, `callCenter` one through the call center.
 *
 * @example
 * ```ts
 * import { channels } from "clientele";
 *
 * channels.includes("sms"); // => true
 * ```
 */
export const channels = [
  "phone",
  "fax",
  "email",
  "web",
  "store",
  "faceToFace",
  "sms",
  "mail",
  "callCenter",
  "app",
  "social",
  "other",
] as const;

/** A touchpoint between customer and company; {@link channels} lists them. */
export type Channel = (typeof channels)[number];
