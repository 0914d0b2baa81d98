/**
 * A template tag that escapes every text except Markup, which is escaped already or trusted. The tag is not called `html`:
 * formatters change the spaces in a template of that name, and the page's security policy has hashes of the exact text.
 */
export interface Markup {
  readonly text: string;
}

export function markup(
  parts: TemplateStringsArray,
  ...holes: readonly (string | number | Markup | readonly Markup[])[]
): Markup {
  return { text: parts.reduce((sum, part, index) => sum + fill(holes[index - 1]) + part) };
}

/** To be called only with text that is ours, such as the bundled script and style, because the text is not escaped. */
export function trusted(text: string): Markup {
  return { text };
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => ENTITIES[character] ?? character).replace(UNSEEN, "\uFFFD");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
/** Control characters that HTML forbids, marks that would reorder the text around them, and lone surrogates. */
const UNSEEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\p{Cs}]/gu;

function fill(hole: string | number | Markup | readonly Markup[] | undefined): string {
  if (hole === undefined) return "";
  if (typeof hole === "string") return escapeHtml(hole);
  if (typeof hole === "number") return String(hole);
  return "text" in hole ? hole.text : hole.map(({ text }) => text).join("");
}
