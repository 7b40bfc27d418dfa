/** Markup that is safe to put into the page. */
export interface Html {
  readonly markup: string;
}

/** What may stand in a {@link html} template: text is escaped, markup is not, nothing is left out silently. */
export type HtmlValue = string | number | Html | null | readonly HtmlValue[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A template of markup: every text that is put in is escaped, so that a customer may be called `<b>`. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const markup = parts.map((part, index) =>
    index === 0 ? part : markupOf(values[index - 1] ?? null) + part,
  );
  return { markup: markup.join("") };
}

/** Marks text as markup: for what another program has written, such as an SVG. */
export function trusted(markup: string): Html {
  return { markup };
}

function markupOf(value: HtmlValue): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return value.replace(/[&<>"']/g, (character) => entities[character] ?? "");
  if ("markup" in value) return value.markup;
  return value.map(markupOf).join("");
}
