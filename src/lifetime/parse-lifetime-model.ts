import { assertArgument, shown } from "../core/assert.js";
import { ClienteleError } from "../core/errors.js";
import { rowProblemMessage } from "../core/row-problems.js";
import { brokenRule, recordProblems } from "../model/record-problems.js";
import { lifetimeModelSchema, type StoredLifetimeModel } from "./schema.js";

/**
 * Is what was stored a model that may be used?
 *
 * Models and fits are plain JSON: `JSON.stringify` keeps them, this reads them again, to the last digit. A number that is no
 * number, a parameter of 0 or less, a covariance that cannot be, a model or version that this release does not know: each is
 * refused in words. Nothing is repaired or left out.
 *
 * @param stored - What `JSON.parse` gave: a model, or a whole fit.
 * @returns The same, checked; `model` tells which it is, `"covariance" in` it whether it is a whole fit.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` with the path of the first bad place, and up to 20 of them in the message.
 * @example
 * ```ts
 * import { newCustomerTransactions, parseLifetimeModel } from "clientele";
 *
 * const text = '{"model":"bgNbd","parameters":{"r":0.243,"alpha":4.414,"a":0.793,"b":2.426},"unit":"week"}';
 * const stored = parseLifetimeModel(JSON.parse(text));
 * if (stored.model === "bgNbd") newCustomerTransactions(stored, { horizon: 39 }); // ~> 1.1967231933
 * parseLifetimeModel({ model: "crystalBall", parameters: {} }); // throws INVALID_ARGUMENT
 * ```
 */
export function parseLifetimeModel(stored: unknown): StoredLifetimeModel {
  const given = stored as { readonly converged?: unknown; readonly reason?: unknown } | null | undefined;
  assertArgument(
    typeof stored === "object" && stored !== null && !Array.isArray(stored),
    "stored",
    () => `stored is ${shown(stored)}: pass the object that JSON.parse gives`,
  );
  assertArgument(
    given?.converged !== false,
    "stored.converged",
    () => `stored is a fit that failed, ${String(given?.reason)}: there is no model in it`,
  );
  const parsed = lifetimeModelSchema.safeParse(stored, { error: brokenRule });
  if (parsed.success) return parsed.data;
  const problems = recordProblems(0, stored, parsed.error.issues).slice(0, LISTED);
  const places = problems.map(({ field, reason, value }) => {
    const place = rowProblemMessage({ row: 0, field: "", reason, value }).replace(/^row 1: /, "");
    return field === "" ? place : `${field}: ${place}`;
  });
  const path = problems[0]?.field ?? "";
  throw new ClienteleError(
    "INVALID_ARGUMENT",
    path === "" || path.startsWith("[") ? `stored${path}` : `stored.${path}`,
    `stored is no lifetime model of this release:\n  ${places.join("\n  ")}`,
  );
}

/** How many problems an error message spells out. */
const LISTED = 20;
