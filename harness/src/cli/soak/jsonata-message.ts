/** Returns the message of what JSONata threw: objects with a message, and not all of them are errors. */
export function messageOf(error: unknown): string {
  const { message } = error as { readonly message?: unknown };
  return typeof message === "string" ? message : String(error);
}
