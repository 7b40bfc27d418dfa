import * as z from "zod";

/** Text with something in it: an empty cell of a file is not an identifier and not a name. @internal */
export const textSchema = /* @__PURE__ */ (() => z.string().min(1, "is empty"))();

/** Fields of the user's own, as they come. An object and not `z.record`, which adds 1.2 kB gzip to a bundle. @internal */
export const openRecordSchema = /* @__PURE__ */ (() => z.looseObject({}))();

/** Loose on purpose: the only proof of an address is a message that arrives. @internal */
export const emailSchema = /* @__PURE__ */ (() =>
  z.string().regex(/^[^\s@]+@[^\s@]+$/, "is not an e-mail address"))();
