import * as z from "zod";
import { channels } from "./channels.js";

/**
 * Is this a touchpoint that the library knows?
 *
 * @example
 * ```ts
 * import { channelSchema } from "clientele";
 *
 * channelSchema.parse("faceToFace"); // => "faceToFace"
 * ```
 */
export const channelSchema = /* @__PURE__ */ (() => z.enum(channels))();
