import { isDeepStrictEqual } from "node:util";
import { compileFunction } from "node:vm";
import ts from "typescript";
import { instrument } from "./instrument.js";

/** Loads a module by the specifier that an example imports. */
export type LoadModule = (specifier: string) => Promise<object>;

/** What `~>` lets pass: this share of the larger of the two, so that six digits shown are enough. */
const relativeTolerance = 1e-6;

/** Runs an example with its assertions; throws an error that names the line, what was expected and what came. */
export async function runExample(code: string, load: LoadModule): Promise<void> {
  const { code: checked, assertions, specifiers, problems } = instrument(code);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  if (assertions === 0) throw new Error("asserts nothing: add `// => value`, or tag the block ```ts no-run");
  const { outputText } = ts.transpileModule(checked, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  });
  const modules = new Map<string, object>();
  for (const specifier of specifiers) {
    modules.set(specifier, { ...(await load(specifier)), __esModule: true });
  }
  const state = { line: 0, checked: 0 };
  const run = compileFunction(`return (async () => {\n${outputText}\n})();`, [
    "require",
    "exports",
    "__check",
    "console",
  ]);
  try {
    await run((specifier: string) => modules.get(specifier), {}, checks(state), { log: () => undefined });
  } catch (error) {
    if (error instanceof DocExampleError) throw error;
    throw new DocExampleError(`line ${state.line}: threw ${error instanceof Error ? error.stack : error}`);
  }
  if (state.checked === 0) throw new Error("no assertion was reached");
}

class DocExampleError extends Error {}

/** The functions that instrumented code calls. */
function checks(state: { line: number; checked: number }) {
  const fail = (line: number, expected: unknown, actual: unknown): never => {
    throw new DocExampleError(`line ${line}: says ${shown(expected)}, is ${shown(actual)}`);
  };
  const expectCode = (line: number, code: string, error: unknown): void => {
    const actual = (error as { code?: unknown } | null)?.code;
    if (actual !== code) fail(line, `throws ${code}`, error);
  };
  return {
    at(line: number): void {
      state.line = line;
    },
    equal<T>(line: number, actual: T, expected: () => unknown): T {
      state.checked++;
      const value = expected();
      return isDeepStrictEqual(actual, value) ? actual : fail(line, value, actual);
    },
    near<T>(line: number, actual: T, expected: () => unknown): T {
      state.checked++;
      const value = expected();
      return isNear(actual, value) ? actual : fail(line, value, actual);
    },
    throws(line: number, call: () => unknown, code: string): void {
      state.checked++;
      let value: unknown;
      try {
        value = call();
      } catch (error) {
        expectCode(line, code, error);
        return;
      }
      fail(line, `throws ${code}`, value);
    },
    async rejects(line: number, call: () => Promise<unknown>, code: string): Promise<void> {
      state.checked++;
      let value: unknown;
      try {
        value = await call();
      } catch (error) {
        expectCode(line, code, error);
        return;
      }
      fail(line, `throws ${code}`, value);
    },
  };
}

function isNear(actual: unknown, expected: unknown): boolean {
  if (typeof actual === "number" && typeof expected === "number") {
    if (Object.is(actual, expected)) return true;
    // The last part is the rounding of the difference itself: 1/3 against 0.333333 stands exactly on the bound.
    const bound = relativeTolerance * Math.max(Math.abs(actual), Math.abs(expected)) * (1 + 1e-6);
    return Math.abs(actual - expected) <= (expected === 0 ? 1e-12 : bound);
  }
  if (typeof actual !== "object" || typeof expected !== "object" || actual === null || expected === null) {
    return Object.is(actual, expected);
  }
  const keys = Object.keys(expected);
  return (
    Object.getPrototypeOf(actual) === Object.getPrototypeOf(expected) &&
    keys.length === Object.keys(actual).length &&
    keys.every(
      (key) =>
        Object.hasOwn(actual, key) &&
        isNear((actual as Record<string, unknown>)[key], (expected as Record<string, unknown>)[key]),
    )
  );
}

function shown(value: unknown): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value))
    return Object.is(value, -0) ? "-0" : String(value);
  return JSON.stringify(value, (_, part) =>
    part === undefined ? "undefined" : Number.isNaN(part) ? "NaN" : part,
  );
}
