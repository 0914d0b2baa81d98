/** A broken invariant is a bug in longrun: it ends the command with exit code 70 and a stack. */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
}

/** Throws an InvariantError if the condition is false. `sentence` states what must be true, and is the message after "expected: ". */
export function invariant(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new InvariantError(`expected: ${sentence}`);
}
