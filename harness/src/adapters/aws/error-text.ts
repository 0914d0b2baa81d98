/** The text of an error of an AWS client. Some errors of connecting have a code and no message. */
export function errorText(error: unknown): string {
  const { name, message, code } = error as {
    readonly name?: string;
    readonly message?: string;
    readonly code?: string;
  };
  return message === undefined || message === "" ? (code ?? name ?? String(error)) : message;
}
