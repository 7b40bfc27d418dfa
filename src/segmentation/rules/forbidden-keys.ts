/** Names that lead out of an object's own data: no key of a rule and no step of a path. @internal */
export const FORBIDDEN_KEYS = ["__proto__", "constructor", "prototype"] as const;

const forbidden: ReadonlySet<string> = /* @__PURE__ */ new Set(FORBIDDEN_KEYS);

/** Whether a name leads out of an object's own data. @internal */
export function isForbiddenKey(name: string): boolean {
  return forbidden.has(name);
}
