/** An expectation about a function's environments that did not hold. The message says what happened and shows the picture of `swimLane`. */
export class LifecycleExpectationError extends Error {
  override readonly name = "LifecycleExpectationError";
}

export function withPicture(thrown: unknown, picture: string): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const before = thrown.message;
  thrown.message = `${before}\n\n${picture}\n`;
  // The stack begins with the old message, and test runners print the stack or the message.
  if (thrown.stack !== undefined) thrown.stack = thrown.stack.replace(before, () => thrown.message);
  return thrown;
}
