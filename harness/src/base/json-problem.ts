/**
 * Says why a text is no JSON. The JavaScript engine quotes a part of the text in its message. This part is left out, because it can be a
 * secret.
 */
export function jsonProblem(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (message.startsWith("Unexpected token")) return "Unexpected token";
  const quote = message.indexOf('"');
  if (quote === -1) return message;
  return quote === 0 ? "it has another form" : message.slice(0, quote);
}
