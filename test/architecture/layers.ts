/** One row of the folder table in docs/architecture.md. */
export interface Layer {
  readonly folder: string;
  readonly mayImport: readonly string[];
  /** May take types, and types alone, from every folder. */
  readonly typesOfAny: boolean;
}

/**
 * Reads the tables of docs/architecture.md whose last column is "may import", so that the page is the drawing and the
 * code is held against it. A cell that is none of the known forms throws: a typo must not widen a layer.
 */
export function readLayers(markdown: string): Layer[] {
  const rows = [...markdown.matchAll(/^\| `([a-z]+)\/` \|.*\| ([^|]*) \|$/gm)];
  const folders = rows.map(([, folder]) => folder);
  return rows.map(([, folder = "", cell = ""]) => {
    const parts = cell.split("; ");
    const typesOfAny = parts.at(-1) === "types of any";
    const rest = typesOfAny ? parts.slice(0, -1) : parts;
    const mayImport = rest.flatMap((part) => (part === "nothing inside" ? [] : part.split(", ")));
    const unknown = mayImport.filter((name) => !folders.includes(name));
    if (unknown.length > 0) throw new Error(`docs/architecture.md, ${folder}/: unknown folder ${unknown}`);
    return { folder, mayImport, typesOfAny };
  });
}
