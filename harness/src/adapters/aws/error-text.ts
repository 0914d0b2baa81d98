/** Returns the message of an AWS client's error, or its code if it has no message. An error while connecting may have no message. */
export function errorText(error: unknown): string {
  const { name, message, code } = error as {
    readonly name?: string;
    readonly message?: string;
    readonly code?: string;
  };
  return message === undefined || message === "" ? (code ?? name ?? String(error)) : message;
}
