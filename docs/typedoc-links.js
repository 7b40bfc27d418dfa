/**
 * Lets `{@link ClienteleError}` resolve in a file that does not import it: a name stands once in the whole package, so
 * it needs no folder. What is nowhere stays unresolved, and so a warning.
 *
 * @param {import("typedoc").Application} app - The application that loads this plugin.
 */
export function load(app) {
  app.converter.addUnknownSymbolResolver((reference, reflection) => {
    const [first, ...rest] = reference.symbolReference?.path ?? [];
    if (reference.moduleSource !== undefined || first === undefined) return undefined;
    for (const module of reflection.project.children ?? []) {
      const owner = module.children?.find(
        ({ name, variant }) => name === first.path && variant === "declaration",
      );
      const target = owner && rest.reduce((found, { path }) => found?.getChildByName([path]), owner);
      if (target) return { target };
    }
    return undefined;
  });
}
