/** An expectation about a function's life that did not hold: the message tells the story and shows the picture. */
export class LifecycleExpectationError extends Error {
  override readonly name = "LifecycleExpectationError";
}

/** Adds the picture to whatever was thrown; anything that is no error is left alone. */
export function withPicture(thrown: unknown, picture: string): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const before = thrown.message;
  thrown.message = `${before}\n\n${picture}\n`;
  // A stack begins with the message of when it was taken, and runners print either.
  if (thrown.stack !== undefined) thrown.stack = thrown.stack.replace(before, () => thrown.message);
  return thrown;
}
