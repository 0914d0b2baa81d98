/**
 * Markup with holes: whatever is put into a hole is other people's text and is escaped, unless it is markup made by this very
 * function. Forgetting to escape is not possible by leaving something out. The tag is not called `html`: formatters rewrite the
 * spaces in a template of that name, and the hashes in the page's policy are of every character.
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

/** Text that is already markup by its own rules: the bundled script and style, which the build made. */
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
/** Controls that HTML forbids, and marks that would reorder the text around them. */
const UNSEEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\p{Cs}]/gu;

function fill(hole: string | number | Markup | readonly Markup[] | undefined): string {
  if (hole === undefined) return "";
  if (typeof hole === "string") return escapeHtml(hole);
  if (typeof hole === "number") return String(hole);
  return "text" in hole ? hole.text : hole.map(({ text }) => text).join("");
}
