/** Returns the message of an AWS client's error. An error while connecting may have no message; then its code is returned. */
export function errorText(error: unknown): string {
  const { name, message, code } = error as {
    readonly name?: string;
    readonly message?: string;
    readonly code?: string;
  };
  return message === undefined || message === "" ? (code ?? name ?? String(error)) : message;
}
