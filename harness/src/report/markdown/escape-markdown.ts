/**
 * Escapes text from outside for Markdown as GitHub and GitLab read it: the escaped text cannot end a table cell or become markup, a link, a
 * mention, an issue number or HTML.
 */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_[\]#|~$]/gu, "\\$&")
    .replace(/&/gu, "&amp;")
    .replace(/</gu, "&lt;")
    .replace(/@/gu, "&#64;")
    .replace(/:(?=\/\/|[a-z_+-][a-z0-9_+-]*:)/giu, "\\:")
    .replace(/\b(www)\./giu, "$1&#46;")
    .replace(/^(\d+)([.)])/u, "$1\\$2")
    .replace(/^[-+>=]/u, "\\$&");
}

/** Escapes a pipe, because it would end a table cell even in a code span. */
export function codeSpan(text: string): string {
  const line = oneLine(text);
  const longest = Math.max(0, ...[...line.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const padding = line === "" || line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${fence}${padding}${line}${padding}${fence}`.replaceAll("|", "\\|");
}

function oneLine(text: string): string {
  return text
    .replace(/[\s\u0085]+/gu, (gap) => (/[\r\n\u0085\u2028\u2029]/.test(gap) ? " " : gap))
    .replace(/[\p{Cc}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, "\uFFFD");
}
