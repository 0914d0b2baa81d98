/** The text of an error of an AWS client. If an error of connecting has no message, the text is its code. */
export function errorText(error: unknown): string {
  const { name, message, code } = error as {
    readonly name?: string;
    readonly message?: string;
    readonly code?: string;
  };
  return message === undefined || message === "" ? (code ?? name ?? String(error)) : message;
}
